"""Small events for the tests of results."""

from decimal import Decimal
from typing import Any

from rules.results import Entrant, EventResult, Mark, compute
from rules.rulesets import AwardKind, AwardRule, EventRules
from rules.schemes import Aspect, Criterion, Module, Scheme, SubCriterion

PRACTICE = (("practice", Decimal(100)),)
PLAIN = EventRules(
    parts=PRACTICE, tie_chain=(), judges_per_aspect=1, award=AwardRule(AwardKind.NONE)
)


def module(
    code: str, *aspects: Aspect, kind: str = "practice", weight: int | None = None
) -> Module:
    """Build a module from its aspects."""
    total = sum((aspect.maximum for aspect in aspects), Decimal(0))
    share = None if weight is None else Decimal(weight)
    criterion = Criterion(code, "", (SubCriterion(code, "", aspects),))
    return Module(code, "", kind, total, (criterion,), share)


def aspect(
    code: str, kind: str = "measurement", maximum: str = "100", measure: str = "direct"
) -> Aspect:
    """Build an aspect."""
    return Aspect(code, "", kind, Decimal(maximum), measure)


def one(kind: str = "measurement", measure: str = "direct", maximum: str = "100") -> Scheme:
    """Build a scheme of a single aspect X."""
    return Scheme((module("A", aspect("X", kind, maximum, measure)),))


def run(rules: EventRules, scheme: Scheme, rows: dict[str, list[str]], **more: Any) -> EventResult:  # noqa: ANN401
    """Compute with one list of judges' values for aspect X per work."""
    marks = [
        Mark(work, "X", f"J{at}", value)
        for work, values in rows.items()
        for at, value in enumerate(values)
    ]
    return compute(rules, scheme, marks, [Entrant(work) for work in rows], **more)
