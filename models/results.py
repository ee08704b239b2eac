"""Computed results: frozen sheets of lines, and the decisions that settled ties."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.entries import Entry
from rules.terms import Attendance, Award


class ResultSheet(Base):
    """One computed version of an event's result; a correction is a new version."""

    __tablename__ = "result_sheet"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("marking_scheme.id"))
    ledger_root: Mapped[str] = mapped_column(String(64))
    """Merkle root over the heads of all sheets when the event was locked."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the whole computed result in canonical JSON."""
    blocked: Mapped[list[Any]] = mapped_column(default=list)
    """Reasons that forbid publication (unresolved ties ...); empty when it may be published."""
    computed_at: Mapped[dt.datetime]
    computed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    event: Mapped[Event] = relationship()
    lines: Mapped[list["ResultLine"]] = relationship(
        back_populates="sheet", order_by="ResultLine.position"
    )


class ResultLine(Base):
    """One contestant's result: what is published, and the explanation it rests on."""

    __tablename__ = "result_line"
    __table_args__ = (UniqueConstraint("sheet_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("result_sheet.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    work_code: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    attendance: Mapped[Attendance]
    total: Mapped[str | None] = mapped_column(String(16))
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Part name to published mark, such as theory and practice."""
    place: Mapped[int | None]
    award: Mapped[Award | None]
    explanation: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """raw marks -> dropped -> weighted -> rounded -> place (rules/results.py)."""

    sheet: Mapped[ResultSheet] = relationship(back_populates="lines")
    entry: Mapped[Entry] = relationship()


class TieDecision(Base):
    """The committee's recorded decision on a tie that the chain of keys did not settle."""

    __tablename__ = "tie_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    body: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


def current_result(session: Session, event_id: int) -> ResultSheet | None:
    """Read the newest computed version of an event's result."""
    return session.scalars(
        select(ResultSheet)
        .where(ResultSheet.event_id == event_id)
        .order_by(ResultSheet.number.desc())
        .limit(1)
    ).first()
