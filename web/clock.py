"""The one reader of the clock; everything below takes ``now=``."""

import datetime as dt
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """Return this moment in UTC, to the second before the point: whole microseconds help nobody."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)  # noqa: TID251  # this is the clock


def local(moment: dt.datetime) -> dt.datetime:
    """Show a stored moment as the wall clock of the district shows it."""
    return moment.astimezone(HERE)


def from_local(moment: dt.datetime) -> dt.datetime:
    """Read a naive wall-clock time of the district as a moment in UTC."""
    return moment.replace(tzinfo=HERE).astimezone(dt.UTC)
