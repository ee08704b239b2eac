"""Accounts: what a handle and a password must be, and how long a sign-in lasts."""

import datetime as dt
import re
import unicodedata
from typing import Final

IDLE_LIMIT: Final = dt.timedelta(minutes=30)
ABSOLUTE_LIMIT: Final = dt.timedelta(hours=12)
MAX_FAILURES: Final = (5, 50)
"""Wrong passwords before a lock: per account, and per address (a hall shares one address)."""
WINDOW: Final = dt.timedelta(minutes=15)
LOCK_TIME: Final = dt.timedelta(minutes=15)
MIN_PASSWORD: Final = 8
MIN_STAFF_PASSWORD: Final = 12
"""Who works with other people's data signs in with a longer one."""
MAX_PASSWORD: Final = 128
WEAK: Final = frozenset(
    {"12345678", "123456789", "1234567890", "password", "password1", "qwertyui", "11111111"}
    | {"88888888", "66666666", "00000000", "abcd1234", "a1234567", "iloveyou", "dinghai123"}
    | {"jiangpu123", "woaini1314", "5201314520", "147258369", "987654321", "qq123456"}
)


def clean_handle(text: str) -> str:
    """Bring a phone number, e-mail address or user name to its one stored form.

    >>> clean_handle(" 138 0000 1234 ")
    '13800001234'
    >>> clean_handle("Zhou@Example.CN")
    'zhou@example.cn'
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    bare = folded.replace(" ", "").replace("-", "")
    return bare if bare.lstrip("+").isdigit() else folded


def is_mobile(text: str) -> bool:
    """Whether a cleaned handle is a mobile number of the mainland.

    >>> is_mobile("13800001234"), is_mobile("12345678901")
    (True, False)
    """
    return re.fullmatch(r"1[3-9]\d{9}", text) is not None


def password_faults(
    password: str, handle: str = "", *, least: int = MIN_PASSWORD
) -> tuple[str, ...]:
    """List what is wrong with a new password, as whole sentences; empty when it will do."""
    faults = []
    if least == MIN_STAFF_PASSWORD and len(password) < least:
        faults.append("Staff passwords have at least 12 characters, at most 128.")
    elif len(password) < least:
        faults.append("A password has at least 8 characters; a short sentence is easiest to keep.")
    if len(password) > MAX_PASSWORD:
        faults.append("A password has at most 128 characters.")
    if password.lower() in WEAK or (handle and password.lower() == handle):
        faults.append("This password is one of the first anybody would try. Choose another.")
    return tuple(faults)
