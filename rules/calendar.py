"""Working days of the mainland: weekends, holidays and the make-up days that replace them.

Source: docs/rules/eligibility.md, "Working days".
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rules.errors import Invalid

SATURDAY = 5
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Days off on weekdays and working days on weekends, for the ``years`` that are known.

    In other years only weekends are days off: :meth:`knows` tells.
    """

    holidays: frozenset[dt.date]
    makeup: frozenset[dt.date]
    years: frozenset[int]

    def knows(self, day: dt.date) -> bool:
        """Whether the State Council's arrangement for that year is in the table."""
        return day.year in self.years

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if day in self.makeup:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th working day after ``day``; 0 gives ``day`` itself."""
        if count < 0:
            raise Invalid("Working days are counted forward; %(count)s is negative.", count=count)
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def last_day(self, first: dt.date, count: int) -> dt.date:
        """Return the last day of a notice of ``count`` working days that begins on ``first``.

        The first day counts itself, if it is a working day.
        """
        return self.add(first - DAY, count)

    def between(self, first: dt.date, last: dt.date) -> int:
        """Count the working days from ``first`` to ``last``, both included."""
        days = (first + at * DAY for at in range((last - first).days + 1))
        return sum(map(self.is_working, days))


def _span(first: str, last: str) -> Iterable[dt.date]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return (start + at * DAY for at in range((end - start).days + 1))


def _days(*spans: tuple[str, str]) -> frozenset[dt.date]:
    return frozenset(day for first, last in spans for day in _span(first, last))


CHINA = Calendar(
    holidays=_days(
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ),
    makeup=frozenset(
        dt.date.fromisoformat(day)
        for day in (
            *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
            *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
        )
    ),
    years=frozenset({2025, 2026}),
)


def add_working_days(day: dt.date, count: int, calendar: Calendar = CHINA) -> dt.date:
    """Return the ``count``-th working day after ``day``.

    >>> add_working_days(dt.date(2026, 9, 30), 1)
    datetime.date(2026, 10, 8)
    """
    return calendar.add(day, count)
