"""Tally: the marks of one panel for one aspect become points, or a gap, or a dispute.

Source: docs/rules/scoring.md, "From marks to a place".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.errors import Invalid
from rules.measures import Measure, parse_measure, parse_value
from rules.phrases import Phrase, phrase
from rules.rulesets import EventRules
from rules.schemes import Aspect, AspectKind
from rules.scoring import (
    SpreadTooWide,
    check_level,
    check_panel,
    judgement_mark,
    parse_number,
    round_to,
    trimmed_mean,
)


@dataclass(frozen=True)
class Settled:
    """What a row of values gives; ``low`` and ``high`` are the indexes that were dropped.

    ``off`` holds each value's distance from the panel's median, as a share
    of the maximum (trimmed aspects only).
    """

    points: Fraction | None = None
    wanted: int = 0
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    dispute: Phrase | None = None
    implausible: bool = False
    off: tuple[Decimal, ...] = ()


class Panel:
    """Settles the rows of values of one aspect; equal rows are worked out once."""

    def __init__(self, aspect: Aspect, rules: EventRules) -> None:
        self.aspect = aspect
        self.rules = rules
        self._known: dict[tuple[str, ...], Settled] = {}
        self._measure = self._find_measure()

    def settle(self, values: tuple[str, ...]) -> Settled:
        """Return what ``values``, one per judge and none empty, amount to.

        Raises ``Invalid`` for a value the aspect cannot have.
        """
        found = self._known.get(values)
        if found is None:
            found = self._known[values] = self._work_out(values)
        return found

    def _find_measure(self) -> Measure:
        text = self.aspect.measure
        if self.aspect.kind != AspectKind.MEASUREMENT:
            text = text or "direct"
        try:
            return parse_measure(text, self.aspect.maximum)
        except Invalid as refusal:
            raise _placed(refusal, "-", self.aspect.code) from None

    def _work_out(self, values: tuple[str, ...]) -> Settled:
        kind = self.aspect.kind
        wanted = {
            AspectKind.JUDGEMENT.value: self.rules.judges_per_aspect,
            AspectKind.TRIMMED.value: self.rules.min_judges,
        }.get(str(kind), 1)
        if len(values) < wanted:
            for value in values:
                self._check(value)
            return Settled(wanted=wanted)
        if kind == AspectKind.JUDGEMENT:
            return self._judgement(values)
        if kind == AspectKind.TRIMMED:
            return self._trimmed(values)
        return self._one_value(values)

    def _check(self, value: str) -> None:
        if self.aspect.kind == AspectKind.JUDGEMENT:
            check_level(parse_number(value))
        else:
            self._measure.mark(*parse_value(value))

    def _judgement(self, values: Sequence[str]) -> Settled:
        levels = [parse_number(value) for value in values]
        try:
            check_panel(levels, self.rules.judges_per_aspect, self.rules.spread_limit)
        except SpreadTooWide as refusal:
            return Settled(dispute=phrase(refusal.message, **refusal.params))
        return Settled(self._round(judgement_mark(levels, self.aspect.maximum)))

    def _trimmed(self, values: Sequence[str]) -> Settled:
        marks = [parse_number(value) for value in values]
        for mark in marks:
            self._measure.mark(mark)
        low, high = self.rules.drop_low, self.rules.drop_high
        order = sorted(range(len(marks)), key=marks.__getitem__)
        middle = marks[order[len(order) // 2]]
        off = tuple((mark - middle) / self.aspect.maximum for mark in marks)
        points = self._round(trimmed_mean(marks, high, low))
        kept = len(order) - high
        return Settled(points, low=tuple(order[:low]), high=tuple(order[kept:]), off=off)

    def _one_value(self, values: Sequence[str]) -> Settled:
        given = {parse_value(value) for value in values}
        for value, false_reports in given:
            self._measure.mark(value, false_reports)
        if len(given) > 1:
            shown = ", ".join(sorted(set(values)))
            reason = phrase(
                "Different values stand for one measurement (%(values)s); the group settles on "
                "one.",
                values=shown,
            )
            return Settled(dispute=reason)
        value, false_reports = given.pop()
        points = self._round(self._measure.mark(value, false_reports))
        return Settled(points, implausible=not self._measure.is_plausible(value))

    def _round(self, points: Fraction) -> Fraction:
        places = self.rules.aspect_places
        return points if places is None else Fraction(round_to(points, places, self.rules.rounding))


def settle(panel: Panel, work_code: str, marks: Mapping[str, str]) -> Settled:
    """Settle one work's marks (judge to value); a refusal names work and aspect."""
    try:
        return panel.settle(tuple(marks.values()))
    except Invalid as refusal:
        raise _placed(refusal, work_code, panel.aspect.code) from None


def _placed(refusal: Invalid, work_code: str, aspect: str) -> Invalid:
    return Invalid(
        "Work %(work)s, aspect %(aspect)s: %(reason)s",
        work=work_code,
        aspect=aspect,
        reason=refusal,
    )
