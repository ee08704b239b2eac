"""Sittings (场次) of events, and which entrant is expected in which."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.entries import Entry
from models.venues import Venue, Workplace
from rules.check_ins import LATE_MINUTES
from rules.lifecycle import SITTING_STEPS, step
from rules.permits import Place
from rules.states import SittingState
from rules.terms import SittingPart


class Sitting(Base):
    """One stretch of time in which part of an event is done at a venue."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("event_id", "name"),
        CheckConstraint("reports_at <= starts_at AND starts_at < ends_at", "hours_in_order"),
        CheckConstraint("late_minutes BETWEEN 0 AND 240", "late_limit"),
        CheckConstraint("(part = 'module') = (module <> '')", "module_iff_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    part: Mapped[SittingPart]
    module: Mapped[str] = mapped_column(String(20), default="")
    """The module's code where the part is one; sittings of one module run for different people."""
    name: Mapped[str] = mapped_column(String(40))
    reports_at: Mapped[dt.datetime]
    """From when people are checked in."""
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    late_minutes: Mapped[int] = mapped_column(default=LATE_MINUTES)
    state: Mapped[SittingState] = mapped_column(default=SittingState.OPEN)
    changed_at: Mapped[dt.datetime]
    """When an entrant's calendar would last have read something else."""
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship()
    venue: Mapped[Venue] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(SITTING_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return self.event.where


class Placement(Base):
    """One entrant expected in one sitting; the workplace stays open until it is drawn."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("entry_id", "sitting_id"),
        UniqueConstraint("sitting_id", "workplace_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    workplace_id: Mapped[int | None] = mapped_column(ForeignKey("workplace.id"), index=True)
    changed_at: Mapped[dt.datetime]

    entry: Mapped[Entry] = relationship()
    sitting: Mapped[Sitting] = relationship()
    workplace: Mapped[Workplace | None] = relationship()
