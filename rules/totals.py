"""Totals: one entrant's marks become module, part and event totals.

Source: docs/rules/scoring.md, "From marks to a place".
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rules.errors import Invalid
from rules.explanations import (
    AspectMark,
    Dispute,
    Entrant,
    Explanation,
    Gap,
    ModuleTotal,
    PartTotal,
)
from rules.outliers import Watch
from rules.ranking import Status
from rules.rulesets import EventRules, Scale
from rules.schemes import AspectKind, Module, Scheme
from rules.scoring import round_to
from rules.tally import Panel, Settled, settle

JUDGED = (AspectKind.JUDGEMENT, AspectKind.TRIMMED)
Sheets = dict[str, dict[str, dict[str, str]]]


class Totals:
    """Explains entrant after entrant and collects what is missing, disputed or unusual."""

    def __init__(self, rules: EventRules, scheme: Scheme, sheets: Sheets) -> None:
        self.rules = rules
        self.scheme = scheme
        self.sheets = sheets
        self.panels = {aspect.code: Panel(aspect, rules) for aspect in scheme.aspects()}
        self.modules = [(module, tuple(module.aspects())) for module in scheme.modules]
        self.full = sum((module.maximum for module in scheme.modules), Decimal(0))
        self.gaps: list[Gap] = []
        self.disputes: list[Dispute] = []
        self.watch = Watch(rules.outlier_percent)

    def explain(self, entrant: Entrant) -> Explanation:
        """Take one entrant from raw marks to the rounded total."""
        self._check(entrant)
        if entrant.status is not Status.FINISHED:
            return Explanation(entrant.work_code, entrant.status)
        sheet = self.sheets[entrant.work_code]
        void = {
            aspect.code
            for module, aspects in self.modules
            if module.code in entrant.cancelled
            for aspect in aspects
        }
        aspects = tuple(
            self._aspect(entrant.work_code, code, sheet.get(code, {}))
            for code in self.panels
            if code not in void
        )
        self._watch_rows(entrant.work_code, sheet)
        line = Explanation(entrant.work_code, entrant.status, aspects, penalty=entrant.penalty)
        points = {aspect.code: aspect.points for aspect in aspects}
        if None in points.values():
            return line
        return self._total(
            line, entrant, {code: mark or Fraction(0) for code, mark in points.items()}
        )

    def _check(self, entrant: Entrant) -> None:
        limit = self.rules.bonus.maximum if self.rules.bonus else Decimal(0)
        if not 0 <= entrant.bonus <= limit or entrant.penalty < 0:
            raise Invalid(
                "Work %(work)s: a bonus lies between 0 and %(limit)s, and a penalty is not "
                "negative.",
                work=entrant.work_code,
                limit=limit,
            )
        unknown = set(entrant.cancelled) - {module.code for module, _ in self.modules}
        if unknown:
            raise Invalid(
                "Work %(work)s: the cancelled module %(code)s is not in the scheme.",
                work=entrant.work_code,
                code=min(unknown),
            )

    def _aspect(self, work: str, code: str, marks: Mapping[str, str]) -> AspectMark:
        given = {judge: marks[judge] for judge in sorted(marks) if marks[judge].strip()}
        settled = settle(self.panels[code], work, given)
        wanted = max(settled.wanted, len(marks))
        if settled.wanted or len(given) < len(marks):
            self.gaps.append(Gap(work, code, len(given), wanted))
            settled = Settled()
        if settled.dispute:
            self.disputes.append(Dispute(work, code, settled.dispute))
        self.watch.aspect(work, code, given, settled)
        return _aspect_mark(code, given, settled)

    def _watch_rows(self, work: str, sheet: Mapping[str, Mapping[str, str]]) -> None:
        rows: dict[str, list[tuple[str, str]]] = {}
        for code, panel in self.panels.items():
            if panel.aspect.kind in JUDGED:
                for judge, value in sheet.get(code, {}).items():
                    rows.setdefault(judge, []).append((code, value))
        self.watch.rows(work, rows)

    def _total(
        self, line: Explanation, entrant: Entrant, points: Mapping[str, Fraction]
    ) -> Explanation:
        sums = [
            (module, sum((points.get(aspect.code, Fraction(0)) for aspect in aspects), Fraction(0)))
            for module, aspects in self.modules
        ]
        parts = tuple(self._part(code, weight, sums, entrant) for code, weight in self.rules.parts)
        exact = sum((part.weighted for part in parts), Fraction(0)) - Fraction(entrant.penalty)
        exact = max(exact, Fraction(0))
        if sum(total for _, total in sums) == self.full:
            self.watch.full(entrant.work_code)
        return replace(
            line,
            modules=tuple(
                ModuleTotal(module.code, module.maximum, total, module.code in entrant.cancelled)
                for module, total in sums
            ),
            parts=parts,
            exact=exact,
            total=round_to(exact, self.rules.places, self.rules.rounding),
        )

    def _part(
        self, code: str, weight: Decimal, sums: Sequence[tuple[Module, Fraction]], entrant: Entrant
    ) -> PartTotal:
        own = [(module, total) for module, total in sums if module.kind == code]
        points = sum((total for _, total in own), Fraction(0))
        if self.rules.scale is Scale.WEIGHTS and weight:
            shares = (
                total / Fraction(module.maximum) * Fraction(module.weight or 0)
                for module, total in own
            )
            points = sum(shares, Fraction(0)) / Fraction(weight) * 100
        takes_bonus = self.rules.bonus is not None and self.rules.bonus.part == code
        bonus = entrant.bonus if takes_bonus else Decimal(0)
        points += Fraction(bonus)
        return PartTotal(code, points, bonus, weight, points * Fraction(weight) / 100)


def _aspect_mark(code: str, given: Mapping[str, str], settled: Settled) -> AspectMark:
    raw = tuple(given.items())
    return AspectMark(
        code,
        raw,
        tuple(raw[at][0] for at in settled.high),
        tuple(raw[at][0] for at in settled.low),
        settled.points,
    )
