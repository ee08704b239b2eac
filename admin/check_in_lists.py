"""The list beside the scanner: who is expected, who is here, found by name, number or unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from admin.events import event_here
from models.check_ins import CheckIn
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.sittings import Placement, Sitting
from rules.permits import Permit
from rules.states import EntryState, SittingState
from web.db import db
from web.entry_tables import unit_of
from web.filters import moment
from web.list_tables import ListTable, address, list_table
from web.paging import Page, paged

SIZE = 50
MOST_KEY = 2**31 - 1


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
    page = paged(_narrowed(sitting, words, show), size=SIZE)
    return Listing(page, _seen([row.id for row in page.rows]))


@list_table("check-in")
def as_table() -> ListTable:
    """The same list to take away: who is expected in a sitting, and who is here."""
    kept = {name: request.args.get(name, "") for name in ("sitting", "q", "show")}
    sitting = _sitting_here()
    shows = {"here": gettext("who is here"), "missing": gettext("who is missing")}
    return ListTable(
        name="check-in",
        title=gettext("Check-in list"),
        about=f"{sitting.event.name} · {sitting.name} · {moment(sitting.starts_at)}",
        permits=(Permit.CHECK_IN,),
        place=sitting.event.where,
        thing=f"sitting:{sitting.id}",
        query=_narrowed(sitting, kept["q"], kept["show"]),
        key=Placement.id,
        filters=kept,
        said=(
            (gettext("Name, unit or number"), kept["q"]),
            (gettext("Show"), shows.get(kept["show"], "")),
        ),
        columns=(
            (gettext("Pass"), 14),
            (gettext("Name"), 12),
            (gettext("Unit"), 34),
            (gettext("Workplace"), 8),
            (gettext("Check-in"), 18),
            (gettext("Let in late because"), 24),
        ),
        rows=lambda rows: _cells(rows, closed=sitting.state is SittingState.CLOSED),
        back=address("admin_check_ins.index", {"event_id": sitting.event_id, **kept}),
    )


def _sitting_here() -> Sitting:
    key = request.args.get("sitting", 0, type=int)
    sitting: Sitting = db.get_or_404(Sitting, key if key <= MOST_KEY else 0)
    event_here(sitting.event_id, Permit.CHECK_IN)
    return sitting


def _cells(rows: Sequence[Placement], *, closed: bool) -> list[tuple[str | int, ...]]:
    seen = _seen([row.id for row in rows])
    unseen = gettext("absent") if closed else ""
    return [_row(row, seen.get(row.id), unseen) for row in rows]


def _row(row: Placement, check: CheckIn | None, unseen: str) -> tuple[str | int, ...]:
    entry = row.entry
    return (
        entry.pass_no or "",
        entry.person.name if entry.person else "",
        unit_of(entry),
        row.workplace.number if row.workplace else "",
        moment(check.at) if check else unseen,
        check.late_reason if check else "",
    )


def _narrowed(sitting: Sitting, words: str, show: str) -> Select[Any]:
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
    return query


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
