"""The registers all else refers to: industries, occupations, towns, organizations; from tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from models.base import Base
from models.occupations import Industry, Occupation
from models.organizations import Organization, Town
from rules.errors import Invalid
from rules.permits import Permit
from rules.terms import Family, OrganizationKind, TownKind

Row = Mapping[str, str]


@dataclass(frozen=True)
class Loaded:
    """How many rows of a register are new, changed, or as they were."""

    new: int
    changed: int
    same: int


def load_industries(desk: Desk, rows: Iterable[Row]) -> Loaded:
    """Enter or change industries by code: ``code name english family``."""
    return _load(
        desk,
        Industry,
        "code",
        [
            {
                "code": row["code"],
                "name": row["name"],
                "english": row["english"],
                "family": _member(Family, row, "family"),
                "position": position,
            }
            for position, row in enumerate(rows)
        ],
    )


def load_occupations(desk: Desk, rows: Iterable[Row]) -> Loaded:
    """Enter or change occupations by name: ``name english code industry synonyms plate``.

    A code nobody verified stays empty; synonyms are parted by ``|``.
    """
    industries = _keys(desk, Industry)
    return _load(
        desk,
        Occupation,
        "name",
        [
            {
                "name": row["name"],
                "english": row["english"],
                "code": row["code"] or None,
                "industry_id": _found(industries, row, "industry"),
                "synonyms": [word for word in row["synonyms"].split("|") if word],
                "plate": row["plate"],
            }
            for row in rows
        ],
    )


def load_towns(desk: Desk, rows: Iterable[Row]) -> Loaded:
    """Enter or change towns and streets by code: ``code name kind english``."""
    return _load(
        desk,
        Town,
        "code",
        [
            {
                "code": row["code"],
                "name": row["name"],
                "english": row["english"],
                "kind": _member(TownKind, row, "kind"),
                "position": position,
            }
            for position, row in enumerate(rows)
        ],
    )


def load_organizations(desk: Desk, rows: Iterable[Row]) -> Loaded:
    """Enter or change organizations: ``name short_name kind town industry may_self_assess``."""
    industries, towns = _keys(desk, Industry), _keys(desk, Town)
    return _load(
        desk,
        Organization,
        "name",
        [
            {
                "name": row["name"],
                "short_name": row["short_name"],
                "kind": _member(OrganizationKind, row, "kind"),
                "town_id": _found(towns, row, "town") if row["town"] else None,
                "industry_id": _found(industries, row, "industry") if row["industry"] else None,
                "may_self_assess": row["may_self_assess"] == "yes",
            }
            for row in rows
        ],
    )


def _load(desk: Desk, kind: type[Base], key: str, rows: list[dict[str, Any]]) -> Loaded:
    desk.require(Permit.CRAFTSMAN_EDIT)
    known: dict[str, Any] = {
        getattr(row, key): row for row in desk.session.scalars(select(kind)).all()
    }
    new = changed = 0
    for values in rows:
        row = known.get(values[key])
        if row is None:
            desk.session.add(kind(**values))
            new += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed += 1
    desk.session.flush()
    desk.record("load_register", f"register:{kind.__tablename__}", new=new, changed=changed)
    return Loaded(new, changed, len(rows) - new - changed)


def _keys(desk: Desk, kind: type[Industry] | type[Town]) -> dict[str, int]:
    rows = desk.session.execute(select(kind.code, kind.id))
    return {code: key for code, key in rows}  # noqa: C416  # rows are no pairs to the type checker


def _member(kind: type[StrEnum], row: Row, column: str) -> StrEnum:
    if row[column] not in list(kind):
        raise Invalid(
            "“%(value)s” of “%(name)s” is not one of %(known)s. Nothing was loaded.",
            value=row[column],
            name=row["name"],
            known=" | ".join(kind),
        )
    return kind(row[column])


def _found(keys: dict[str, int], row: Row, column: str) -> int:
    if row[column] not in keys:
        raise Invalid(
            "“%(value)s” of “%(name)s” is not in the register. Nothing was loaded.",
            value=row[column],
            name=row["name"],
        )
    return keys[row[column]]
