"""Loads entries that contestants began for people without an account."""

import datetime as dt
from typing import Any

from actions.entries import Work, confirm_conditions, save_photo, save_who, save_work
from actions.helpers import begin_for
from actions.people import Identity
from actions.submissions import submit_entry
from rules.terms import Gender, Relation, SkillLevel
from web.world import files
from web.world.cast import World
from web.world.entries import answer, portrait
from web.world.people import sample_id, sample_phone

SERIAL = 910
"""The first serial of ID numbers and telephones nobody else of the samples has."""


def load(world: World) -> None:
    """Enter everybody of the file as the helper does."""
    rows: list[dict[str, Any]] = files.document("helpers.yaml")["entries"]
    for serial, row in enumerate(rows, start=SERIAL):
        _entry(world, row, serial)


def _entry(world: World, row: dict[str, Any], serial: int) -> None:
    told, event = row["person"], world.event(row["event"])
    seat = world.seat(row["helper"], files.moment(row["at"]))
    entry = begin_for(
        seat, event, relation=Relation(row["relation"]), agreed=True, form_key=f"sample-{serial}"
    )
    born = dt.date.fromisoformat(told["born"])
    number = sample_id(born, Gender(told["gender"]), serial)
    save_who(seat, entry, Identity(told["name"], number, sample_phone(serial)), consents=True)
    save_work(
        seat,
        entry,
        Work(
            skill_level=SkillLevel(told["level"]),
            in_trade_since=told["since"],
            organization=world.organizations[told["organization"]],
            occupation=world.occupations[told["occupation"]],
        ),
    )
    answer(seat, entry, row["answers"])
    save_photo(seat, entry, portrait())
    confirm_conditions(seat, entry)
    submit_entry(seat, entry)
