"""Ranking: places 1, 2, 2, 4, and a trace of which key settled each tie.

Source: docs/rules/ranking.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from rules.errors import Invalid
from rules.rulesets import LastResort, TieKey
from rules.terms import Attendance

Value = Fraction | Decimal | int
Status = Attendance


class DecisionKind(StrEnum):
    """How a recorded decision settles a tie."""

    ADD = "add"
    DRAW = "draw"
    PLAYOFF = "playoff"


@dataclass(frozen=True)
class Decision:
    """A recorded decision on exactly the tied contestants; ``order`` runs from the best.

    ``add`` gives all of them the better award; ``draw`` and ``playoff`` put
    them in order.
    """

    kind: DecisionKind
    order: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One finished contestant: the number ranked on, and a value for each key of the chain."""

    code: str
    total: Value
    keys: tuple[Value | None, ...] = ()


@dataclass(frozen=True)
class TieTrace:
    """What one key said about one contestant: who it put behind and who ahead.

    ``key`` is a key of the chain, ``draw``, ``playoff`` or ``shared``;
    ``level_with`` are those it could not separate.
    """

    key: str
    value: Value | None
    beat: tuple[str, ...] = ()
    lost_to: tuple[str, ...] = ()
    level_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A place with its trace; ``tied_with`` share it."""

    code: str
    place: int
    total: Value
    tied_with: tuple[str, ...] = ()
    traces: tuple[TieTrace, ...] = ()


_Group = list[Line]


def rank(
    lines: Iterable[Line],
    chain: Sequence[TieKey] = (),
    last_resort: LastResort = LastResort.SHARED,
    decisions: Iterable[Decision] = (),
) -> tuple[Placed, ...]:
    """Place ``lines`` by total, then by the tie chain; what stays equal shares a place.

    A key that one of the tied lacks (no time was taken) says nothing about
    that tie. With ``extra`` or ``draw`` as last resort a decision on exactly
    the tied codes puts them in order. Equal lines stand in the order of
    their codes, for display only.

    Raises ``Invalid`` when a code stands twice.

    Source: docs/rules/ranking.md, "Places".
    """
    ordered = sorted(lines, key=lambda line: (-Fraction(line.total), line.code))
    if len({line.code for line in ordered}) < len(ordered):
        raise Invalid("A contestant stands twice in the list to be ranked; nothing was ranked.")
    rulings = {} if last_resort is LastResort.SHARED else _orders(decisions)
    settler = _Settler(chain, rulings)
    placed: list[Placed] = []
    for _, tied in groupby(ordered, key=lambda line: Fraction(line.total)):
        for group in settler.settle(list(tied), 0):
            placed += _place(group, len(placed) + 1, settler.traces)
    return tuple(placed)


def places(totals: Iterable[tuple[str, Value]]) -> dict[str, int]:
    """Map each code to its place when nothing but the total counts.

    >>> places([("a", 9), ("b", 7), ("c", 9), ("d", 8)])
    {'a': 1, 'c': 1, 'd': 3, 'b': 4}
    """
    return {line.code: line.place for line in rank(Line(code, total) for code, total in totals)}


def tied_groups(placed: Iterable[Placed]) -> list[tuple[Placed, ...]]:
    """Return the contestants place by place, best first."""
    return [tuple(group) for _, group in groupby(placed, key=lambda line: line.place)]


def _orders(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    return {
        frozenset(ruling.order): ruling for ruling in decisions if ruling.kind != DecisionKind.ADD
    }


def _place(group: _Group, place: int, traces: dict[str, list[TieTrace]]) -> list[Placed]:
    codes = [line.code for line in group]
    return [
        Placed(
            line.code,
            place,
            line.total,
            tuple(code for code in codes if code != line.code),
            tuple(traces.get(line.code, ())),
        )
        for line in group
    ]


class _Settler:
    """Splits a tied group key by key, and writes down what each key said."""

    def __init__(self, chain: Sequence[TieKey], rulings: dict[frozenset[str], Decision]) -> None:
        self.chain = chain
        self.rulings = rulings
        self.traces: dict[str, list[TieTrace]] = {}

    def settle(self, group: _Group, step: int) -> list[_Group]:
        if len(group) == 1:
            return [group]
        if step == len(self.chain):
            return self._last(group)
        values = [line.keys[step] for line in group]
        if any(value is None for value in values):
            return self.settle(group, step + 1)
        key = self.chain[step]
        split = _split(group, step, -1 if key.highest_first else 1)
        if len(split) == 1:
            return self.settle(group, step + 1)
        self._write(key.key, split, step)
        return [part for smaller in split for part in self.settle(smaller, step + 1)]

    def _last(self, group: _Group) -> list[_Group]:
        ruling = self.rulings.get(frozenset(line.code for line in group))
        if ruling is None:
            self._write("shared", [group], None)
            return [group]
        by_code = {line.code: line for line in group}
        split = [[by_code[code]] for code in ruling.order]
        self._write(ruling.kind.value, split, None)
        return split

    def _write(self, key: str, split: list[_Group], step: int | None) -> None:
        codes = [[line.code for line in part] for part in split]
        for at, part in enumerate(split):
            ahead = tuple(code for names in codes[:at] for code in names)
            behind = tuple(code for names in codes[at + 1 :] for code in names)
            for line in part:
                level = tuple(code for code in codes[at] if code != line.code)
                value = None if step is None else line.keys[step]
                trace = TieTrace(key, value, behind, ahead, level)
                self.traces.setdefault(line.code, []).append(trace)


def _split(group: _Group, step: int, sign: int) -> list[_Group]:
    def value(line: Line) -> Fraction:
        return sign * Fraction(line.keys[step] or 0)

    ordered = sorted(group, key=lambda line: (value(line), line.code))
    return [list(part) for _, part in groupby(ordered, key=value)]
