"""Rechecks: which results supervision looks at again, and what its errors mean.

Source: docs/rules/scoring.md, "Rechecks".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from rules.awards import quota
from rules.draws import shuffle
from rules.rulesets import QuotaRounding

TOP = 10
TOP_PERCENT = Decimal(30)
SAMPLE_PERCENT = Decimal(15)
ERROR_LIMIT = Decimal(5)


class Top(StrEnum):
    """Who is rechecked without exception: the first ten, or the first 30 percent."""

    TOP_10 = "top10"
    TOP_30_PERCENT = "top30pct_ceil"


class Outcome(StrEnum):
    """What the errors found mean: corrected one by one, or everything is rechecked."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FULL_RECHECK = "full_recheck"


@dataclass(frozen=True)
class Plan:
    """Codes rechecked without exception, and codes drawn from the rest."""

    top: tuple[str, ...]
    sample: tuple[str, ...]


def plan(ranked: Sequence[str], seed: str, top: Top = Top.TOP_10) -> Plan:
    """Choose whom to recheck from codes in order of place; the seed draws the sample.

    The sample is 15 percent of the rest, rounded up.
    """
    count = TOP
    if top is Top.TOP_30_PERCENT:
        count = quota(len(ranked), TOP_PERCENT, QuotaRounding.CEIL)
    rest = sorted(ranked[count:])
    size = quota(len(rest), SAMPLE_PERCENT, QuotaRounding.CEIL)
    return Plan(tuple(ranked[:count]), tuple(sorted(shuffle(rest, seed, "recheck")[:size])))


def outcome(rechecked: int, errors: int, limit: Decimal = ERROR_LIMIT) -> Outcome:
    """Return ``full_recheck`` when more than ``limit`` percent of the rechecked were wrong."""
    if Fraction(errors) * 100 > Fraction(limit) * rechecked:
        return Outcome.FULL_RECHECK
    return Outcome.PASS
