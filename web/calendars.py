"""Calendar files after RFC 5545: lines escaped and folded, moments in UTC."""

import datetime as dt
from collections.abc import Iterable

LINE_OCTETS = 74
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jiangpu//contests//ZH")


def calendar(lines: Iterable[str]) -> str:
    """Return a whole calendar around the lines of its events."""
    return "".join(f"{folded(line)}\r\n" for line in (*HEAD, *lines, "END:VCALENDAR"))


def escaped(text: str) -> str:
    """Escape a text for the value of a property."""
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def stamp(moment: dt.datetime) -> str:
    """Write a moment in UTC: no time zone has to be described or known.

    >>> stamp(dt.datetime(2026, 11, 24, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))))
    '20261124T003000Z'
    """
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def folded(line: str) -> str:
    """Break a line before it passes 75 octets, as RFC 5545 section 3.1 asks; never in a letter."""
    pieces, length = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > LINE_OCTETS:
            pieces.append("")
            length = 1
        pieces[-1] += letter
        length += octets
    return "\r\n ".join(pieces)
