"""Contests and their events: the calendar, what is open, what the rules say."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from models.public import contests
from models.public.contests import ContestRow
from models.public.inquiries import public_answers
from models.public.pictures import plates_of_trades
from models.public.results import result
from rules.rulesets import rules_from_json
from rules.scheme_json import scheme_from_json
from rules.states import ContestState, EventState
from rules.terms import ContestLevel
from rules.visibility import PUBLIC_LISTS
from web.clock import local
from web.db import db
from web.guard import public
from web.login import request_time

bp = Blueprint("contests", __name__, url_prefix="/contests")
RUNNING = frozenset(
    {EventState.DRAFT, EventState.OPEN, EventState.CLOSED, EventState.LISTED}
    | {EventState.DRAWN, EventState.SCORING}
)

WHOLE_YEAR, THINNEST = 120.0, 2.0
DRAWN_OR_LATER = PUBLIC_LISTS - {EventState.LISTED}


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the tiers, the year and what is going on."""
    rows = contests.contests(db.session())
    years = sorted({row.year for row in rows}, reverse=True)
    year = request.args.get("year", type=int) or (years[0] if years else request_time().year)
    shown = [row for row in rows if row.year == year]
    going = [row for row in shown if row.state is not ContestState.CANCELLED]
    events = [event for row in shown for event in row.events]
    done = [event for event in events if event.has_results]
    newest = max(done, key=lambda event: event.held_on, default=None)
    return render_template(
        "showcase/contests/index.html",
        now=request_time(),
        year=year,
        years=years,
        contests=shown,
        going=len(going),
        tiers=_tiers(going),
        running=[event for event in events if event.state in RUNNING],
        plates=plates_of_trades(db.session()),
        newest=newest,
        result=result(db.session(), newest) if newest else None,
    )


@bp.get("/<slug>/")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one contest with its events."""
    contest = contests.contest(db.session(), slug)
    if contest is None:
        abort(404)
    return render_template("showcase/contests/show.html", contest=contest, now=request_time())


@bp.get("/<slug>/<event>/")
@public
def event(slug: str, event: str) -> ResponseReturnValue:
    """Show one event: window, places, conditions, rules in words, and what has become of it."""
    row = contests.event(db.session(), slug, event)
    if row is None:
        abort(404)
    body = contests.published_scheme(db.session(), row)
    return render_template(
        "showcase/contests/event.html",
        event=row,
        rules=rules_from_json(row.rules),
        scheme=scheme_from_json(body) if body else None,
        accepted=contests.accepted(db.session(), row.key) if row.state in PUBLIC_LISTS else None,
        answers=public_answers(db.session(), row.key),
        drawn=row.state in DRAWN_OR_LATER,
        now=request_time(),
    )


def _tiers(rows: Iterable[ContestRow]) -> list[tuple[ContestLevel, int]]:
    counts = Counter(row.level for row in rows)
    return [(level, counts[level]) for level in ContestLevel if level is not ContestLevel.NATIONAL]


def span(row: ContestRow) -> tuple[float, float, float, float]:
    """Return entry window and contest as x and width on a year of 120 units."""
    days = [event.held_on for event in row.events]
    days += [day for day in (row.starts_on, row.ends_on) if day]
    if not days:
        return 0, 0, 0, 0
    held, ended = _at(min(days), row.year), _at(max(days), row.year)
    opened = [local(event.opens_at).date() for event in row.events]
    start = _at(min(opened), row.year) if opened else held
    return start, round(held - start, 1), held, max(round(ended - held, 1), THINNEST)


def _at(day: dt.date, year: int) -> float:
    """Place a day on the year; days of other years stand at its edges."""
    if day.year != year:
        return 0.0 if day.year < year else WHOLE_YEAR
    return round((day.month - 1) * 10 + day.day / 3.1, 1)


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    return {"contest_span": span}
