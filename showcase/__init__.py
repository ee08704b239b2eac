"""The public and participants' face."""

from flask import Flask

from showcase import (
    account,
    certificates,
    codes,
    contests,
    craftsmen,
    draws,
    entries,
    entry_questions,
    events,
    feeds,
    helpers,
    home,
    inbox,
    inquiries,
    invitations,
    notices,
    passes,
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
    codes,
    inbox,
    certificates,
    entries,
    entry_questions,
    passes,
    schedules,
    inquiries,
    records,
    invitations,
    helpers,
    teams,
    team_invitations,
)


def register(app: Flask) -> None:
    """Attach every journey of this face."""
    for journey in JOURNEYS:
        app.register_blueprint(journey.bp)
