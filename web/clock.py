"""The one reader of the clock; everything below takes ``now=``."""

import datetime as dt
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")


_ahead = dt.timedelta(0)


def set_ahead(minutes: int) -> None:
    """Run the clock of a rehearsal ahead: a day of contest fits into an hour of the demo."""
    global _ahead  # noqa: PLW0603  # the clock is one for the whole process
    _ahead = dt.timedelta(minutes=minutes)


def now() -> dt.datetime:
    """Return this moment in UTC, to the second before the point: whole microseconds help nobody."""
    here = dt.datetime.now(dt.UTC)  # noqa: TID251  # this is the clock
    return (here + _ahead).replace(microsecond=0)


def local(moment: dt.datetime) -> dt.datetime:
    """Show a stored moment as the wall clock of the district shows it."""
    return moment.astimezone(HERE)


def from_local(moment: dt.datetime) -> dt.datetime:
    """Read a naive wall-clock time of the district as a moment in UTC."""
    return moment.replace(tzinfo=HERE).astimezone(dt.UTC)
