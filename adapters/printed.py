"""Official forms as workbooks that print as they stand: A4 landscape, a page for each block."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

A4: Final = 9
MARGIN: Final = 0.5
SIDE: Final = 0.4
TITLE_HEIGHT, ROW_HEIGHT, SIGN_HEIGHT = 32, 20, 30
SONG: Final = "SimSun"


@dataclass(frozen=True)
class Block:
    """One page of a form or more: what stands above the table, and its rows."""

    line: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class PrintedForm:
    """A form: its title and signature line stand in every block."""

    name: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    blocks: Sequence[Block]
    signatures: str


def write_form(form: PrintedForm) -> bytes:
    """Write the form; every cell is text, whatever it begins with."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(form.name)
        _page(sheet, form)
        formats = _formats(book)
        at, breaks = 0, []
        for block in form.blocks:
            at = _block(sheet, form, block, at, formats)
            breaks.append(at)
        sheet.set_h_pagebreaks(breaks[:-1])
        sheet.print_area(0, 0, max(at - 1, 0), len(form.head) - 1)
    return target.getvalue()


def _page(sheet: Any, form: PrintedForm) -> None:  # noqa: ANN401  # xlsxwriter is untyped
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=SIDE, right=SIDE, top=MARGIN, bottom=MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(form.widths):
        sheet.set_column(column, column, width)


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    plain = {"font_name": SONG, "font_size": 11, "valign": "vcenter"}
    cell = {**plain, "border": 1, "num_format": "@", "text_wrap": True}
    return {
        "title": book.add_format({**plain, "font_size": 18, "bold": True, "align": "center"}),
        "line": book.add_format(plain),
        "head": book.add_format({**cell, "bold": True, "align": "center"}),
        "cell": book.add_format(cell),
    }


def _block(sheet: Any, form: PrintedForm, block: Block, at: int, formats: dict[str, Any]) -> int:  # noqa: ANN401  # as above
    """Write one block from row ``at`` on; returns the row after it."""
    last = len(form.head) - 1
    _across(sheet, at, last, form.title, formats["title"])
    sheet.set_row(at, TITLE_HEIGHT)
    _across(sheet, at + 1, last, block.line, formats["line"])
    for column, word in enumerate(form.head):
        sheet.write_string(at + 2, column, word, formats["head"])
    at += 3
    for row in block.rows:
        for column, text in enumerate(row):
            sheet.write_string(at, column, text, formats["cell"])
        sheet.set_row(at, ROW_HEIGHT)
        at += 1
    _across(sheet, at, last, form.signatures, formats["line"])
    sheet.set_row(at, SIGN_HEIGHT)
    return at + 1


def _across(sheet: Any, row: int, last: int, text: str, style: Any) -> None:  # noqa: ANN401  # as above
    """Write text over the whole width; a merged range alone would read ``=1+1`` as a formula."""
    sheet.merge_range(row, 0, row, last, "", style)
    sheet.write_string(row, 0, text, style)
