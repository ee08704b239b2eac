"""Fairness: how an event keeps apart who must be apart, as part of its frozen rule set.

Source: docs/rules/draws.md, docs/rules/panels.md.
"""

from dataclasses import asdict, dataclass

from rules.phrases import Phrase, phrase
from rules.reading import Reader

MOST_LAYERS = 3
MOST_BATCHES = 50
MOST_YEARS = 20


@dataclass(frozen=True)
class Fairness:
    """Layers of codes (1 to 3), batches, and the years an old employer still counts.

    ``apart``: people of one unit do not stand next to each other where that can be.
    """

    layers: int = 1
    batches: int = 1
    apart: bool = True
    conflict_years: int = 3


USUAL = Fairness()


def fairness_to_json(fairness: Fairness) -> dict[str, object]:
    """Return ``fairness`` as JSON values."""
    return asdict(fairness)


def fairness_from_json(value: object, path: str) -> Fairness:
    """Read it back; what is left out takes the usual value, an unknown key is refused."""
    reader = Reader(value, path)
    found = Fairness(
        layers=reader.whole("layers", USUAL.layers),
        batches=reader.whole("batches", USUAL.batches),
        apart=reader.flag("apart", USUAL.apart),
        conflict_years=reader.whole("conflict_years", USUAL.conflict_years),
    )
    reader.done()
    return found


def fairness_faults(fairness: Fairness) -> list[tuple[str, Phrase]]:
    """Say which value cannot be, by its key."""
    limits = (
        ("layers", 1, MOST_LAYERS),
        ("batches", 1, MOST_BATCHES),
        ("conflict_years", 0, MOST_YEARS),
    )
    return [
        (
            f"fairness.{name}",
            phrase("Between %(low)s and %(high)s is possible here.", low=low, high=high),
        )
        for name, low, high in limits
        if not low <= getattr(fairness, name) <= high
    ]
