"""Draws as the public sees them: hashes, order by pass number, seeds once revealed."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.draws import Draw, Station
from models.entries import Entry
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
    order: tuple[tuple[int, str], ...]
    """Station number and pass number: never a name."""


def draw(session: Session, event_id: int) -> PublicDraw | None:
    """Read the draw of an event."""
    row = session.scalars(select(Draw).filter_by(event_id=event_id)).first()
    if row is None:
        return None
    order = session.execute(
        select(Station.number, Entry.pass_no)
        .join(Entry, Entry.id == Station.entry_id)
        .where(Station.event_id == event_id)
        .order_by(Station.number)
    )
    return PublicDraw(
        row.state,
        row.station_commitment,
        row.code_commitment,
        row.station_seed,
        row.code_seed,
        row.committed_at,
        row.sealed_at,
        row.opened_at,
        tuple((number, pass_no or "") for number, pass_no in order),
    )
