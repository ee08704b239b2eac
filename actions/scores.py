"""Marks: entered for a blind code, corrected with a reason, signed, released by the chief."""

import datetime as dt
from dataclasses import dataclass

from actions.desk import Desk
from actions.ledgers import Writing, append, locked, written
from actions.sheets import (
    absences,
    disputes_of,
    gaps_of,
    is_disputed,
    read_marks,
    scheme_of,
)
from models.contests import Event
from models.judging import Cell, cell_of, duties_of, has_work, last_of, sheets_of
from models.scores import LedgerRow, ScoreSheet
from rules.errors import Blocked, Invalid, NotPermitted, Stale, WrongMoment
from rules.judging import clean_mark
from rules.permits import Permit
from rules.phrases import Phrase, phrase
from rules.schemes import Aspect
from rules.states import EventState, SheetState
from rules.terms import LedgerKind

__all__ = [
    "MarkEntry",
    "absences",
    "disputes_of",
    "enter_mark",
    "gaps_of",
    "is_disputed",
    "mark_presence",
    "read_marks",
    "release_sheet",
    "scheme_of",
    "sign_sheet",
    "signing_reasons",
]
SECOND_THOUGHTS = dt.timedelta(minutes=10)
"""Within this time a mark may be typed again without giving a reason; both stay on record."""


@dataclass(frozen=True)
class MarkEntry:
    """One cell as the judge sends it; ``based_on`` is the row number the judge saw, 0 for none."""

    work_code: str
    aspect_code: str
    value: str
    client_key: str
    based_on: int = 0
    reason: str = ""


def enter_mark(desk: Desk, sheet: ScoreSheet, entry: MarkEntry) -> LedgerRow:
    """Record one mark; the same ``client_key`` again returns the row already written.

    Raises ``Stale`` when somebody changed the cell since it was read, and
    ``Invalid`` for a value the aspect cannot have.
    """
    _require_judge(desk, sheet)
    done = _once(desk, sheet, entry.client_key)
    if done is not None:
        return done
    _require_open(sheet)
    aspect = _aspect(desk, sheet, entry)
    value = clean_mark(aspect, entry.value) if entry.value.strip() else None
    cell = cell_of(desk.session, sheet.id, entry.work_code, entry.aspect_code)
    if cell is not None and cell.seq != entry.based_on:
        raise Stale(
            "This cell was changed elsewhere: it now holds %(there)s, you typed %(typed)s.",
            there=cell.value or "—",
            typed=value or "—",
        )
    kind, reason = _kind(desk, sheet, entry, cell, value)
    return append(
        desk,
        sheet,
        Writing(kind, entry.client_key, entry.work_code, entry.aspect_code, value, reason),
    )


def mark_presence(
    desk: Desk, sheet: ScoreSheet, work_code: str, *, absent: bool, client_key: str
) -> LedgerRow:
    """Record that a work was not handed in, or that it was after all; seat 1 says it for all."""
    _require_judge(desk, sheet)
    done = _once(desk, sheet, client_key)
    if done is not None:
        return done
    _require_open(sheet)
    _check_work(desk, sheet, work_code)
    if sheet.seat.number != duties_of(desk.session, sheet.event_id).group_seat(work_code):
        raise NotPermitted("Seat 1 records who was absent.")
    if not absent:
        _check_none_signed(desk, sheet)
    kind = LedgerKind.ABSENT if absent else LedgerKind.PRESENT
    return append(desk, sheet, Writing(kind, client_key, work_code))


def sign_sheet(desk: Desk, sheet: ScoreSheet, *, client_key: str) -> None:
    """Sign a complete sheet over the hash of its last row; afterwards it is read-only."""
    _require_judge(desk, sheet)
    _require_open(locked(desk, sheet))
    reasons = signing_reasons(desk, sheet)
    if reasons:
        raise Blocked("The sheet cannot be signed yet. Every mark entered is kept.", reasons)
    row = append(desk, sheet, Writing(LedgerKind.SIGNOFF, client_key))
    sheet.signed_at, sheet.signed_hash = desk.now, row.hash
    sheet.move("sign")
    desk.record("sign_sheet", f"event:{sheet.event_id}", sheet=sheet.id, hash=row.hash)


def signing_reasons(desk: Desk, sheet: ScoreSheet) -> tuple[Phrase, ...]:
    """Say why a sheet cannot be signed yet; empty when it can."""
    reasons = []
    gaps = gaps_of(desk, sheet)
    if gaps:
        reasons.append(phrase("%(count)s cells are still empty.", count=len(gaps)))
    duties, number = duties_of(desk.session, sheet.event_id), sheet.seat.number
    disputes = disputes_of(desk.session, sheet.event_id)
    apart = [code for code, _ in disputes if duties.marks(number, code)]
    if apart:
        reasons.append(
            phrase("%(count)s cells lie too far apart between judges.", count=len(apart))
        )
    return tuple(reasons)


