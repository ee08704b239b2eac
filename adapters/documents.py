"""PDF documents, set by Typst from sources under templates/documents/ with our own fonts."""

import io
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno

from rules.errors import Invalid

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "fonts" / "pdf"
NOWHERE = "\U0010fffd"
"""A character no font has: its picture is the font's empty box."""
_TURN = Lock()


def certificate_pdf(fields: dict[str, str]) -> bytes:
    """Set one award certificate: A4 landscape, fonts embedded, a QR code of ``fields["url"]``.

    Raises ``Invalid`` when the fonts lack a character of the holder's name:
    a name with a hole in it is not printed.
    """
    missing = missing_glyphs(fields["holder"])
    if missing:
        raise Invalid("The fonts have no sign for %(missing)s in this name.", missing=missing)
    return _compiled("certificate.typ", fields)


def recommendation_pdf(fields: dict[str, str]) -> bytes:
    """Set a unit's recommendation form, A4 upright, ready for signature and stamp.

    Raises ``Invalid`` when the fonts lack a character of the person's name.
    """
    missing = missing_glyphs(fields["name"])
    if missing:
        raise Invalid("The fonts have no sign for %(missing)s in this name.", missing=missing)
    return _compiled("recommendation.typ", fields)


def draw_minutes_pdf(fields: dict[str, Any]) -> bytes:
    """Set the minutes of a draw: A4 upright, order, hashes, keepers and lines to sign on."""
    return _compiled("draw_minutes.typ", fields)


def table_pdf(fields: dict[str, Any]) -> bytes:
    """Set a list as a table: A4, its head on every page, pages numbered.

    ``fields``: title, about, filters, made, head, widths (characters), rows.
    Raises ``Invalid`` as :func:`check_table`.
    """
    check_table(fields["rows"])
    return _compiled("table.typ", fields)


def check_table(rows: Iterable[Iterable[str]]) -> None:
    """Raise ``Invalid`` when the fonts lack a sign of a table: no name is printed with a hole."""
    missing = missing_glyphs(
        "".join(sorted({char for row in rows for cell in row for char in cell}))
    )
    if missing:
        raise Invalid(
            "The fonts have no sign for %(missing)s, which stands in this list. Take the workbook "
            "or the plain table. Nothing was made.",
            missing=missing,
        )


def qr_svg(text: str) -> bytes:
    """Draw a QR code, error level M, as a plain SVG without styles."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=2, svgclass=None)
    return out.getvalue()


def missing_glyphs(text: str) -> str:
    """Return the characters of ``text`` that the certificate's font cannot show."""
    return "".join(char for char in text if not char.isspace() and _picture(char) == _blank())


@cache
def _font() -> Any:  # noqa: ANN401  # Pillow is loaded only where a name is looked at
    from PIL import ImageFont  # noqa: PLC0415  # as above

    return ImageFont.truetype(str(FONTS / "NotoSerifSC-Bold.ttf"), 16)


def _picture(char: str) -> bytes:
    return bytes(_font().getmask(char))


@cache
def _blank() -> bytes:
    return _picture(NOWHERE)


@cache
def _compiler(source: str) -> Any:  # noqa: ANN401  # typst ships no types for it
    import typst  # noqa: PLC0415  # the compiler weighs 40 MB: loaded where a document is set

    return typst.Compiler(
        str(SOURCES / source), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def _compiled(source: str, fields: Mapping[str, Any]) -> bytes:
    """Compile with a compiler kept warm; one document at a time, for it keeps its inputs."""
    code = qr_svg(fields["url"]).decode() if "url" in fields else ""
    inputs = {"data": json.dumps(fields, ensure_ascii=False), "qr": code}
    with _TURN:
        return bytes(_compiler(source).compile(sys_inputs=inputs))
