"""Loads people who stand in the register twice, and two who only look like one."""

import secrets
from typing import Any

from actions.desk import Desk
from actions.duplicates import tell_apart
from actions.people import Identity, enter_person, numbers_of
from models.people import Person
from rules.identity import check_digit
from web.world import files
from web.world.cast import World
from web.world.people import sample_phone

SAME = "same"
OTHER = 900
"""The serial of a telephone nobody else of the samples has."""
SLIPPED = 14
"""The digit of an ID number the slip is in: date and sex stay as they are."""


def load(world: World) -> None:
    """Enter the second records, then keep who was told apart."""
    told: dict[str, list[dict[str, Any]]] = files.document("duplicates.yaml")
    for row in told["twice"]:
        _enter_again(world.desk, world.people[row["person"]], row)
    for row in told["apart"]:
        seat = world.seat(row["account"], files.moment(row["at"]))
        one, other = (world.people[key] for key in row["people"])
        tell_apart(seat, one, other, reason=row["reason"])


def _enter_again(desk: Desk, person: Person, row: dict[str, Any]) -> None:
    number, phone = numbers_of(desk, person, whole=True)
    if row["phone"] != SAME:
        phone = sample_phone(OTHER)
    columns = {"organization_id": person.organization_id, "town_id": person.town_id}
    if row["slip"]:
        enter_person(desk, Identity(person.name, _slipped(number), phone), **columns)
        return
    bare = Person(
        key=secrets.token_hex(12),
        name=person.name,
        birth_date=person.birth_date,
        created_at=desk.now,
        **columns,
    )
    bare.phone_mark = desk.vault.mark(phone)
    bare.phone_sealed = desk.vault.seal(phone, bound_to=f"{bare.key}:phone")
    desk.session.add(bare)
    desk.session.flush()


def _slipped(number: str) -> str:
    """Return the number as a hurried hand writes it: one digit of the sequence is another."""
    first = number[:SLIPPED] + str((int(number[SLIPPED]) + 1) % 10) + number[SLIPPED + 1 : -1]
    return first + check_digit(first)
