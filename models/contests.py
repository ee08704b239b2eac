"""Contests and their events."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.occupations import Occupation
from rules.lifecycle import CONTEST_STEPS, EVENT_STEPS, step
from rules.permits import Place
from rules.states import ContestState, EventState
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup


class Contest(Base):
    """One contest of a year: the notice, its approval and its organisers."""

    __tablename__ = "contest"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR approval_no <> ''", "approved_has_number"
        ),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", "approver_iff_approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    year: Mapped[int] = mapped_column(index=True)
    level: Mapped[ContestLevel]
    contest_class: Mapped[ContestClass]
    state: Mapped[ContestState] = mapped_column(default=ContestState.DRAFT)
    approval_no: Mapped[str] = mapped_column(String(60), default="")
    organiser: Mapped[str] = mapped_column(String(120), default="")
    host: Mapped[str] = mapped_column(String(120), default="")
    supporters: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    summary: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[dt.datetime | None]
    announced_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()

    events: Mapped[list["Event"]] = relationship(back_populates="contest", order_by="Event.id")

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(CONTEST_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return Place(contest_id=self.id)


class Event(Base):
    """One trade within a contest (赛项): its window, places, rules and state."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("contest_id", "slug"),
        CheckConstraint("quota > 0", "quota_positive"),
        CheckConstraint("seats_taken >= 0 AND seats_taken <= quota", "never_oversold"),
        CheckConstraint("entries_open_at < entries_close_at", "window_in_order"),
        CheckConstraint("team_least >= 1 AND team_least <= team_most", "team_sizes_in_order"),
        CheckConstraint("(entry_form = 'individual') = (team_most = 1)", "alone_iff_individual"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"), index=True)
    entry_group: Mapped[EntryGroup]
    entry_form: Mapped[EntryForm]
    team_least: Mapped[int] = mapped_column(default=1, server_default="1")
    team_most: Mapped[int] = mapped_column(default=1, server_default="1")
    """How many make up one entry; ``quota`` counts entries, so a team takes one place."""
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    quota: Mapped[int]
    seats_taken: Mapped[int] = mapped_column(default=0)
    entries_open_at: Mapped[dt.datetime]
    entries_close_at: Mapped[dt.datetime]
    held_on: Mapped[dt.date]
    appeal_hours: Mapped[int] = mapped_column(default=2)
    rules: Mapped[dict[str, Any]]
    """The rule set as data (rules/rulesets.py); frozen once entries open."""
    eligibility: Mapped[list[Any]] = mapped_column(default=list)
    """Eligibility rules as data (rules/eligibility.py)."""
    needs_endorsement: Mapped[bool] = mapped_column(default=False)
    """Whether an entry is accepted only with the stamped recommendation of its unit."""
    rules_frozen_at: Mapped[dt.datetime | None]
    locked_root: Mapped[str | None] = mapped_column(String(64))
    """Merkle root over the heads of all sheets at the lock; decoding compares it."""
    posted_at: Mapped[dt.datetime | None]
    appeals_close_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()

    contest: Mapped[Contest] = relationship(back_populates="events")
    occupation: Mapped[Occupation] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(EVENT_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return Place(contest_id=self.contest_id, event_id=self.id)
