"""Draws as the public sees them: hashes, order by pass number, seeds once revealed."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.draws import Draw, Station
from models.entries import Entry
from models.people import Person
from rules.states import DrawState


@dataclass(frozen=True)
class PublicDraw:
    """One draw; seeds are None until their moment has come."""

    state: DrawState
    station_commitment: str
    code_commitment: str
    station_seed: str | None
    code_seed: str | None
    committed_at: dt.datetime
    sealed_at: dt.datetime | None
    opened_at: dt.datetime | None
    order: tuple[tuple[int, str, str], ...]
    """Station, pass number, and a letter where several come from one unit: never a name."""


def draw(session: Session, event_id: int) -> PublicDraw | None:
    """Read the draw of an event."""
    row = session.scalars(select(Draw).filter_by(event_id=event_id)).first()
    if row is None:
        return None
    return PublicDraw(
        row.state,
        row.station_commitment,
        row.code_commitment,
        row.station_seed,
        row.code_seed,
        row.committed_at,
        row.sealed_at,
        row.opened_at,
        _order(session, event_id),
    )


def _order(session: Session, event_id: int) -> tuple[tuple[int, str, str], ...]:
    rows = session.execute(
        select(Station.number, Entry.pass_no, Person.organization_id)
        .join(Entry, Entry.id == Station.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .where(Station.event_id == event_id)
        .order_by(Station.number)
    ).all()
    count = Counter(unit for _, _, unit in rows if unit is not None)
    shared = [unit for unit in count if count[unit] > 1]
    letters = {unit: _letters(at) for at, unit in enumerate(shared)}
    return tuple(
        (number, pass_no or "", letters.get(unit or 0, "")) for number, pass_no, unit in rows
    )


def _letters(number: int) -> str:
    """Write 0, 1, 2 ... as A, B, C ... Z, AA, AB.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
