"""The record of a draw: computed again from the file alone, and no change of it passes."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from rules.draw_records import (
    FORMAT,
    Entrant,
    code_holders,
    layer_label,
    place_all,
    replay_record,
)
from rules.draws import commit
from rules.errors import Invalid

SEEDS = {1: "the seed of layer one", 2: "the seed of layer two", 3: "the seed of the codes"}
STATIONS = "the seed of the stations"


def record(layers: int = 2, batches: int = 2) -> dict[str, Any]:
    """Write a true record of twelve entrants."""
    entrants = tuple(Entrant(f"P{at:02}", "AAAABBB"[at : at + 1], "xy"[at % 2]) for at in range(12))
    placed = place_all(entrants, STATIONS, batches=batches, apart=True)
    seeds = {number: SEEDS[number] for number in range(1, layers + 1)}
    station, order = 0, []
    for number, batch in enumerate(placed.batches, 1):
        for one in batch:
            station += 1
            order.append({"pass": one, "station": station, "batch": number})
    holders = code_holders(12, seeds, layers)
    return {
        "format": FORMAT,
        "layers": layers,
        "batches": batches,
        "apart": True,
        "entrants": [
            {"pass": one.pass_no, "unit": one.unit, "level": one.level} for one in entrants
        ],
        "stations": {"hash": commit(STATIONS), "seed": STATIONS},
        "order": order,
        "clashes": placed.clashes,
        "seeds": [{"hash": commit(seed), "seed": seed} for seed in seeds.values()],
        "codes": [{"code": code, "pass": f"P{at:02}"} for code, at in holders.items()],
    }


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_true_record_holds(layers: int) -> None:
    found = replay_record(json.loads(json.dumps(record(layers))))

    assert (found.entrants, found.batches, found.opened) == (12, 2, True)


def test_before_decoding_the_order_alone_is_computed() -> None:
    value = {key: part for key, part in record().items() if key not in ("seeds", "codes")}

    assert replay_record(value).opened is False


def swap(rows: list[dict[str, Any]]) -> None:
    rows[0]["pass"], rows[1]["pass"] = rows[1]["pass"], rows[0]["pass"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda one: swap(one["order"]), "another order"),
        (lambda one: one["order"][0].update(batch=2), "another order"),
        (lambda one: swap(one["codes"]), "other codes"),
        (lambda one: one["stations"].update(seed="another long enough seed"), "does not give"),
        (lambda one: one["seeds"][0].update(seed="another long enough seed"), "does not give"),
        (lambda one: one["seeds"].pop(), "lacks the seed"),
        (lambda one: one.update(clashes=9), "other neighbours"),
        (lambda one: one.update(entrants=[]), "names no entrants"),
        (lambda one: one.update(layers=4), "names no entrants"),
        (lambda one: one["entrants"][1].update({"pass": "P00"}), "stands twice"),
        (lambda one: one.update(format="other"), "not a record"),
        (lambda one: one.pop("order"), "order is missing"),
    ],
)
def test_a_changed_record_is_refused(spoil: Callable[[dict[str, Any]], object], words: str) -> None:
    value = copy.deepcopy(record())
    spoil(value)

    with pytest.raises(Invalid, match=words):
        replay_record(value)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Invalid):
        replay_record([1])


def test_every_layer_has_a_stream_of_its_own() -> None:
    assert layer_label(1) != layer_label(2)
    alone = code_holders(12, {1: SEEDS[1], 2: SEEDS[3]}, 2)
    other = code_holders(12, {1: SEEDS[2], 2: SEEDS[3]}, 2)
    assert list(alone) == list(other)
    assert alone != other
