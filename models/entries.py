"""Entries of people for events."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    exists,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, aliased, joinedload, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.media import Media
from models.people import Person
from models.registration_forms import RegistrationForm
from models.teams import Team
from rules.lifecycle import ENTRY_STEPS, step
from rules.states import EntryState
from rules.terms import Attendance

LIVE = "state NOT IN ('withdrawn', 'rejected')"


class Entry(Base):
    """One person's entry for one event, from the first saved step to acceptance."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("event_id", "pass_no"),
        Index(
            "uq_entry_one_live_per_person",
            "event_id",
            "person_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index(
            "uq_entry_one_captain_per_team",
            "team_id",
            unique=True,
            sqlite_where=text("is_captain"),
            postgresql_where=text("is_captain"),
        ),
        Index("ix_entry_event_id_state", "event_id", "state", "submitted_at"),
        CheckConstraint(
            "(state = 'draft') OR (submitted_at IS NOT NULL) OR (state = 'withdrawn')",
            "submitted_has_time",
        ),
        CheckConstraint(
            "(state <> 'submitted' AND state <> 'accepted') OR holds_seat", "live_holds_seat"
        ),
        CheckConstraint("(state <> 'accepted') OR (pass_no IS NOT NULL)", "accepted_has_pass"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[EntryState] = mapped_column(default=EntryState.DRAFT)
    step: Mapped[int] = mapped_column(default=1)
    """The furthest step of the form reached, 1 to 5."""
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was typed so far, without ID number and telephone: those go to the person, sealed."""
    form_id: Mapped[int | None] = mapped_column(ForeignKey("registration_form.id"), index=True)
    """The version of the event's form it was handed in with; a draft follows the one in force."""
    replies: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Answers to that form by slot, in the shape actions/replies.py keeps them."""
    pages_done: Mapped[int] = mapped_column(default=0, server_default="0")
    """The last page of the form that was saved."""
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What stood in a field before its owner changed it since the last decision."""
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    receipt_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    pass_no: Mapped[str | None] = mapped_column(String(20))
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    """Idempotency key of the form that began the entry."""
    holds_seat: Mapped[bool] = mapped_column(default=False)
    unit_quota_id: Mapped[int | None] = mapped_column(ForeignKey("unit_quota.id"), index=True)
    """The unit's quota this entry counts on, while it counts."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    is_captain: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether this entry is its team's: it holds the place, the others have joined it."""
    verdicts: Mapped[list[Any]] = mapped_column(default=list)
    remarks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The reviewer's words by field name; ``""`` holds the general remark."""
    attendance: Mapped[Attendance | None]
    started_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship()
    person: Mapped[Person | None] = relationship()
    photo: Mapped[Media | None] = relationship()
    form: Mapped[RegistrationForm | None] = relationship()
    team: Mapped[Team | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(ENTRY_STEPS, self.state, verb)

    @property
    def follows(self) -> bool:
        """Whether it belongs to a team whose place another entry holds."""
        return self.team_id is not None and not self.is_captain


def standing_in(states: Collection[EntryState]) -> ColumnElement[bool]:
    """Hold for entries in these states, and for the members whose captain's entry is."""
    carrier = aliased(Entry)
    led = (
        exists()
        .where(carrier.team_id == Entry.team_id, carrier.is_captain, carrier.state.in_(states))
        .correlate(Entry)
    )
    return or_(Entry.state.in_(states), and_(Entry.state == EntryState.JOINED, led))


def members_of(session: Session, team: Team) -> list[Entry]:
    """List the entries of a team, the captain's first, then as they came."""
    query = select(Entry).where(Entry.team_id == team.id).options(joinedload(Entry.person))
    return list(session.scalars(query.order_by(Entry.is_captain.desc(), Entry.id)))


def followers_of(session: Session, entry: Entry) -> list[Entry]:
    """List the confirmed entries that stand and fall with a captain's; nobody follows others."""
    if not entry.is_captain:
        return []
    query = select(Entry).where(
        Entry.team_id == entry.team_id,
        Entry.is_captain.is_(False),
        Entry.state == EntryState.JOINED,
    )
    return list(session.scalars(query.order_by(Entry.id)))


def carrier_of(session: Session, entry: Entry) -> Entry:
    """Return the entry that holds the place for this one: its captain's, or itself."""
    if not entry.follows:
        return entry
    query = select(Entry).where(Entry.team_id == entry.team_id, Entry.is_captain)
    return session.scalars(query).one()
