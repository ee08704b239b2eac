"""Identity numbers (GB 11643), what follows from them, and how staff see them masked.

Source: docs/rules/eligibility.md, "Identity numbers".
"""

import datetime as dt
import re
import unicodedata

from rules.errors import Invalid
from rules.terms import Gender

ID_LENGTH = 18
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_YEAR = 1800
_STARS = 12


def clean_id(text: str) -> str:
    """Bring an ID number to its stored form: half-width, no spaces, a capital X.

    >>> clean_id(" 1101 0519 4912 3100 2x ")
    '11010519491231002X'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_digit(first: str) -> str:
    """Return the check character for the first 17 digits of an ID number."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def parse_id(text: str) -> str:
    """Return the clean ID number; raises ``Invalid`` with what is wrong, never echoing it."""
    number = clean_id(text)
    if not _SHAPE.fullmatch(number):
        raise Invalid(
            "An ID number has 17 digits and then a digit or X; %(length)s characters were read.",
            length=len(number),
        )
    if _birth(number[6:14]) is None:
        raise Invalid("The date of birth inside the ID number does not exist.")
    if number[-1] != check_digit(number[:-1]):
        raise Invalid("The last character of the ID number does not fit the others; look again.")
    return number


def is_id(text: str) -> bool:
    """Whether ``text`` is a valid ID number."""
    try:
        parse_id(text)
    except Invalid:
        return False
    return True


def _birth(digits: str) -> dt.date | None:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None


def birth_date(number: str) -> dt.date:
    """Return the date of birth of a valid ID number; raises ``Invalid`` for any other."""
    digits = parse_id(number)[6:14]
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def gender(number: str) -> Gender:
    """Return the sex of a valid ID number (odd seventeenth digit: male)."""
    return Gender.MALE if int(parse_id(number)[16]) % 2 else Gender.FEMALE


def age_on(born: dt.date, day: dt.date) -> int:
    """Return the whole years lived on ``day``; born on 29 February, one ages on 1 March.

    >>> age_on(dt.date(2008, 2, 29), dt.date(2026, 2, 28))
    17
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mask_id(number: str) -> str:
    """Show staff the region and the last four characters.

    >>> mask_id("11010519491231002X")
    '110105********002X'
    """
    clean = clean_id(number)
    return clean[:6] + "*" * (len(clean) - 10) + clean[-4:]


def mask_phone(number: str) -> str:
    """Show staff the first three and the last four digits.

    >>> mask_phone("13800000000")
    '138****0000'
    """
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_bank(number: str) -> str:
    """Show staff the last four digits behind twelve stars, whatever the length.

    >>> mask_bank("6222020000000000000")
    '************0000'
    """
    return "*" * _STARS + number[-4:]
