"""The staff's and judges' face."""

from flask import Flask

from admin import (
    accounts,
    audit,
    certificates,
    cloning,
    contest_tabs,
    contests,
    craftsmen,
    dashboards,
    draws,
    entries,
    entry_lists,
    events,
    exports,
    extensions,
    feeders,
    home,
    honours,
    judging,
    message_templates,
    messages,
    notices,
    panels,
    registration_forms,
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
    contest_tabs,
    dashboards,
    entry_lists,
    exports,
    events,
    extensions,
    feeders,
    schemes,
    registration_forms,
    entries,
    review_desks,
    messages,
    message_templates,
    panels,
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
