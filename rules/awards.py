"""Awards: how many there are, who gets one, and which ties must be decided first.

Source: docs/rules/awards.md.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from rules.phrases import Phrase, phrase
from rules.ranking import Decision, DecisionKind, Placed, tied_groups
from rules.rulesets import AwardKind, AwardRule, Boundary, QuotaRounding


@dataclass(frozen=True)
class UnresolvedTie:
    """Tied contestants of whom only ``places`` can get ``award``: publication waits."""

    award: str
    place: int
    places: int
    codes: tuple[str, ...]

    @property
    def reason(self) -> Phrase:
        """Say what is to be decided."""
        return phrase(
            "%(count)s contestants share place %(place)s, but %(places)s of the %(award)s "
            "awards are left. Record a decision: add awards, draw lots or hold a play-off.",
            count=len(self.codes),
            place=self.place,
            places=self.places,
            award=self.award,
        )


@dataclass(frozen=True)
class Granted:
    """Awards by code; ``withheld`` says why there are none at all."""

    awards: dict[str, str]
    quotas: tuple[tuple[str, int], ...] = ()
    ties: tuple[UnresolvedTie, ...] = ()
    withheld: Phrase | None = None


def quota(population: int, percent: Decimal, rounding: QuotaRounding) -> int:
    """Return how many of ``population`` (those who took part) ``percent`` are.

    >>> quota(24, Decimal(20), QuotaRounding.HALF_UP)
    5
    """
    exact = Fraction(population) * Fraction(percent) / 100
    if rounding is QuotaRounding.FLOOR:
        return math.floor(exact)
    if rounding is QuotaRounding.CEIL:
        return math.ceil(exact)
    return math.floor(exact + Fraction(1, 2))


def quotas(rule: AwardRule, population: int) -> tuple[tuple[str, int], ...]:
    """Return the number of each award, best first, never more than ``population`` in all.

    With ``min_one`` each award is given at least once, as far as there are people.
    """
    if rule.kind is AwardKind.NONE:
        return ()
    left, counted = population, []
    for award, share in rule.levels:
        count = int(share)
        if rule.kind is AwardKind.PERCENT:
            count = max(quota(population, share, rule.rounding), int(rule.min_one))
        count = min(count, left)
        counted.append((award, count))
        left -= count
    return tuple(counted)


def grant(rule: AwardRule, placed: Sequence[Placed], decisions: Iterable[Decision] = ()) -> Granted:
    """Hand out the awards of ``rule`` along the places.

    ``placed`` are those who took part, in order. A tie across the last place
    of an award stays unresolved, unless a decision on exactly these
    contestants is recorded or the rule lets them share. Below the minimum
    field, or with the award kind ``none``, nobody gets an award.

    Source: docs/rules/awards.md, "Ties at a boundary".
    """
    population = len(placed)
    if rule.kind is AwardKind.NONE:
        return Granted({}, withheld=phrase("This event gives no awards."))
    if population < rule.minimum_field:
        reason = phrase(
            "%(found)s contestants took part; awards need %(wanted)s. The event counts as a trial.",
            found=population,
            wanted=rule.minimum_field,
        )
        return Granted({}, withheld=reason)
    counted = quotas(rule, population)
    hand = _Hand(
        rule.boundary, list(counted), {frozenset(ruling.order): ruling for ruling in decisions}
    )
    for group in tied_groups(placed):
        if rule.minimum_score is not None and Fraction(group[0].total) < rule.minimum_score:
            break
        hand.give(group)
    return Granted(hand.awards, counted, tuple(hand.ties))


@dataclass
class _Hand:
    """The awards still to be given while the places are walked."""

    boundary: Boundary
    left: list[tuple[str, int]]
    rulings: dict[frozenset[str], Decision]
    awards: dict[str, str] = field(default_factory=dict)
    ties: list[UnresolvedTie] = field(default_factory=list)

    def give(self, group: Sequence[Placed]) -> None:
        """Serve everyone who shares one place."""
        self._next_award()
        if not self.left:
            return
        award, places = self.left[0]
        codes = tuple(line.code for line in group)
        if len(codes) <= places:
            self._take(award, codes)
            self._use(len(codes))
            return
        ruling = self.rulings.get(frozenset(codes))
        if ruling is not None and ruling.kind is DecisionKind.ADD:
            self._take(award, codes)
            self._use(places)
        elif ruling is not None:
            self._in_order(ruling.order)
        elif self.boundary is Boundary.BLOCK:
            self.ties.append(UnresolvedTie(award, group[0].place, places, codes))
            self._skip(len(codes))
        else:
            self._share(award, codes, places)

    def _in_order(self, codes: Sequence[str]) -> None:
        for code in codes:
            self._next_award()
            if self.left:
                self._take(self.left[0][0], (code,))
                self._use(1)

    def _share(self, award: str, codes: tuple[str, ...], places: int) -> None:
        self._take(award, codes)
        self._use(places)
        extra = len(codes) - places
        if self.boundary is Boundary.CHAIN:
            self._skip(extra)
            return
        while extra and self.left:
            last, count = self.left.pop()
            kept = max(count - extra, 0)
            extra -= count - kept
            if kept:
                self.left.append((last, kept))

    def _next_award(self) -> None:
        while self.left and self.left[0][1] == 0:
            self.left.pop(0)

    def _take(self, award: str, codes: Sequence[str]) -> None:
        self.awards.update(dict.fromkeys(codes, award))

    def _use(self, count: int) -> None:
        award, places = self.left[0]
        self.left[0] = (award, places - count)

    def _skip(self, count: int) -> None:
        """Let ``count`` places pass, over as many awards as they span."""
        for _ in range(count):
            self._next_award()
            if self.left:
                self._use(1)
