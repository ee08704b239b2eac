"""Template filters: dates as the district's clock shows them, lists, numbers."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from flask import Flask
from flask_babel import format_date, gettext

from web.clock import local


def day(value: dt.date | dt.datetime | None) -> str:
    """Write a date out: 2026年11月28日."""
    if value is None:
        return ""
    return str(format_date(local(value) if isinstance(value, dt.datetime) else value, "long"))


def short_day(value: dt.date | dt.datetime | None) -> str:
    """Write a date for tools: 2026-11-28."""
    if value is None:
        return ""
    return (local(value) if isinstance(value, dt.datetime) else value).strftime("%Y-%m-%d")


def moment(value: dt.datetime | None) -> str:
    """Write a moment: 2026-11-28 17:00, in Asia/Shanghai."""
    return "" if value is None else local(value).strftime("%Y-%m-%d %H:%M")


def days_left(value: dt.datetime, now: dt.datetime) -> str:
    """Say how long a deadline is away in days, or that it has passed."""
    left = (local(value).date() - local(now).date()).days
    if value <= now:
        return str(gettext("closed"))
    return str(gettext("last day") if left == 0 else gettext("%(days)d days left", days=left))


def iso(value: dt.date | dt.datetime | None) -> str:
    """Write the machine-readable form for <time datetime>."""
    return "" if value is None else value.isoformat()


def fraction(value: str | None) -> str:
    """Write an exact number kept as text (91/12) to four places for the eye; whole ones short."""
    if value is None:
        return "—"
    exact = Fraction(value)
    if exact.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100):
        return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.4f}（{value}）"


def tie_name(code: str, names: dict[str, str]) -> str:
    """Return the public name behind a work code."""
    return names.get(code, code)


def register(app: Flask) -> None:
    """Attach the filters."""
    for work in (day, short_day, moment, days_left, iso, fraction, tie_name):
        app.add_template_filter(work)
