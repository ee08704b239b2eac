"""Messages to people: when a copy may leave, how long it waits, how its address is shown."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from rules.terms import Channel

HERE: Final = ZoneInfo("Asia/Shanghai")
QUIET_FROM: Final = dt.time(21, 0)
QUIET_UNTIL: Final = dt.time(8, 0)
"""No SMS leaves between these hours of the district; mail does not wake anybody."""
DIGEST_AT: Final = dt.time(8, 30)
MAX_ATTEMPTS: Final = 5
FIRST_WAIT: Final = dt.timedelta(minutes=1)


def leaves_at(channel: Channel, moment: dt.datetime) -> dt.datetime:
    """Return when a copy may leave: at once, or an SMS at eight after the quiet hours.

    >>> late = dt.datetime(2026, 11, 24, 14, 0, tzinfo=dt.UTC)  # ten at night in the district
    >>> leaves_at(Channel.SMS, late).astimezone(HERE).isoformat()
    '2026-11-25T08:00:00+08:00'
    """
    here = moment.astimezone(HERE)
    if channel is not Channel.SMS or QUIET_UNTIL <= here.time() < QUIET_FROM:
        return moment
    day = here.date() + dt.timedelta(days=here.time() >= QUIET_FROM)
    return dt.datetime.combine(day, QUIET_UNTIL, HERE).astimezone(dt.UTC)


def next_digest(moment: dt.datetime) -> dt.datetime:
    """Return the next half past eight of the district after ``moment``.

    >>> next_digest(dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)).isoformat()
    '2026-11-25T00:30:00+00:00'
    """
    here = moment.astimezone(HERE)
    today = dt.datetime.combine(here.date(), DIGEST_AT, HERE)
    return (today if here < today else today + dt.timedelta(days=1)).astimezone(dt.UTC)


def wait_after(attempts: int) -> dt.timedelta:
    """Return how long a copy waits after so many failures: 2, 4, 8, 16 minutes.

    >>> [wait_after(n).seconds // 60 for n in (1, 2, 3, 4)]
    [2, 4, 8, 16]
    """
    return FIRST_WAIT * (1 << attempts)


def masked_address(channel: Channel, address: str) -> str:
    """Show enough of an address to know it again.

    >>> masked_address(Channel.MAIL, "hedingbo@example.cn")
    'he***@example.cn'
    >>> masked_address(Channel.SMS, "13800001234")
    '138****1234'
    """
    if channel is Channel.SMS:
        return f"{address[:3]}****{address[-4:]}"
    local, _, domain = address.partition("@")
    return f"{local[:2]}***@{domain}"
