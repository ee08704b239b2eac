"""The staff's and judges' face."""

from flask import Flask

from admin import contests, events, home, schemes
from web import sections


def register(app: Flask) -> None:
    """Attach every journey of this face."""
    sections.register(app)
    for journey in (home, contests, events, schemes):
        app.register_blueprint(journey.bp)
