"""Measures: how a measured value becomes points, as data with a text form.

The text stands in a spreadsheet cell or a JSON file (``gain 1.5 cap 12 penalty 1``).
Source: docs/rules/measures.md.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from rules.errors import Invalid
from rules.measure_kinds import (
    Band,
    Deduct,
    Direct,
    Gain,
    Measure,
    PassFail,
    Range,
    Steps,
    Tolerance,
)
from rules.scoring import parse_number

__all__ = ["Gain", "Measure", "parse_measure", "parse_value"]


def _range(text: str) -> Range:
    low, _, high = text.partition("..")
    ends = parse_number(low), parse_number(high)
    if ends[0] > ends[1]:
        raise Invalid("“%(text)s” ends before it begins.", text=text)
    return ends


def _positive(text: str) -> Decimal:
    number = parse_number(text)
    if number <= 0:
        raise Invalid("“%(text)s” must be above 0.", text=text)
    return number


def _upto(text: str, maximum: Decimal) -> Decimal:
    number = parse_number(text)
    if not 0 <= number <= maximum:
        raise Invalid(
            "%(number)s lies outside 0 to the maximum %(maximum)s.", number=number, maximum=maximum
        )
    return number


class _Words:
    """The words of a measure text after its kind, taken one by one."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def take(self) -> str:
        if not self.words:
            raise Invalid("The measure text ends too early.")
        return self.words.pop(0)

    def after(self, keyword: str) -> str | None:
        """Take the word after ``keyword``, wherever that stands."""
        if keyword not in self.words:
            return None
        at = self.words.index(keyword)
        self.words.pop(at)
        if at == len(self.words):
            raise Invalid("The measure text ends after “%(word)s”.", word=keyword)
        return self.words.pop(at)

    def has(self, keyword: str) -> bool:
        if keyword not in self.words:
            return False
        self.words.remove(keyword)
        return True


def _pass_fail(_words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    return PassFail(maximum=maximum, plausible=plausible)


def _direct(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    step = words.after("step")
    return Direct(
        maximum=maximum, plausible=plausible, step=None if step is None else _positive(step)
    )


def _deduct(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    return Deduct(maximum=maximum, plausible=plausible, rate=_positive(words.take()))


def _gain(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    cap, penalty = words.after("cap"), words.after("penalty")
    cap_first, penalty_first = words.has("cap_first"), words.has("penalty_first")
    if cap_first and penalty_first:
        raise Invalid("A measure is either cap_first or penalty_first, not both.")
    return Gain(
        maximum=maximum,
        plausible=plausible,
        rate=_positive(words.take()),
        cap=maximum if cap is None else _upto(cap, maximum),
        penalty=Decimal(0) if penalty is None else _positive(penalty),
        cap_first=not penalty_first,
        order_stated=cap_first or penalty_first,
    )


def _steps(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    choices = tuple(_upto(choice, maximum) for choice in words.take().split("/"))
    return Steps(maximum=maximum, plausible=plausible, choices=choices)


def _band(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    low, high = _range(words.take())
    words.has("full")
    return Band(maximum=maximum, plausible=plausible, low=low, high=high)


def _tolerance(words: _Words, maximum: Decimal, plausible: Range | None) -> Measure:
    target = words.after("target")
    limits: list[tuple[Decimal, Decimal]] = []
    while words.words or not limits:
        limit, _, points = words.take().partition("=")
        limits.append((parse_number(limit), _upto(points, maximum)))
    if any(nearer[0] >= wider[0] for nearer, wider in pairwise(limits)):
        raise Invalid("The tolerances must widen from left to right.")
    return Tolerance(
        maximum=maximum,
        plausible=plausible,
        limits=tuple(limits),
        target=Decimal(0) if target is None else parse_number(target),
    )


_KINDS: Mapping[str, Callable[[_Words, Decimal, Range | None], Measure]] = {
    "pass_fail": _pass_fail,
    "direct": _direct,
    "deduct": _deduct,
    "gain": _gain,
    "steps": _steps,
    "band": _band,
    "tolerance": _tolerance,
}


def parse_measure(text: str, maximum: Decimal) -> Measure:
    """Read a measure from its text; ``plausible 0..20`` may end any of them.

    Raises ``Invalid`` when the text is unknown, incomplete, has words left
    over, or could give more than ``maximum``.

    >>> parse_measure("deduct 2", Decimal(10)).mark(Decimal(3))
    Fraction(4, 1)
    """
    words = _Words(text.split())
    kind = words.words.pop(0) if words.words else ""
    if kind not in _KINDS:
        raise Invalid(
            "“%(text)s” is not a measure; begin with one of %(kinds)s.",
            text=text,
            kinds=", ".join(_KINDS),
        )
    plausible = words.after("plausible")
    bounds = None if plausible is None else _range(plausible)
    measure = _KINDS[kind](words, maximum, bounds)
    if words.words:
        raise Invalid(
            "“%(text)s” has words that mean nothing here: %(left)s.",
            text=text,
            left=" ".join(words.words),
        )
    return measure


def parse_value(text: str) -> tuple[Decimal, int]:
    """Read a measured value; hits and false reports are written ``9;2``.

    >>> parse_value("9;2"), parse_value("0.4")
    ((Decimal('9'), 2), (Decimal('0.4'), 0))
    """
    value, semicolon, false = text.partition(";")
    reports = parse_number(false) if semicolon else Decimal(0)
    if reports != int(reports):
        raise Invalid("%(value)s is not a whole number of false reports.", value=reports)
    return parse_number(value), int(reports)
