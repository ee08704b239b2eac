"""Medals and the 700 scale of WorldSkills-type events.

Source: docs/rules/awards.md, "Medals" and "The 700 scale".
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from rules.errors import Blocked
from rules.scoring import Number, round_to

MEDIAN_POINTS = 700
SPREAD_POINTS = 30
NORMAL_MAD = Fraction("1.4826")
HIGHEST = 1000
MEDAL_POINTS = {"gold": 4, "silver": 3, "bronze": 2, "medallion": 1}
WITHIN = 2
SEVERAL = 3


class Chained(StrEnum):
    """Whom "within 2 points" is measured against: the next higher, or the first of the medal."""

    NEXT = "next"
    FIRST = "first"


class FieldRule(StrEnum):
    """Whether a small field cuts the medals, as at Moscow 2018."""

    NONE = "none"
    MOSCOW_2018 = "moscow2018"


def median(values: Sequence[Number]) -> Fraction:
    """Return the exact median of at least one value."""
    ordered = sorted(map(_exact, values))
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _exact(value: Number) -> Fraction:
    return Fraction(value)


def scale_700(marks: Sequence[Number]) -> list[int]:
    """Put the marks of a field on the scale whose median is 700, for reference only.

    round(700 + 30 (x - median) / (1.4826 MAD)), held within 0 to 1000. Raises
    ``Blocked`` when half the field has the same mark: then nothing is a spread.
    """
    centre = median(marks) if marks else Fraction(0)
    deviation = median([abs(Fraction(mark) - centre) for mark in marks]) if marks else Fraction(0)
    if deviation == 0:
        raise Blocked(
            "Half of the field has the same mark, so that the 700 scale has no spread to "
            "measure by. Publish the marks without it."
        )
    unit = SPREAD_POINTS / (NORMAL_MAD * deviation)
    raw = (round_to(MEDIAN_POINTS + unit * (Fraction(mark) - centre), 0) for mark in marks)
    return [min(max(int(points), 0), HIGHEST) for points in raw]


def medals(
    points: Sequence[int],
    field_rule: FieldRule = FieldRule.NONE,
    within: int = WITHIN,
    chained: Chained = Chained.NEXT,
) -> list[str | None]:
    """Give gold, silver, bronze or a medallion (700 and more) for scale points, best first.

    Two golds leave no silver; three or more leave only a bronze within
    reach of the last gold; two silvers likewise. Raises ``Blocked`` when the
    field is too small for the event to be held.
    """
    kinds = _field_kinds(len(points), field_rule)
    ordered = sorted(points, reverse=True)
    golds = _lead(ordered, within, chained)
    rest = ordered[golds:]
    silvers = _lead(rest, within, chained) if golds == 1 else 0
    last = ordered[golds + silvers - 1] if ordered else 0
    rest = rest[silvers:]
    bronzes = _lead(rest, within, chained)
    if golds >= SEVERAL or silvers > 1:
        bronzes = sum(1 for mark in rest if last - mark <= within)
    given = ["gold"] * golds + ["silver"] * silvers + ["bronze"] * bronzes
    given += ["none"] * (len(ordered) - len(given))
    return [
        medal if medal in kinds else ("medallion" if mark >= MEDIAN_POINTS else None)
        for medal, mark in zip(given, ordered, strict=True)
    ]


def _field_kinds(count: int, field_rule: FieldRule) -> tuple[str, ...]:
    if field_rule is FieldRule.NONE or count >= 6:  # noqa: PLR2004 (the rule's own numbers)
        return ("gold", "silver", "bronze")
    if count <= SEVERAL:
        raise Blocked("%(count)s contestants are too few; the event is not held.", count=count)
    return ("gold", "silver") if count == 5 else ("gold",)  # noqa: PLR2004 (the rule's own numbers)


def _lead(ordered: Sequence[int], within: int, chained: Chained) -> int:
    """Count how many at the head of the list belong together."""
    count = min(len(ordered), 1)
    while count < len(ordered):
        against = ordered[count - 1] if chained is Chained.NEXT else ordered[0]
        if against - ordered[count] > within:
            break
        count += 1
    return count


def medal_points(counts: dict[str, int]) -> int:
    """Add up a member's medals at 4, 3, 2 and 1 points.

    >>> medal_points({"gold": 1, "medallion": 2})
    6
    """
    return sum(MEDAL_POINTS[medal] * count for medal, count in counts.items())


def average_points(points: Sequence[Number]) -> Decimal:
    """Return the average to 2 places, half up; a team counts as one contestant."""
    return round_to(sum(map(_exact, points), Fraction(0)) / len(points), 2)
