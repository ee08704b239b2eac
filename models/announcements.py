"""Announcements of the office to entrants, and the texts it keeps for them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.entries import Entry
from rules.lifecycle import ANNOUNCEMENT_STEPS, step
from rules.states import AnnouncementState
from rules.terms import Audience


class Announcement(Base):
    """One text to a group of an event's entrants, held until somebody releases it."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", "released_has_time"),
        CheckConstraint("(audience = 'one') = (entry_id IS NOT NULL)", "one_names_entry"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    audience: Mapped[Audience]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    subject: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    urgent: Mapped[bool] = mapped_column(default=False)
    """By SMS too, with the whole text."""
    state: Mapped[AnnouncementState] = mapped_column(default=AnnouncementState.HELD)
    recipients: Mapped[int] = mapped_column(default=0)
    """How many it was released to."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    released_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship()
    entry: Mapped[Entry | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(ANNOUNCEMENT_STEPS, self.state, verb)


class MessageTemplate(Base):
    """A text the office keeps, beside the built-in ones."""

    __tablename__ = "message_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    audience: Mapped[Audience]
    subject: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[dt.datetime]
