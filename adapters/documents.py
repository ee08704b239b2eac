"""PDF documents, set by Typst from sources under templates/documents/ with our own fonts."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import segno

from rules.errors import Invalid

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "fonts" / "pdf"


def certificate_pdf(fields: dict[str, str]) -> bytes:
    """Set one award certificate: A4 landscape, fonts embedded, a QR code of ``fields["url"]``.

    Raises ``Invalid`` when the fonts lack a character of the holder's name:
    a name with a hole in it is not printed.
    """
    missing = missing_glyphs(fields["holder"])
    if missing:
        raise Invalid("The fonts have no sign for %(missing)s in this name.", missing=missing)
    return _compiled("certificate.typ", fields)


def qr_svg(text: str) -> bytes:
    """Draw a QR code, error level M, as a plain SVG without styles."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=2, svgclass=None)
    return out.getvalue()


def missing_glyphs(text: str) -> str:
    """Return the characters of ``text`` that the certificate's font cannot show."""
    known = _codepoints()
    return "".join(char for char in text if not char.isspace() and ord(char) not in known)


@cache
def _codepoints() -> frozenset[int]:
    from PIL import ImageFont  # noqa: PLC0415  # only names outside the common block need a look

    font = ImageFont.truetype(str(FONTS / "NotoSerifSC-Regular.ttf"), 16)
    blank = bytes(font.getmask("\U0010fffd"))
    block = (*range(0x20, 0x7F), *range(0xB7, 0xB8), *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
    return frozenset(point for point in block if bytes(font.getmask(chr(point))) != blank)


def _compiled(source: str, fields: dict[str, str]) -> bytes:
    import typst  # noqa: PLC0415  # the compiler weighs 40 MB: loaded where a document is set

    inputs: dict[str, Any] = {"data": json.dumps(fields, ensure_ascii=False)}
    inputs["qr"] = qr_svg(fields["url"]).decode()
    return bytes(
        typst.compile(
            str(SOURCES / source),
            root=str(ROOT),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
    )
