"""Tables as CSV, opened by a spreadsheet without running what somebody typed into a cell."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is computed by a spreadsheet, in some locales in full width too."""
MARK: Final = "\ufeff"
"""The byte order mark: without it Excel reads Chinese as another encoding."""


def safe_cell(value: object) -> str:
    """Write one cell so that a spreadsheet shows it as text.

    >>> safe_cell("=1+1"), safe_cell(12), safe_cell(None)
    ("'=1+1", '12', '')
    """
    text = "" if value is None else str(value)
    bare = text.lstrip(" \u3000")
    return f"'{text}" if bare[:1] in FORMULA_STARTS and bare else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Write a table line by line, each cell made safe."""
    yield MARK + _line(head)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[object]) -> str:
    page = io.StringIO()
    csv.writer(page).writerow([safe_cell(cell) for cell in cells])
    return page.getvalue()
