"""The public and participants' face."""

from flask import Flask

from showcase import account


def register(app: Flask) -> None:
    """Attach every journey of this face."""
    for journey in (account,):
        app.register_blueprint(journey.bp)
