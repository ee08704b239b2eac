"""Sheets as they are read: what is missing, what lies apart, who is absent, which marks count."""

from sqlalchemy.orm import Session

from actions.desk import Desk
from models.contests import Event
from models.judging import (
    Cell,
    absent_codes,
    cell_of,
    cells_of,
    duties_of,
    sheets_of,
    work_codes,
)
from models.schemes import MarkingScheme, parsed
from models.scores import ScoreSheet
from rules.explanations import Mark
from rules.judging import GROUP_SEAT
from rules.phrases import Phrase, phrase
from rules.rulesets import rules_from_json
from rules.schemes import Aspect, AspectKind, Scheme


def scheme_of(session: Session, sheet: ScoreSheet) -> Scheme:
    """Read the scheme a sheet is marked by."""
    return parsed(session.get_one(MarkingScheme, sheet.scheme_id))


def gaps_of(desk: Desk, sheet: ScoreSheet) -> list[tuple[str, str]]:
    """List (code, aspect) of the cells a sheet still lacks."""
    absent = absences(desk.session, sheet.event_id)
    cells = cells_of(desk.session, [sheet.id])[sheet.id]
    scheme, number = scheme_of(desk.session, sheet), sheet.seat.number
    duties = duties_of(desk.session, sheet.event_id)
    return [
        (code, aspect.code)
        for code in work_codes(desk.session, sheet.event_id)
        if code not in absent
        for aspect in duties.columns(scheme, number, code)
        if (cell := cells.get((code, aspect.code))) is None or cell.value is None
    ]


def disputes_of(session: Session, event_id: int) -> list[tuple[str, str]]:
    """List (code, aspect) where every seat has judged and the levels lie too far apart."""
    sheets = sheets_of(session, event_id)
    if not sheets:
        return []
    event = session.get_one(Event, event_id)
    limit = rules_from_json(event.rules).spread_limit
    scheme = scheme_of(session, sheets[0][1])
    cells = cells_of(session, [sheet.id for _, sheet in sheets])
    duties = duties_of(session, event_id)
    judged = [aspect for aspect in scheme.aspects() if aspect.kind == AspectKind.JUDGEMENT]
    found = []
    for code in work_codes(session, event_id):
        for aspect in judged:
            marks = [
                cells[sheet.id].get((code, aspect.code))
                for number, sheet in sheets
                if duties.marks(number, code)
            ]
            if _apart(marks, limit):
                found.append((code, aspect.code))
    return found


def is_disputed(session: Session, event: Event, code: str, aspect: Aspect) -> bool:
    """Whether one cell is too far apart now: asked after each mark, so it reads that cell alone."""
    if aspect.kind != AspectKind.JUDGEMENT:
        return False
    duties = duties_of(session, event.id)
    marks = [
        cell_of(session, sheet.id, code, aspect.code)
        for number, sheet in sheets_of(session, event.id)
        if duties.marks(number, code)
    ]
    return _apart(marks, rules_from_json(event.rules).spread_limit)


def _apart(marks: list[Cell | None], limit: int) -> bool:
    levels = [int(cell.value) for cell in marks if cell is not None and cell.value]
    return len(levels) == len(marks) > 0 and max(levels) - min(levels) > limit


def absences(session: Session, event_id: int) -> frozenset[str]:
    """List the works that were never handed in, as seat 1 recorded, or who leads in its place."""
    duties = duties_of(session, event_id)
    leads = {GROUP_SEAT, *(duties.group_seat(work) for work in duties.touched)}
    return frozenset(
        code
        for number, sheet in sheets_of(session, event_id)
        if number in leads
        for code in absent_codes(session, sheet.id)
        if duties.group_seat(code) == number
    )


def read_marks(session: Session, event_id: int) -> list[Mark]:
    """Read the current marks of an event as the law computes them; a missing one is empty."""
    sheets = sheets_of(session, event_id)
    absent = absences(session, event_id)
    cells = cells_of(session, [sheet.id for _, sheet in sheets])
    duties = duties_of(session, event_id)
    marks = []
    for number, sheet in sheets:
        scheme = scheme_of(session, sheet)
        for code in work_codes(session, event_id):
            if code not in absent:
                columns = duties.columns(scheme, number, code)
                marks += _marks(cells[sheet.id], code, columns, number)
    return marks


def _marks(
    cells: dict[tuple[str, str], Cell], code: str, columns: tuple[Aspect, ...], number: int
) -> list[Mark]:
    return [
        Mark(code, aspect.code, str(number), (cell.value or "") if cell else "")
        for aspect in columns
        for cell in (cells.get((code, aspect.code)),)
    ]


def waits_of(session: Session, event: Event) -> tuple[Phrase, ...]:
    """Say which works wait for a substitute."""
    duties = duties_of(session, event.id)
    if not duties.stepped:
        return ()
    wanted, absent = len(duties.regular), absences(session, event.id)
    return tuple(
        phrase(
            "Work %(code)s has %(found)s of %(wanted)s judges; a substitute is needed.",
            code=code,
            found=len(duties.seats(code)),
            wanted=wanted,
        )
        for code in sorted(duties.touched - absent)
        if len(duties.seats(code)) < wanted
    )


def recusal_faults(session: Session, event: Event) -> tuple[Phrase, ...]:
    """Say where somebody who stepped aside still has a mark: stepping aside clears them all."""
    duties = duties_of(session, event.id)
    if not duties.stepped:
        return ()
    sheets = dict(sheets_of(session, event.id))
    cells = cells_of(session, [sheet.id for sheet in sheets.values()])
    held = {
        (number, code)
        for number, sheet in sheets.items()
        for (code, _), cell in cells[sheet.id].items()
        if cell.value is not None
    }
    return tuple(
        phrase(
            "Seat %(seat)s stepped aside from work %(code)s but has marks for it.",
            seat=seat,
            code=code,
        )
        for seat, code in sorted(duties.stepped & held)
    )
