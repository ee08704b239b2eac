"""The drawn tolerance: where a measured value earns points, as a strip beside the grid."""

from dataclasses import dataclass
from decimal import Decimal

from rules.measure_kinds import Band, Tolerance
from rules.measures import parse_measure
from rules.schemes import Aspect, AspectKind

WIDTH = 280
HALF_MORE = Decimal("1.5")


@dataclass(frozen=True)
class Scale:
    """A strip from ``low`` to ``high``; between ``left`` and ``right`` a value earns points."""

    low: Decimal
    high: Decimal
    left: Decimal
    right: Decimal
    ticks: tuple[Decimal, ...]
    unit: str

    def x(self, value: Decimal) -> int:
        """Return where a value stands on the strip, in its own 280 units of width."""
        return int((value - self.low) * WIDTH / (self.high - self.low))


def scale_of(aspect: Aspect) -> Scale | None:
    """Draw the strip of a band or a tolerance; other measures have none."""
    if aspect.kind == AspectKind.JUDGEMENT:
        return None
    measure = parse_measure(aspect.measure or "direct", aspect.maximum)
    if isinstance(measure, Band) and measure.low < measure.high:
        half = (measure.high - measure.low) / 2
        low = measure.low - half
        low = max(low, Decimal(0)) if measure.low >= 0 else low
        ends = (measure.low, measure.high)
        return Scale(low, measure.high + half, *ends, ends, aspect.unit)
    if isinstance(measure, Tolerance) and measure.limits[-1][0] > 0:
        return _tolerance(measure, aspect.unit)
    return None


def _tolerance(measure: Tolerance, unit: str) -> Scale:
    target, widest = measure.target, measure.limits[-1][0]
    limits = [limit for limit, _ in measure.limits]
    if target == 0:
        return Scale(target, widest * HALF_MORE, target, widest, tuple(limits), unit)
    reach = widest * HALF_MORE
    ticks = (*(target - limit for limit in reversed(limits)), *(target + one for one in limits))
    return Scale(target - reach, target + reach, target - widest, target + widest, ticks, unit)
