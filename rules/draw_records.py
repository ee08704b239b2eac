"""The record of a draw: one JSON object that anybody can compute again.

Source: docs/rules/draws.md, "The record".
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from rules.batches import Arrangement, arrange
from rules.draws import blind_codes, commit, shuffle
from rules.errors import Invalid
from rules.reading import Reader

FORMAT = "jiangpu-draw-1"
STATIONS, CODES = "stations", "holders"
"""Labels of the two orders; the code letters have their own stream, so that published codes
say nothing about who holds them."""
MOST = 5000


def layer_label(number: int) -> str:
    """Return the label of one inner layer's order.

    >>> layer_label(1)
    'layer 1'
    """
    return f"layer {number}"


@dataclass(frozen=True)
class Entrant:
    """One entrant of a record: pass number, and letters that only say who is alike."""

    pass_no: str
    unit: str = ""
    level: str = ""


@dataclass(frozen=True)
class Replayed:
    """What a record was found to be: how many places, and whether the codes were opened too."""

    entrants: int
    batches: int
    clashes: int
    opened: bool


def place_all(
    entrants: tuple[Entrant, ...], seed: str, *, batches: int, apart: bool
) -> Arrangement[str]:
    """Draw the order of places of entrants that stand in the order of their passes."""
    units: dict[str, Hashable] = {one.pass_no: one.unit for one in entrants if one.unit}
    levels: dict[str, Hashable] = {one.pass_no: one.level for one in entrants if one.level}
    drawn = shuffle([one.pass_no for one in entrants], seed, STATIONS)
    return arrange(drawn, units, levels, batches=batches, apart=apart)


def code_holders(count: int, seeds: Mapping[int, str], layers: int) -> dict[str, int]:
    """Map each blind code to the entrant's index, through every layer.

    ``seeds`` holds one seed a layer; the last layer gives the codes, every layer before it
    deals the numbers 1 to ``count`` anew.

    >>> sorted(code_holders(3, {1: "one seed of sixteen", 2: "two seeds of sixteen"}, 2).values())
    [0, 1, 2]
    """
    held = list(range(count))
    for number in range(1, layers):
        order = shuffle(range(count), seeds[number], layer_label(number))
        held = [held[at] for at in order]
    last = shuffle(range(count), seeds[layers], CODES)
    return dict(zip(blind_codes(count, seeds[layers]), [held[at] for at in last], strict=True))


def replay_record(value: object) -> Replayed:
    """Compute a record again; raises ``Invalid`` with the first thing that is not true."""
    reader = Reader(value, "")
    if reader.text("format") != FORMAT:
        raise Invalid("This file is not a record of a draw of this version.")
    batches, apart = reader.whole("batches"), reader.flag("apart")
    layers = reader.whole("layers")
    entrants = tuple(_entrant(one) for one in reader.objects("entrants"))
    if not (0 < len(entrants) <= MOST and 1 <= batches <= MOST and 1 <= layers <= 3):  # noqa: PLR2004  # three layers
        raise Invalid("The record names no entrants, or more than a draw can have.")
    if len({one.pass_no for one in entrants}) < len(entrants):
        raise Invalid("A pass number stands twice in the record.")
    seed = _seed(Reader(reader.take("stations"), "stations"))
    found = place_all(entrants, seed, batches=batches, apart=apart)
    _compare_order(reader, found)
    if reader.whole("clashes") != found.clashes:
        raise Invalid("The record counts other neighbours of one unit than there are.")
    opened = _compare_codes(reader, entrants, layers)
    return Replayed(len(entrants), len(found.batches), found.clashes, opened)


def _entrant(reader: Reader) -> Entrant:
    return Entrant(reader.text("pass"), reader.text("unit", ""), reader.text("level", ""))


def _seed(reader: Reader) -> str:
    seed = reader.text("seed")
    if commit(seed) != reader.text("hash"):
        raise Invalid(
            "The revealed seed does not give the hash that was published before the draw."
        )
    return seed


def _compare_order(reader: Reader, found: Arrangement[str]) -> None:
    given = [
        (one.text("pass"), one.whole("station"), one.whole("batch"))
        for one in reader.objects("order")
    ]
    wanted, station = [], 0
    for number, batch in enumerate(found.batches, 1):
        for pass_no in batch:
            station += 1
            wanted.append((pass_no, station, number))
    if given != wanted:
        raise Invalid("The seed gives another order than the one on record.")


def _compare_codes(reader: Reader, entrants: tuple[Entrant, ...], layers: int) -> bool:
    if not reader.has("codes"):
        return False
    seeds = {
        number: _seed(one)
        for number, one in enumerate(reader.objects("seeds"), 1)
        if number <= layers
    }
    if len(seeds) < layers:
        raise Invalid("The record lacks the seed of a layer.")
    found = code_holders(len(entrants), seeds, layers)
    given = {one.text("code"): one.text("pass") for one in reader.objects("codes")}
    if given != {code: entrants[at].pass_no for code, at in found.items()}:
        raise Invalid("The seeds give other codes than those on record.")
    return True
