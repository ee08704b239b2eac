"""The people helpers enter: found by all their data together, mended by nobody who merely helps."""

import datetime as dt
from typing import Final

from sqlalchemy import select

from actions.desk import Desk
from actions.people import (
    Identity,
    checked_number,
    enter_person,
    find_by_id_number,
    number_in,
    refuse_settled,
    seal_identity,
)
from models.accounts import Account
from models.entries import Entry
from models.people import Person
from rules.accounts import clean_handle
from rules.errors import NotPermitted, wrong_field
from rules.text import clean_line

OTHERS: Final = (
    "Somebody is on record under these details. They sign in and enter in person, or the office "
    "helps. Nothing was changed."
)


def identify_other(
    desk: Desk, account: Account, identity: Identity, current: Person | None, *, since: dt.datetime
) -> Person:
    """Find or enter the person a helper enters; ``current`` is whom the entry names so far.

    Somebody on record is found by name, ID number and phone together, and only
    while they have no account of their own; the helper mends what was first
    written ``since`` the help began, and nothing else.
    """
    number = checked_number(identity)
    known = find_by_id_number(desk, number)
    if known is not None and known is account.person:
        raise wrong_field("id_number", "This is your own ID number. Enter for yourself instead.")
    if known is not None and known is not current:
        return _on_record(desk, known, identity)
    if current is None:
        return enter_person(desk, identity)
    phone = desk.vault.mark(clean_handle(identity.phone))
    if known is current and (current.name, current.phone_mark) == (
        clean_line(identity.name),
        phone,
    ):
        return current
    if current.created_at < since or is_held(desk, current):
        raise wrong_field("id_number", OTHERS)
    if known is not current or current.name != clean_line(identity.name):
        refuse_settled(desk, current)
    current.name = clean_line(identity.name)
    seal_identity(desk, current, number, clean_handle(identity.phone))
    desk.session.flush()
    return current


def entered_identity(desk: Desk, entry: Entry) -> tuple[str, str]:
    """Return the numbers a helper has written for somebody, to fill the form again."""
    person, held = entry.person, entry.account_id == desk.actor.account_id
    if person is None or not held or is_held(desk, person):
        raise NotPermitted("Only the person sees the own numbers in full.")
    return number_in(desk, person, "id_number"), number_in(desk, person, "phone")


def _on_record(desk: Desk, known: Person, identity: Identity) -> Person:
    phone = desk.vault.mark(clean_handle(identity.phone))
    same = (known.name, known.phone_mark) == (clean_line(identity.name), phone)
    if not same or is_held(desk, known):
        raise wrong_field("id_number", OTHERS)
    return known


def is_held(desk: Desk, person: Person) -> bool:
    """Whether a person has an account of their own."""
    return (
        desk.session.scalars(select(Account.id).filter_by(person_id=person.id)).first() is not None
    )
