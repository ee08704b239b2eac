"""The staff's and judges' face."""

from flask import Flask

from admin import (
    accounts,
    audit,
    certificates,
    cloning,
    contests,
    craftsmen,
    draws,
    entries,
    events,
    extensions,
    feeders,
    home,
    honours,
    judges,
    judging,
    message_templates,
    messages,
    notices,
    panels,
    proposals,
    results,
    review_desks,
    schemes,
    selection,
    stories,
    studios,
    unit_quotas,
    units,
)
from web import sections

JOURNEYS = (
    home,
    contests,
    cloning,
    events,
    extensions,
    feeders,
    schemes,
    entries,
    review_desks,
    messages,
    message_templates,
    panels,
    proposals,
    draws,
    judges,
    judging,
    results,
    certificates,
    accounts,
    audit,
    craftsmen,
    honours,
    stories,
    notices,
    studios,
    selection,
    unit_quotas,
    units,
)


def register(app: Flask) -> None:
    """Attach every journey of this face."""
    sections.register(app)
    for journey in JOURNEYS:
        app.register_blueprint(journey.bp)
