"""Inner layers of a draw: each with its own keeper, committed seed and sealed map.

Layer 1 gives every entry a number; layer 2, where an event has three, gives each number a
second one; the draw itself is the last layer and gives the codes (actions/draws.py).
"""

import json
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from actions.envelopes import Envelope, disclose, enclose
from actions.event_plans import rules_of
from adapters.crypto import new_slip
from models.draws import Draw, DrawLayer
from models.entries import Entry
from models.people import Person
from rules.draw_records import layer_label
from rules.draws import commit, shuffle
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Permit
from rules.states import DrawState, EntryState


@dataclass(frozen=True)
class Sealing:
    """What the keeper of a layer takes along, shown once: the slip and the list to hand out.

    ``rows`` pair what came in (pass or number) with what went out (number or code).
    """

    slip: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entrants:
    """Accepted entries in the order of their passes, with unit and level of each."""

    passes: dict[int, str]
    units: dict[int, int]
    levels: dict[int, str]


def layers_of(draw: Draw) -> int:
    """Return how many layers of codes the event of a draw has."""
    return rules_of(draw.event).fairness.layers


def commit_layer(desk: Desk, draw: Draw, number: int, *, seed: str | None = None) -> DrawLayer:
    """Become the keeper of one inner layer and publish the hash of its seed.

    Raises ``NotPermitted`` for somebody who keeps another part of this draw.
    """
    desk.require(Permit.DRAW_RUN, draw.event.where)
    if draw.state is not DrawState.COMMITTED:
        raise WrongMoment("This draw is sealed: its keepers are on record.")
    desk.session.refresh(draw, with_for_update=True)
    if not 1 <= number < layers_of(draw):
        raise Invalid("This event has no such layer of codes.")
    if number in {layer.number for layer in draw.inner}:
        raise WrongMoment("This layer has its keeper already.")
    if desk.actor.account_id is None or desk.actor.account_id in keepers_of(draw):
        raise NotPermitted(
            "Every layer is kept by another person, and none of them is the witness."
        )
    chosen = seed or secrets.token_hex(16)
    layer = DrawLayer(
        draw=draw,
        number=number,
        keeper_id=desk.actor.account_id,
        commitment=commit(chosen),
        committed_at=desk.now,
        seed_sealed=b"",
    )
    desk.session.add(layer)
    desk.session.flush()
    layer.seed_sealed = desk.vault.seal(chosen, bound_to=_bond(layer))
    desk.record("commit_layer", f"event:{draw.event_id}", layer=number, commitment=layer.commitment)
    return layer


def seal_layer(desk: Desk, layer: DrawLayer, *, slip: str | None = None) -> Sealing:
    """Draw one inner layer and seal its map; the layers before it come first."""
    draw = layer.draw
    desk.require(Permit.DRAW_RUN, draw.event.where)
    if desk.actor.account_id != layer.keeper_id:
        raise NotPermitted("The keeper who published the hash of a layer seals it.")
    desk.session.refresh(layer, with_for_update=True)  # a second slip would replace the first
    if layer.seed_sealed is None:
        raise WrongMoment("This layer is sealed already.")
    check_ready(draw, layer.number)
    seed = desk.vault.open(layer.seed_sealed, bound_to=_bond(layer))
    rows = _dealt(entrants_of(desk, draw), seed, layer.number)
    own = slip or new_slip()
    closed = enclose(
        json.dumps({"seed": seed, "map": dict(enumerate([row[0] for row in rows], 1))}),
        slip=own,
        witness_public=draw.witness_public or b"",
        bond=_bond(layer),
    )
    layer.envelope, layer.keeper_share = closed.body, closed.keeper_share
    layer.witness_share, layer.seed_sealed = closed.witness_share, None
    layer.sealed_at = desk.now
    desk.record("seal_layer", f"event:{draw.event_id}", layer=layer.number, entrants=len(rows))
    shown = [(words, str(at)) for at, (_, words) in enumerate(rows, 1)]
    return Sealing(own, tuple(sorted(shown)))


