"""What a unit's contact sees first, read in a few statements whatever the unit's size."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.contests import Contest, Event
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.units import Endorsement, Invitation, UnitQuota, WorkerImport
from rules.states import (
    ContestState,
    EndorsementState,
    EntryState,
    EventState,
    ImportState,
    InvitationState,
)

NEWS: Final = dt.timedelta(days=7)
SOON: Final = dt.timedelta(days=3)
MOST_NAMES: Final = 6


@dataclass(frozen=True)
class OpenEvent:
    """One event whose entries are open, and how far the unit is with it."""

    event: Event
    quota: UnitQuota | None
    invited: int
    entered: int


@dataclass(frozen=True)
class Waiting:
    """How many things wait for the contact."""

    endorsements: int
    lists: int
    invitations: int
    ending: int
    """Invitations whose link ends within three days."""


@dataclass(frozen=True)
class News:
    """One line of the digest: what became of so many entries."""

    state: EntryState
    count: int
    names: tuple[str, ...]


def open_events(session: Session, now: dt.datetime) -> Sequence[Event]:
    """List events whose entries are open now, the first to close first."""
    return session.scalars(
        select(Event)
        .join(Event.contest)
        .where(
            Event.state == EventState.OPEN,
            Contest.state == ContestState.ANNOUNCED,
            Event.entries_close_at > now,
        )
        .options(joinedload(Event.contest))
        .order_by(Event.entries_close_at, Event.id)
    ).all()


def events_of(session: Session, unit: Organization, now: dt.datetime) -> list[OpenEvent]:
    """Tell of each open event the unit's quota and how many are invited and have entered."""
    quotas = {
        row.event_id: row
        for row in session.scalars(select(UnitQuota).filter_by(organization_id=unit.id))
    }
    invited = _counts(
        session,
        select(Invitation.event_id, func.count())
        .where(Invitation.organization_id == unit.id, Invitation.state == InvitationState.OPEN)
        .group_by(Invitation.event_id),
    )
    entered = _counts(
        session,
        select(Entry.event_id, func.count())
        .join(Person, Person.id == Entry.person_id)
        .where(Person.organization_id == unit.id, Entry.holds_seat)
        .group_by(Entry.event_id),
    )
    return [
        OpenEvent(event, quotas.get(event.id), invited.get(event.id, 0), entered.get(event.id, 0))
        for event in open_events(session, now)
    ]


def waiting_of(session: Session, unit: Organization, now: dt.datetime) -> Waiting:
    """Count what waits for the contact."""
    open_ones = (Invitation.organization_id == unit.id, Invitation.state == InvitationState.OPEN)
    return Waiting(
        endorsements=_count(
            session,
            Endorsement.organization_id == unit.id,
            Endorsement.state == EndorsementState.ASKED,
        ),
        lists=_count(
            session,
            WorkerImport.organization_id == unit.id,
            WorkerImport.state == ImportState.CHECKED,
        ),
        invitations=_count(session, *open_ones),
        ending=_count(session, *open_ones, Invitation.expires_at <= now + SOON),
    )


def news_of(session: Session, unit: Organization, now: dt.datetime) -> list[News]:
    """Sum up what became of the unit's entries within the last seven days."""
    since = now - NEWS
    rows = session.execute(
        select(Entry.state, Person.name)
        .join(Person, Person.id == Entry.person_id)
        .where(
            Person.organization_id == unit.id,
            Entry.state != EntryState.DRAFT,
            or_(Entry.decided_at >= since, Entry.submitted_at >= since),
        )
        .order_by(Entry.id)
    )
    names: dict[EntryState, list[str]] = {}
    for state, name in rows:
        names.setdefault(state, []).append(name)
    return [
        News(state, len(names[state]), tuple(names[state][:MOST_NAMES]))
        for state in EntryState
        if state in names
    ]


def _counts(session: Session, query: object) -> dict[int, int]:
    return dict(session.execute(query).all())  # type: ignore[call-overload]


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0
