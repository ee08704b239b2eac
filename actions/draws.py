"""The draw and the sealed envelope: committed before, witnessed, opened by two people only.

The station seed is revealed with the draw, so that anybody can replay the
order. The code seed and the map from blind code to entry lie in an envelope
under a key that exists nowhere: the officer's slip and the supervisor's slip
open one share of it each.
"""

import json
import secrets

from sqlalchemy import delete, select

from actions.desk import Desk
from adapters.crypto import close, join, new_slip, open_with, public_of, seal_to, split, unclose
from models.contests import Event
from models.draws import Draw, Station, WorkCode
from models.entries import Entry
from models.people import Person
from rules.draws import blind_codes, commit, replay, shuffle, spread_out
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.lifecycle import EVENT_STEPS, step
from rules.permits import Permit
from rules.states import DrawState, EntryState, EventState

STATIONS, CODES = "stations", "holders"
"""Labels of the two orders; the code letters have their own stream, so that published codes
say nothing about who holds them."""


def commit_draw(desk: Desk, event: Event, *, seeds: tuple[str, str] | None = None) -> Draw:
    """Choose both seeds and publish their hashes; nobody can choose again.

    ``seeds`` (stations, codes) is for rehearsals and samples; a real draw
    takes random ones.
    """
    desk.require(Permit.DRAW_RUN, event.where)
    step(EVENT_STEPS, event.state, "draw")
    if draw_of(desk, event) is not None:
        raise WrongMoment("The hashes of this draw are already published.")
    if desk.actor.account_id is None:
        raise NotPermitted("A draw is run by a person.")
    stations, codes = seeds or (secrets.token_hex(16), secrets.token_hex(16))
    draw = Draw(
        event_id=event.id,
        station_commitment=commit(stations),
        code_commitment=commit(codes),
        officer_id=desk.actor.account_id,
        committed_at=desk.now,
    )
    desk.session.add(draw)
    desk.session.flush()
    draw.seeds_sealed = desk.vault.seal(json.dumps([stations, codes]), bound_to=_bond(draw))
    desk.record(
        "commit_draw",
        f"event:{event.id}",
        stations=draw.station_commitment,
        codes=draw.code_commitment,
    )
    return draw


def join_draw(desk: Desk, draw: Draw, *, slip: str | None = None) -> str:
    """Join as the witness; returns the slip, which is shown once and kept nowhere."""
    desk.require(Permit.DRAW_WITNESS, draw.event.where)
    if draw.state is not DrawState.COMMITTED:
        raise WrongMoment("The draw is sealed: its witness is on record.")
    if desk.actor.account_id in (None, draw.officer_id):
        raise NotPermitted("Officer and witness of a draw are two people.")
    own = slip or new_slip()
    draw.witness_id, draw.witness_public = desk.actor.account_id, public_of(own)
    desk.record("join_draw", f"event:{draw.event_id}")
    return own


def seal_draw(desk: Desk, draw: Draw, *, slip: str | None = None) -> str:
    """Draw stations and blind codes, seal the map, move the event; returns the officer's slip."""
    desk.require(Permit.DRAW_RUN, draw.event.where)
    if desk.actor.account_id != draw.officer_id:
        raise NotPermitted("The officer who published the hashes seals the draw.")
    if draw.witness_public is None or draw.seeds_sealed is None:
        raise Blocked("The supervisor has not joined this draw yet. Nothing was drawn.")
    stations, codes = json.loads(desk.vault.open(draw.seeds_sealed, bound_to=_bond(draw)))
    entries = _entrants(desk, draw)
    order = spread_out(shuffle(list(entries), stations, STATIONS), _units(entries))
    drawn = shuffle(list(entries), codes, CODES)
    by_code = dict(zip(blind_codes(len(drawn), codes), drawn, strict=True))
    own = slip or new_slip()
    _place(desk, draw, order, sorted(by_code))
    desk.session.flush()
    _seal(draw, json.dumps({"seed": codes, "codes": by_code}), own)
    draw.station_seed, draw.seeds_sealed, draw.sealed_at = stations, None, desk.now
    draw.move("seal")
    draw.event.move("draw")
    desk.record("seal_draw", f"event:{draw.event_id}", entrants=len(order))
    return own


def open_envelope(
    desk: Desk, draw: Draw, *, officer_slip: str, witness_slip: str
) -> dict[str, int]:
    """Open the envelope with both slips and return the map from code to entry id.

    Only after the marks are locked. The seed in the envelope must give the
    hash published before the draw and the very codes on record; anything
    else raises ``Invalid``. The caller has checked both people.
    """
    if draw.event.state is not EventState.LOCKED:
        raise WrongMoment("The envelope is opened after the marks are locked, not before.")
    if draw.envelope is None or draw.officer_share is None or draw.witness_share is None:
        raise WrongMoment("This draw was never sealed.")
    first = open_with(officer_slip, draw.officer_share, bound_to=_bond(draw))
    second = open_with(witness_slip, draw.witness_share, bound_to=_bond(draw))
    content = json.loads(unclose(join(first, second), draw.envelope, bound_to=_bond(draw)))
    by_code: dict[str, int] = content["codes"]
    _check_codes(desk, draw, content["seed"], by_code)
    draw.move("open")
    draw.code_seed, draw.opened_at = content["seed"], desk.now
    return by_code


def draw_of(desk: Desk, event: Event) -> Draw | None:
    """Read the draw of an event."""
    return desk.session.scalars(select(Draw).filter_by(event_id=event.id)).first()


def _bond(draw: Draw) -> str:
    return f"draw:{draw.id}"


def _entrants(desk: Desk, draw: Draw) -> dict[int, int | None]:
    """Map accepted entries in the order of their passes to the unit each works for."""
    rows = desk.session.execute(
        select(Entry.id, Person.organization_id)
        .join(Person, Person.id == Entry.person_id)
        .where(Entry.event_id == draw.event_id, Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.pass_no, Entry.id)
    )
    return dict(rows.all())


def _units(entries: dict[int, int | None]) -> dict[int, int]:
    return {entry: unit for entry, unit in entries.items() if unit is not None}


def _seal(draw: Draw, content: str, own: str) -> None:
    key = secrets.token_bytes(32)
    first, second = split(key)
    bond = _bond(draw)
    draw.envelope = close(key, content.encode(), bound_to=bond)
    draw.officer_share = seal_to(public_of(own), first, bound_to=bond)
    draw.witness_share = seal_to(draw.witness_public or b"", second, bound_to=bond)


def _place(desk: Desk, draw: Draw, order: list[int], codes: list[str]) -> None:
    """Write stations in drawn order and codes in alphabetical order, in no relation."""
    event_id = draw.event_id
    desk.session.execute(delete(Station).where(Station.event_id == event_id))
    desk.session.add_all(
        Station(event_id=event_id, entry_id=entry, number=number)
        for number, entry in enumerate(order, start=1)
    )
    desk.session.add_all(
        WorkCode(event_id=event_id, code=code, position=position)
        for position, code in enumerate(codes, start=1)
    )


def _check_codes(desk: Desk, draw: Draw, seed: str, by_code: dict[str, int]) -> None:
    entries = list(_entrants(desk, draw))
    drawn = [by_code.get(code, 0) for code in blind_codes(len(by_code), seed)]
    replay(entries, seed, draw.code_commitment, drawn, CODES)
    kept = set(
        desk.session.scalars(select(WorkCode.code).where(WorkCode.event_id == draw.event_id))
    )
    if kept != set(by_code):
        raise Invalid("The codes on record are not those of the envelope.")
