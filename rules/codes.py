"""Codes sent to a telephone to sign in with: how long, how often, and for whom they do.

Source: docs/people.md, "Signing in by a code".
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from rules.permits import GRANTS, Grant

DIGITS: Final = 6
LIFE: Final = dt.timedelta(minutes=10)
MAX_TRIES: Final = 5
"""Tries one code bears, right or wrong; they are counted before they are looked at."""
SENDS: Final = (5, 40)
"""Codes within an hour: per telephone, and per address (a hall shares one address)."""
HOUR: Final = dt.timedelta(hours=1)
KEPT: Final = dt.timedelta(days=1)
"""How long the row of a code stays after its end, to look into a complaint."""


def digits_of(mark: str) -> str:
    """Turn a keyed hash (hexadecimal) into the six digits of a code.

    >>> digits_of("ff" * 32)
    '639935'
    """
    return f"{int(mark, 16) % 10**DIGITS:0{DIGITS}d}"


def clean_code(text: str) -> str:
    """Bring a typed code to its digits: blanks and full-width digits are fine.

    >>> clean_code(" 123 456 ")
    '123456'
    """
    return "".join(str(int(char)) for char in text if char.isdecimal())


def needs_password(grants: Iterable[Grant]) -> bool:
    """Whether an account signs in with its password alone: who may do anything for others.

    >>> from rules.permits import Role
    >>> needs_password([Grant(Role.JUDGE)]), needs_password([])
    (True, False)
    """
    return any(GRANTS[grant.role] for grant in grants)
