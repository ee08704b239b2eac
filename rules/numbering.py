"""Numbers people read aloud: certificates and receipts, with a check character.

Source: docs/rules/numbering.md.
"""

import re
import unicodedata
from typing import NamedTuple

from rules.errors import Invalid

_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CERTIFICATE = re.compile(r"DHJN-(\d{4})-([A-Z0-9]{2,8})-(\d{5})([0-9A-Z])", re.ASCII)
_RECEIPT = re.compile(r"(\d{2})([A-Z]{2,4})-(\d{4,6})", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]{2,8}", re.ASCII)
_LETTERS = re.compile(r"[A-Z]{2,4}", re.ASCII)
MOST_SERIALS = 99_999
MOST_RECEIPTS = 999_999
YEARS = range(1000, 10_000)


class CertificateNumber(NamedTuple):
    """The parts of ``DHJN-2026-HG-00187Y`` without the check character."""

    year: int
    contest: str
    serial: int


class ReceiptNumber(NamedTuple):
    """The parts of ``26HG-0187``; ``year`` has two digits."""

    year: int
    event: str
    serial: int


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 character of the letters and digits in ``text``.

    It catches every single wrong character and nearly every swap of neighbours.

    >>> check_character("A12425GABC1234002")
    'M'
    """
    product = 36
    for symbol in text:
        if symbol in _SYMBOLS:
            total = (product + _SYMBOLS.index(symbol)) % 36 or 36
            product = total * 2 % 37
    return _SYMBOLS[(37 - product) % 36]


def certificate_number(year: int, contest: str, serial: int) -> str:
    """Build a certificate number; ``contest`` is 2 to 8 capital letters or digits.

    Raises ``Invalid`` when a part has no room in the number.
    """
    if year not in YEARS or not _CODE.fullmatch(contest) or not 1 <= serial <= MOST_SERIALS:
        raise Invalid(
            "A certificate number needs a year of four digits, a contest code of 2 to 8 capital "
            "letters or digits, and a serial from 1 to 99999."
        )
    body = f"DHJN-{year}-{contest}-{serial:05}"
    return body + check_character(body)


def parse_certificate(text: str) -> CertificateNumber:
    """Read a typed certificate number; lower case, spaces and full-width forms are fine.

    Raises ``Invalid`` when it has another shape or the check character does not fit.
    """
    number = _clean(text)
    match = _CERTIFICATE.fullmatch(number)
    if match is None:
        raise Invalid("A certificate number looks like DHJN-2026-HG-00187Y; compare it once more.")
    if check_character(number[:-1]) != number[-1]:
        raise Invalid("One character of this number is wrong; compare it with the certificate.")
    return CertificateNumber(int(match[1]), match[2], int(match[3]))


def receipt_number(year: int, event: str, serial: int) -> str:
    """Build a receipt number: two digits of the year, 2 to 4 capital letters, a serial.

    >>> receipt_number(2026, "HG", 187)
    '26HG-0187'
    """
    if not _LETTERS.fullmatch(event) or not 1 <= serial <= MOST_RECEIPTS:
        raise Invalid(
            "A receipt number needs an event code of 2 to 4 capital letters and a serial from 1."
        )
    return f"{year % 100:02}{event}-{serial:04}"


def parse_receipt(text: str) -> ReceiptNumber:
    """Read a typed receipt number; raises ``Invalid`` when it has another shape."""
    match = _RECEIPT.fullmatch(_clean(text))
    if match is None:
        raise Invalid("A receipt number looks like 26HG-0187; compare it once more.")
    return ReceiptNumber(int(match[1]), match[2], int(match[3]))


def _clean(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return re.sub("[‐-―−]", "-", plain)
