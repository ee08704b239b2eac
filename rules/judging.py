"""Judging: which seat enters which aspect, and what a cell may hold."""

from decimal import Decimal
from typing import Final

from rules.errors import Invalid
from rules.measures import parse_measure, parse_value
from rules.schemes import Aspect, AspectKind, Scheme

GROUP_SEAT: Final = 1
"""The seat that enters what the group measures together, and the theory marks."""
_TOGETHER: Final = frozenset({AspectKind.MEASUREMENT, AspectKind.THEORY})
LEVELS: Final = ("0", "1", "2", "3")


def columns_of(scheme: Scheme, seat: int) -> tuple[Aspect, ...]:
    """List the aspects a seat enters: measurements and theory fall to seat 1 for the group."""
    return tuple(
        aspect
        for aspect in scheme.aspects()
        if seat == GROUP_SEAT or AspectKind(aspect.kind) not in _TOGETHER
    )


def clean_mark(aspect: Aspect, text: str) -> str:
    """Bring a typed mark to its one stored form; raises ``Invalid`` with what is right.

    Judgement takes 0, 1, 2 or 3; points stay between 0 and the maximum; a
    measured value is what its measure accepts.
    """
    plain = text.strip().translate(_HALF_WIDTH)
    if aspect.kind == AspectKind.JUDGEMENT:
        if plain not in LEVELS:
            raise Invalid("A judgement is 0, 1, 2 or 3.")
        return plain
    value, false_reports = parse_value(plain)
    parse_measure(aspect.measure or "direct", aspect.maximum).mark(value, false_reports)
    shown = format(value, "f")
    return f"{shown};{false_reports}" if ";" in plain else shown


def points_of(aspect: Aspect, text: str) -> Decimal:
    """Return the points one stored mark gives by itself, to two places for the eye."""
    if aspect.kind == AspectKind.JUDGEMENT:
        return (aspect.maximum * Decimal(text) / 3).quantize(Decimal("0.01"))
    value, false_reports = parse_value(text)
    exact = parse_measure(aspect.measure or "direct", aspect.maximum).mark(value, false_reports)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"))


def is_plausible(aspect: Aspect, text: str) -> bool:
    """Whether a stored mark lies in the range its measure expects."""
    if aspect.kind == AspectKind.JUDGEMENT:
        return True
    value, _ = parse_value(text)
    return parse_measure(aspect.measure or "direct", aspect.maximum).is_plausible(value)


_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．。，；－", "0123456789..,;-")
