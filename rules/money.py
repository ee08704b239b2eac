"""Money of a contest: amounts in fen, as people here write them; what is planned, booked and left.

Source: docs/rules/money.md.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rules.errors import wrong_field
from rules.privacy import leak_scan, notice_name
from rules.text import clean_line, is_plain_line

FEN: Final = 100
MOST: Final = 10_000_000_000
"""A hundred million yuan, in fen: more is a slip of the hand."""
LONGEST_TITLE, LONGEST_PAYEE, LONGEST_VOUCHER, LONGEST_NOTE = 60, 40, 40, 200
EARLIEST: Final = dt.date(2000, 1, 1)
_PERSON: Final = 4
"""A payee of so many characters may be a person, whose name is kept masked."""
_ACCOUNT = re.compile(r"\d(?:[\s-]?\d){11,}")
"""So many digits are an account; an electronic invoice has as many, so vouchers may."""
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?", re.ASCII)
_AROUND = re.compile(r"^(¥|￥|人民币|RMB)?(.*?)(万)?(元|圆)?(整)?$", re.IGNORECASE)


def read_fen(text: str, *, field: str = "amount") -> int:
    """Return an amount in fen, written as 12000, 12,000.50, ¥12000 or 1.2万元.

    Raises ``Invalid`` beside ``field`` for anything that is not a plain amount up to a hundred
    million yuan in whole fen.

    >>> [read_fen(text) for text in ("12,000.50", "１２０００元", "1.2万", "¥0.5")]
    [1200050, 1200000, 1200000, 50]
    """
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    found = _AROUND.match(squeezed)
    digits = found[2] if found else ""
    if not _GROUPED.fullmatch(digits):
        raise wrong_field(
            field,
            "Write the amount in figures, such as 12000, 12,000.50 or 1.2万. Nothing was kept.",
        )
    scale = 10_000 if found and found[3] else 1
    fen = Decimal(digits.replace(",", "")) * scale * FEN
    if fen != fen.to_integral_value():
        raise wrong_field(
            field, "Nothing is smaller than a fen: give at most two decimals of a yuan."
        )
    if fen > MOST:
        raise wrong_field(
            field, "That is more than a hundred million yuan. Look at the zeros again."
        )
    return int(fen)


def read_some(text: str, *, field: str = "amount") -> int:
    """Return an amount in fen that is more than nothing. Raises ``Invalid``."""
    fen = read_fen(text, field=field)
    if not fen:
        raise wrong_field(field, "The amount must be more than nothing.")
    return fen


def say_fen(fen: int) -> str:
    """Write an amount in yuan with thousands and two decimals.

    >>> say_fen(1200050), say_fen(-5)
    ('12,000.50', '-0.05')
    """
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN)
    return f"{sign}{yuan:,}.{rest:02}"


@dataclass(frozen=True)
class Standing:
    """What was planned and what was spent, in fen."""

    planned: int
    spent: int

    @property
    def left(self) -> int:
        """What is left of the plan; negative when more was spent."""
        return self.planned - self.spent

    @property
    def is_over(self) -> bool:
        """Whether more was spent than planned."""
        return self.spent > self.planned

    @property
    def share(self) -> int:
        """How much of the plan is spent, in whole percent; 100 where nothing was planned."""
        return self.spent * 100 // self.planned if self.planned else 100 * bool(self.spent)


def whole(parts: Iterable[Standing]) -> Standing:
    """Add standings up."""
    rows = list(parts)
    return Standing(sum(row.planned for row in rows), sum(row.spent for row in rows))


def check_booked_on(day: dt.date | None, today: dt.date) -> dt.date:
    """Return the day money was paid, or refuse one that has not come. Raises ``Invalid``."""
    if day is None or not EARLIEST <= day <= today:
        raise wrong_field("booked_on", "Give the day it was paid; that day cannot lie ahead.")
    return day


def check_title(text: str) -> str:
    """Return the name of a budget line in its kept form, or refuse it. Raises ``Invalid``."""
    return _line(text, "title", LONGEST_TITLE, needed=True)


def check_voucher(text: str) -> str:
    """Return the number of a voucher, or nothing. Raises ``Invalid``."""
    return _line(text, "voucher", LONGEST_VOUCHER, needed=False)


def check_note(text: str, *, needed: bool = False) -> str:
    """Return a note, which a reversal must have. Raises ``Invalid``."""
    return _line(text, "note", LONGEST_NOTE, needed=needed)


def check_payee(text: str) -> str:
    """Return a payee as it is kept: a unit in full, what may be a person masked.

    >>> check_payee("舟山示例印刷厂"), check_payee("贺定波")
    ('舟山示例印刷厂', '贺＊波')
    """
    clean = _line(text, "payee", LONGEST_PAYEE, needed=True)
    return notice_name(clean) if len(clean) <= _PERSON else clean


def _line(text: str, field: str, longest: int, *, needed: bool) -> str:
    clean = clean_line(text)
    if len(clean) > longest or not is_plain_line(clean):
        raise wrong_field(field, "This is longer than the ledger takes, or holds odd characters.")
    if needed and not clean:
        raise wrong_field(field, "This must be filled in: whoever audits the ledger asks for it.")
    if leak_scan(clean) or (field != "voucher" and _ACCOUNT.search(clean)):
        raise wrong_field(
            field,
            "The ledger keeps no ID numbers, telephones or bank accounts. Leave the number out; "
            "nothing was kept.",
        )
    return clean
