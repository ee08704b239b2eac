"""Papers of a contest's days, set by Typst: tickets, number cloths, cards, badges, lists.

Pictures are read from the shelf, which is the document's root: nothing else can be.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from adapters.documents import FONTS, SOURCES, qr_svg
from rules.errors import Invalid
from rules.terms import PaperKind

SOURCE = SOURCES / "papers.typ"
TITLES = {
    PaperKind.TICKET: "参赛证",
    PaperKind.CLOTH: "号码布",
    PaperKind.CARD: "工位牌",
    PaperKind.BADGE: "胸牌",
    PaperKind.SHEET: "检录表",
}
"""Papers are Chinese documents whatever language the site is read in."""
_TURN = Lock()


def papers_pdf(
    kind: PaperKind, items: list[dict[str, Any]], *, folder: Path, sample: bool
) -> bytes:
    """Set the papers of one kind; an item's or a row's ``code`` becomes its QR code.

    Tickets come on A5 alone and two on A4 in numbers. Raises ``Invalid`` when Typst refuses.
    """
    inputs = {
        "kind": kind.value,
        "title": TITLES[kind],
        "data": json.dumps([_coded(item) for item in items], ensure_ascii=False),
        "sample": "yes" if sample else "no",
    }
    with _TURN:
        try:
            source = SOURCE.read_bytes()
            return bytes(_compiler(str(folder)).compile(source, sys_inputs=inputs))
        except RuntimeError as trouble:
            raise Invalid("The papers could not be set: %(trouble)s", trouble=trouble) from None


def _coded(item: dict[str, Any]) -> dict[str, Any]:
    rows = [_coded(row) for row in item.get("rows", ())]
    qr = qr_svg(item["code"]).decode() if "code" in item else ""
    return {**item, "qr": qr, "rows": rows}


@cache
def _compiler(folder: str) -> Any:  # noqa: ANN401  # typst ships no types for it
    import typst  # noqa: PLC0415  # the compiler weighs 40 MB: loaded where a document is set

    Path(folder).mkdir(parents=True, exist_ok=True)  # a shelf that holds nothing yet is not there
    return typst.Compiler(root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True)
