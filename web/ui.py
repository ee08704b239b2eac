"""The internal page of components."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach nothing yet."""
