"""Posted results as the public sees them: winners by name, others by a masked one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.public.contests import EventRow
from models.registration_forms import RegistrationForm
from models.results import ResultLine, ResultSheet, TieDecision, current_result
from models.schemes import MarkingScheme, parsed
from rules.privacy import notice_name
from rules.registration_forms import Audience, form_from_json
from rules.schemes import Scheme
from rules.terms import Attendance, Award
from rules.visibility import PROVISIONAL_RESULTS, PUBLIC_RESULTS

STAND_IN = dt.date(1900, 6, 1)
"""Nobody's birthday: real ones are nobody's business."""


@dataclass(frozen=True)
class ResultRow:
    """One published line; ``name`` is whole for who won an award, masked for others."""

    key: int
    work_code: str
    place: int | None
    name: str
    employer: str
    parts: dict[str, str]
    total: str | None
    award: Award | None
    attendance: Attendance
    explanation: dict[str, Any]
    answers: tuple[tuple[str, str], ...] = ()
    """What a winner answered to questions that are public by the event's form."""


@dataclass(frozen=True)
class PublicResult:
    """The posted result of an event, with what it can be checked by."""

    rows: tuple[ResultRow, ...]
    provisional: bool
    number: int
    ledger_root: str
    fingerprint: str
    computed_at: dt.datetime
    scheme_id: int


def result(session: Session, event: EventRow) -> PublicResult | None:
    """Read the result of an event while it is public; before that there is none."""
    if event.state not in PUBLIC_RESULTS:
        return None
    sheet = current_result(session, event.key)
    if sheet is None:
        return None
    return PublicResult(
        rows=_rows(session, sheet),
        provisional=event.state in PROVISIONAL_RESULTS,
        number=sheet.number,
        ledger_root=sheet.ledger_root,
        fingerprint=sheet.fingerprint,
        computed_at=sheet.computed_at,
        scheme_id=sheet.scheme_id,
    )


def _rows(session: Session, sheet: ResultSheet) -> tuple[ResultRow, ...]:
    rows = session.execute(
        select(ResultLine, Person.name, Organization.name, Entry.replies, RegistrationForm.body)
        .join(Entry, Entry.id == ResultLine.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .outerjoin(RegistrationForm, RegistrationForm.id == Entry.form_id)
        .where(ResultLine.sheet_id == sheet.id)
        .order_by(ResultLine.position)
    )
    return tuple(
        ResultRow(
            key=line.id,
            work_code=line.work_code,
            place=line.place,
            name=name if line.award else notice_name(name),
            employer=employer or "",
            parts=dict(line.parts),
            total=line.total,
            award=line.award,
            attendance=line.attendance,
            explanation=dict(line.explanation),
            answers=_public_answers(replies, body) if line.award else (),
        )
        for line, name, employer, replies, body in rows
    )


def _public_answers(
    replies: dict[str, Any], body: dict[str, Any] | None
) -> tuple[tuple[str, str], ...]:
    fields = form_from_json(body).fields if body else ()
    return tuple(
        (field.label, replies[field.code])
        for field in fields
        if field.audience is Audience.PUBLIC and isinstance(replies.get(field.code), str)
    )


def scheme_of(session: Session, found: PublicResult) -> Scheme:
    """Read the scheme a public result was marked by."""
    return parsed(session.get_one(MarkingScheme, found.scheme_id))


def recount(session: Session, event: EventRow, found: PublicResult) -> dict[str, Any]:
    """Return a trial file (docs/rules/trial.md) of a public result: codes, marks, no names."""
    scheme = session.get_one(MarkingScheme, found.scheme_id)
    marks = [
        [row.work_code, aspect["code"], judge, value]
        for row in found.rows
        for aspect in row.explanation["aspects"]
        for judge, value in aspect["raw"]
    ]
    return {
        "format": 1,
        "title": f"{event.contest_name} {event.name}",
        "rules": event.rules,
        "scheme": scheme.body,
        "entrants": [_entrant(row, event.rules) for row in found.rows],
        "marks": marks,
        "decisions": list(
            session.scalars(
                select(TieDecision.body)
                .where(TieDecision.event_id == event.key)
                .order_by(TieDecision.id)
            )
        ),
    }


def _entrant(row: ResultRow, rules: dict[str, Any]) -> dict[str, Any]:
    """Write one entrant; where age settled a tie, a stand-in date keeps the order of births."""
    found = {"work_code": row.work_code, "status": row.attendance.value}
    behind = next(
        (len(trace["lost_to"]) for trace in row.explanation["traces"] if trace["key"] == "age"),
        None,
    )
    if behind is None:
        return found
    older_first = "+age" in rules.get("tie_chain", ())
    days = behind if older_first else -behind
    return {**found, "birth_date": (STAND_IN + dt.timedelta(days=days)).isoformat()}
