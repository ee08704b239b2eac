"""One's own schedule: the ticket as PDF, the hours as a calendar file."""

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.papers import ticket_pdf
from models.check_ins import CheckIn
from models.entries import Entry, carrier_of
from models.schedules import check_ins_of_entry, extra_minutes_of, placements_of_entry
from models.sittings import Placement
from rules.states import EntryState, EventState
from web.calendars import calendar, escaped, stamp
from web.clock import local
from web.db import db
from web.guard import signed_in
from web.login import current_account, desk, request_time

bp = Blueprint("schedules", __name__, url_prefix="/account/entries/<int:entry_id>")


@dataclass(frozen=True)
class OwnSchedule:
    """What an accepted entrant reads: sittings, what was seen of them, minutes of extra time."""

    placements: list[Placement]
    seen: dict[int, CheckIn]
    extra: int


def schedule_of(entry: Entry) -> OwnSchedule | None:
    """Read the schedule of an entry, in a team the team's; None until it is accepted."""
    session = db.session()
    carrier = carrier_of(session, entry)
    if carrier.state is not EntryState.ACCEPTED:
        return None
    return OwnSchedule(
        placements_of_entry(session, carrier.id),
        check_ins_of_entry(session, carrier.id),
        extra_minutes_of(session, carrier.id),
    )


@bp.get("/ticket.pdf")
@signed_in
def ticket(entry_id: int) -> ResponseReturnValue:
    """Send the ticket, with the hours and places as they stand now; a team has its captain's."""
    entry = _accepted(entry_id)
    if entry.follows:
        return redirect(url_for("passes.show", entry_id=entry.id))
    data = ticket_pdf(desk(), entry, sample=current_app.config["SETTINGS"].demo)
    return _sent(data, "application/pdf", f"inline; filename=ticket-{entry.id}.pdf")


@bp.get("/schedule.ics")
@signed_in
def schedule(entry_id: int) -> ResponseReturnValue:
    """Send the sittings as a calendar; read again, it replaces what was read before."""
    entry = _accepted(entry_id)
    lines: list[str] = []
    carrier = carrier_of(db.session(), entry)
    for row in placements_of_entry(db.session(), carrier.id):
        lines += _lines(entry, row)
    body = calendar(lines).encode()
    named = f"attachment; filename=schedule-{entry.id}.ics"
    return _sent(body, "text/calendar; charset=utf-8", named)


def _lines(entry: Entry, row: Placement) -> list[str]:
    """Write one sitting; the UID is the part's, so that a move to another sitting is a change."""
    sitting, event = row.sitting, entry.event
    changed = max(sitting.changed_at, row.changed_at)
    where = f"{sitting.venue.name} {sitting.venue.address}"
    told = gettext("Check-in from %(hour)s.", hour=f"{local(sitting.reports_at):%H:%M}")
    if row.workplace:
        told += " " + gettext("Workplace %(number)s", number=row.workplace.number)
    return [
        "BEGIN:VEVENT",
        f"UID:entry-{entry.id}-{sitting.part}{sitting.module and '-' + sitting.module}@jiangpu",
        f"SEQUENCE:{_sequence(entry.started_at, changed)}",
        f"DTSTAMP:{stamp(request_time())}",
        f"LAST-MODIFIED:{stamp(changed)}",
        f"DTSTART:{stamp(sitting.starts_at)}",
        f"DTEND:{stamp(sitting.ends_at)}",
        f"SUMMARY:{escaped(f'{event.name} {sitting.name}')}",
        f"LOCATION:{escaped(where)}",
        f"DESCRIPTION:{escaped(told)}",
        f"STATUS:{'CANCELLED' if event.state is EventState.CANCELLED else 'CONFIRMED'}",
        "URL:" + url_for("entries.show", entry_id=entry.id, _external=True),
        "END:VEVENT",
    ]


def _sequence(begun: dt.datetime, changed: dt.datetime) -> int:
    """Count up with every change: seconds since the entry was begun."""
    return max(0, int((changed - begun).total_seconds()))


def _accepted(entry_id: int) -> Entry:
    query = select(Entry).filter_by(id=entry_id, account_id=current_account().id)
    entry: Entry = db.one_or_404(query.options(joinedload(Entry.event)))
    if carrier_of(db.session(), entry).state is not EntryState.ACCEPTED:
        abort(404)
    return entry


def _sent(data: bytes, kind: str, named: str) -> Response:
    answer = Response(data, content_type=kind)
    answer.headers["Content-Disposition"] = named
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
