"""Scoring: from the marks of a panel to one exact number, and its single rounding."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from rules.errors import Blocked, Invalid

Number = Decimal | Fraction | int
HIGHEST_LEVEL = 3
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,6})?", re.ASCII)


class Rounding(StrEnum):
    """How a number that falls between two printable values is settled."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


class TooFewJudges(Blocked):
    """Fewer judges have marked than the rule needs."""


class MissingMark(Blocked):
    """A judge of the panel has not marked: that is no zero."""


class SpreadTooWide(Blocked):
    """The judges of one aspect differ by more than the rule allows."""


def parse_number(text: str) -> Decimal:
    """Read a typed number exactly: at most 9 digits before the point and 6 after it.

    Full-width digits are accepted. Raises ``Invalid`` for anything else, so
    that neither ``1e3`` nor ``NaN`` ever enters a sum.

    >>> parse_number("９.５")
    Decimal('9.5')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.fullmatch(plain):
        raise Invalid("“%(text)s” is not a number; write it like 9 or 9.25.", text=text)
    return Decimal(plain)


def trimmed_mean(marks: Sequence[Number | None], drop_high: int = 1, drop_low: int = 1) -> Fraction:
    """Average a panel's marks without its ``drop_high`` highest and ``drop_low`` lowest.

    Exactly that many marks fall, even when several are equal. Raises
    ``MissingMark`` while a judge has not marked (``None``) and
    ``TooFewJudges`` when nothing would be left.

    Source: docs/rules/scoring.md, "Trimmed mean".

    >>> trimmed_mean([Decimal("70"), Decimal("88.5"), Decimal("90"), Decimal("91")])
    Fraction(357, 4)
    """
    given = [mark for mark in marks if mark is not None]
    if len(given) < len(marks):
        raise MissingMark(
            "A judge has not marked yet; a missing mark is not a zero. "
            "The panel is complete when every judge has marked."
        )
    least = drop_high + drop_low + 1
    if min(drop_high, drop_low) < 0 or len(given) < least:
        raise TooFewJudges(
            "%(found)s judges have marked; this mean needs at least %(wanted)s.",
            found=len(given),
            wanted=least,
        )
    kept = sorted(given)[drop_low : len(given) - drop_high]
    return sum((Fraction(mark) for mark in kept), Fraction(0)) / len(kept)


def check_level(level: Number) -> int:
    """Return a judgement level as 0, 1, 2 or 3, or raise ``Invalid``."""
    if level not in range(HIGHEST_LEVEL + 1):
        raise Invalid("%(level)s is not a level; a judge gives 0, 1, 2 or 3.", level=level)
    return int(level)


def spread(levels: Iterable[Number]) -> int:
    """Return how far apart the highest and the lowest level are."""
    checked = [check_level(level) for level in levels]
    return max(checked, default=0) - min(checked, default=0)


def check_panel(levels: Sequence[Number], judges: int = 3, limit: int = 1) -> None:
    """Refuse levels that may not be averaged yet: too few judges, or too far apart.

    Raises ``TooFewJudges``, ``SpreadTooWide`` or ``Invalid``.
    """
    if len(levels) < judges:
        raise TooFewJudges(
            "%(found)s of %(wanted)s judges have marked; the aspect waits for the rest.",
            found=len(levels),
            wanted=judges,
        )
    apart = spread(levels)
    if apart > limit:
        raise SpreadTooWide(
            "The judges differ by %(apart)s levels and %(limit)s is allowed. The chief judge "
            "hears the reasons and has the marks adjusted.",
            apart=apart,
            limit=limit,
        )


def judgement_mark(
    levels: Sequence[Number],
    maximum: Number,
    places: int | None = None,
    mode: Rounding = Rounding.HALF_UP,
) -> Fraction:
    """Turn levels 0-3 into points: mean / 3 x ``maximum``, exact unless ``places`` is given.

    Source: docs/rules/scoring.md, "Judgement".

    >>> judgement_mark([2, 3, 3], Decimal("2.5"), places=2)
    Fraction(111, 50)
    """
    check_panel(levels, judges=1, limit=HIGHEST_LEVEL)
    total = sum(map(int, levels))
    exact = Fraction(total, HIGHEST_LEVEL * len(levels)) * Fraction(maximum)
    return exact if places is None else Fraction(round_to(exact, places, mode))


def weighted_total(parts: Iterable[tuple[Number, Number]]) -> Fraction:
    """Add ``(points, weight in percent)`` pairs exactly.

    >>> weighted_total([(Decimal("85.5"), 30), (Decimal("90.25"), 70)])
    Fraction(3553, 40)
    """
    weighed = (Fraction(points) * Fraction(weight) for points, weight in parts)
    return sum(weighed, Fraction(0)) / 100


def round_to(value: Fraction, places: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round an exact number once, to ``places`` decimals.

    A half goes away from zero (``half_up``) or to the even neighbour
    (``half_even``, GB/T 8170). Integer arithmetic: no precision is involved.

    Source: docs/rules/scoring.md, "Rounding".

    >>> round_to(Fraction(3553, 40), 2), round_to(Fraction(3553, 40), 2, Rounding.HALF_EVEN)
    (Decimal('88.83'), Decimal('88.82'))
    """
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    twice = 2 * rest
    up = twice > value.denominator or (
        twice == value.denominator and (mode is Rounding.HALF_UP or whole % 2 == 1)
    )
    sign = "-" if value < 0 and whole + up else ""
    return Decimal(f"{sign}{whole + up}E-{places}")
