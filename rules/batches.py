"""Batches: a drawn order cut into groups of people that are even in size, units and levels.

Source: docs/rules/draws.md, "Batches".
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.draws import clashes, spread_out

T = TypeVar("T", bound=Hashable)
Groups = Mapping[T, Hashable]


@dataclass(frozen=True)
class Arrangement(Generic[T]):
    """What a draw under constraints gives.

    ``batches`` hold everybody in the order of places, batch after batch.
    ``clashes`` counts neighbours of one unit within a batch that no order can part;
    ``uneven`` counts how many people of one unit or level some batch has too many.
    """

    batches: tuple[tuple[T, ...], ...]
    clashes: int
    uneven: int

    @property
    def order(self) -> list[T]:
        """Everybody in the order of places."""
        return [item for batch in self.batches for item in batch]


def arrange(
    order: Sequence[T], units: Groups[T], levels: Groups[T], *, batches: int = 1, apart: bool = True
) -> Arrangement[T]:
    """Arrange a drawn order: batches first, then neighbours of one unit are parted in each.

    Only equality of units and levels counts, never what they are called.

    >>> arrange(["a", "b", "c", "d"], {"a": 1, "b": 1}, {}, batches=2).batches
    (('a', 'c'), ('b', 'd'))
    """
    units, levels = _shared(order, units), _shared(order, levels)
    dealt = deal(order, units, levels, batches)
    parted = tuple(tuple(spread_out(batch, units)) if apart else tuple(batch) for batch in dealt)
    left = sum(clashes(batch, units) for batch in parted) if apart else 0
    return Arrangement(parted, left, unevenness(parted, units) + unevenness(parted, levels))


def deal(
    order: Sequence[T], units: Groups[T], levels: Groups[T], batches: int
) -> list[tuple[T, ...]]:
    """Deal people to batches whose sizes, and numbers of each unit, differ by at most one.

    Units are dealt one after the other, each unit's people by level; then people of one unit
    (or without one) change places between batches while that evens out the levels.
    """
    if batches <= 1:
        return [tuple(order)]
    queue = _by_group(order, units, levels)
    home = {item: at % batches for at, item in enumerate(queue)}
    _even_levels(home, queue, units, levels)
    return [tuple(one for one in order if home[one] == batch) for batch in range(batches)]


def _shared(order: Sequence[T], groups: Groups[T]) -> dict[T, Hashable]:
    """Leave out groups of one: nobody is like that person, so nothing is to be kept apart."""
    count = Counter(groups[item] for item in order if item in groups)
    return {item: groups[item] for item in order if item in groups and count[groups[item]] > 1}


def unevenness(batches: Sequence[Sequence[T]], groups: Groups[T]) -> int:
    """Count the people that a perfectly even deal would have put into another batch."""
    if len(batches) < 2:  # noqa: PLR2004  # one batch is even by itself
        return 0
    held = [Counter(groups[item] for item in batch if item in groups) for batch in batches]
    total = 0
    for group in {group for counter in held for group in counter}:
        counts = sorted(counter[group] for counter in held)
        total += _excess(counts)
    return total


def _excess(counts: Sequence[int]) -> int:
    """Return how many moves make counts differ by one at most."""
    low, extra = divmod(sum(counts), len(counts))
    wanted = [low] * (len(counts) - extra) + [low + 1] * extra
    return sum(max(0, have - want) for have, want in zip(sorted(counts), wanted, strict=True))


def _by_group(order: Sequence[T], units: Groups[T], levels: Groups[T]) -> list[T]:
    """Queue people unit after unit, in the order in which units and levels were first drawn."""
    first_level: dict[Hashable, int] = {}
    first_unit: dict[Hashable, int] = {}
    count = Counter(units[item] for item in order if item in units)
    for at, item in enumerate(order):
        first_level.setdefault(levels.get(item), at)
        first_unit.setdefault(_unit(item, units, count), at)

    def key(at: int) -> tuple[int, int, int]:
        item = order[at]
        return first_unit[_unit(item, units, count)], first_level[levels.get(item)], at

    return [order[at] for at in sorted(range(len(order)), key=key)]


def _unit(item: T, units: Groups[T], count: Mapping[Hashable, int]) -> Hashable:
    """Return the unit of a person; all who come alone count as one."""
    unit = units.get(item)
    return unit if unit is not None and count[unit] > 1 else None


def _even_levels(
    home: dict[T, int], queue: Sequence[T], units: Groups[T], levels: Groups[T]
) -> None:
    count = Counter(units[item] for item in queue if item in units)
    held: Counter[tuple[Hashable, int]] = Counter((levels.get(one), home[one]) for one in queue)
    while True:
        swap = _better(home, queue, [_unit(one, units, count) for one in queue], levels, held)
        if swap is None:
            return
        one, two = swap
        for item, sign in ((one, -1), (two, -1)):
            held[levels.get(item), home[item]] += sign
        home[one], home[two] = home[two], home[one]
        for item in swap:
            held[levels.get(item), home[item]] += 1


def _better(
    home: Mapping[T, int],
    queue: Sequence[T],
    unit: Sequence[Hashable],
    levels: Groups[T],
    held: Mapping[tuple[Hashable, int], int],
) -> tuple[T, T] | None:
    """Find the first pair of one unit whose exchange lowers the sum of squares of the levels."""
    for at, one in enumerate(queue):
        for other in range(at + 1, len(queue)):
            two = queue[other]
            mine, theirs = levels.get(one), levels.get(two)
            if unit[at] != unit[other] or home[one] == home[two] or mine == theirs:
                continue
            gain = held[mine, home[one]] - held[mine, home[two]]
            gain += held[theirs, home[two]] - held[theirs, home[one]]
            if gain > 2:  # noqa: PLR2004  # moving two people changes the squares by 2 * (2 - gain)
                return one, two
    return None
