"""Penalties: what an offence on the spot costs, the first time and again.

Source: docs/rules/scoring.md, "Penalties".
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Offence(StrEnum):
    """What a judge may record against a contestant."""

    INTERFERENCE = "interference"
    FORBIDDEN_FILE = "forbidden_file"
    PHONE = "phone"


class Consequence(StrEnum):
    """How far a sanction reaches."""

    POINTS = "points"
    MODULE = "module"
    RESULT = "result"


@dataclass(frozen=True)
class Step:
    """The sanction for one occurrence; ``points`` come off the total."""

    consequence: Consequence
    points: Decimal = Decimal(0)


DISTRICT_STEPS: Mapping[Offence, tuple[Step, ...]] = {
    Offence.INTERFERENCE: (Step(Consequence.POINTS, Decimal(5)), Step(Consequence.RESULT)),
    Offence.FORBIDDEN_FILE: (Step(Consequence.MODULE),),
    Offence.PHONE: (Step(Consequence.RESULT),),
}


@dataclass(frozen=True)
class Sanction:
    """What a contestant's offences come to: the fields of an entrant in rules/results.py."""

    penalty: Decimal = Decimal(0)
    cancelled: tuple[str, ...] = ()
    disqualified: bool = False


def sanction(
    incidents: Iterable[tuple[Offence, str]],
    steps: Mapping[Offence, tuple[Step, ...]] = DISTRICT_STEPS,
) -> Sanction:
    """Add up ``(offence, module code)`` in the order they happened; the last step repeats.

    >>> sanction([(Offence.INTERFERENCE, "A")]).penalty
    Decimal('5')
    """
    seen: Counter[Offence] = Counter()
    penalty, cancelled, disqualified = Decimal(0), dict[str, None](), False
    for offence, module in incidents:
        ladder = steps[offence]
        step = ladder[min(seen[offence], len(ladder) - 1)]
        seen[offence] += 1
        penalty += step.points
        if step.consequence is Consequence.MODULE:
            cancelled.setdefault(module)
        disqualified = disqualified or step.consequence is Consequence.RESULT
    return Sanction(penalty, tuple(cancelled), disqualified)
