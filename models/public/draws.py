"""Draws as the public sees them: hashes, order by pass number, seeds once revealed."""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contests import Event
from models.draws import Draw, DrawLayer, Station
from models.entries import Entry
from models.people import Person
from rules.batches import unevenness
from rules.draw_records import FORMAT, code_holders
from rules.draws import clashes
from rules.fairness import Fairness
from rules.rulesets import rules_from_json
from rules.states import DrawState


@dataclass(frozen=True)
class PublicPlace:
    """One place: never a name. Equal letters only say who comes from one unit or has one level."""

    station: int
    batch: int
    pass_no: str
    unit: str
    level: str


@dataclass(frozen=True)
class PublicLayer:
    """One inner layer of codes; its seed is None until it is opened."""

    number: int
    commitment: str
    seed: str | None
    sealed_at: dt.datetime | None


@dataclass(frozen=True)
class PublicDraw:
    """One draw; seeds are None until their moment has come."""

    state: DrawState
    fairness: Fairness
    station_commitment: str
    code_commitment: str
    station_seed: str | None
    code_seed: str | None
    committed_at: dt.datetime
    sealed_at: dt.datetime | None
    opened_at: dt.datetime | None
    layers: tuple[PublicLayer, ...]
    order: tuple[PublicPlace, ...]

    @property
    def clashes(self) -> int:
        """Neighbours of one unit within a batch: the fewest the published algorithm finds."""
        return sum(clashes(*_grouped(batch, "unit")) for batch in self.batches)

    @property
    def uneven(self) -> int:
        """People whom a perfectly even deal would have put into another batch."""
        total = 0
        for kind in ("unit", "level"):
            groups = {one: getattr(one, kind) for one in self.order if getattr(one, kind)}
            total += unevenness(self.batches, groups)
        return total

    @property
    def batches(self) -> list[list[PublicPlace]]:
        """The places of each batch."""
        numbers = sorted({one.batch for one in self.order})
        return [[one for one in self.order if one.batch == number] for number in numbers]


def draw(session: Session, event_id: int) -> PublicDraw | None:
    """Read the draw of an event."""
    row = session.scalars(select(Draw).filter_by(event_id=event_id)).first()
    if row is None:
        return None
    event = session.get_one(Event, event_id)
    inner = session.scalars(select(DrawLayer).filter_by(draw_id=row.id).order_by(DrawLayer.number))
    return PublicDraw(
        row.state,
        rules_from_json(event.rules).fairness,
        row.station_commitment,
        row.code_commitment,
        row.station_seed,
        row.code_seed,
        row.committed_at,
        row.sealed_at,
        row.opened_at,
        tuple(PublicLayer(one.number, one.commitment, one.seed, one.sealed_at) for one in inner),
        _order(session, event_id),
    )


def record(found: PublicDraw) -> dict[str, object]:
    """Return a sealed draw as the record that ``flask draw replay`` computes again."""
    entrants = sorted(found.order, key=lambda one: one.pass_no)
    fairness = found.fairness
    body: dict[str, object] = {
        "format": FORMAT,
        "layers": fairness.layers,
        "batches": fairness.batches,
        "apart": fairness.apart,
        "entrants": [
            {"pass": one.pass_no, "unit": one.unit, "level": one.level} for one in entrants
        ],
        "stations": {"hash": found.station_commitment, "seed": found.station_seed},
        "order": [
            {"pass": one.pass_no, "station": one.station, "batch": one.batch} for one in found.order
        ],
        "clashes": found.clashes if fairness.apart else 0,
    }
    if found.code_seed is not None:
        body |= _codes(found, [one.pass_no for one in entrants])
    return body


def _codes(found: PublicDraw, passes: list[str]) -> dict[str, object]:
    opened = [(one.commitment, one.seed or "") for one in found.layers]
    opened.append((found.code_commitment, found.code_seed or ""))
    seeds = {number: seed for number, (_, seed) in enumerate(opened, 1)}
    holders = code_holders(len(passes), seeds, found.fairness.layers)
    return {
        "seeds": [{"hash": commitment, "seed": seed} for commitment, seed in opened],
        "codes": [{"code": code, "pass": passes[at]} for code, at in sorted(holders.items())],
    }


def _grouped(
    batch: list[PublicPlace], kind: str
) -> tuple[list[PublicPlace], dict[PublicPlace, Hashable]]:
    return batch, {one: getattr(one, kind) for one in batch if getattr(one, kind)}


def _order(session: Session, event_id: int) -> tuple[PublicPlace, ...]:
    rows = session.execute(
        select(
            Station.number,
            Station.batch,
            Entry.pass_no,
            Person.organization_id,
            Person.skill_level,
        )
        .join(Entry, Entry.id == Station.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .where(Station.event_id == event_id)
        .order_by(Station.number)
    ).all()
    units = _named(unit for _, _, _, unit, _ in rows)
    levels = _named(level for *_, level in rows)
    return tuple(
        PublicPlace(number, batch, pass_no or "", units.get(unit, ""), levels.get(level, ""))
        for number, batch, pass_no, unit, level in rows
    )


def _named(groups: Iterable[Hashable]) -> dict[Hashable, str]:
    """Give a letter to each group of several, in the order of their first members."""
    count = Counter(group for group in groups if group is not None)
    shared = [group for group in count if count[group] > 1]
    return {group: _letters(at) for at, group in enumerate(shared)}


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
