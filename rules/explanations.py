"""Explanations: how a contestant's marks became a place, step by step, and an event's result.

Source: docs/rules/scoring.md, "From marks to a place".
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rules.awards import UnresolvedTie
from rules.phrases import Phrase
from rules.ranking import Status, TieTrace


class Mark(NamedTuple):
    """One judge's current mark for one aspect of one work; an empty value is a missing mark.

    Two inputs (hits and false reports) are written ``9;2``.
    """

    work_code: str
    aspect_code: str
    judge_key: str
    value: str


@dataclass(frozen=True)
class Entrant:
    """One entry, known by its code alone.

    ``penalty`` is taken off the total; a ``cancelled`` module counts 0, and
    its marks are not waited for.
    """

    work_code: str
    status: Status = Status.FINISHED
    birth_date: dt.date | None = None
    time_seconds: Decimal | int | None = None
    bonus: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)
    cancelled: tuple[str, ...] = ()


@dataclass(frozen=True)
class AspectMark:
    """What the judges gave (judge, value), whose mark was dropped, and the points that came out."""

    code: str
    raw: tuple[tuple[str, str], ...]
    dropped_high: tuple[str, ...]
    dropped_low: tuple[str, ...]
    points: Fraction | None


@dataclass(frozen=True)
class ModuleTotal:
    """The points of one module; 0 when it was cancelled."""

    code: str
    maximum: Decimal
    points: Fraction
    cancelled: bool = False


@dataclass(frozen=True)
class PartTotal:
    """The points of theory or practice, bonus included, and what they weigh in the total."""

    code: str
    points: Fraction
    bonus: Decimal
    weight: Decimal
    weighted: Fraction


@dataclass(frozen=True)
class Explanation:
    """One contestant's way from marks to award; totals are None while marks are missing."""

    work_code: str
    status: Status
    aspects: tuple[AspectMark, ...] = ()
    modules: tuple[ModuleTotal, ...] = ()
    parts: tuple[PartTotal, ...] = ()
    penalty: Decimal = Decimal(0)
    exact: Fraction | None = None
    total: Decimal | None = None
    place: int | None = None
    tied_with: tuple[str, ...] = ()
    traces: tuple[TieTrace, ...] = ()
    award: str | None = None


@dataclass(frozen=True)
class Gap:
    """An aspect that waits for marks."""

    work_code: str
    aspect_code: str
    found: int
    wanted: int


@dataclass(frozen=True)
class Dispute:
    """An aspect whose judges have to be brought together."""

    work_code: str
    aspect_code: str
    reason: Phrase


@dataclass(frozen=True)
class Flag:
    """Something unusual: shown to the chief judge, never changed by itself."""

    reason: Phrase
    work_code: str = ""
    aspect_code: str = ""
    judge_key: str = ""


@dataclass(frozen=True)
class EventResult:
    """The result of an event; ``reasons`` say what stands against publication.

    ``lines`` run by place, then those without one by code. ``complete``
    means that no mark is missing and no dispute is open; without it there
    are no awards.
    """

    rules_version: int
    lines: tuple[Explanation, ...]
    missing: tuple[Gap, ...]
    disputes: tuple[Dispute, ...]
    flags: tuple[Flag, ...]
    ties: tuple[UnresolvedTie, ...]
    quotas: tuple[tuple[str, int], ...]
    withheld: Phrase | None
    reasons: tuple[Phrase, ...]

    @property
    def complete(self) -> bool:
        """Whether every mark is there and settled."""
        return not self.missing and not self.disputes

    @property
    def publishable(self) -> bool:
        """Whether nothing stands against publication."""
        return not self.reasons

    def line(self, work_code: str) -> Explanation:
        """Return one contestant's line; raises ``KeyError`` for a code that is not entered."""
        for line in self.lines:
            if line.work_code == work_code:
                return line
        raise KeyError(work_code)
