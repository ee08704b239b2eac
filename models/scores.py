"""Score sheets and the mark ledger: rows are added, never changed, never deleted."""

import datetime as dt

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.panels import PanelSeat
from rules.lifecycle import SHEET_STEPS, step
from rules.states import SheetState
from rules.terms import LedgerKind

GENESIS = "0" * 64


class ScoreSheet(Base):
    """One seat's sheet in one event, and the head of its chain: locked on every append."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (signed_at IS NULL)", "signed_iff_not_open"),
        CheckConstraint("(signed_at IS NULL) = (signed_hash IS NULL)", "signature_has_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("panel_seat.id"), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("marking_scheme.id"))
    state: Mapped[SheetState] = mapped_column(default=SheetState.OPEN)
    seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default=GENESIS)
    signed_at: Mapped[dt.datetime | None]
    signed_hash: Mapped[str | None] = mapped_column(String(64))

    seat: Mapped[PanelSeat] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(SHEET_STEPS, self.state, verb)


class LedgerRow(Base):
    """One recorded deed on a sheet; ``hash`` chains it to the row before (rules/ledger.py)."""

    __tablename__ = "ledger_row"
    __table_args__ = (
        UniqueConstraint("sheet_id", "seq"),
        Index("ix_ledger_row_cell", "sheet_id", "work_code", "aspect_code", "seq"),
        CheckConstraint("kind <> 'correction' OR reason <> ''", "correction_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"), index=True)
    seq: Mapped[int]
    kind: Mapped[LedgerKind]
    work_code: Mapped[str] = mapped_column(String(8), default="")
    aspect_code: Mapped[str] = mapped_column(String(16), default="")
    value: Mapped[str | None] = mapped_column(String(32))
    """The number as entered, in canonical decimal text; None for a cleared cell."""
    reason: Mapped[str] = mapped_column(Text, default="")
    client_key: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[dt.datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


SQLITE_GUARDS = (
    "CREATE TRIGGER ledger_row_never_{verb} BEFORE {verb} ON ledger_row "
    "BEGIN SELECT RAISE(ABORT, 'ledger rows are never changed'); END"
)
POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_row_guard() RETURNS trigger AS "
    "$$ BEGIN RAISE EXCEPTION 'ledger rows are never changed'; END $$ LANGUAGE plpgsql"
)
POSTGRES_GUARD = (
    "CREATE TRIGGER ledger_row_never_changed BEFORE UPDATE OR DELETE ON ledger_row "
    "FOR EACH ROW EXECUTE FUNCTION ledger_row_guard()"
)


def _guard_ledger() -> None:
    table = LedgerRow.__table__
    for verb in ("UPDATE", "DELETE"):
        ddl: DDL = DDL(SQLITE_GUARDS.format(verb=verb))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves DDL untyped
        event.listen(table, "after_create", ddl.execute_if(dialect="sqlite"))
    for statement in (POSTGRES_FUNCTION, POSTGRES_GUARD):
        ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # as above
        event.listen(table, "after_create", ddl.execute_if(dialect="postgresql"))


_guard_ledger()
