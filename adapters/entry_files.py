"""Papers sent with an entry: known by their bytes, never by their names, and cleaned.

Pictures are decoded and drawn anew. In a PDF the document properties are
blanked in place, so that every offset stays right; what runs, opens other
files or is encrypted is refused.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import Final

from adapters.images import redrawn
from rules.errors import Invalid

PDF, JPEG = "application/pdf", "image/jpeg"
ENDINGS: Final = {PDF: "pdf", JPEG: "jpg"}
WIDEST: Final = 2000
"""Pixels a photographed paper is kept at, so that small print stays readable."""
NAME_LENGTH: Final = 60
MEGABYTE: Final = 1024 * 1024
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_TEXT: Final = (
    rb"(?:\((?:\\.|[^\\()]|\([^()]{0,200}\)){0,1000}\)|<[0-9A-Fa-f\s]{0,4000}>|\d+\s+\d+\s+R)"
)
_PROPERTY: Final = re.compile(
    rb"/(?:Title|Author|Subject|Keywords|Creator|Producer|Company|Manager|SourceModified"
    rb"|CreationDate|ModDate)\s*" + _TEXT,
    re.DOTALL,
)
MOST_PROPERTIES: Final = 2000
_METADATA: Final = re.compile(rb"/Metadata\s+\d+\s+\d+\s+R")
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b"
)
_LOCKED: Final = re.compile(rb"/Encrypt\b")
_BEGIN: Final = re.compile(rb">>\s{0,9}stream(?:\r\n|\n)")
_HEAD: Final = 2048
"""Bytes before a stream in which its dictionary is looked for."""


@dataclass(frozen=True)
class Paper:
    """A cleaned file, its kind and the name it may be shown under."""

    data: bytes
    media_type: str
    name: str


def clean_paper(data: bytes, name: str, *, megabytes: int, picture: bool = False) -> Paper:
    """Return a cleaned copy of a PDF, JPEG or PNG; ``picture`` takes no PDF.

    Raises ``Invalid`` when it is none of these, broken, too large, encrypted
    or has something in it that runs; a name never decides what a file is.
    """
    if not data:
        raise Invalid("This file is empty. Choose another one.")
    if len(data) > megabytes * MEGABYTE:
        raise Invalid(
            "This file has %(size)s MB; at most %(most)s MB are taken. Send a smaller copy.",
            size=_megabytes(len(data)),
            most=megabytes,
        )
    if data.startswith(_PICTURES):
        return Paper(redrawn(data, WIDEST), JPEG, shown_name(name, JPEG))
    if picture:
        raise Invalid("This is not a JPEG or PNG picture. Choose another file.")
    if not data.lstrip()[:5] == b"%PDF-":
        raise Invalid("This is not a PDF, JPEG or PNG file. Choose another one.")
    return Paper(clean_pdf(data), PDF, shown_name(name, PDF))


def shown_name(name: str, media_type: str) -> str:
    r"""Return a file's own name without folders, odd characters and its old ending.

    >>> shown_name("C:\\证明\\社保 记录.PNG", JPEG)
    '社保 记录.jpg'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rpartition(".")[0] or last
    kept = "".join(char for char in stem if char.isalnum() or char in " -_·（）()")
    return f"{' '.join(kept.split())[:NAME_LENGTH] or 'file'}.{ENDINGS[media_type]}"


def clean_pdf(data: bytes) -> bytes:
    """Blank the document properties of a PDF, those inside object streams as well."""
    if b"%%EOF" not in data[-2048:]:
        raise Invalid("This PDF is cut off. Save it once more and send it again.")
    if _LOCKED.search(data):
        raise Invalid("This PDF is locked with a password. Save it without one and send it again.")
    parts, at = [], 0
    while begin := _BEGIN.search(data, at):
        end = data.find(b"endstream", begin.end())
        if end < 0:
            raise Invalid("This PDF is broken. Save it once more and send it again.")
        head = data[max(at, begin.start() - _HEAD) : begin.start()].rpartition(b" obj")[2]
        parts += [_blank(data[at : begin.end()]), _stream(head, data[begin.end() : end])]
        at = end
    return b"".join([*parts, _blank(data[at:])])


def _stream(head: bytes, body: bytes) -> bytes:
    """Clean what may hold properties; every stream keeps its length."""
    if re.search(rb"/Type\s*/Metadata\b", head):
        return b" " * len(body)
    if not re.search(rb"/Type\s*/ObjStm\b", head):
        return body
    if b"/Filter" not in head:
        return _blank(body)
    packed = zlib.compress(_blank(_unpacked(head, body)), 9)
    if len(packed) > len(body):
        raise Invalid("This PDF cannot be cleaned. Print it to a plain PDF and send that.")
    return packed.ljust(len(body), b"\0")


def _blank(data: bytes) -> bytes:
    if _ACTIVE.search(data):
        raise Invalid(
            "This PDF holds a program or another file. Print it to a plain PDF and send that."
        )
    if sum(data.count(name) for name in (b"/Title", b"/Author", b"/Creat")) > MOST_PROPERTIES:
        raise Invalid("This PDF cannot be cleaned. Print it to a plain PDF and send that.")
    for pattern in (_PROPERTY, _METADATA):
        data = pattern.sub(lambda found: b" " * len(found.group()), data)
    return data


def _unpacked(head: bytes, body: bytes) -> bytes:
    if not re.search(rb"/Filter\s*\[?\s*/FlateDecode\b", head):
        raise Invalid("This PDF cannot be cleaned. Print it to a plain PDF and send that.")
    limited = zlib.decompressobj()
    try:
        plain = limited.decompress(body, 20 * MEGABYTE)
    except zlib.error:
        raise Invalid("This PDF is broken. Save it once more and send it again.") from None
    if limited.unconsumed_tail:
        raise Invalid("This PDF cannot be cleaned. Print it to a plain PDF and send that.")
    return plain


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"
