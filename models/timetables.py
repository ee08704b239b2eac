"""What a timetable is read from: a contest's sittings and whatever of others meets them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.accounts import Account
from models.contests import Contest, Event
from models.entries import Entry
from models.panels import PanelSeat
from models.people import Person
from models.sittings import Placement, Sitting
from models.venues import Venue, Workplace
from rules.sittings import Field, Slot
from rules.states import ContestState, EntryState, EventState, WorkplaceState


class Bound(NamedTuple):
    """Whom and what the placements of one sitting bind: keys and words."""

    entrants: dict[Hashable, str]
    workplaces: dict[Hashable, str]
    broken: list[str]


def sittings_query(contest_id: int) -> Select[Any]:
    """Choose the sittings of a contest with event and venue, in the order of time."""
    return (
        select(Sitting)
        .join(Sitting.event)
        .where(Event.contest_id == contest_id, Event.state != EventState.CANCELLED)
        .order_by(Sitting.starts_at, Sitting.id)
        .options(joinedload(Sitting.event), joinedload(Sitting.venue))
    )


def sittings_of(session: Session, contest_id: int) -> list[Sitting]:
    """Read them."""
    return list(session.scalars(sittings_query(contest_id)))


def expected_in(session: Session, keys: Sequence[int]) -> dict[int, int]:
    """Count who is expected in each of these sittings."""
    rows = session.execute(
        select(Placement.sitting_id, func.count())
        .join(Placement.entry)
        .where(Placement.sitting_id.in_(keys), Entry.state == EntryState.ACCEPTED)
        .group_by(Placement.sitting_id)
    )
    return dict.fromkeys(keys, 0) | dict(rows.all())


def slots_of(session: Session, sittings: Sequence[Sitting]) -> list[Slot]:
    """Read the slots of these sittings and of every other sitting that overlaps one of them."""
    foreign = _meeting(session, sittings)
    every = [*sittings, *foreign]
    bound = _bound(session, [sitting.id for sitting in every])
    judges = _judges(session, {sitting.event_id for sitting in every})
    usable = _usable(session, {sitting.venue_id for sitting in every})
    own = {sitting.id for sitting in sittings}
    return [
        Slot(
            key=sitting.id,
            name=f"{sitting.event.name} {sitting.name}",
            event_id=sitting.event_id,
            part=sitting.part,
            starts_at=sitting.starts_at,
            ends_at=sitting.ends_at,
            entrants=bound[sitting.id].entrants,
            judges=judges[sitting.event_id],
            workplaces=bound[sitting.id].workplaces,
            broken=tuple(bound[sitting.id].broken),
            usable=usable.get(sitting.venue_id, 0),
            own=sitting.id in own,
        )
        for sitting in every
    ]


def fields_of(session: Session, contest: Contest, sittings: Sequence[Sitting]) -> list[Field]:
    """Count for each living event who is accepted and who of them lacks a sitting of some part."""
    parts: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for sitting in sittings:
        parts[sitting.event_id].add((sitting.part, sitting.module))
    entrants = (
        select(Entry.event_id, func.count(Placement.id).label("held"))
        .outerjoin(Placement, Placement.entry_id == Entry.id)
        .where(Entry.state == EntryState.ACCEPTED)
        .group_by(Entry.id, Entry.event_id)
        .subquery()
    )
    rows = session.execute(
        select(Event.id, Event.name, entrants.c.held, func.count(entrants.c.held))
        .outerjoin(entrants, entrants.c.event_id == Event.id)
        .where(Event.contest_id == contest.id, Event.state != EventState.CANCELLED)
        .group_by(Event.id, Event.name, entrants.c.held)
        .order_by(Event.id)
    )
    found: dict[int, Field] = {}
    for key, name, held, count in rows:
        before = found.get(key, Field(key, name, 0, 0))
        lacking = count if (held or 0) < len(parts[key]) else 0
        found[key] = Field(key, name, before.accepted + count, before.unplaced + lacking)
    return list(found.values())


def _meeting(session: Session, sittings: Sequence[Sitting]) -> list[Sitting]:
    if not sittings:
        return []
    first = min(sitting.starts_at for sitting in sittings)
    last = max(sitting.ends_at for sitting in sittings)
    rows = session.scalars(
        select(Sitting)
        .join(Sitting.event)
        .join(Event.contest)
        .where(
            Sitting.starts_at < last,
            Sitting.ends_at > first,
            Event.contest_id.not_in({sitting.event.contest_id for sitting in sittings}),
            Event.state != EventState.CANCELLED,
            Contest.state != ContestState.CANCELLED,
        )
        .options(joinedload(Sitting.event))
    )
    spans = [(sitting.starts_at, sitting.ends_at) for sitting in sittings]
    return [row for row in rows if _touches(row, spans)]


def _touches(row: Sitting, spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> bool:
    return any(row.starts_at < end and begin < row.ends_at for begin, end in spans)


def _bound(session: Session, keys: list[int]) -> dict[int, Bound]:
    found: dict[int, Bound] = defaultdict(lambda: Bound({}, {}, []))
    rows = session.execute(
        select(
            Placement.sitting_id,
            Entry.person_id,
            Person.name,
            Workplace.id,
            Workplace.number,
            Workplace.state,
            Venue.name,
        )
        .join(Entry, Entry.id == Placement.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .outerjoin(Workplace, Workplace.id == Placement.workplace_id)
        .outerjoin(Venue, Venue.id == Workplace.venue_id)
        .where(Placement.sitting_id.in_(keys), Entry.state == EntryState.ACCEPTED)
    )
    for sitting, person, name, workplace, number, state, venue in rows:
        one = found[sitting]
        one.entrants[person] = name
        if workplace is not None:
            one.workplaces[workplace] = f"{venue} {number}"
        if state is WorkplaceState.BROKEN:
            one.broken.append(f"{venue} {number}")
    return found


def _judges(session: Session, events: set[int]) -> dict[int, dict[Hashable, str]]:
    found: dict[int, dict[Hashable, str]] = defaultdict(dict)
    rows = session.execute(
        select(PanelSeat.event_id, Account.id, Account.display_name)
        .join(Account, Account.id == PanelSeat.account_id)
        .where(PanelSeat.event_id.in_(events))
    )
    for event, account, name in rows:
        found[event][account] = name
    return found


def _usable(session: Session, venues: set[int]) -> dict[int, int]:
    rows = session.execute(
        select(Workplace.venue_id, func.count())
        .where(Workplace.venue_id.in_(venues), Workplace.state == WorkplaceState.USABLE)
        .group_by(Workplace.venue_id)
    )
    return {row[0]: row[1] for row in rows}
