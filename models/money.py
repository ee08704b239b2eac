"""Money of a contest: budget lines, award sums, and bookings that are added and never changed."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Contest, Event
from models.entries import Entry
from rules.terms import Award, BudgetKind


class BudgetLine(Base):
    """What is planned for one purpose, in fen."""

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("contest_id", "kind", "title"),
        CheckConstraint("planned >= 0", "planned_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    kind: Mapped[BudgetKind]
    title: Mapped[str] = mapped_column(String(60))
    planned: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    contest: Mapped[Contest] = relationship()

    __mapper_args__ = {"version_id_col": version}


class AwardSum(Base):
    """What one winner of a level gets, in fen, and how many winners are planned for."""

    __tablename__ = "award_sum"
    __table_args__ = (
        UniqueConstraint("event_id", "award"),
        CheckConstraint("amount > 0 AND places > 0", "sum_and_places_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    award: Mapped[Award]
    amount: Mapped[int] = mapped_column(BigInteger)
    places: Mapped[int]
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Booking(Base):
    """One payment, or the reversal of one; ``amount`` in fen is negative in a reversal."""

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("contest_id", "form_key"),
        Index("ix_booking_line_id", "line_id"),
        Index("ix_booking_entry_id", "entry_id"),
        CheckConstraint("(line_id IS NULL) <> (entry_id IS NULL)", "line_or_winner"),
        CheckConstraint("(reverses_id IS NULL) = (amount > 0)", "reversal_is_negative"),
        CheckConstraint("reverses_id IS NULL OR note <> ''", "reversal_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    """The winner's entry, where award money was paid."""
    amount: Mapped[int] = mapped_column(BigInteger)
    booked_on: Mapped[dt.date]
    payee: Mapped[str] = mapped_column(String(40))
    """A unit, or a person's name masked; no account is ever kept."""
    voucher: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), unique=True)
    form_key: Mapped[str] = mapped_column(String(40))
    """Idempotency key of the form it was booked with."""
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    booked_at: Mapped[dt.datetime]

    contest: Mapped[Contest] = relationship()
    line: Mapped[BudgetLine | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    booker: Mapped[Account | None] = relationship()


def spent_of(session: Session, contest_id: int) -> dict[int, int]:
    """Sum the bookings of a contest by budget line, in fen."""
    rows = session.execute(
        select(Booking.line_id, func.sum(Booking.amount))
        .where(Booking.contest_id == contest_id, Booking.line_id.is_not(None))
        .group_by(Booking.line_id)
    )
    return {line: int(total) for line, total in rows if line is not None}


def paid_to(session: Session, entry_ids: Collection[int]) -> dict[int, int]:
    """Sum the award money paid by entry, in fen; who was paid nothing is left out."""
    rows = session.execute(
        select(Booking.entry_id, func.sum(Booking.amount))
        .where(Booking.entry_id.in_(entry_ids))
        .group_by(Booking.entry_id)
    )
    return {entry: int(total) for entry, total in rows if entry is not None and total}


POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION booking_guard() RETURNS trigger AS "
    "$$ BEGIN RAISE EXCEPTION 'bookings are never changed'; END $$ LANGUAGE plpgsql"
)
POSTGRES_GUARD = (
    "CREATE TRIGGER booking_never_changed BEFORE UPDATE OR DELETE ON booking "
    "FOR EACH ROW EXECUTE FUNCTION booking_guard()"
)


def _guard_bookings() -> None:
    table = Booking.__table__
    for verb in ("UPDATE", "DELETE"):
        ddl: DDL = DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy leaves DDL untyped
            f"CREATE TRIGGER booking_never_{verb} BEFORE {verb} ON booking "
            "BEGIN SELECT RAISE(ABORT, 'bookings are never changed'); END"
        )
        event.listen(table, "after_create", ddl.execute_if(dialect="sqlite"))
    for statement in (POSTGRES_FUNCTION, POSTGRES_GUARD):
        ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # as above
        event.listen(table, "after_create", ddl.execute_if(dialect="postgresql"))


_guard_bookings()
