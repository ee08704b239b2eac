"""The staff's and judges' face."""

from flask import Flask

from admin import (
    accounts,
    audit,
    certificates,
    check_ins,
    cloning,
    contests,
    craftsmen,
    draws,
    entries,
    events,
    extensions,
    extra_times,
    feeders,
    home,
    honours,
    judging,
    message_templates,
    messages,
    notices,
    panels,
    papers,
    placements,
    results,
    review_desks,
    schemes,
    selection,
    stories,
    studios,
    timetables,
    unit_quotas,
    units,
    venues,
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
    timetables,
    placements,
    venues,
    papers,
    check_ins,
    extra_times,
    draws,
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
