"""Computing a result: from locked marks, opened codes and recorded decisions to frozen rows."""

from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from actions.ledgers import root_of
from actions.scores import absences, read_marks
from models.contests import Event
from models.entries import Entry
from models.results import ResultLine, ResultSheet, TieDecision, current_result
from models.schemes import MarkingScheme, current_scheme, parsed
from models.scores import ScoreSheet
from rules.errors import WrongMoment
from rules.explanations import Entrant, EventResult, Explanation
from rules.ranking import Decision, DecisionKind
from rules.results import compute, fingerprint, line_to_json
from rules.rulesets import rules_from_json
from rules.scoring import round_to
from rules.terms import Attendance, Award


def compute_result(desk: Desk, event: Event, by_code: dict[str, int]) -> ResultSheet:
    """Compute one version of a result and freeze it in rows; the explanation is kept whole."""
    result = computed(desk, event, by_code)
    latest = current_result(desk.session, event.id)
    sheet = ResultSheet(
        event_id=event.id,
        number=latest.number + 1 if latest else 1,
        scheme_id=marked_by(desk, event).id,
        ledger_root=root_of(desk.session, event.id),
        fingerprint=fingerprint(result),
        blocked=[_blocked(reason.message, dict(reason.params)) for reason in result.reasons],
        computed_at=desk.now,
        computed_by=desk.actor.account_id,
    )
    desk.session.add(sheet)
    desk.session.flush()
    _write_lines(desk, sheet, result, by_code)
    return sheet


def computed(desk: Desk, event: Event, by_code: dict[str, int]) -> EventResult:
    """Compute a result from marks, codes and recorded decisions, without writing anything."""
    return compute(
        rules_from_json(event.rules),
        parsed(marked_by(desk, event)),
        read_marks(desk.session, event.id),
        entrants_of(desk, event, by_code, _entries(desk, by_code)),
        decisions_of(desk, event),
    )


def marked_by(desk: Desk, event: Event) -> MarkingScheme:
    """Return the scheme an event was marked by: that of its sheets, not a later version."""
    key = desk.session.scalars(
        select(ScoreSheet.scheme_id).where(ScoreSheet.event_id == event.id).limit(1)
    ).first()
    scheme = desk.session.get(MarkingScheme, key) if key else current_scheme(desk.session, event.id)
    if scheme is None:
        raise WrongMoment("This event has no marking scheme.")
    return scheme


def known_codes(desk: Desk, event: Event) -> dict[str, int]:
    """Map code to entry once the event was decoded."""
    latest = current_result(desk.session, event.id)
    if latest is None:
        raise WrongMoment("This event has no result yet.")
    return {line.work_code: line.entry_id for line in latest.lines}


def entrants_of(
    desk: Desk, event: Event, by_code: dict[str, int], entries: dict[int, Entry]
) -> list[Entrant]:
    """Say of every code whether its work was handed in, and when its maker was born."""
    absent = absences(desk.session, event.id)
    found = []
    for code in sorted(by_code):
        entry = entries[by_code[code]]
        born = entry.person.birth_date if entry.person else None
        status = entry.attendance or Attendance.FINISHED
        if code in absent:
            status = Attendance.ABSENT
        found.append(Entrant(code, status, born))
    return found


def _entries(desk: Desk, by_code: dict[str, int]) -> dict[int, Entry]:
    rows = desk.session.scalars(select(Entry).where(Entry.id.in_(list(by_code.values()))))
    return {row.id: row for row in rows}


def decisions_of(desk: Desk, event: Event) -> list[Decision]:
    """Read the recorded decisions of an event, the oldest first: the newest on a tie counts."""
    rows = desk.session.scalars(
        select(TieDecision).where(TieDecision.event_id == event.id).order_by(TieDecision.id)
    )
    return [
        Decision(DecisionKind(row.body["kind"]), tuple(row.body["order"]), row.body["note"])
        for row in rows
    ]


def _blocked(message: str, params: dict[str, str]) -> dict[str, Any]:
    return {"message": message, "params": params}


def _write_lines(
    desk: Desk, sheet: ResultSheet, result: EventResult, by_code: dict[str, int]
) -> None:
    desk.session.add_all(
        _line(sheet, position, line, by_code[line.work_code])
        for position, line in enumerate(result.lines, start=1)
    )
    desk.session.flush()


def _line(sheet: ResultSheet, position: int, line: Explanation, entry_id: int) -> ResultLine:
    return ResultLine(
        sheet_id=sheet.id,
        entry_id=entry_id,
        work_code=line.work_code,
        position=position,
        attendance=line.status,
        total=None if line.total is None else str(line.total),
        parts={part.code: str(round_to(part.points, 2)) for part in line.parts},
        place=line.place,
        award=Award(line.award) if line.award else None,
        explanation=line_to_json(line),
    )
