"""The public and participants' face."""

from flask import Flask

from showcase import (
    account,
    certificates,
    contests,
    craftsmen,
    draws,
    entries,
    entry_questions,
    events,
    feeds,
    home,
    inbox,
    invitations,
    notices,
    records,
    results,
    schedules,
    search,
    stories,
    studios,
    team_invitations,
    teams,
    verify,
)

JOURNEYS = (
    home,
    craftsmen,
    stories,
    contests,
    events,
    draws,
    results,
    studios,
    notices,
    search,
    verify,
    feeds,
    account,
    inbox,
    certificates,
    entries,
    entry_questions,
    schedules,
    records,
    invitations,
    teams,
    team_invitations,
)


def register(app: Flask) -> None:
    """Attach every journey of this face."""
    for journey in JOURNEYS:
        app.register_blueprint(journey.bp)
