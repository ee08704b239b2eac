"""Facets of a list: exact counts under the other filters, their state in the address."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from werkzeug.datastructures import MultiDict

T = TypeVar("T")
Values = Callable[[T], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many rows it would leave, and whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found(Generic[T]):
    """The rows left, the facets with counts, and the chosen values as removable chips."""

    rows: list[T]
    facets: dict[str, list[Option]]
    chosen: dict[str, list[str]]

    def without(self, name: str, value: str) -> dict[str, list[str]]:
        """Return the address parameters with one value taken off."""
        left = {
            key: [v for v in values if (key, v) != (name, value)]
            for key, values in self.chosen.items()
        }
        return {key: values for key, values in left.items() if values}

    @property
    def chips(self) -> list[tuple[str, Option]]:
        """List the chosen options."""
        return [(name, o) for name, options in self.facets.items() for o in options if o.chosen]


class Facets(Generic[T]):
    """The facets of one list, by name of the address parameter."""

    def __init__(self, values: Mapping[str, Values[T]]) -> None:
        self.values = values

    def apply(self, rows: Sequence[T], args: MultiDict[str, str]) -> Found[T]:
        """Filter rows by what the address chooses: OR within a facet, AND between them."""
        chosen = {name: args.getlist(name) for name in self.values}
        kept = [row for row in rows if self._fits(row, chosen)]
        facets = {name: self._options(rows, chosen, name) for name in self.values}
        return Found(kept, facets, {name: values for name, values in chosen.items() if values})

    def _fits(self, row: T, chosen: Mapping[str, list[str]], but: str = "") -> bool:
        return all(
            name == but or not wanted or any(value in wanted for value, _ in self.values[name](row))
            for name, wanted in chosen.items()
        )

    def _options(
        self, rows: Sequence[T], chosen: Mapping[str, list[str]], name: str
    ) -> list[Option]:
        words: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for row in rows:
            fits = self._fits(row, chosen, but=name)
            for value, said in self.values[name](row):
                words[value] = said
                counts[value] += fits
        ranked = sorted(words, key=lambda value: (-counts[value], words[value]))
        return [Option(v, words[v], counts[v], v in chosen[name]) for v in ranked]
