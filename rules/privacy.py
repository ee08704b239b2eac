"""Privacy: what must not leave the house in a text, and how notices shorten a name.

Source: docs/rules/eligibility.md, "Leak scan".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.identity import is_id

STAR = "＊"
_GAP = r"[\s\-‐-―·]?"
_HASH = re.compile(r"(?<![0-9a-f])(?=[0-9]*[a-f])[0-9a-f]{32,}(?![0-9a-f])", re.IGNORECASE)
_ID18 = re.compile(rf"(?<!\d)(?=((?:\d{_GAP}){{17}}[\dXx])(?!\d))")
_ID15 = re.compile(r"(?<!\d)(?<!\d\.)\d{15}(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:(?:00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"
)
_CARD = re.compile(
    rf"(?<!\d)(?<!\d\.)(?=[3-6])(?:\d{{4}}{_GAP}){{3}}\d{{4}}(?:{_GAP}\d{{1,3}})?(?!\d)"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PROVINCES = range(11, 83)
_SHORT = 2


class Level(StrEnum):
    """``block`` stops a publication; ``warn`` wants a person to look."""

    BLOCK = "block"
    WARN = "warn"


class Leak(StrEnum):
    """What was found."""

    ID_NUMBER = "id_number"
    OLD_ID_NUMBER = "old_id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"


@dataclass(frozen=True)
class Finding:
    """One number that looks personal; ``shown`` is masked, so that the report leaks nothing."""

    level: Level
    leak: Leak
    shown: str


def leak_scan(text: str) -> tuple[Finding, ...]:
    """Find ID numbers, mobile numbers and bank cards, full-width or spaced out as well.

    18 digits count when the date exists and the check character fits; 15
    digits block when they hold a date and warn when they only begin like a
    region. Long hexadecimal prints are no numbers.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    plain = _HASH.sub(" ", plain)
    found = [*_id_numbers(plain), *_old_id_numbers(plain)]
    found += [Finding(Level.BLOCK, Leak.PHONE, _mask(hit)) for hit in _PHONE.findall(plain)]
    taken = {finding.shown for finding in found}
    cards = (hit for hit in _CARD.findall(plain) if _luhn(_digits(hit)) and _mask(hit) not in taken)
    found += [Finding(Level.BLOCK, Leak.BANK_CARD, _mask(hit)) for hit in cards]
    return tuple(found)


def _id_numbers(plain: str) -> Iterator[Finding]:
    for match in _ID18.finditer(plain):
        number = _digits(match[1])
        if is_id(number):
            yield Finding(Level.BLOCK, Leak.ID_NUMBER, _mask(number))


def _old_id_numbers(plain: str) -> Iterator[Finding]:
    for number in _ID15.findall(plain):
        if int(number[:2]) in _PROVINCES:
            month, day = int(number[8:10]), int(number[10:12])
            dated = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 (the calendar)
            yield Finding(Level.BLOCK if dated else Level.WARN, Leak.OLD_ID_NUMBER, _mask(number))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).upper()


def _mask(text: str) -> str:
    digits = _digits(text)
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0  # noqa: PLR2004 (Luhn)


def notice_name(name: str) -> str:
    """Shorten a name for a notice that must not give it in full.

    >>> notice_name("林岚"), notice_name("贺定波"), notice_name("钟离秋水")
    ('林＊', '贺＊波', '钟＊＊水')
    """
    if len(name) < _SHORT:
        return STAR
    if len(name) == _SHORT:
        return name[0] + STAR
    return name[0] + STAR * (len(name) - 2) + name[-1]
