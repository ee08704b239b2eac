"""What makes one page answer a plan: the definition all engines must agree with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search_index.engine import Reason
from search_index.plan import Alternative, Group, Plan, Term, Why
from search_index.ranking import FIRST, RELAXED, SECOND, enough, enough_terms

# What a term is worth in the page at hand, and whether its head says so.
Value = Callable[[Term], tuple[float, bool] | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """How well a page answers: lower ``tier`` first, then higher ``score``."""

    tier: int
    score: float
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    score: float
    sure: bool
    reason: Reason


def strict(plan: Plan, value: Value) -> Answer | None:
    """Answer all required groups, or any whole alternative; else None.

    The score adds the best alternative of each group. The first tier holds
    what a sure alternative found in the head.
    """
    if not plan.groups:
        return Answer(FIRST, 1.0)
    ways = [way for way in (_best(plan.whole, plan.query, value),) if way]
    if plan.required:
        ways += _through_groups(plan, value)
    if not ways:
        return None
    best = max(ways, key=lambda way: way.score)
    return Answer(FIRST if any(w.sure for w in ways) else SECOND, best.score, best.reason)


def _through_groups(plan: Plan, value: Value) -> list[_Way]:
    met = [_best(g.alternatives, g.asked, value) for g in plan.required]
    kept = [way for way in met if way]
    if len(kept) < len(met):
        return []
    extra = (_best(g.alternatives, g.asked, value) for g in plan.groups if g.optional)
    total = sum(way.score for way in kept) + sum(way.score for way in extra if way)
    reason = max(kept, key=lambda way: way.score).reason
    return [_Way(total, all(way.sure for way in kept), reason)]


def relaxed(plan: Plan, value: Value) -> Answer | None:
    """Answer at least half of the required groups, each by at least half of its words."""
    ways = [way for group in plan.required if (way := _partly(group, value))]
    if not enough(len(ways), len(plan.required)):
        return None
    best = max(ways, key=lambda way: way.score)
    return Answer(RELAXED, sum(way.score for way in ways), best.reason)


def _best(alternatives: Iterable[Alternative], asked: str, value: Value) -> _Way | None:
    ways = [way for each in alternatives if (way := _way(each, asked, value))]
    if not ways:
        return None
    best = max(ways, key=lambda way: way.score)
    return _Way(best.score, any(way.sure for way in ways), best.reason)


def _way(each: Alternative, asked: str, value: Value) -> _Way | None:
    values = [value(term) for term in each.terms]
    met = [found for found in values if found]
    if len(met) < len(values):
        return None
    return _weigh(each, asked, met)


def _weigh(each: Alternative, asked: str, met: Sequence[tuple[float, bool]]) -> _Way:
    in_head = all(head for _, head in met)
    why = Why.STORY if each.why is Why.WORD and not in_head else each.why
    score = each.weight * sum(worth for worth, _ in met)
    return _Way(score, each.sure and in_head, Reason(why, asked, each.found))


def _partly(group: Group, value: Value) -> _Way | None:
    ways: list[_Way] = []
    for each in group.alternatives:
        met = [found for term in each.terms if (found := value(term))]
        if enough_terms(len(met), each):
            ways.append(_weigh(each, group.asked, met))
    return max(ways, key=lambda way: way.score) if ways else None
