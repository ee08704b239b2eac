"""Contests and events as the public sees them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.contests import Contest, Event
from models.entries import Entry
from models.occupations import Industry, Occupation
from models.schemes import MarkingScheme
from rules.eligibility import Rule
from rules.eligibility_json import conditions_from_json
from rules.states import ContestState, EntryState, EventState
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup, Family
from rules.visibility import CALLED_OFF, PUBLIC_CONTESTS, PUBLIC_EVENTS, PUBLIC_RESULTS


@dataclass(frozen=True)
class EventRow:
    """One event with what may be known of it now."""

    key: int
    contest_slug: str
    contest_name: str
    level: ContestLevel
    place: str
    slug: str
    name: str
    trade: str
    family: Family
    group: EntryGroup
    form: EntryForm
    state: EventState
    quota: int
    seats_taken: int
    opens_at: dt.datetime
    closes_at: dt.datetime
    held_on: dt.date
    appeal_hours: int
    appeals_close_at: dt.datetime | None
    rules: dict[str, Any]
    eligibility: tuple[Rule, ...]
    has_results: bool
    team_least: int = 1
    team_most: int = 1

    @property
    def seats_left(self) -> int:
        """Places nobody holds yet."""
        return self.quota - self.seats_taken


@dataclass(frozen=True)
class ContestRow:
    """One contest with its events."""

    key: int
    slug: str
    name: str
    year: int
    level: ContestLevel
    contest_class: ContestClass
    state: ContestState
    approval_no: str
    organiser: str
    host: str
    supporters: str
    place: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    summary: str
    events: tuple[EventRow, ...] = field(default=())


def contests(session: Session, slug: str | None = None) -> list[ContestRow]:
    """Read public contests with their events, newest first; two statements in all."""
    query = (
        select(
            Contest.id,
            Contest.slug,
            Contest.name,
            Contest.year,
            Contest.level,
            Contest.contest_class,
            Contest.state,
            Contest.approval_no,
            Contest.organiser,
            Contest.host,
            Contest.supporters,
            Contest.place,
            Contest.starts_on,
            Contest.ends_on,
            Contest.summary,
        )
        .where(
            or_(
                Contest.state.in_(PUBLIC_CONTESTS),
                and_(Contest.state == CALLED_OFF, Contest.announced_at.is_not(None)),
            )
        )
        .order_by(Contest.starts_on.desc(), Contest.id.desc())
    )
    if slug is not None:
        query = query.where(Contest.slug == slug)
    rows: list[Any] = list(session.execute(query))
    events = _events(session, [row[0] for row in rows])
    return [ContestRow(*[*row, tuple(events.get(row[0], ()))]) for row in rows]


def _events(session: Session, keys: list[int]) -> dict[int, list[EventRow]]:
    announced = Event.rules_frozen_at.is_not(None)
    rows = session.execute(
        select(Event, Contest, Occupation.name, Industry.family)
        .join(Contest, Contest.id == Event.contest_id)
        .join(Occupation, Occupation.id == Event.occupation_id)
        .join(Industry, Industry.id == Occupation.industry_id)
        .where(Event.contest_id.in_(keys), or_(Event.state.in_(PUBLIC_EVENTS), announced))
        .order_by(Event.id)
    )
    found: dict[int, list[EventRow]] = {}
    for event, contest, trade, family in rows:
        found.setdefault(event.contest_id, []).append(
            EventRow(
                event.id,
                contest.slug,
                contest.name,
                contest.level,
                contest.place,
                event.slug,
                event.name,
                trade,
                family,
                event.entry_group,
                event.entry_form,
                event.state,
                event.quota,
                event.seats_taken,
                event.entries_open_at,
                event.entries_close_at,
                event.held_on,
                event.appeal_hours,
                event.appeals_close_at,
                dict(event.rules),
                conditions_from_json(event.eligibility),
                event.state in PUBLIC_RESULTS,
                event.team_least,
                event.team_most,
            )
        )
    return found


def contest(session: Session, slug: str) -> ContestRow | None:
    """Read one public contest."""
    found = contests(session, slug)
    return found[0] if found else None


def event(session: Session, contest_slug: str, slug: str) -> EventRow | None:
    """Read one event of a public contest."""
    found = contest(session, contest_slug)
    events = found.events if found else ()
    return next((row for row in events if row.slug == slug), None)


def accepted(session: Session, event_id: int) -> int:
    """Count the accepted entrants of an event."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Entry)
            .where(Entry.event_id == event_id, Entry.state == EntryState.ACCEPTED)
        )
        or 0
    )


def published_scheme(session: Session, row: EventRow) -> dict[str, Any] | None:
    """Return the marking scheme once results are public: it is shown after the event."""
    if row.state not in PUBLIC_RESULTS:
        return None
    return session.scalars(
        select(MarkingScheme.body)
        .where(MarkingScheme.event_id == row.key)
        .order_by(MarkingScheme.number.desc())
        .limit(1)
    ).first()
