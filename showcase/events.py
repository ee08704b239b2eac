"""Every event of every contest: found by trade, date, place and by whether one may still enter."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.conditions import Asked, entered_events, outlook
from models.public import contests
from models.public.contests import EventRow
from models.public.pictures import plates_of_trades
from rules.states import EventState
from showcase.faceting import Facets
from web.db import db
from web.guard import public
from web.labels import label
from web.login import current_account, desk, is_signed_in, request_time
from web.paging import Page, asked_page

bp = Blueprint("events", __name__, url_prefix="/events")
SIZE = 24
PHASES = ("open", "soon", "on", "over")
OVER = frozenset({EventState.POSTED, EventState.FINAL, EventState.AWARDED, EventState.CANCELLED})
FACETS = Facets[EventRow](
    {
        "phase": lambda row: [(phase(row), phase_words(phase(row)))],
        "family": lambda row: [(row.family.value, label(row.family))],
        "trade": lambda row: [(row.trade, row.trade)],
        "month": lambda row: [(row.held_on.strftime("%Y-%m"), row.held_on.strftime("%Y-%m"))],
        "place": lambda row: [(row.place, row.place)] if row.place else [],
        "level": lambda row: [(row.level.value, label(row.level))],
        "group": lambda row: [(row.group.value, label(row.group))],
    }
)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List the events whose notice is out: first those that close soonest, then by their day."""
    rows = [event for row in contests.contests(db.session()) for event in row.events]
    found = FACETS.apply(rows, request.args)
    shown = sorted(found.rows, key=_urgency)
    number = asked_page()
    page = Page(shown[(number - 1) * SIZE : number * SIZE], number, SIZE, len(shown))
    return render_template(
        "showcase/events/index.html",
        page=page,
        found=found,
        phase=phase,
        phase_words=phase_words,
        plates=plates_of_trades(db.session()),
        now=request_time(),
        **_mine(page.rows),
    )


def phase(row: EventRow) -> str:
    """Return where an event stands for somebody who wants to enter."""
    if row.state is EventState.OPEN:
        return "open"
    if row.state is EventState.DRAFT:
        return "soon"
    return "over" if row.state in OVER else "on"


def phase_words(value: str) -> str:
    """Say a phase."""
    words = (gettext("Open now"), gettext("Opens later"), gettext("Under way"), gettext("Over"))
    return str(words[PHASES.index(value)])


def _urgency(row: EventRow) -> tuple[int, float]:
    place = PHASES.index(phase(row))
    if phase(row) == "open":
        return place, row.closes_at.timestamp()
    day = float(row.held_on.toordinal())
    return place, -day if phase(row) == "over" else day


def _mine(rows: list[EventRow]) -> dict[str, Any]:
    """Say for whoever is signed in what is entered already and how the conditions stand."""
    person = current_account().person if is_signed_in() else None
    if person is None:
        return {"signed_in": is_signed_in(), "entered": {}, "mine": {}}
    entered = entered_events(desk(), person)
    asked = {
        row.key: Asked(row.contest_slug, row.held_on, row.group, row.eligibility)
        for row in rows
        if phase(row) in ("open", "soon")
    }
    mine = outlook(desk(), person, asked, entered)
    return {"signed_in": True, "entered": entered, "mine": mine}
