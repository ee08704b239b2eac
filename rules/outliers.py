"""Outliers: unusual marks are pointed out to the chief judge, never changed.

Source: docs/rules/scoring.md, "Unusual marks".
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from rules.explanations import Flag
from rules.phrases import phrase
from rules.tally import Settled

ALIKE_FROM = 5
WORKS_FROM = 3


class Watch:
    """Collects what is unusual while the works are tallied one after the other.

    ``limit`` is the share of a maximum a judge may stand from the panel's
    median; half of it, over all works, is what a whole judge may.
    """

    def __init__(self, percent: Decimal) -> None:
        self.limit = percent / 100
        self.flags: list[Flag] = []
        self._rows: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._lean: dict[str, list[Decimal]] = {}

    def aspect(self, work: str, code: str, judges: Iterable[str], settled: Settled) -> None:
        """Look at one settled aspect of one work."""
        if settled.implausible:
            reason = phrase("The value lies outside what is plausible for this aspect.")
            self.flags.append(Flag(reason, work, code))
        for judge, off in zip(judges, settled.off, strict=False):
            self._lean.setdefault(judge, []).append(off)
            if abs(off) > self.limit:
                reason = phrase(
                    "The mark stands %(percent)s percent of the maximum from the panel's median.",
                    percent=_percent(off),
                )
                self.flags.append(Flag(reason, work, code, judge))

    def rows(self, work: str, rows: Mapping[str, list[tuple[str, str]]]) -> None:
        """Look at each judge's whole row of judged values for one work."""
        for judge, row in rows.items():
            key = (judge, tuple(row))
            other = self._rows.setdefault(key, work)
            if len(row) >= ALIKE_FROM and other != work:
                reason = phrase("The judge gave this work the same row as %(other)s.", other=other)
                self.flags.append(Flag(reason, work, judge_key=judge))

    def full(self, work: str) -> None:
        """Note a work with full marks on everything."""
        reason = phrase("Every aspect has full marks; have one looked at again.")
        self.flags.append(Flag(reason, work))

    def finish(self) -> tuple[Flag, ...]:
        """Return all flags, those on whole judges last."""
        return (*self.flags, *self._leaning())

    def _leaning(self) -> Iterator[Flag]:
        for judge, offs in sorted(self._lean.items()):
            mean = sum(offs, Decimal(0)) / len(offs)
            if len(offs) >= WORKS_FROM and abs(mean) > self.limit / 2:
                reason = phrase(
                    "Over all works the judge stands %(percent)s percent from the panel.",
                    percent=_percent(mean),
                )
                yield Flag(reason, judge_key=judge)


def _percent(share: Decimal) -> str:
    return f"{share * 100:+.1f}"
