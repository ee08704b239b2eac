"""Stamped papers: a scan or a photograph comes in, a plain picture is kept."""

import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from adapters.images import Cut, keep_picture
from adapters.storage import Shelf
from rules.errors import Invalid

WIDTHS = (800, 1600)
MAX_BYTES = 10 * 1024 * 1024
PDF = b"%PDF-"
SOUGHT = 1024
"""How far into the file the mark of a PDF may stand, as readers allow."""
SHEET = """#set page(width: auto, height: auto, margin: 0pt)
#image("scan.pdf", page: 1, width: 210mm)
"""
PPI = 200.0
ONE_AT_A_TIME = BoundedSemaphore(1)


def keep_scan(shelf: Shelf, data: bytes, *, prefix: str) -> Cut:
    """Keep a scan as a picture: a photograph is re-encoded, a PDF's first page is drawn anew.

    Nothing but pixels is kept: no script, attachment, link or camera data.
    Raises ``Invalid`` when the content is neither, whatever its name says.
    """
    if len(data) > MAX_BYTES:
        raise Invalid("The scan is larger than 10 MB. Send a smaller copy of it.")
    if PDF in data[:SOUGHT]:
        data = _first_page(data)
    try:
        return keep_picture(shelf, data, widths=WIDTHS, prefix=prefix)
    except Invalid:
        raise Invalid(
            "This file is neither a picture (JPEG, PNG) nor a PDF that can be read. "
            "Scan the stamped form again."
        ) from None


def _first_page(data: bytes) -> bytes:
    """Draw the first page of a PDF; its other contents stay behind."""
    import typst  # noqa: PLC0415  # the compiler weighs 40 MB: loaded where it is needed

    with ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scan.pdf").write_bytes(data)
        sheet = Path(folder) / "sheet.typ"
        sheet.write_text(SHEET)
        try:
            drawn = typst.compile(
                str(sheet), root=folder, format="png", ppi=PPI, ignore_system_fonts=True
            )
        except RuntimeError:
            return b""
    return drawn
