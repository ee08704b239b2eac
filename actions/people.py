"""Persons: entered once, identified by a sealed ID number, shown masked."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.craftsmen import Honour
from models.entries import Entry
from models.helpers import Helped
from models.people import Consent, Person
from rules.accounts import clean_handle, is_mobile
from rules.errors import Invalid, NotPermitted
from rules.identity import birth_date, gender, mask_id, mask_phone, parse_id
from rules.permits import Permit
from rules.states import EntryState
from rules.terms import ConsentPurpose
from rules.text import clean_line, is_plain_line

NAME_MAX = 40
STANDING = frozenset({EntryState.JOINED, EntryState.SUBMITTED, EntryState.ACCEPTED})


@dataclass(frozen=True)
class Identity:
    """What a person says of themselves: name, ID number and mobile phone."""

    name: str
    id_number: str
    phone: str


def enter_person(desk: Desk, identity: Identity, **columns: Any) -> Person:  # noqa: ANN401  # columns of Person
    """Enter a person of the register on behalf of the office or a deed that checked its permit.

    Raises ``Invalid`` when the ID number is wrong or already in the register.
    """
    number = checked_number(identity)
    if find_by_id_number(desk, number) is not None:
        sentence = "This ID number is already in the register."
        raise Invalid(sentence, {"id_number": [sentence]})
    person = Person(
        key=secrets.token_hex(12), name=clean_line(identity.name), created_at=desk.now, **columns
    )
    seal_identity(desk, person, number, clean_handle(identity.phone))
    desk.session.add(person)
    desk.session.flush()
    desk.record("enter_person", f"person:{person.key}")
    return person


def identify(desk: Desk, account: Account, identity: Identity) -> Person:
    """Tie an account to the person it belongs to; the same identity again changes nothing.

    Raises ``Invalid`` when the ID number belongs to another account's person
    (the sentence names nobody), and when name or number would change after
    an entry was decided or an honour was given under them.
    """
    number = checked_number(identity)
    known = find_by_id_number(desk, number)
    person = account.person
    if known is not None and known is not person:
        return _claim(desk, account, known, identity)
    if person is None:
        person = enter_person(desk, identity)
        account.person = person
    else:
        if known is not person or person.name != clean_line(identity.name):
            refuse_settled(desk, person)
        if known is person:  # a number of a record that was merged stands for the one in force
            number = _open(desk, person, "id_number")
        person.name = clean_line(identity.name)
        seal_identity(desk, person, number, clean_handle(identity.phone))
    desk.session.flush()
    return person


def hand_over(desk: Desk, person: Person, account: Account) -> None:
    """Make the entries helpers began for a person the person's own."""
    rows = desk.session.scalars(
        select(Helped)
        .join(Helped.entry)
        .where(Entry.person_id == person.id, Helped.taken_at.is_(None))
    ).all()
    for row in rows:
        row.taken_at, row.entry.account_id = desk.now, account.id
        desk.record("take_over_entry", f"entry:{row.entry_id}", helper=row.helper_id)
    desk.session.flush()


def find_by_id_number(desk: Desk, number: str) -> Person | None:
    """Find a person by the keyed hash of an ID number; one of a merged record leads on."""
    mark = desk.vault.mark(parse_id(number))
    person = desk.session.scalars(select(Person).filter_by(id_number_mark=mark)).first()
    return person if person is None else person.merged_into or person


def move_numbers(desk: Desk, kept: Person, gone: Person) -> None:
    """Give a record the numbers it lacks from the one that is merged into it.

    A second ID number stays with the merged record: whoever writes it is led on. A second
    phone number is forgotten.
    """
    numbers = {name: number_in(desk, gone, name) for name in ("id_number", "phone")}
    missing = [name for name, text in numbers.items() if text and not number_in(desk, kept, name)]
    for name in {*missing, "phone"}:
        setattr(gone, f"{name}_sealed", None)
        setattr(gone, f"{name}_mark", None)
    desk.session.flush()
    for name in missing:
        _keep(desk, kept, name, numbers[name])


def record_consent(
    desk: Desk, person: Person, purpose: ConsentPurpose, *, text_version: str
) -> None:
    """Keep that a person agreed to one purpose; a standing consent to it is enough."""
    standing = desk.session.scalars(
        select(Consent).where(
            Consent.person_id == person.id,
            Consent.purpose == purpose,
            Consent.text_version == text_version,
            Consent.withdrawn_at.is_(None),
        )
    ).first()
    if standing is None:
        desk.session.add(
            Consent(
                person_id=person.id, purpose=purpose, text_version=text_version, given_at=desk.now
            )
        )
        desk.record("give_consent", f"person:{person.key}", purpose=purpose.value)


def masked_id(desk: Desk, person: Person) -> str:
    """Return the ID number with its middle starred, or nothing where none is kept."""
    return mask_id(_open(desk, person, "id_number")) if person.id_number_sealed else ""


