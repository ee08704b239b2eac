"""Layers of codes: different keepers, own seeds and maps, opened in reverse by all of them."""

import dataclasses
import itertools
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.draw_layers import commit_layer, open_layers, seal_layer
from actions.draws import commit_draw, draw_of, join_draw, open_envelope, seal_draw, seal_last
from actions.panels import assign_chief, assign_judge, sign_pledge, start_marking
from actions.results import Ceremony, decode_event, lock_results, result_of
from adapters.crypto import new_slip, open_with, unclose, write_slip
from models.draws import Draw, DrawLayer, WorkCode
from models.entries import Entry
from models.everything import METADATA
from models.public.draws import draw as public_draw
from models.public.draws import record
from rules.draw_records import replay_record
from rules.draws import commit
from rules.errors import Blocked, Invalid, NotPermitted, Refusal, WrongMoment
from rules.fairness import Fairness
from rules.permits import Role, Scope
from rules.states import EventState
from tests.contest_world import RULES
from tests.result_world import (
    MARKS,
    OFFICER_SLIP,
    SEEDS,
    WITNESS_SLIP,
    Stage,
    _mark,
    listed_event,
)
from tests.support import give, make_account

T = TypeVar("T")
INNER = {1: "keeper1", 2: "keeper2"}
SLIPS = {number: write_slip(bytes([20 + number]) * 32) for number in INNER}


def layered(desk: Desk, layers: int) -> Stage:
    """List an event of several layers with a keeper for each."""
    rules = dataclasses.replace(RULES, fairness=Fairness(layers=layers))
    stage = listed_event(desk, rules=rules)
    for name in INNER.values():
        stage.accounts[name] = make_account(desk.session, name)
        give(
            desk.session,
            stage.accounts[name],
            Role.ENCRYPTION_OFFICER,
            Scope.CONTEST,
            stage.event.contest_id,
        )
    return stage


def committed(stage: Stage, layers: int) -> Draw:
    draw = commit_draw(stage.seat("officer"), stage.event, seeds=SEEDS)
    for number in range(1, layers):
        commit_layer(stage.seat(INNER[number]), draw, number)
    join_draw(stage.seat("supervisor"), draw, slip=WITNESS_SLIP)
    return draw


def drawn(stage: Stage, layers: int) -> Draw:
    draw = committed(stage, layers)
    for layer in draw.inner:
        seal_layer(stage.seat(INNER[layer.number]), layer, slip=SLIPS[layer.number])
    seal_draw(stage.seat("officer"), draw, slip=OFFICER_SLIP)
    return draw


def inner_slips(layers: int) -> tuple[str, ...]:
    return tuple(SLIPS[number] for number in range(layers - 1, 0, -1))


def played(desk: Desk, layers: int) -> Stage:
    """Draw, seat, mark, sign and lock."""
    stage = layered(desk, layers)
    draw = drawn(stage, layers)
    organizer = stage.seat("organizer")
    assign_chief(organizer, stage.event, stage.accounts["chief"])
    for number in (1, 2, 3):
        judge = f"judge{number}"
        sign_pledge(
            stage.seat(judge),
            assign_judge(organizer, stage.event, stage.accounts[judge], number=number),
        )
    stage.sheets = start_marking(organizer, stage.event)
    by_number = {
        str(n): entry
        for n, entry in _secretly(
            desk, draw, lambda: open_layers(desk, draw, inner_slips(layers), WITNESS_SLIP)
        ).items()
    }
    stage.event.state = EventState.LOCKED
    by_code = _secretly(
        desk,
        draw,
        lambda: open_envelope(
            desk,
            draw,
            officer_slip=OFFICER_SLIP,
            witness_slip=WITNESS_SLIP,
            layer_slips=inner_slips(layers),
        ),
    )
    stage.event.state = EventState.SCORING
    assert set(by_number.values()) == set(by_code.values())
    code_of = {entry: code for code, entry in by_code.items()}
    entries = desk.session.scalars(select(Entry).order_by(Entry.id))
    stage.codes = [code_of[entry.id] for entry in entries]
    _mark(stage, MARKS)
    lock_results(stage.seat("chief"), stage.event)
    return stage


def _secretly(desk: Desk, draw: Draw, look: Callable[[], T]) -> T:
    """Look into the envelopes for the test and forget that they were opened."""
    with desk.session.no_autoflush:
        found = look()
        for row in (draw, *draw.inner):
            desk.session.expire(row)
    return found


@pytest.mark.parametrize("layers", [2, 3])
def test_all_keepers_together_decode_in_reverse(desk: Desk, layers: int) -> None:
    stage = played(desk, layers)
    ceremony = dataclasses.replace(stage.ceremony, layer_slips=inner_slips(layers))

    decode_event(stage.seat("officer"), stage.event, ceremony)

    lines = result_of(desk, stage.event).lines
    assert [line.entry.person.name for line in lines if line.entry.person] == [
        person.name for person in stage.people
    ]
    draw = draw_of(desk, stage.event)
    assert draw is not None
    assert [commit(layer.seed or "") for layer in draw.inner] == [
        layer.commitment for layer in draw.inner
    ]
    shown = public_draw(desk.session, stage.event.id)
    assert shown is not None
    assert replay_record(record(shown)).opened


