"""One's own record: everything the site keeps of a person, shown and handed out to that person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from actions.people import number_in, own_identity
from actions.replies import shown_answers
from models.accounts import Account
from models.audit import AuditLine
from models.certificates import Certificate
from models.contests import Event
from models.corrections import Correction
from models.craftsmen import Apprenticeship, Honour
from models.entries import Entry
from models.helpers import Helped, in_foreign_hands
from models.inquiries import own_inquiries
from models.looks import TakenNumber
from models.people import Consent, Person
from models.results import ResultLine, current_result
from rules.errors import NotPermitted
from rules.visibility import PUBLIC_RESULTS

_QUESTIONS = ("replies", "changes", "form_id", "pages_done")
"""Columns of an entry whose content is handed out with its questions instead."""


@dataclass(frozen=True)
class Look:
    """One time somebody of the staff saw the whole ID number: who, when, why, in a file or not."""

    at: dt.datetime
    by: str
    reason: str
    in_file: bool = False


@dataclass(frozen=True)
class Participation:
    """One entry, and its line of the result once that is public."""

    entry: Entry
    line: ResultLine | None


@dataclass(frozen=True)
class OwnRecord:
    """All of one person; ``person`` is None before the first identity was given."""

    person: Person | None
    participations: tuple[Participation, ...]
    honours: tuple[Honour, ...]
    certificates: tuple[Certificate, ...]
    apprenticeships: tuple[Apprenticeship, ...]
    consents: tuple[Consent, ...]
    looks: tuple[Look, ...]
    corrections: tuple[Correction, ...] = ()


def own_record(desk: Desk) -> OwnRecord:
    """Read everything of whoever sits at the desk."""
    account = _own(desk)
    person, session = account.person, desk.session
    key = person.id if person else 0
    mine = (Entry.account_id == account.id) & Entry.id.not_in(in_foreign_hands())
    entries = session.scalars(
        select(Entry)
        .where(mine | (Entry.person_id == key) if person else mine)
        .options(joinedload(Entry.event).joinedload(Event.contest))
        .order_by(Entry.id.desc())
    ).all()
    kinship = (Apprenticeship.master_id == key) | (Apprenticeship.apprentice_id == key)
    return OwnRecord(
        person=person,
        participations=tuple(Participation(entry, _line(desk, entry)) for entry in entries),
        honours=tuple(session.scalars(select(Honour).filter_by(person_id=key))),
        certificates=tuple(session.scalars(select(Certificate).filter_by(person_id=key))),
        apprenticeships=tuple(session.scalars(select(Apprenticeship).where(kinship))),
        consents=tuple(session.scalars(select(Consent).filter_by(person_id=key))),
        looks=_looks(desk, person),
        corrections=tuple(
            session.scalars(
                select(Correction).filter_by(person_id=key).order_by(Correction.id.desc())
            )
        ),
    )


def export_record(desk: Desk) -> dict[str, Any]:
    """Hand a person all that is kept of them, as values of JSON; the export is on record."""
    account, record = _own(desk), own_record(desk)
    desk.record("export_record", f"account:{account.id}")
    return {
        "account": {
            "name": account.display_name,
            "username": account.username,
            "email": account.email,
            "created_at": account.created_at.isoformat(),
        },
        "person": _person(desk, record.person),
        "entries": [_entry(desk, one) for one in record.participations],
        "honours": [_values(row, "person_id", "result_line_id") for row in record.honours],
        "certificates": [
            _values(row, "person_id", "result_line_id", "replaced_by_id")
            for row in record.certificates
        ],
        "apprenticeships": [
            _values(row, "master_id", "apprentice_id") for row in record.apprenticeships
        ],
        "consents": [_values(row, "person_id") for row in record.consents],
        "looks_at_the_id_number": [
            {
                "at": look.at.isoformat(),
                "by": look.by,
                "reason": look.reason,
                "in_a_file": look.in_file,
            }
            for look in record.looks
        ],
        "merged_records": _merged(desk, record.person),
        "corrections": [
            _values(row, "person_id", "account_id", "key", "id_number_sealed", "decided_by")
            for row in record.corrections
        ],
        "entered_for_others": [
            _values(row, "helper_id", "token_hash", "wrong_tries", "entry_id")
            for row in desk.session.scalars(select(Helped).filter_by(helper_id=account.id))
        ],
    }


def _own(desk: Desk) -> Account:
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is None:
        raise NotPermitted("Sign in to see your own record.")
    return account


def _line(desk: Desk, entry: Entry) -> ResultLine | None:
    if entry.event.state not in PUBLIC_RESULTS:
        return None
    sheet = current_result(desk.session, entry.event_id)
    if sheet is None:
        return None
    return desk.session.scalars(
        select(ResultLine).filter_by(sheet_id=sheet.id, entry_id=entry.id)
    ).first()


def _looks(desk: Desk, person: Person | None) -> tuple[Look, ...]:
    if person is None:
        return ()
    merged = select(Person.key).where(Person.merged_into_id == person.id)
    keys = [person.key, *desk.session.scalars(merged)]
    rows = desk.session.execute(
        select(AuditLine, Account.display_name)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .where(
            AuditLine.deed == "reveal_identity",
            AuditLine.thing.in_([f"person:{key}" for key in keys]),
        )
        .order_by(AuditLine.id.desc())
    )
    seen = [Look(line.at, name or "", line.detail.get("reason", "")) for line, name in rows]
    taken = desk.session.scalars(
        select(TakenNumber)
        .filter_by(person_id=person.id)
        .options(joinedload(TakenNumber.account))
        .order_by(TakenNumber.id.desc())
    )
    seen += [
        Look(one.taken_at, one.account.display_name if one.account else "", one.purpose, True)
        for one in taken
    ]
    return tuple(sorted(seen, key=lambda look: look.at, reverse=True))


def _person(desk: Desk, person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    number, phone = own_identity(desk, person)
    return {
        **_values(
            person, "id_number_sealed", "id_number_mark", "phone_sealed", "phone_mark", "photo_id"
        ),
        "id_number": number,
        "phone": phone,
        "unit": person.organization.name if person.organization else None,
        "town": person.town.name if person.town else None,
        "occupation": person.occupation.name if person.occupation else None,
    }


def _merged(desk: Desk, person: Person | None) -> list[dict[str, Any]]:
    """Hand out what a merged record still keeps: its name, and an ID number that leads on."""
    if person is None:
        return []
    rows = desk.session.scalars(select(Person).filter_by(merged_into_id=person.id))
    return [
        {
            "name": row.name,
            "id_number": number_in(desk, row, "id_number"),
            "merged_at": _plain(row.merged_at),
        }
        for row in rows
    ]


def _entry(desk: Desk, one: Participation) -> dict[str, Any]:
    result = None
    if one.line is not None:
        line = one.line
        result = {"place": line.place, "total": line.total, "award": line.award}
    return {
        "contest": one.entry.event.contest.name,
        "event": one.entry.event.name,
        **_values(one.entry, "photo_id", "decided_by", "form_key", "version", *_QUESTIONS),
        "questions": {
            one.field.label: one.file.name if one.file else one.text
            for one in shown_answers(desk, one.entry)
        },
        "questions_to_the_jury": [
            {
                "asked_at": row.asked_at.isoformat(),
                "question": row.question,
                "state": row.state,
                "answer": row.answer,
            }
            for row in own_inquiries(desk.session, one.entry.id)
        ],
        "result": result,
    }


def _values(row: Any, *hidden: str) -> dict[str, Any]:  # noqa: ANN401  # a row of any table
    return {
        column.key: _plain(getattr(row, column.key))
        for column in row.__table__.columns
        if column.key not in hidden
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
