"""The kinds of measure: each turns a measured value into points.

Source: docs/rules/measures.md. Their text form is read in rules/measures.py.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.errors import Invalid
from rules.phrases import Phrase, phrase

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, kw_only=True)
class Measure(ABC):
    """One way of turning a measured value into points between 0 and ``maximum``."""

    maximum: Decimal
    plausible: Range | None = None

    def mark(self, value: Decimal, false_reports: int = 0) -> Fraction:
        """Return the exact points for ``value``; raises ``Invalid`` if it cannot be.

        ``false_reports`` counts only for a ``gain`` with a penalty.
        """
        if false_reports < 0 or (false_reports and not self.takes_false_reports):
            raise Invalid("This aspect takes one value; false reports are not counted here.")
        points = self._points(Fraction(value), false_reports)
        return min(max(points, Fraction(0)), Fraction(self.maximum))

    @property
    def takes_false_reports(self) -> bool:
        """Whether a second input, the number of false reports, is asked for."""
        return False

    def is_plausible(self, value: Decimal) -> bool:
        """Whether ``value`` lies in the plausible range; outside it is flagged, not refused."""
        return self.plausible is None or self.plausible[0] <= value <= self.plausible[1]

    @abstractmethod
    def describe(self) -> Phrase:
        """Say the rule in one sentence for the judge's screen."""

    @abstractmethod
    def _points(self, value: Fraction, false_reports: int) -> Fraction: ...


@dataclass(frozen=True, kw_only=True)
class PassFail(Measure):
    """``pass_fail``: 1 earns the maximum, 0 nothing."""

    def describe(self) -> Phrase:
        """Say the rule."""
        return phrase("1 for passed: %(maximum)s points. 0 for failed.", maximum=self.maximum)

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        if value not in (0, 1):
            raise Invalid("%(value)s is neither 1 (passed) nor 0 (failed).", value=_plain(value))
        return value * Fraction(self.maximum)


@dataclass(frozen=True, kw_only=True)
class Direct(Measure):
    """``direct`` or ``direct step 0.25``: the points themselves are entered."""

    step: Decimal | None = None

    def describe(self) -> Phrase:
        """Say the rule."""
        if self.step is None:
            return phrase("Points from 0 to %(maximum)s.", maximum=self.maximum)
        return phrase(
            "Points from 0 to %(maximum)s in steps of %(step)s.",
            maximum=self.maximum,
            step=self.step,
        )

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        if not 0 <= value <= self.maximum:
            raise Invalid(
                "%(value)s lies outside 0 to %(maximum)s.",
                value=_plain(value),
                maximum=self.maximum,
            )
        if self.step is not None and value % Fraction(self.step):
            raise Invalid(
                "%(value)s is not a multiple of %(step)s.", value=_plain(value), step=self.step
            )
        return value


@dataclass(frozen=True, kw_only=True)
class Deduct(Measure):
    """``deduct 2``: the maximum less 2 for each fault, never below 0."""

    rate: Decimal

    def describe(self) -> Phrase:
        """Say the rule."""
        return phrase(
            "%(maximum)s points less %(rate)s for each fault, never below 0.",
            maximum=self.maximum,
            rate=self.rate,
        )

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        return Fraction(self.maximum) - Fraction(self.rate) * _not_negative(value)


@dataclass(frozen=True, kw_only=True)
class Gain(Measure):
    """``gain 1.5 cap 12 penalty 1 cap_first``: points for hits, less false reports."""

    rate: Decimal
    cap: Decimal
    penalty: Decimal = Decimal(0)
    cap_first: bool = True
    order_stated: bool = False

    @property
    def takes_false_reports(self) -> bool:
        """Whether false reports cost points."""
        return self.penalty > 0

    def describe(self) -> Phrase:
        """Say the rule, the order of cap and penalty included."""
        message = "%(rate)s points for each hit, at most %(cap)s."
        if self.penalty and self.cap_first:
            message = (
                "%(rate)s points for each hit, at most %(cap)s; then %(penalty)s off "
                "for each false report, never below 0."
            )
        elif self.penalty:
            message = (
                "%(rate)s points for each hit less %(penalty)s for each false report; "
                "then at most %(cap)s, never below 0."
            )
        return phrase(message, rate=self.rate, cap=self.cap, penalty=self.penalty)

    def _points(self, value: Fraction, false_reports: int) -> Fraction:
        if _not_negative(value).denominator != 1:
            raise Invalid("%(value)s is not a whole number of hits.", value=_plain(value))
        hits, off = value * Fraction(self.rate), false_reports * Fraction(self.penalty)
        cap = Fraction(self.cap)
        return min(hits, cap) - off if self.cap_first else min(hits - off, cap)


@dataclass(frozen=True, kw_only=True)
class Steps(Measure):
    """``steps 0/2/4``: one of the listed values."""

    choices: tuple[Decimal, ...]

    def describe(self) -> Phrase:
        """Say the rule."""
        return phrase("One of %(choices)s points.", choices=" / ".join(map(str, self.choices)))

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        if value not in self.choices:
            raise Invalid(
                "%(value)s is not one of the steps %(choices)s.",
                value=_plain(value),
                choices=" / ".join(map(str, self.choices)),
            )
        return value


@dataclass(frozen=True, kw_only=True)
class Band(Measure):
    """``band 10..14``: the maximum inside the band, its ends included; else 0."""

    low: Decimal
    high: Decimal

    def describe(self) -> Phrase:
        """Say the rule."""
        return phrase(
            "%(maximum)s points from %(low)s to %(high)s, otherwise 0.",
            maximum=self.maximum,
            low=self.low,
            high=self.high,
        )

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        return Fraction(self.maximum) if self.low <= value <= self.high else Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Tolerance(Measure):
    """``tolerance 0.5=4 1.0=2 target 25``: points by distance from the target (0 if none)."""

    limits: tuple[tuple[Decimal, Decimal], ...]
    target: Decimal = Decimal(0)

    def describe(self) -> Phrase:
        """Say the rule."""
        limits = ", ".join(f"±{limit} → {points}" for limit, points in self.limits)
        return phrase(
            "By distance from %(target)s: %(limits)s; beyond that 0.",
            target=self.target,
            limits=limits,
        )

    def _points(self, value: Fraction, false_reports: int) -> Fraction:  # noqa: ARG002 (base signature)
        off = abs(value - Fraction(self.target))
        fitting = (Fraction(points) for limit, points in self.limits if off <= limit)
        return next(fitting, Fraction(0))


def _plain(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _not_negative(value: Fraction) -> Fraction:
    if value < 0:
        raise Invalid("%(value)s is below 0; count from 0.", value=_plain(value))
    return value