def test_a_missing_or_foreign_slip_opens_nothing(desk: Desk) -> None:
    stage = played(desk, 2)
    for slips in ((), (new_slip(),), (OFFICER_SLIP,), (SLIPS[1], SLIPS[2])):
        with pytest.raises(Invalid):
            decode_event(
                stage.seat("officer"),
                stage.event,
                Ceremony(OFFICER_SLIP, WITNESS_SLIP, stage.seat("supervisor").actor, slips),
            )
    assert stage.event.state is EventState.LOCKED


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_dump_and_one_key_name_no_work(desk: Desk, layers: int) -> None:
    """Whatever one keeper opens with the own slip is no key to any map, nor to two of them."""
    stage = layered(desk, layers)
    draw = drawn(stage, layers)
    desk.session.flush()
    blobs = [
        value
        for table in METADATA.sorted_tables
        for row in desk.session.execute(select(table)).mappings()
        for value in row.values()
        if isinstance(value, bytes)
    ]
    bonds = [f"draw:{draw.id}", *(f"draw-layer:{layer.id}" for layer in draw.inner)]
    assert len(blobs) >= 3 * layers
    for slip in (OFFICER_SLIP, WITNESS_SLIP, *inner_slips(layers)):
        keys = [share for share in map_of(blobs, bonds, slip) if len(share) == 32]
        assert keys, "the negative control: a slip does open its own shares"
        for key, blob, bond in itertools.product(keys, blobs, bonds):
            with pytest.raises(Invalid):
                unclose(key, blob, bound_to=bond)


def map_of(blobs: list[bytes], bonds: list[str], slip: str) -> list[bytes]:
    """Return everything a slip opens in a dump."""
    found = []
    for blob, bond in itertools.product(blobs, bonds):
        try:
            found.append(open_with(slip, blob, bound_to=bond))
        except (Refusal, ValueError):
            continue
    return found


def test_one_layer_opened_does_not_name_a_work(desk: Desk) -> None:
    """Keeper 1 and the supervisor learn numbers; codes stay with the last keeper."""
    stage = layered(desk, 2)
    draw = drawn(stage, 2)

    held = open_layers(desk, draw, inner_slips(2), WITNESS_SLIP)

    codes = set(desk.session.scalars(select(WorkCode.code)))
    assert set(held) == {1, 2, 3, 4, 5}
    assert not codes & {str(number) for number in held}
    stage.event.state = EventState.LOCKED
    with pytest.raises(Invalid):
        open_envelope(
            desk, draw, officer_slip=SLIPS[1], witness_slip=WITNESS_SLIP, layer_slips=(SLIPS[1],)
        )


def test_keepers_are_different_people_and_no_judges(desk: Desk) -> None:
    stage = layered(desk, 3)
    draw = commit_draw(stage.seat("officer"), stage.event)
    with pytest.raises(NotPermitted, match="another person"):
        commit_layer(stage.seat("officer"), draw, 1)
    with pytest.raises(NotPermitted):
        commit_layer(stage.seat("judge1"), draw, 1)
    with pytest.raises(Invalid, match="no such layer"):
        commit_layer(stage.seat("keeper1"), draw, 3)
    commit_layer(stage.seat("keeper1"), draw, 1)
    with pytest.raises(WrongMoment, match="keeper already"):
        commit_layer(stage.seat("keeper2"), draw, 1)
    with pytest.raises(NotPermitted, match="another person"):
        commit_layer(stage.seat("keeper1"), draw, 2)
    with pytest.raises(Blocked, match="Nobody may be"):
        assign_judge(stage.seat("organizer"), stage.event, stage.accounts["keeper1"], number=1)


def test_layers_are_sealed_from_the_first_by_their_keepers(desk: Desk) -> None:
    stage = layered(desk, 3)
    draw = commit_draw(stage.seat("officer"), stage.event)
    one = commit_layer(stage.seat("keeper1"), draw, 1)
    with pytest.raises(Blocked, match="has not joined"):
        seal_layer(stage.seat("keeper1"), one)
    join_draw(stage.seat("supervisor"), draw)
    with pytest.raises(Blocked, match="Layer 2 has no keeper"):
        seal_layer(stage.seat("keeper1"), one)
    two = commit_layer(stage.seat("keeper2"), draw, 2)
    with pytest.raises(Blocked, match="Layer 1 is sealed first"):
        seal_layer(stage.seat("keeper2"), two)
    with pytest.raises(Blocked, match="Layer 1 is sealed first"):
        seal_last(stage.seat("officer"), draw)
    with pytest.raises(NotPermitted, match="keeper who published"):
        seal_layer(stage.seat("keeper2"), one)
    first = seal_layer(stage.seat("keeper1"), one)
    assert sorted(row[0] for row in first.rows) == [f"P-{at:03}" for at in range(5)]
    assert sorted(row[1] for row in first.rows) == list("12345")
    with pytest.raises(WrongMoment, match="sealed already"):
        seal_layer(stage.seat("keeper1"), one)
    seal_layer(stage.seat("keeper2"), two)
    last = seal_last(stage.seat("officer"), draw)
    assert [row[0] for row in last.rows] == list("12345")
    with pytest.raises(WrongMoment, match="keepers are on record"):
        commit_layer(stage.seat("keeper2"), draw, 2)


def test_a_changed_map_is_noticed(desk: Desk) -> None:
    stage = layered(desk, 2)
    draw = drawn(stage, 2)
    draw.inner[0].commitment = commit("a seed nobody has drawn with")

    with pytest.raises(Invalid, match="does not give the hash"):
        open_layers(desk, draw, inner_slips(2), WITNESS_SLIP)


def test_an_unsealed_layer_is_not_opened(desk: Desk) -> None:
    stage = layered(desk, 2)
    draw = committed(stage, 2)

    with pytest.raises(WrongMoment, match="never sealed"):
        open_layers(desk, draw, inner_slips(2), WITNESS_SLIP)
    assert desk.session.scalars(select(DrawLayer.seed)).all() == [None]
