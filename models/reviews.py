"""The review desk: who looks at an entry, its tags and notes, and the decision that is held."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.entries import Entry
from rules.terms import Decision


class Review(Base):
    """What colleagues keep beside one entry; the entrant never sees it."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(held IS NULL) = (held_by IS NULL)", "holder_iff_held"),
        CheckConstraint("held IS NULL OR held = 'accept' OR reason <> ''", "held_has_reason"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    tags: Mapped[list[str]] = mapped_column(default=list)
    held: Mapped[Decision | None]
    """The decision to be applied together with the others of the event."""
    reason: Mapped[str] = mapped_column(Text, default="")
    held_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    held_at: Mapped[dt.datetime | None]

    entry: Mapped[Entry] = relationship()
    assignee: Mapped[Account | None] = relationship(foreign_keys=[assignee_id])
    holder: Mapped[Account | None] = relationship(foreign_keys=[held_by])


class ReviewNote(Base):
    """One colleague's note on an entry; added, never changed."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dt.datetime]

    author: Mapped[Account | None] = relationship()
