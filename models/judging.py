"""What judges may read: codes, marks and states. No column here leads to a person who competes."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.contests import Contest, Event
from models.draws import WorkCode
from models.panels import PanelSeat, WorkRecusal
from models.scores import LedgerRow, ScoreSheet
from rules.duties import Duties
from rules.states import EventState, SheetState
from rules.terms import LedgerKind

MARKS = (LedgerKind.SCORE, LedgerKind.CORRECTION, LedgerKind.CLEARED)
PRESENCE = (LedgerKind.ABSENT, LedgerKind.PRESENT)


@dataclass(frozen=True)
class Cell:
    """The current mark of one cell: the newest row of the ledger; ``value`` None is cleared."""

    value: str | None
    seq: int
    at: dt.datetime


@dataclass(frozen=True)
class Assignment:
    """One seat of a judge, with the names of contest and event but of nobody in it."""

    event_id: int
    event: str
    contest: str
    held_on: dt.date
    event_state: EventState
    seat: int
    pledged: bool
    sheet_id: int | None
    sheet_state: SheetState | None


def work_codes(session: Session, event_id: int) -> tuple[str, ...]:
    """List the blind codes of an event in alphabetical order."""
    return tuple(
        session.scalars(
            select(WorkCode.code).where(WorkCode.event_id == event_id).order_by(WorkCode.position)
        )
    )


def cells_of(session: Session, sheet_ids: list[int]) -> dict[int, dict[tuple[str, str], Cell]]:
    """Map sheet to (code, aspect) to the newest mark, in two statements for any number."""
    newest = (
        select(func.max(LedgerRow.seq).label("seq"), LedgerRow.sheet_id.label("sheet"))
        .where(LedgerRow.sheet_id.in_(sheet_ids), LedgerRow.kind.in_(MARKS))
        .group_by(LedgerRow.sheet_id, LedgerRow.work_code, LedgerRow.aspect_code)
        .subquery()
    )
    row = aliased(LedgerRow)
    rows = session.execute(
        select(row.sheet_id, row.work_code, row.aspect_code, row.value, row.seq, row.at).join(
            newest, (row.sheet_id == newest.c.sheet) & (row.seq == newest.c.seq)
        )
    )
    found: dict[int, dict[tuple[str, str], Cell]] = {sheet: {} for sheet in sheet_ids}
    for sheet, code, aspect, value, seq, at in rows:
        found[sheet][code, aspect] = Cell(value, seq, at)
    return found


def cell_of(session: Session, sheet_id: int, code: str, aspect: str) -> Cell | None:
    """Read the newest mark of one cell."""
    row = session.scalars(
        select(LedgerRow)
        .where(
            LedgerRow.sheet_id == sheet_id,
            LedgerRow.work_code == code,
            LedgerRow.aspect_code == aspect,
            LedgerRow.kind.in_(MARKS),
        )
        .order_by(LedgerRow.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else Cell(row.value, row.seq, row.at)


def last_of(session: Session, sheet_id: int, kind: LedgerKind) -> int:
    """Return the number of a sheet's last row of this kind, 0 where there is none."""
    query = select(func.max(LedgerRow.seq)).where(
        LedgerRow.sheet_id == sheet_id, LedgerRow.kind == kind
    )
    return session.scalar(query) or 0


def has_work(session: Session, event_id: int, code: str) -> bool:
    """Whether an event has a work of this code."""
    query = select(WorkCode.id).where(WorkCode.event_id == event_id, WorkCode.code == code)
    return session.scalars(query).first() is not None


def absent_codes(session: Session, sheet_id: int) -> frozenset[str]:
    """List the works a sheet marks as absent now."""
    newest = (
        select(func.max(LedgerRow.seq).label("seq"))
        .where(LedgerRow.sheet_id == sheet_id, LedgerRow.kind.in_(PRESENCE))
        .group_by(LedgerRow.work_code)
        .subquery()
    )
    rows = session.execute(
        select(LedgerRow.work_code, LedgerRow.kind).where(
            LedgerRow.sheet_id == sheet_id, LedgerRow.seq.in_(select(newest.c.seq))
        )
    )
    return frozenset(code for code, kind in rows if kind is LedgerKind.ABSENT)


def assignments_of(session: Session, account_id: int) -> list[Assignment]:
    """List the seats of a judge, soonest event first."""
    rows = session.execute(
        select(
            Event.id,
            Event.name,
            Contest.name,
            Event.held_on,
            Event.state,
            PanelSeat.number,
            PanelSeat.pledged_at.is_not(None),
            ScoreSheet.id,
            ScoreSheet.state,
        )
        .join(PanelSeat, PanelSeat.event_id == Event.id)
        .join(Contest, Contest.id == Event.contest_id)
        .outerjoin(ScoreSheet, ScoreSheet.seat_id == PanelSeat.id)
        .where(PanelSeat.account_id == account_id)
        .order_by(Event.held_on.desc(), Event.id)
    )
    return [Assignment(*row) for row in rows]


def sheets_of(session: Session, event_id: int) -> list[tuple[int, ScoreSheet]]:
    """List (seat number, sheet) of an event in the order of seats."""
    rows = session.execute(
        select(PanelSeat.number, ScoreSheet)
        .join(ScoreSheet, ScoreSheet.seat_id == PanelSeat.id)
        .where(ScoreSheet.event_id == event_id)
        .order_by(PanelSeat.number)
    )
    return list(rows)


def duties_of(session: Session, event_id: int) -> Duties:
    """Read which seat marks which work, in two statements."""
    seats = session.execute(
        select(PanelSeat.id, PanelSeat.account_id, PanelSeat.number, PanelSeat.is_substitute)
        .where(PanelSeat.event_id == event_id)
        .order_by(PanelSeat.number)
    ).all()
    number_of = {account: number for _, account, number, _ in seats}
    seat_of = {key: number for key, _, number, _ in seats}
    rows = recusals_of(session, event_id)
    return Duties(
        tuple(number for _, _, number, substitute in seats if not substitute),
        frozenset(
            (number_of[row.account_id], row.work_code)
            for row in rows
            if row.account_id in number_of
        ),
        frozenset((seat_of[row.substitute_id], row.work_code) for row in rows if row.substitute_id),
    )


def recusals_of(session: Session, event_id: int) -> list[WorkRecusal]:
    """List who has stepped aside from which work, in the order of the declarations."""
    query = select(WorkRecusal).filter_by(event_id=event_id).order_by(WorkRecusal.id)
    return list(session.scalars(query))