def release_sheet(desk: Desk, sheet: ScoreSheet, *, reason: str, client_key: str) -> None:
    """Let a judge change a signed sheet again; the chief says why, both stay on record."""
    event = desk.session.get_one(Event, sheet.event_id)
    desk.require(Permit.PANEL_WATCH, event.where)
    if event.state is not EventState.SCORING:
        raise WrongMoment("The marks of this event are locked.")
    if not reason.strip():
        sentence = "Say why the sheet is opened again."
        raise Invalid(sentence, {"reason": [sentence]})
    locked(desk, sheet)
    sheet.move("release")
    sheet.signed_at = sheet.signed_hash = None
    append(desk, sheet, Writing(LedgerKind.RELEASE, client_key, reason=reason.strip()))
    desk.record("release_sheet", f"event:{sheet.event_id}", sheet=sheet.id, reason=reason.strip())


def _require_judge(desk: Desk, sheet: ScoreSheet) -> None:
    event = desk.session.get_one(Event, sheet.event_id)
    desk.require(Permit.MARK_ENTER, event.where)
    if sheet.seat.account_id != desk.actor.account_id:
        raise NotPermitted("This sheet belongs to another seat.")
    if sheet.seat.pledged_at is None:
        raise NotPermitted("Sign the pledge first; then the works are shown.")
    if event.state is not EventState.SCORING:
        raise WrongMoment("This event is not being marked now.")


def _require_open(sheet: ScoreSheet) -> None:
    if sheet.state is not SheetState.OPEN:
        raise WrongMoment("This sheet is signed. The chief judge can open it again.")


def _aspect(desk: Desk, sheet: ScoreSheet, entry: MarkEntry) -> Aspect:
    _check_work(desk, sheet, entry.work_code)
    if entry.work_code in absences(desk.session, sheet.event_id):
        raise Invalid("This work is recorded as absent; seat 1 can take that back.")
    duties, number = duties_of(desk.session, sheet.event_id), sheet.seat.number
    if duties.is_aside(number, entry.work_code):
        raise NotPermitted("You have stepped aside from this work. Nothing was recorded.")
    scheme = scheme_of(desk.session, sheet)
    for aspect in duties.columns(scheme, number, entry.work_code):
        if aspect.code == entry.aspect_code:
            return aspect
    raise Invalid("This seat does not enter that aspect.")


def _check_work(desk: Desk, sheet: ScoreSheet, work_code: str) -> None:
    if not has_work(desk.session, sheet.event_id, work_code):
        raise Invalid("There is no work with this code.")


def _check_none_signed(desk: Desk, sheet: ScoreSheet) -> None:
    """A work that comes back has no marks from those who have signed already."""
    sheets = sheets_of(desk.session, sheet.event_id)
    if any(other.state is not SheetState.OPEN for _, other in sheets):
        raise Blocked(
            "Other seats have signed without this work; the chief judge opens them first."
        )


def _once(desk: Desk, sheet: ScoreSheet, client_key: str) -> LedgerRow | None:
    """Lock the sheet, then look whether this very call has been written: no two can race."""
    if not client_key:
        raise Invalid("This mark came without a key and was not taken. Reload the page.")
    locked(desk, sheet)
    done = written(desk, client_key)
    if done is not None and done.sheet_id != sheet.id:
        raise Invalid("This key belongs to another mark. Reload the page.")
    return done


def _kind(
    desk: Desk, sheet: ScoreSheet, entry: MarkEntry, cell: Cell | None, value: str | None
) -> tuple[LedgerKind, str]:
    """Tell what a mark is and why: typed, typed again at once, corrected, or cleared."""
    if cell is None:
        if value is None:
            raise Invalid("There is nothing to clear in this cell.")
        return LedgerKind.SCORE, ""
    reason = entry.reason.strip()
    if not reason and not _fresh(desk, sheet, cell):
        raise Invalid(
            "A mark older than ten minutes, or signed before, is corrected with a reason.",
            {"reason": ["Say why the mark changes."]},
        )
    if value is None:
        return LedgerKind.CLEARED, reason
    return (LedgerKind.CORRECTION, reason) if reason else (LedgerKind.SCORE, "")


def _fresh(desk: Desk, sheet: ScoreSheet, cell: Cell) -> bool:
    """Whether a mark may be typed again without a reason: young, and never signed for."""
    signed = last_of(desk.session, sheet.id, LedgerKind.SIGNOFF)
    return desk.now - cell.at <= SECOND_THOUGHTS and cell.seq > signed
