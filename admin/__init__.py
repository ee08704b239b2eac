"""The staff's and judges' face."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach every journey of this face."""
