"""Numbers as drawings: the geometry of bars and lines; their meaning stands beside as text."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WHOLE: Final = 100.0
STEPS: Final = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; ``share`` is its length out of 100 of the longest."""

    words: str
    count: int
    share: float
    part: float
    """Percent of the whole the row belongs to."""
    url: str = ""
    drawn: bool = True
    """Off for a tail put together: against it no single row would be seen."""


def bars(
    rows: Sequence[tuple[str, int, str]],
    whole: int | None = None,
    tail: Sequence[tuple[str, int, str]] = (),
) -> list[Bar]:
    """Draw (words, count, address) rows; ``whole`` is what percents are of, else all counts.

    Rows of the ``tail`` stand below with their figures alone.
    """
    longest = max((count for _, count, _ in rows), default=0)
    total = sum(count for _, count, _ in (*rows, *tail)) if whole is None else whole
    drawn = [
        Bar(words, count, _share(count, longest), _share(count, total), url)
        for words, count, url in rows
    ]
    rest = [Bar(words, count, 0.0, _share(count, total), url, False) for words, count, url in tail]
    return drawn + rest


def _share(count: int, of: int) -> float:
    return round(count * WHOLE / of, 1) if of else 0.0


def nice_top(highest: int) -> int:
    """Return the top of a scale: 1, 2 or 5 times a power of ten, not below ``highest``.

    >>> nice_top(0), nice_top(7), nice_top(134)
    (1, 10, 200)
    """
    power = 1
    while True:
        for step in STEPS:
            if step * power >= highest:
                return step * power
        power *= 10


@dataclass(frozen=True)
class Line:
    """A line over days in a drawing ``width`` by ``height``, its scale and its ends."""

    points: str
    area: str
    days: tuple[tuple[dt.date, int], ...]
    top: int
    width: int
    height: int


def line(counts: Mapping[dt.date, int], width: int = 640, height: int = 240) -> Line | None:
    """Draw counts by day; days without a count are 0, a single day has no line."""
    if len(counts) < 2:  # noqa: PLR2004  # two points make a line
        return None
    first, last = min(counts), max(counts)
    days = tuple(
        (day, counts.get(day, 0))
        for day in (first + dt.timedelta(days=at) for at in range((last - first).days + 1))
    )
    top = nice_top(max(counts.values()))
    across = width / (len(days) - 1)
    points = " ".join(
        f"{round(at * across, 1)},{round(height - count * height / top, 1)}"
        for at, (_, count) in enumerate(days)
    )
    return Line(points, f"0,{height} {points} {width},{height}", days, top, width, height)
