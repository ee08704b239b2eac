"""Whose seat a request comes from: a judge reaches the own sheet and no other."""

from flask import abort
from sqlalchemy import select

from models.contests import Event
from models.panels import PanelSeat
from models.scores import ScoreSheet
from rules.permits import Permit
from web.db import db
from web.login import current_account, require_here


def seat_here(event_id: int) -> tuple[Event, PanelSeat]:
    """Return the event and the visitor's own seat in it; others find nothing here."""
    event: Event = db.get_or_404(Event, event_id)
    require_here(Permit.MARK_ENTER, event.where)
    seat: PanelSeat = db.one_or_404(
        select(PanelSeat).filter_by(event_id=event_id, account_id=current_account().id)
    )
    return event, seat


def sheet_of(seat: PanelSeat) -> ScoreSheet | None:
    """Return the sheet of a seat; None before marking begins."""
    return db.session.scalars(select(ScoreSheet).filter_by(seat_id=seat.id)).first()


def sheet_here(seat: PanelSeat) -> ScoreSheet:
    """Return the sheet of a seat, or 404 before marking begins."""
    sheet = sheet_of(seat)
    if sheet is None:
        abort(404)
    return sheet
