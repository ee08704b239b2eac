"""The mark ledger: each row carries the hash of the one before, so no change goes unseen.

Source: docs/rules/ledger.md.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.errors import Invalid
from rules.phrases import Phrase, phrase

VERSION = 1
FIRST = "0" * 64
GROUP = 8


@dataclass(frozen=True)
class Row:
    """One row of a sheet's chain; ``payload`` holds texts, whole numbers, lists and objects."""

    sheet: str
    seq: int
    payload: Mapping[str, object]
    prev: str
    hash: str


@dataclass(frozen=True)
class Break:
    """The first row of a chain that does not hold."""

    seq: int
    reason: Phrase


def canonical_json(value: object) -> str:
    """Write ``value`` in the one form that is hashed: keys sorted, no spaces, UTF-8 as it is.

    Raises ``Invalid`` for floats and anything JSON has no exact form for.

    >>> canonical_json({"b": [1, None], "a": "焊"})
    '{"a":"焊","b":[1,null]}'
    """
    _check_exact(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_exact(value: object) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise Invalid("A key of a hashed record must be a text.")
        for inner in value.values():
            _check_exact(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_exact(inner)
    elif not (value is None or isinstance(value, str | int)):
        raise Invalid(
            "%(kind)s has no exact form that could be hashed; write it as text.",
            kind=type(value).__name__,
        )


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(sheet: str, seq: int, payload: Mapping[str, object], prev: str) -> str:
    """Return SHA-256 of ``version|prev|sheet|seq|canonical JSON``.

    Raises ``Invalid`` for a sheet name with ``|``, which would blur the border.
    """
    if "|" in sheet:
        raise Invalid(
            "The sheet name %(sheet)s holds a bar; that would blur its hash.", sheet=sheet
        )
    return digest(f"{VERSION}|{prev}|{sheet}|{seq}|{canonical_json(dict(payload))}")


def append(last: Row | None, sheet: str, payload: Mapping[str, object]) -> Row:
    """Make the row that follows ``last`` (None: the sheet's first, number 1)."""
    seq, prev = (1, FIRST) if last is None else (last.seq + 1, last.hash)
    return Row(sheet, seq, payload, prev, row_hash(sheet, seq, payload, prev))


def verify(rows: Iterable[Row], head: str | None = None) -> Break | None:
    """Return the first break of one sheet's chain, or None when it holds.

    ``head`` is the hash last published or signed: with it, rows cut off at
    the end are found too.
    """
    prev, sheet, expected = FIRST, None, 1
    for row in rows:
        sheet = row.sheet if sheet is None else sheet
        if row.seq != expected:
            reason = phrase("Row %(seq)s is missing or out of order.", seq=expected)
            return Break(expected, reason)
        if row.prev != prev or row.sheet != sheet:
            return Break(
                row.seq, phrase("Row %(seq)s does not follow the one before.", seq=row.seq)
            )
        if row.hash != row_hash(row.sheet, row.seq, row.payload, row.prev):
            return Break(
                row.seq, phrase("Row %(seq)s was changed after it was written.", seq=row.seq)
            )
        prev, expected = row.hash, expected + 1
    if head is not None and head != prev:
        return Break(expected, phrase("The chain ends before the row that was signed last."))
    return None


def merkle_root(hashes: Sequence[str]) -> str:
    """Return the one hash over many (leaves 0x00, nodes 0x01; an odd one moves up alone).

    No hashes at all give 64 zeros.
    """
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in hashes]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [_node(pair) for pair in pairs]
    return level[0].hex() if level else FIRST


def _node(pair: list[bytes]) -> bytes:
    return pair[0] if len(pair) == 1 else hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest()


def spell(root: str) -> str:
    """Write a root as 8 groups of 8 characters, to be compared by eye on paper.

    >>> spell("0" * 64)
    '00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000'
    """
    return " ".join(root[at : at + GROUP] for at in range(0, len(root), GROUP))
