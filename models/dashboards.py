"""How a contest stands in figures: named reads whose number never grows with the contest.

All of them count over the events they are given; the breakdowns count whoever has handed in and
still stands (handed in, returned, accepted).
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.entries import Entry
from models.organizations import Organization, Town
from models.people import Person
from models.views import born, typed_unit
from rules.list_terms import AgeBand
from rules.states import EntryState
from rules.views import STANDING_STATES

OFFSET: Final = {"sqlite": "+8 hours", "postgresql": "Asia/Shanghai"}
"""The district's day in each database's words; the zone has had no summer time since 1991."""


Counts = Mapping[str, Mapping[str, int]]
"""By what is counted, then by its value."""


@dataclass(frozen=True)
class EventCount:
    """How many entries of one event are in one state, and how many of them were handed in."""

    event_id: int
    state: EntryState
    entries: int
    handed_in: int


def by_state(session: Session, event_ids: Collection[int]) -> list[EventCount]:
    """Count entries by event and state, drafts too."""
    handed_in = func.count(Entry.submitted_at)
    rows = session.execute(
        select(Entry.event_id, Entry.state, func.count(), handed_in)
        .where(Entry.event_id.in_(event_ids))
        .group_by(Entry.event_id, Entry.state)
    )
    return [EventCount(*row) for row in rows]


def by_day(session: Session, event_ids: Collection[int]) -> dict[dt.date, int]:
    """Count the entries that stand by the district's day they were handed in on."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        day: Any = func.date(Entry.submitted_at, OFFSET[dialect], type_=String)
    else:
        local = func.timezone(OFFSET[dialect], Entry.submitted_at)
        day = cast(func.date(local), String)
    days = (
        select(day.label("value"))
        .where(Entry.event_id.in_(event_ids), Entry.state.in_(STANDING_STATES))
        .where(Entry.submitted_at.is_not(None))
        .subquery()
    )
    rows = session.execute(select(days.c.value, func.count()).group_by(days.c.value))
    return {dt.date.fromisoformat(row[0]): row[1] for row in rows}


def breakdowns(session: Session, event_ids: Collection[int], today: dt.date) -> Counts:
    """Count by town (code), unit (name), occupation (key), age band and level: one statement.

    Values are texts; ``""`` stands for what was left open.
    """
    found: dict[str, dict[str, int]] = {}
    for name, value, count in session.execute(union_all(*_parts(event_ids, today))):
        kind = found.setdefault(name, {})
        kind[value or ""] = kind.get(value or "", 0) + count
    return found


def _parts(event_ids: Collection[int], today: dt.date) -> Iterator[Select[Any]]:
    """Join once, then count by each column of what came out."""
    columns: dict[str, ColumnElement[Any]] = {
        "town": Town.code.expression,
        "unit": func.coalesce(Organization.name, typed_unit()),
        "occupation": cast(Person.occupation_id, String),
        "band": case(*((born(band, today), band.value) for band in AgeBand), else_=None),
        "level": cast(Person.skill_level, String),
    }
    rows = (
        select(*(value.label(name) for name, value in columns.items()))
        .select_from(Entry)
        .outerjoin(Entry.person)
        .outerjoin(Person.town)
        .outerjoin(Person.organization)
        .where(Entry.event_id.in_(event_ids), Entry.state.in_(STANDING_STATES))
        .cte("standing")
    )
    for name in columns:
        yield select(literal(name), rows.c[name], func.count()).group_by(rows.c[name])
