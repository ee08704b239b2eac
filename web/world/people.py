"""Loads the people: the 48 craftsmen and everybody around them, with ID numbers of no region."""

import datetime as dt
from typing import Any

from actions.people import Identity, enter_person
from models.people import Person
from rules.identity import check_digit
from rules.terms import Gender, SkillLevel
from web.world import files
from web.world.cast import World

REGION = "990001"
"""A region that does not exist: no sample number can be somebody's."""


def load(world: World) -> None:
    """Load everybody."""
    rows = files.table("cast.tsv") + files.table("people_extra.tsv")
    for serial, row in enumerate(rows, start=1):
        key = row.get("slug") or row["key"]
        world.people[key] = _person(world, row, serial)


def sample_id(born: dt.date, gender: Gender, serial: int) -> str:
    """Make an ID number of the region that does not exist."""
    sequence = serial % 500 * 2 + (1 if gender is Gender.MALE else 0)
    first = f"{REGION}{born:%Y%m%d}{sequence % 1000:03d}"
    return first + check_digit(first)


def sample_phone(serial: int) -> str:
    """Make a phone number of the block the samples keep to."""
    return f"1380000{3000 + serial:04d}"


def _person(world: World, row: dict[str, Any], serial: int) -> Person:
    born = dt.date.fromisoformat(row["birth_date"])
    organization = world.organizations.get(row["organization"])
    occupation = world.occupations.get(row["occupation"])
    town = world.towns.get(row["town"])
    return enter_person(
        world.desk,
        Identity(row["name"], sample_id(born, Gender(row["gender"]), serial), sample_phone(serial)),
        organization_id=organization.id if organization else None,
        occupation_id=occupation.id if occupation else None,
        town_id=town.id if town else None,
        skill_level=SkillLevel(row["level"]) if row["level"] else None,
        in_trade_since=int(row["since"]) if row["since"] else None,
    )
