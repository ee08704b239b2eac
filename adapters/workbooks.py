"""Workbooks: xlsx files read into addressed cells, and written with drop-downs.

A file is measured before it is unpacked: its size, its members, what they
unpack to, and how far its cells reach.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.parsers.expat import ExpatError

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from adapters.workbook_parts import Reach, formulas
from rules.errors import Invalid
from rules.text import clean_line

MAX_BYTES = 2 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 200
MAX_REACH = Reach(rows=3000, columns=60)
MOST_IN_RULE = 255
LISTS = "选项"
CHUNK = 256 * 1024
UNREADABLE = (
    zipfile.BadZipFile,
    CalamineError,
    ExpatError,
    KeyError,  # a part is missing
    NotImplementedError,  # a packing nobody uses
    ValueError,  # a row number that is no number
)


@dataclass(frozen=True)
class Cell:
    """One cell as text; numbers are written exactly as a person would type them."""

    address: str
    text: str = ""
    is_formula: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1, as wide as the widest row."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(data: bytes, reach: Reach = MAX_REACH) -> tuple[Sheet, ...]:
    """Read every sheet of an xlsx file whose cells lie within ``reach``.

    Raises ``Invalid`` for anything that is no xlsx file, is too large, packs
    too much into too little, or has cells too far out.
    """
    if len(data) > MAX_BYTES:
        raise Invalid("The file is larger than 2 MB. Nothing was imported.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(archive)
            found = formulas(archive, reach)
        book = CalamineWorkbook.from_object(io.BytesIO(data))
        return tuple(
            _sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), found)
            for name in book.sheet_names
        )
    except UNREADABLE:
        raise Invalid(
            "This is not an xlsx workbook. Save it as .xlsx and upload it again. "
            "Nothing was imported."
        ) from None


def _measure(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    twice = len({member.filename for member in members}) < len(members)
    locked = any(member.flag_bits & 1 for member in members)
    if twice or len(members) > MAX_MEMBERS:
        raise zipfile.BadZipFile
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Invalid("The file unpacks to far more than such a table. Nothing was imported.")
    if locked:
        raise Invalid("The file is locked with a password. Unlock it first. Nothing was imported.")
    for member in members:  # reading to the end proves that the sizes in the directory are true
        with archive.open(member) as stream:
            while stream.read(CHUNK):
                pass


def _sheet(
    name: str, rows: Sequence[Sequence[object]], found: Mapping[str, frozenset[str]]
) -> Sheet:
    marked = found.get(name, frozenset())
    return Sheet(name, tuple(tuple(_cells(at, row, marked)) for at, row in enumerate(rows, 1)))


def _cells(number: int, row: Sequence[object], marked: frozenset[str]) -> Iterator[Cell]:
    for column, value in enumerate(row):
        address = f"{column_name(column)}{number}"
        yield Cell(address, _text(value), address in marked)


def column_name(index: int) -> str:
    """Name a column by its index from 0.

    >>> column_name(0), column_name(25), column_name(26)
    ('A', 'Z', 'AA')
    """
    name, left = "", index + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _text(value: object) -> str:
    if isinstance(value, float):
        number = Decimal(repr(value))  # the shortest text that means this number: 0.1, not 0.1000…
        return format(number.quantize(Decimal(1)) if number == int(number) else number, "f")
    return clean_line(str(value))


@dataclass(frozen=True)
class Page:
    """One sheet to write: a head, rows, and for some columns the words to choose from."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[str | Decimal | None]]
    widths: tuple[int, ...] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    room: int = 0
    """How many empty rows below the last one still get the drop-downs."""


def write_workbook(pages: Sequence[Page]) -> bytes:
    """Write an xlsx file; text stays text, whatever it begins with."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for page in pages:
            _write_page(book, page)
        _write_lists(book, pages)
    return target.getvalue()


def _write_page(book: Any, page: Page) -> None:  # noqa: ANN401  # xlsxwriter is untyped
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(page.name)
    sheet.freeze_panes(1, 0)
    for column, word in enumerate(page.head):
        sheet.write_string(0, column, word, bold)
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    _write_rows(book, sheet, page.rows)
    for column in page.choices:
        rule = {"validate": "list", "source": _source(page, column), "ignore_blank": True}
        sheet.data_validation(1, column, len(page.rows) + page.room, column, rule)


def _is_long(words: Sequence[str]) -> bool:
    """Whether words are too many to stand in the rule itself: 255 characters, says the format."""
    return len(",".join(words)) > MOST_IN_RULE


def _source(page: Page, column: int) -> list[str] | str:
    words = page.choices[column]
    if not _is_long(words):
        return list(words)
    letter = column_name(column)
    return f"='{LISTS}'!${letter}$1:${letter}${len(words)}"


def _write_lists(book: Any, pages: Sequence[Page]) -> None:  # noqa: ANN401  # as above
    """Put long lists on a hidden sheet that the rules point at; one page of a book may need it."""
    long = [
        (column, words)
        for page in pages
        for column, words in page.choices.items()
        if _is_long(words)
    ]
    if long:
        sheet = book.add_worksheet(LISTS)
        sheet.hide()
        for column, words in long:
            sheet.write_column(0, column, words)


def _write_rows(
    book: Any,  # noqa: ANN401  # as above
    sheet: Any,  # noqa: ANN401  # as above
    rows: Sequence[Sequence[str | Decimal | None]],
) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.######", "valign": "top"})
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(at, column, float(value), number)
            elif value:
                sheet.write_string(at, column, value, text)
