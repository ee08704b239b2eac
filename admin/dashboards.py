"""One contest in figures: who came, from where, and how each event fills; drawn and as tables."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select

from admin.contest_tabs import contest_here, events_here
from models.contests import Contest, Event
from models.dashboards import EventCount, breakdowns, by_day, by_state
from models.occupations import Occupation
from models.organizations import Town
from rules.list_terms import AgeBand
from rules.permits import Permit, may
from rules.states import EntryState, EventState
from rules.terms import EntryGroup, SkillLevel
from rules.views import NOT_SAID, STANDING, STANDING_STATES
from web.charts import Bar, bars, line
from web.clock import local
from web.db import db
from web.guard import needs
from web.labels import label
from web.login import current_actor, request_time

bp = Blueprint(
    "admin_dashboards", __name__, url_prefix="/admin/contests/<int:contest_id>/dashboard"
)
MOST_UNITS: Final = 20
FILLING: Final = frozenset({EventState.DRAFT, EventState.OPEN, EventState.CLOSED})
"""Until the list is published a field may still be too small to be held."""
S = EntryState


@dataclass(frozen=True)
class EventLine:
    """How one event stands; ``short_of`` is how many are missing to its least field."""

    event: Event
    waiting: int
    accepted: int
    share: float
    short_of: int
    url: str


@dataclass(frozen=True)
class Chart:
    """One breakdown: its heading, its rows, and how many rows of the tail were put together."""

    key: str
    title: str
    rows: list[Bar]


class Links:
    """Addresses of the lists behind the figures, for whoever may open them."""

    def __init__(self, contest: Contest, events: Sequence[Event]) -> None:
        self.contest = contest
        actor = current_actor()
        self.open = all(may(actor, Permit.ENTRY_LIST, event.where) for event in events)

    def to(self, filters: Mapping[str, str]) -> str:
        """Return the list narrowed so, or nothing."""
        if not self.open:
            return ""
        return url_for(
            "admin_entry_lists.index", contest_id=self.contest.id, **dict[str, Any](filters)
        )


@bp.get("/")
@needs(Permit.FIGURES_VIEW)
def show(contest_id: int) -> ResponseReturnValue:
    """Show the figures of one contest, or of the events in it that the visitor works for."""
    contest, now = contest_here(contest_id), request_time()
    events = events_here(contest, Permit.FIGURES_VIEW)
    keys, links = [event.id for event in events], Links(contest, events)
    counts = by_state(db.session(), keys)
    today = local(now).date()
    return render_template(
        "admin/dashboards/show.html",
        contest=contest,
        now=now,
        funnel=_funnel(counts, links),
        aside=_aside(counts, links),
        taken=sum(event.seats_taken for event in events),
        quota=sum(event.quota for event in events),
        nearest=_nearest(events, now),
        days=line(by_day(db.session(), keys)),
        charts=[*_charts(keys, today, links), _groups(events, counts, links)],
        events=[_line(event, counts, links) for event in events],
    )


def _total(counts: Sequence[EventCount], *states: EntryState) -> int:
    return sum(one.entries for one in counts if not states or one.state in states)


def _funnel(counts: Sequence[EventCount], links: Links) -> list[Bar]:
    rows = [
        (gettext("Begun"), _total(counts), ""),
        (gettext("Ever handed in"), sum(one.handed_in for one in counts), ""),
        (gettext("Still in"), _total(counts, *STANDING_STATES), links.to({"state": STANDING})),
        (gettext("Accepted"), _total(counts, S.ACCEPTED), links.to({"state": S.ACCEPTED.value})),
    ]
    return bars(rows, whole=_total(counts))


def _aside(counts: Sequence[EventCount], links: Links) -> list[Bar]:
    """What is not on the way through: waiting, returned, rejected, withdrawn."""
    states = (S.SUBMITTED, S.WAITING, S.RETURNED, S.REJECTED, S.WITHDRAWN)
    rows = [(label(one), _total(counts, one), links.to({"state": one.value})) for one in states]
    return bars(rows, whole=_total(counts))


def _nearest(events: Sequence[Event], now: dt.datetime) -> dt.datetime | None:
    """Return the next moment entries close."""
    coming = [event.entries_close_at for event in events if event.state is EventState.OPEN]
    return min((moment for moment in coming if moment > now), default=None)


def _charts(keys: Sequence[int], today: dt.date, links: Links) -> list[Chart]:
    found = breakdowns(db.session(), keys, today)
    towns = _names(select(Town.code, Town.name).order_by(Town.position, Town.id))
    trades = _names(select(Occupation.id, Occupation.name))
    ages = {band.value: label(band) for band in AgeBand}
    levels = {level.value: label(level) for level in SkillLevel}
    return [
        _chart("town", gettext("By town"), found, towns, links, most_first=True),
        _chart("unit", gettext("By unit"), found, None, links, most_first=True),
        _chart("occupation", gettext("By trade"), found, trades, links, most_first=True),
        _chart("band", gettext("By age"), found, ages, links),
        _chart("level", gettext("By skill level"), found, levels, links),
    ]


def _names(query: Any) -> dict[str, str]:  # noqa: ANN401  # a select of key and name
    return {str(row[0]): row[1] for row in db.session.execute(query)}


def _chart(  # a chart is what it counts, by which names, in which order
    key: str,
    title: str,
    found: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str] | None,
    links: Links,
    *,
    most_first: bool = False,
) -> Chart:
    counts = dict(found.get(key, {}))
    unsaid = counts.pop("", 0)
    said = {one: one for one in counts} if names is None else names
    order = [value for value in said if value in counts]
    if most_first:
        order.sort(key=lambda value: -counts[value])
    rows = [
        (said[value], counts[value], links.to({"state": STANDING, key: value}))
        for value in order[:MOST_UNITS]
    ]
    if unsaid:
        rows.append((gettext("not said"), unsaid, links.to({"state": STANDING, key: NOT_SAID})))
    tail = _rest([counts[value] for value in order[MOST_UNITS:]])
    return Chart(key, title, bars(rows, tail=tail))


def _rest(tail: Sequence[int]) -> list[tuple[str, int, str]]:
    """Put the tail of a long breakdown into one row."""
    if not tail:
        return []
    words = ngettext("%(num)d more, together", "%(num)d more, together", len(tail))
    return [(words, sum(tail), "")]


def _groups(events: Sequence[Event], counts: Sequence[EventCount], links: Links) -> Chart:
    group_of = {event.id: event.entry_group for event in events}
    sums: Counter[EntryGroup] = Counter()
    for one in counts:
        if one.state in STANDING_STATES:
            sums[group_of[one.event_id]] += one.entries
    rows = [
        (label(group), sums[group], links.to({"state": STANDING, "group": group.value}))
        for group in EntryGroup
        if sums[group]
    ]
    return Chart("group", gettext("By group"), bars(rows))


def _line(event: Event, counts: Sequence[EventCount], links: Links) -> EventLine:
    own = [one for one in counts if one.event_id == event.id]
    least = int((event.rules.get("award") or {}).get("minimum_field") or 0)
    still_in = _total(own, *STANDING_STATES)
    return EventLine(
        event=event,
        waiting=_total(own, S.SUBMITTED),
        accepted=_total(own, S.ACCEPTED),
        share=round(event.seats_taken * 100 / event.quota, 1),
        short_of=max(0, least - still_in) if event.state in FILLING else 0,
        url=links.to({"event": str(event.id)}),
    )
