"""The start page of a unit's contact: what waits, the open events, the week in one digest."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from admin.units.blueprint import bp, own_units, unit_here
from admin.units.overview import events_of, news_of, waiting_of
from rules.permits import Permit
from web.db import db
from web.guard import needs
from web.login import request_time


@bp.get("/")
@needs(Permit.UNIT_VIEW)
def index() -> ResponseReturnValue:
    """Lead a contact to the own unit."""
    units = own_units()
    if not units:
        abort(403)
    return redirect(url_for(".home", unit_id=units[0].id))


@bp.get("/<int:unit_id>/")
@needs(Permit.UNIT_VIEW)
def home(unit_id: int) -> ResponseReturnValue:
    """Show what waits for the contact first, then the open events with the unit's places."""
    unit, now, session = unit_here(unit_id), request_time(), db.session()
    return render_template(
        "admin/units/home.html",
        unit=unit,
        now=now,
        waiting=waiting_of(session, unit, now),
        events=events_of(session, unit, now),
        news=news_of(session, unit, now),
    )
