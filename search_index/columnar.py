"""Match a plan against whole posting lists at once: as search_index.matching says, but fast."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from search_index.plan import Alternative, Group, Plan, Term
from search_index.ranking import FIRST, RELAX_BELOW, RELAXED, SECOND, enough, enough_terms


@dataclass(frozen=True, slots=True)
class Worth:
    """What a term is worth in each page that holds it; ``heads`` hold it in the head."""

    scores: Mapping[int, float]
    heads: AbstractSet[int]


class Source(Protocol):
    """Anything that can weigh a term in all its pages, numbered from 0."""

    def worth(self, term: Term) -> Worth:
        """Return the pages of ``term``."""


@dataclass(slots=True)
class Matches:
    """The tier and the score of each page found."""

    tiers: dict[int, int]
    scores: dict[int, float]
    relaxed: bool = False


@dataclass(slots=True)
class _Best:
    scores: dict[int, float]
    sure: set[int]


def match(plan: Plan, source: Source) -> Matches:
    """Find the pages of ``plan``, which must have groups; relax it if it finds too few."""
    found = _strict(plan, source)
    if len(found.scores) < RELAX_BELOW:
        loose = _relaxed(plan, source)
        found.relaxed = bool(loose.keys() - found.scores.keys())
        found.tiers = dict.fromkeys(loose, RELAXED) | found.tiers
        found.scores = loose | found.scores
    return found


def _strict(plan: Plan, source: Source) -> Matches:
    whole = _any(plan.whole, source)
    grouped = _through_groups(plan, source) if plan.required else _Best({}, set())
    scores = _larger(grouped.scores, whole.scores)
    sure = grouped.sure | whole.sure
    tiers = {page: FIRST if page in sure else SECOND for page in scores}
    return Matches(tiers, scores)


def _through_groups(plan: Plan, source: Source) -> _Best:
    met = [_any(group.alternatives, source) for group in plan.required]
    pages = set(met[0].scores).intersection(*(best.scores for best in met[1:]))
    extra = [_any(group.alternatives, source) for group in plan.groups if group.optional]
    scores = {
        page: sum(best.scores[page] for best in met)
        + sum(best.scores[page] for best in extra if page in best.scores)
        for page in pages
    }
    return _Best(scores, set(met[0].sure).intersection(*(best.sure for best in met[1:])))


def _any(alternatives: Iterable[Alternative], source: Source) -> _Best:
    best = _Best({}, set())
    for each in alternatives:
        worths = [source.worth(term) for term in each.terms]
        pages = _common([worth.scores.keys() for worth in worths])
        if pages:
            best.scores = _larger(best.scores, _weighed(each.weight, worths, pages))
            if each.sure:
                best.sure |= _common([worth.heads for worth in worths])
    return best


def _common(sets: list[AbstractSet[int]]) -> AbstractSet[int]:
    first, *rest = sorted(sets, key=len)
    for other in rest:
        first = first & other
    return first


def _weighed(weight: float, worths: list[Worth], pages: AbstractSet[int]) -> dict[int, float]:
    if len(worths) == 1:
        return {page: weight * score for page, score in worths[0].scores.items()}
    columns = [worth.scores for worth in worths]
    return {page: weight * sum(column[page] for column in columns) for page in pages}


def _larger(left: dict[int, float], right: Mapping[int, float]) -> dict[int, float]:
    """Join two score columns; of two scores of one page the larger stays. Changes ``left``."""
    if not left:
        return dict(right)
    for page, score in right.items():
        if score > left.get(page, 0.0):
            left[page] = score
    return left


def _relaxed(plan: Plan, source: Source) -> dict[int, float]:
    found: dict[int, float] = {}
    count: dict[int, int] = {}
    for group in plan.required:
        for page, score in _partly(group, source).items():
            found[page] = found.get(page, 0.0) + score
            count[page] = count.get(page, 0) + 1
    asked = len(plan.required)
    return {page: score for page, score in found.items() if enough(count[page], asked)}


def _partly(group: Group, source: Source) -> dict[int, float]:
    best: dict[int, float] = {}
    for each in group.alternatives:
        total: dict[int, float] = {}
        count: dict[int, int] = {}
        for term in each.terms:
            for page, score in source.worth(term).scores.items():
                total[page] = total.get(page, 0.0) + score
                count[page] = count.get(page, 0) + 1
        part = {p: each.weight * s for p, s in total.items() if enough_terms(count[p], each)}
        best = _larger(best, part)
    return best
