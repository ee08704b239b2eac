"""Check-ins of entrants to sittings, and extra time granted to one of them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.entries import Entry
from models.sittings import Placement

STANDING = "undone_at IS NULL"


class CheckIn(Base):
    """One entrant seen at the door of one sitting; an undone one stays on record."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index(
            "uq_check_in_one_standing",
            "placement_id",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        CheckConstraint("(undone_at IS NULL) = (undo_reason = '')", "undone_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    client_key: Mapped[str] = mapped_column(String(40), unique=True)
    """Key of the form that was sent: a retry of the same form finds its own row."""
    at: Mapped[dt.datetime]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    late_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why somebody was let in after the limit; empty for everybody in time."""
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undo_reason: Mapped[str] = mapped_column(String(200), default="")

    placement: Mapped[Placement] = relationship()
    checker: Mapped[Account | None] = relationship(foreign_keys=[checked_by])


class ExtraTime(Base):
    """Extra time of one entrant with its reason; a row is added, and at most taken back."""

    __tablename__ = "extra_time"
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 240", "some_minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[dt.datetime]
    taken_back_at: Mapped[dt.datetime | None]

    entry: Mapped[Entry] = relationship()
    granter: Mapped[Account | None] = relationship()
