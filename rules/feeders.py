"""Feeder contests: who is sent on from one event to the next.

Source: docs/rules/eligibility.md, "Feeder contests".
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Placed:
    """One ranked person of a feeder event; ``unit`` is empty for who has none."""

    person: int
    unit: str
    place: int


def sent_on(ranked: Iterable[Placed], *, places: int, per_unit: int | None = None) -> set[int]:
    """Return the persons sent on: the first ``places``, at most ``per_unit`` of one unit.

    Whoever a full unit must leave behind makes room for the next. Equals share
    their fate: all who stand on the last place go, so no lot decides here.

    >>> row = [Placed(1, "A", 1), Placed(2, "A", 2), Placed(3, "B", 3), Placed(4, "C", 4)]
    >>> sorted(sent_on(row, places=2))
    [1, 2]
    >>> sorted(sent_on(row, places=2, per_unit=1))
    [1, 3]
    """
    going: set[int] = set()
    units: Counter[str] = Counter()
    for _, group in groupby(sorted(ranked, key=lambda one: one.place), key=lambda one: one.place):
        if len(going) >= places:
            break
        equals = [
            one for one in group if per_unit is None or not one.unit or units[one.unit] < per_unit
        ]
        going |= {one.person for one in equals}
        units.update(one.unit for one in equals)
    return going
