"""The list beside the scanner: who is expected, who is here, found by name, number or unit."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from models.check_ins import CheckIn
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.sittings import Placement, Sitting
from rules.states import EntryState
from web.db import db
from web.paging import Page, paged

SIZE = 50


@dataclass(frozen=True)
class Listing:
    """One page of placements, and the check-in of each that has one."""

    page: Page[Placement]
    seen: dict[int, CheckIn]


def counts_of(sitting: Sitting) -> tuple[int, int]:
    """Count (expected, here)."""
    row = db.session.execute(
        select(func.count(Placement.id), func.count(CheckIn.id))
        .join(Placement.entry)
        .outerjoin(CheckIn, _stands())
        .where(Placement.sitting_id == sitting.id, Entry.state == EntryState.ACCEPTED)
    ).one()
    return row[0], row[1]


def rows_of(sitting: Sitting, words: str, show: str) -> Listing:
    """Read the list: ``words`` are part of a name, a unit or a number; ``show`` here or missing."""
    query = (
        select(Placement)
        .join(Placement.entry)
        .join(Entry.person)
        .outerjoin(Person.organization)
        .outerjoin(CheckIn, _stands())
        .where(Placement.sitting_id == sitting.id, Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.pass_no)
        .options(
            joinedload(Placement.workplace),
            joinedload(Placement.entry).joinedload(Entry.person).joinedload(Person.organization),
        )
    )
    if words.strip():
        sought = words.strip()
        query = query.where(
            or_(
                Person.name.contains(sought, autoescape=True),
                Organization.name.contains(sought, autoescape=True),
                Entry.pass_no.contains(sought, autoescape=True),
            )
        )
    if show == "here":
        query = query.where(CheckIn.id.is_not(None))
    elif show == "missing":
        query = query.where(CheckIn.id.is_(None))
    page = paged(query, size=SIZE)
    return Listing(page, _seen([row.id for row in page.rows]))


def longest_pass(sitting: Sitting) -> int:
    """Say how long a pass number of this event is: what is that long submits itself."""
    query = select(func.max(func.length(Entry.pass_no))).where(Entry.event_id == sitting.event_id)
    return db.session.scalar(query) or 0


def _seen(keys: list[int]) -> dict[int, CheckIn]:
    rows = db.session.scalars(
        select(CheckIn)
        .where(CheckIn.placement_id.in_(keys), CheckIn.undone_at.is_(None))
        .options(joinedload(CheckIn.checker))
    )
    return {row.placement_id: row for row in rows}


def _stands() -> ColumnElement[bool]:
    return (CheckIn.placement_id == Placement.id) & CheckIn.undone_at.is_(None)
