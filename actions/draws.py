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
from actions.draw_layers import (
    Entrants,
    Sealing,
    check_ready,
    entrants_of,
    keepers_of,
    layers_of,
    open_layers,
)
from actions.envelopes import Envelope, disclose, enclose
from actions.event_plans import rules_of
from adapters.crypto import new_slip, public_of
from models.contests import Event
from models.draws import Draw, Station, WorkCode
from rules.batches import Arrangement, arrange
from rules.draw_records import CODES, STATIONS
from rules.draws import blind_codes, commit, replay, shuffle
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.lifecycle import EVENT_STEPS, step
from rules.permits import Permit
from rules.states import DrawState, EventState

__all__ = ["CODES", "STATIONS", "commit_draw", "draw_of", "join_draw", "open_envelope", "seal_draw"]


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
    if desk.actor.account_id is None or desk.actor.account_id in keepers_of(draw):
        raise NotPermitted("Officer and witness of a draw are two people.")
    own = slip or new_slip()
    draw.witness_id, draw.witness_public = desk.actor.account_id, public_of(own)
    desk.record("join_draw", f"event:{draw.event_id}")
    return own


def seal_draw(desk: Desk, draw: Draw, *, slip: str | None = None) -> str:
    """Do what :func:`seal_last` does; returns the officer's slip alone."""
    return seal_last(desk, draw, slip=slip).slip


def seal_last(desk: Desk, draw: Draw, *, slip: str | None = None) -> Sealing:
    """Draw stations and blind codes, seal the map, move the event.

    Returns the officer's slip and the list of codes to put on the works, shown once.
    Raises ``Blocked`` while a layer before has no keeper or is not sealed.
    """
    desk.require(Permit.DRAW_RUN, draw.event.where)
    if desk.actor.account_id != draw.officer_id:
        raise NotPermitted("The officer who published the hashes seals the draw.")
    layers = layers_of(draw)
    check_ready(draw, layers)
    if draw.seeds_sealed is None:
        raise WrongMoment("This draw is sealed already.")
    stations, codes = json.loads(desk.vault.open(draw.seeds_sealed, bound_to=_bond(draw)))
    entrants = entrants_of(desk, draw)
    placed = _arranged(draw, entrants, stations)
    drawn = shuffle(_held(entrants, layers), codes, CODES)
    by_code = dict(zip(blind_codes(len(drawn), codes), drawn, strict=True))
    own = slip or new_slip()
    _place(desk, draw, placed, sorted(by_code))
    desk.session.flush()
    _seal(draw, json.dumps({"seed": codes, "codes": by_code}), own)
    draw.station_seed, draw.seeds_sealed, draw.sealed_at = stations, None, desk.now
    draw.move("seal")
    draw.event.move("draw")
    desk.record("seal_draw", f"event:{draw.event_id}", entrants=len(drawn), clashes=placed.clashes)
    return Sealing(own, _labels(by_code, entrants, layers))


def open_envelope(
    desk: Desk,
    draw: Draw,
    *,
    officer_slip: str,
    witness_slip: str,
    layer_slips: tuple[str, ...] = (),
) -> dict[str, int]:
    """Open the envelope with both slips and return the map from code to entry id.

    Only after the marks are locked; the inner layers follow with ``layer_slips``, the last
    one first. Every seed must give the hash published before the draw and the very codes on
    record; anything else raises ``Invalid``. The caller has checked the people.
    """
    if draw.event.state is not EventState.LOCKED:
        raise WrongMoment("The envelope is opened after the marks are locked, not before.")
    if draw.envelope is None or draw.officer_share is None or draw.witness_share is None:
        raise WrongMoment("This draw was never sealed.")
    closed = Envelope(draw.envelope, draw.officer_share, draw.witness_share)
    text = disclose(closed, slip=officer_slip, witness_slip=witness_slip, bond=_bond(draw))
    content = json.loads(text)
    by_code: dict[str, int] = content["codes"]
    _check_codes(desk, draw, content["seed"], by_code)
    held = open_layers(desk, draw, layer_slips, witness_slip)
    draw.move("open")
    draw.code_seed, draw.opened_at = content["seed"], desk.now
    if draw.inner:
        return {code: held[number] for code, number in by_code.items()}
    return by_code


def draw_of(desk: Desk, event: Event) -> Draw | None:
    """Read the draw of an event."""
    return desk.session.scalars(select(Draw).filter_by(event_id=event.id)).first()


def _bond(draw: Draw) -> str:
    return f"draw:{draw.id}"


def _arranged(draw: Draw, entrants: Entrants, seed: str) -> Arrangement[int]:
    """Arrange the entrants at stations as the rules of the event ask."""
    fairness = rules_of(draw.event).fairness
    return arrange(
        shuffle(list(entrants.passes), seed, STATIONS),
        entrants.units,
        entrants.levels,
        batches=fairness.batches,
        apart=fairness.apart,
    )


def _held(entrants: Entrants, layers: int) -> list[int]:
    """Return what the codes stand for: entries, or the numbers of the layer before."""
    ids = list(entrants.passes)
    return ids if layers == 1 else list(range(1, len(ids) + 1))


def _labels(
    by_code: dict[str, int], entrants: Entrants, layers: int
) -> tuple[tuple[str, str], ...]:
    pairs = sorted((held, code) for code, held in by_code.items())
    if layers > 1:
        return tuple((str(held), code) for held, code in pairs)
    return tuple(sorted((entrants.passes[held], code) for held, code in pairs))


def _seal(draw: Draw, content: str, own: str) -> None:
    public = draw.witness_public or b""
    closed = enclose(content, slip=own, witness_public=public, bond=_bond(draw))
    draw.envelope, draw.officer_share = closed.body, closed.keeper_share
    draw.witness_share = closed.witness_share


def _place(desk: Desk, draw: Draw, placed: Arrangement[int], codes: list[str]) -> None:
    """Write stations in drawn order and codes in alphabetical order, in no relation."""
    event_id = draw.event_id
    desk.session.execute(delete(Station).where(Station.event_id == event_id))
    batch_of = {entry: at for at, batch in enumerate(placed.batches, 1) for entry in batch}
    desk.session.add_all(
        Station(event_id=event_id, entry_id=entry, number=number, batch=batch_of[entry])
        for number, entry in enumerate(placed.order, start=1)
    )
    desk.session.add_all(
        WorkCode(event_id=event_id, code=code, position=position)
        for position, code in enumerate(codes, start=1)
    )


def _check_codes(desk: Desk, draw: Draw, seed: str, by_code: dict[str, int]) -> None:
    entries = _held(entrants_of(desk, draw), layers_of(draw))
    drawn = [by_code.get(code, 0) for code in blind_codes(len(by_code), seed)]
    replay(entries, seed, draw.code_commitment, drawn, CODES)
    kept = set(
        desk.session.scalars(select(WorkCode.code).where(WorkCode.event_id == draw.event_id))
    )
    if kept != set(by_code):
        raise Invalid("The codes on record are not those of the envelope.")