def masked_phone(desk: Desk, person: Person) -> str:
    """Return the phone number with its middle starred, or nothing where none is kept."""
    return mask_phone(_open(desk, person, "phone")) if person.phone_sealed else ""


def reveal_identity(desk: Desk, entry: Entry, *, reason: str) -> tuple[str, str]:
    """Return ID number and phone of an entrant in full; who looked and why is on record."""
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    person = entry.person
    if person is None:
        raise Invalid("This entry names nobody yet.")
    if not reason.strip():
        sentence = "Say why you need the whole number; it is kept on record."
        raise Invalid(sentence, {"reason": [sentence]})
    desk.record("reveal_identity", f"person:{person.key}", reason=reason.strip(), entry=entry.id)
    return _open(desk, person, "id_number"), _open(desk, person, "phone")


def numbers_of(desk: Desk, person: Person | None, *, whole: bool) -> tuple[str, str]:
    """Return ID number and phone, masked unless ``whole``: for deeds that asked and recorded it."""
    if person is None:
        return "", ""
    number, phone = number_in(desk, person, "id_number"), number_in(desk, person, "phone")
    if whole:
        return number, phone
    return mask_id(number) if number else "", mask_phone(phone) if phone else ""


def own_identity(desk: Desk, person: Person) -> tuple[str, str]:
    """Return a person's own ID number and phone, to fill the form again."""
    if desk.actor.person_id != person.id:
        raise NotPermitted("Only the person sees the own numbers in full.")
    return number_in(desk, person, "id_number"), number_in(desk, person, "phone")


def checked_number(identity: Identity) -> str:
    """Return the clean ID number of an identity; raises ``Invalid`` with every field at fault."""
    faults: dict[str, list[str]] = {}
    name = clean_line(identity.name)
    if not name or len(name) > NAME_MAX or not is_plain_line(name):
        faults["name"] = ["Enter your name as on your identity card."]
    if not is_mobile(clean_handle(identity.phone)):
        faults["phone"] = ["A mobile number has 11 digits, such as 13800001234."]
    try:
        number = parse_id(identity.id_number)
    except Invalid as refusal:
        number, faults["id_number"] = "", [str(refusal)]
    if faults:
        raise Invalid("These details cannot be taken as they are.", faults)
    return number


def is_settled(desk: Desk, person: Person) -> bool:
    """Whether an entry or an honour rests on who the person is."""
    decided = select(Entry.id).where(Entry.person_id == person.id, Entry.state.in_(STANDING))
    honoured = select(Honour.id).where(Honour.person_id == person.id)
    found = desk.session.scalars(decided).first() or desk.session.scalars(honoured).first()
    return found is not None


def refuse_settled(desk: Desk, person: Person) -> None:
    """Whoever was accepted or honoured does not become somebody else by filling in a form."""
    if is_settled(desk, person):
        sentence = (
            "Name and ID number stand in the register with an entry or an honour. "
            "Ask in your record to have them put right."
        )
        raise Invalid(sentence, {"id_number": [sentence]})


def _claim(desk: Desk, account: Account, known: Person, identity: Identity) -> Person:
    taken = desk.session.scalars(select(Account).filter_by(person_id=known.id)).first()
    phone = desk.vault.mark(clean_handle(identity.phone))
    same = known.name == clean_line(identity.name) and known.phone_mark in (None, phone)
    if taken is not None or account.person is not None or not same:
        sentence = (
            "This ID number is already registered in another account. If it is yours, sign in "
            "with that account or call the office."
        )
        raise Invalid(sentence, {"id_number": [sentence]})
    account.person = known
    desk.record("claim_person", f"person:{known.key}", account=account.id)
    desk.session.flush()
    hand_over(desk, known, account)
    return known


def seal_identity(desk: Desk, person: Person, number: str, phone: str) -> None:
    """Keep both numbers of a person sealed and marked, and what follows from the ID number."""
    _keep(desk, person, "id_number", number)
    _keep(desk, person, "phone", phone)
    person.birth_date, person.gender = birth_date(number), gender(number)


def _keep(desk: Desk, person: Person, column: str, text: str) -> None:
    setattr(person, f"{column}_mark", desk.vault.mark(text))
    setattr(person, f"{column}_sealed", desk.vault.seal(text, bound_to=f"{person.key}:{column}"))


def number_in(desk: Desk, person: Person, column: str) -> str:
    """Open ``id_number`` or ``phone`` of a person, or return nothing where none is kept."""
    return _open(desk, person, column) if getattr(person, f"{column}_sealed") else ""


def _open(desk: Desk, person: Person, column: str) -> str:
    sealed: bytes = getattr(person, f"{column}_sealed")
    return desk.vault.open(sealed, bound_to=f"{person.key}:{column}")
