"""Duplicates: two records that may be one person, and how strongly they look it.

Source: docs/people.md, "Two records of one person".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rules.identity import clean_id
from rules.terms import Likeness

SLIP: Final = 2
"""Up to so many differing characters two ID numbers look like one number and a slip."""


@dataclass(frozen=True)
class Suspicion:
    """Two records, the older first, and what they have in common.

    ``ids_differ`` is set when both have an ID number: they speak against it, for no two
    records share one.
    """

    low: int
    high: int
    why: frozenset[Likeness]
    ids_differ: bool

    @property
    def reasons(self) -> list[Likeness]:
        """What they have in common, in the order of the list."""
        return [kind for kind in Likeness if kind in self.why]


def ordered(found: Iterable[Suspicion]) -> list[Suspicion]:
    """Order suspicions, the likeliest first.

    >>> one = Suspicion(1, 2, frozenset({Likeness.PHONE}), ids_differ=True)
    >>> two = Suspicion(3, 4, frozenset({Likeness.PHONE, Likeness.NAME_UNIT}), ids_differ=False)
    >>> [pair.low for pair in ordered([one, two])]
    [3, 1]
    """
    return sorted(found, key=lambda pair: (pair.ids_differ, -len(pair.why), pair.low, pair.high))


def pair_of(one: int, other: int) -> tuple[int, int]:
    """Return two row numbers in the order pairs are kept in.

    >>> pair_of(7, 3)
    (3, 7)
    """
    return (one, other) if one < other else (other, one)


def places_apart(one: str, other: str) -> int:
    """Count the characters in which two ID numbers of one length differ.

    >>> places_apart("99000119900102001X", "99000119900103001X")
    1
    """
    pairs = zip(clean_id(one), clean_id(other), strict=True)
    return sum(first != second for first, second in pairs)
