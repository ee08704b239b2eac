"""Check-in (检录): what a scanner or a thumb typed, and whether somebody comes in time.

Source: docs/rules/sittings.md, "Check-in".
"""

import datetime as dt
import re
import unicodedata
from enum import StrEnum
from typing import Final, NamedTuple

from rules.errors import Invalid

LATE_MINUTES: Final = 15
"""How late one may come where nobody set another limit (广东 2010)."""
MOST_MINUTES: Final = 240
_QR = re.compile(r"JP:(\d{1,9}):(\S{1,20})", re.ASCII)
_PASS = re.compile(r"[0-9A-Z-]{1,20}", re.ASCII)


class Read(NamedTuple):
    """What was read: the event a code names (None where only the number was typed), the pass."""

    event_id: int | None
    pass_no: str


class Arrival(StrEnum):
    """How an arrival stands to the hours of its sitting."""

    EARLY = "early"
    IN_TIME = "in_time"
    LATE = "late"
    TOO_LATE = "too_late"


def read_code(text: str) -> Read:
    """Read the text of a pass's code, or a pass number as typed; full-width forms are fine.

    Raises ``Invalid`` for anything else.

    >>> read_code(" １２００３ ")
    Read(event_id=None, pass_no='12003')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    code = _QR.fullmatch(plain)
    if code:
        return Read(int(code[1]), code[2])
    if not _PASS.fullmatch(plain):
        raise Invalid("This is not the code of an admission pass. Type the number printed on it.")
    return Read(None, plain)


def looks_scanned(text: str) -> bool:
    """Whether a text that should be words is what a scanner types: a code, or a bare number.

    >>> looks_scanned("JP:14:14007"), looks_scanned("14007"), looks_scanned("公交停运")
    (True, True, False)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return bool(_QR.fullmatch(plain)) or plain.isdigit()


def arrival(
    now: dt.datetime, *, reports_at: dt.datetime, starts_at: dt.datetime, late_minutes: int
) -> Arrival:
    """Say how an arrival stands; the last minute of the limit still counts as late, not too late.

    >>> at = dt.datetime(2026, 11, 24, 9, 0)
    >>> hours = {"reports_at": at, "starts_at": at, "late_minutes": 15}
    >>> arrival(at + dt.timedelta(minutes=15), **hours)
    <Arrival.LATE: 'late'>
    """
    if now < reports_at:
        return Arrival.EARLY
    if now <= starts_at:
        return Arrival.IN_TIME
    limit = starts_at + dt.timedelta(minutes=late_minutes)
    return Arrival.LATE if now <= limit else Arrival.TOO_LATE