def check_ready(draw: Draw, number: int) -> None:
    """Refuse to seal layer ``number`` before every hash is public and the layers before it."""
    if draw.witness_public is None:
        raise Blocked("The supervisor has not joined this draw yet. Nothing was drawn.")
    inner = {layer.number: layer for layer in draw.inner}
    for wanted in range(1, layers_of(draw)):
        if wanted not in inner:
            raise Blocked("Layer %(number)s has no keeper yet. Nothing was drawn.", number=wanted)
        if wanted < number and inner[wanted].sealed_at is None:
            raise Blocked("Layer %(number)s is sealed first. Nothing was drawn.", number=wanted)


def open_layers(
    desk: Desk, draw: Draw, slips: tuple[str, ...], witness_slip: str
) -> dict[int, int]:
    """Open the inner layers from the last to the first; returns number -> entry id.

    ``slips`` come in that order. Each map must be what its published hash gives.
    """
    layers = list(reversed(draw.inner))
    if len(slips) != len(layers):
        raise Invalid("Every layer is opened with its keeper's slip. Nothing was opened.")
    entrants = entrants_of(desk, draw)
    held = {number: number for number in range(1, len(entrants.passes) + 1)}
    for layer, slip in zip(layers, slips, strict=True):
        found = _opened(layer, slip, witness_slip, entrants)
        held = {outer: found[inner] for outer, inner in held.items()}
        layer.opened_at = desk.now
        desk.record("open_layer", f"event:{draw.event_id}", layer=layer.number)
    return held


def _opened(layer: DrawLayer, slip: str, witness_slip: str, entrants: Entrants) -> dict[int, int]:
    if layer.envelope is None or layer.keeper_share is None or layer.witness_share is None:
        raise WrongMoment("This draw was never sealed.")
    closed = Envelope(layer.envelope, layer.keeper_share, layer.witness_share)
    text = disclose(closed, slip=slip, witness_slip=witness_slip, bond=_bond(layer))
    content = json.loads(text)
    found = {int(number): inner for number, inner in content["map"].items()}
    if commit(content["seed"]) != layer.commitment:
        raise Invalid(
            "The revealed seed does not give the hash that was published before the draw."
        )
    drawn = [row[0] for row in _dealt(entrants, content["seed"], layer.number)]
    if found != dict(enumerate(drawn, 1)):
        raise Invalid("The seed gives another order than the one on record.")
    layer.seed = content["seed"]
    return found


def keepers_of(draw: Draw) -> set[int]:
    """Return the accounts that hold a part of this draw: officers and witness."""
    found = {draw.officer_id, *(layer.keeper_id for layer in draw.inner)}
    return found if draw.witness_id is None else found | {draw.witness_id}


def entrants_of(desk: Desk, draw: Draw) -> Entrants:
    """Read the accepted entries of a draw's event in the order of their passes."""
    rows = desk.session.execute(
        select(Entry.id, Entry.pass_no, Person.organization_id, Person.skill_level)
        .join(Person, Person.id == Entry.person_id)
        .where(Entry.event_id == draw.event_id, Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.pass_no, Entry.id)
    ).all()
    return Entrants(
        {key: pass_no or "" for key, pass_no, _, _ in rows},
        {key: unit for key, _, unit, _ in rows if unit is not None},
        {key: level.value for key, _, _, level in rows if level is not None},
    )


def _dealt(entrants: Entrants, seed: str, number: int) -> list[tuple[int, str]]:
    """Return, for the numbers 1, 2 ... of a layer, what each stands for and how it is written."""
    ids = list(entrants.passes)
    order = shuffle(range(len(ids)), seed, layer_label(number))
    if number == 1:
        return [(ids[at], entrants.passes[ids[at]]) for at in order]
    return [(at + 1, str(at + 1)) for at in order]


def _bond(layer: DrawLayer) -> str:
    return f"draw-layer:{layer.id}"
