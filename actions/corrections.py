"""Corrections: telephone and e-mail at once, name and ID number through the office."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from actions.duplicates import checked_reason, refuse_own
from actions.people import (
    Identity,
    checked_number,
    find_by_id_number,
    identify,
    is_settled,
    number_in,
    seal_identity,
)
from models.accounts import Account
from models.corrections import Correction
from models.craftsmen import Craftsman
from models.people import Person
from rules.accounts import clean_handle
from rules.errors import Blocked, NotPermitted, WrongMoment, wrong_field
from rules.permits import Permit
from rules.states import CorrectionState
from rules.text import clean_line, is_plain_line

MAIL_MAX = 120


@dataclass(frozen=True)
class Mended:
    """What a person says of themselves, as it should stand in the register."""

    identity: Identity
    email: str = ""
    reason: str = ""


def mend_record(desk: Desk, mended: Mended) -> Correction | None:
    """Mend one's own record; returns the wish that went to the office, if one had to.

    Telephone and e-mail are changed at once, and so are name and ID number
    as long as no entry or honour rests on them.
    """
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    person = account.person if account is not None else None
    if account is None or person is None:
        raise NotPermitted("There is nothing to mend yet: the first entry asks who you are.")
    number, email = checked_number(mended.identity), _checked_mail(mended.email)
    name = clean_line(mended.identity.name)
    if (name, number) == (person.name, number_in(desk, person, "id_number")):
        _mend_contact(desk, person, number, mended.identity.phone, email)
        return None
    if not is_settled(desk, person):
        identify(desk, account, mended.identity)
        person.email = email or None
        desk.record("mend_contact", f"person:{person.key}")
        return None
    own = number_in(desk, person, "id_number")
    _mend_contact(desk, person, own, mended.identity.phone, email)
    return _wish(desk, account, person, name, "" if number == own else number, mended.reason)


def wishes(desk: Desk) -> list[Correction]:
    """List what waits for the office, oldest first."""
    desk.require(Permit.PERSON_MERGE)
    return list(
        desk.session.scalars(
            select(Correction)
            .filter_by(state=CorrectionState.WISHED)
            .options(joinedload(Correction.person).joinedload(Person.organization))
            .order_by(Correction.id)
        )
    )


def wished_number(desk: Desk, row: Correction) -> str:
    """Return the ID number as it should be, or nothing where it stays."""
    if row.id_number_sealed is None:
        return ""
    return desk.vault.open(row.id_number_sealed, bound_to=f"{row.key}:id_number")


def grant_correction(desk: Desk, row: Correction) -> None:
    """Put name and ID number right; a second click changes nothing."""
    _hold(desk, row)
    if row.state is CorrectionState.PUT_RIGHT:
        return
    person, number = row.person, wished_number(desk, row)
    if number and find_by_id_number(desk, number) not in {None, person}:
        raise Blocked(
            "This ID number is on record for somebody else. See under possible duplicates whether "
            "the two records are one person; nothing was changed."
        )
    row.move("grant")
    person.name = row.name
    if number:
        seal_identity(desk, person, number, number_in(desk, person, "phone"))
    _decide(desk, row, "grant_correction", fields=["name", "id_number"] if number else ["name"])
    desk.tell(row.account_id, "record_put_right", f"person:{person.key}")
    slug = desk.session.scalars(select(Craftsman.slug).filter_by(person_id=person.id)).first()
    if slug:
        desk.send("index", key=f"craftsman:{slug}")


def decline_correction(desk: Desk, row: Correction, *, answer: str) -> None:
    """Leave the record as it is and say why."""
    _hold(desk, row)
    if row.state is CorrectionState.DECLINED:
        return
    row.answer = checked_reason(answer)
    row.move("decline")
    _decide(desk, row, "decline_correction", reason=row.answer)
    desk.tell(row.account_id, "record_not_changed", f"person:{row.person.key}", reason=row.answer)


def _mend_contact(desk: Desk, person: Person, number: str, phone: str, email: str) -> None:
    if (clean_handle(phone), email) == (number_in(desk, person, "phone"), person.email or ""):
        return
    seal_identity(desk, person, number, clean_handle(phone))
    person.email = email or None
    desk.session.flush()
    desk.record("mend_contact", f"person:{person.key}")


def _wish(
    desk: Desk, account: Account, person: Person, name: str, number: str, reason: str
) -> Correction:
    key = secrets.token_hex(12)
    row = Correction(
        key=key,
        person_id=person.id,
        account_id=account.id,
        name=name,
        id_number_sealed=desk.vault.seal(number, bound_to=f"{key}:id_number") if number else None,
        reason=checked_reason(reason),
        asked_at=desk.now,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(row)
    except IntegrityError:
        raise WrongMoment(
            "You have asked for a correction already; the office answers it first. Nothing was "
            "changed."
        ) from None
    desk.record("ask_correction", f"correction:{row.id}")
    return row


def _hold(desk: Desk, row: Correction) -> None:
    desk.require(Permit.PERSON_MERGE)
    refuse_own(desk, row.person)
    desk.session.refresh(row, with_for_update={"of": Correction})


def _decide(desk: Desk, row: Correction, deed: str, **detail: object) -> None:
    row.decided_at, row.decided_by = desk.now, desk.actor.account_id
    row.id_number_sealed = None
    desk.session.flush()
    desk.record(deed, f"person:{row.person.key}", **detail)


def _checked_mail(text: str) -> str:
    email = text.strip().lower()
    if email and ("@" not in email or len(email) > MAIL_MAX or not is_plain_line(email)):
        raise wrong_field("email", "An e-mail address looks like name@example.cn.")
    return email
