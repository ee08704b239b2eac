"""The rows of a scheme workbook, checked one by one before they become a scheme."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from adapters.scheme_words import (
    ASPECT_KINDS,
    DEPTHS,
    FIELDS,
    HEADS,
    LONG,
    LONGEST,
    MODULE_KINDS,
    SHEET,
)
from adapters.sheet_faults import CellFault, SchemeFaults
from adapters.workbooks import Cell, Sheet
from rules.errors import Invalid
from rules.phrases import Phrase, phrase
from rules.scoring import parse_number
from rules.text import is_plain_line

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
NUMBERS = ("maximum", "weight")
MODULE, ASPECT = 1, 4
NEEDED = {
    1: ("code", "kind", "maximum"),
    2: ("code",),
    3: ("code",),
    4: ("code", "kind", "maximum"),
}


@dataclass
class Row:
    """One row: its cells by field, its numbers, and the rows below it."""

    depth: int
    cells: Mapping[str, Cell]
    numbers: dict[str, Decimal] = field(default_factory=dict)
    children: list["Row"] = field(default_factory=list)
    path: str = ""

    def cell(self, name: str) -> Cell:
        """Return the cell under a head."""
        return self.cells[name]

    def text(self, name: str) -> str:
        """Return the text under a head."""
        return self.cells[name].text

    @property
    def number(self) -> Decimal | None:
        """The declared maximum, if there is one."""
        return self.numbers.get("maximum")

    @property
    def maximum(self) -> Decimal:
        """The maximum of a row that must declare one."""
        return self.numbers["maximum"]


def read_rows(sheet: Sheet) -> list[Row]:
    """Read every row, parents before children, or raise ``SchemeFaults`` naming each cell."""
    columns = _columns(sheet)
    rows, faults = [], []
    above: list[Row] = []
    for cells in sheet.rows[1:]:
        named = {name: cells[at] for name, at in columns.items()}
        if not any(cell.text or cell.is_formula for cell in named.values()):
            continue
        row = Row(DEPTHS.index(named["depth"].text) if named["depth"].text in DEPTHS else -1, named)
        found = list(_row_faults(row, above))
        faults += found
        rows.append(row)
        if row.depth > 0 and not any(fault.cell == row.cell("depth").address for fault in found):
            _hang(row, above)
    faults += _twice(rows)
    faults += _childless(rows)
    if not rows:
        faults.append(_fault(Cell("A2"), phrase("The sheet has no rows yet."), expected=DEPTHS[1]))
    if faults:
        raise SchemeFaults(faults)
    return rows


def _columns(sheet: Sheet) -> dict[str, int]:
    head = [cell.text for cell in sheet.rows[0]] if sheet.rows else []
    missing = [
        CellFault(
            SHEET,
            "A1",
            phrase("The head “%(head)s” is missing from the first row.", head=word),
            "",
            word,
        )
        for word in HEADS.values()
        if word not in head
    ]
    if missing:
        raise SchemeFaults(missing)
    return {name: head.index(word) for name, word in HEADS.items()}


def _hang(row: Row, above: list[Row]) -> None:
    del above[row.depth - 1 :]
    if above:
        above[-1].children.append(row)
    above.append(row)
    row.path = " > ".join(parent.text("code") for parent in above)


def _row_faults(row: Row, above: list[Row]) -> Iterator[CellFault]:
    if row.depth < 0:
        reason = phrase("This is no level of a scheme.")
        yield _fault(row.cell("depth"), reason, expected="、".join(DEPTHS))
        return
    if row.depth > len(above) + 1:
        reason = phrase("A %(level)s stands below a %(parent)s.", **_levels(row.depth))
        yield _fault(row.cell("depth"), reason, expected=DEPTHS[row.depth - 1])
    elif row.depth == 0 and above:
        reason = phrase("The total stands once, above the first module.")
        yield _fault(row.cell("depth"), reason, expected=DEPTHS[MODULE])
    yield from _filled(row)
    yield from _needed(row)
    for name in NUMBERS:
        yield from _number(row, name)
    yield from _kind(row)


def _levels(depth: int) -> dict[str, str]:
    return {"level": DEPTHS[depth], "parent": DEPTHS[depth - 1]}


def _filled(row: Row) -> Iterator[CellFault]:
    for name, cell in row.cells.items():
        if cell.is_formula:
            yield _fault(cell, phrase("A formula stands here; write the value itself."))
        elif cell.text and name != "depth" and name not in FIELDS[row.depth]:
            reason = phrase("A %(level)s leaves this cell empty.", level=DEPTHS[row.depth])
            yield _fault(cell, reason)
        elif len(cell.text) > LONGEST.get(name, LONG):
            most = LONGEST.get(name, LONG)
            reason = phrase("The text is longer than %(most)s characters.", most=most)
            yield _fault(cell, reason, found=str(len(cell.text)), expected=f"<= {most}")
        elif not is_plain_line(cell.text):
            yield _fault(cell, phrase("One plain line is expected, without breaks."), found="")


def _needed(row: Row) -> Iterator[CellFault]:
    for name in NEEDED.get(row.depth, ("maximum",)):
        if not row.text(name):
            yield _fault(row.cell(name), phrase("This cell must be filled."), expected=HEADS[name])
    code = row.cell("code")
    if code.text and row.depth and not CODE.fullmatch(code.text):
        reason = phrase("A code has letters, digits, points and hyphens only.")
        yield _fault(code, reason, expected="A1.3")


def _number(row: Row, name: str) -> Iterator[CellFault]:
    cell = row.cell(name)
    if not cell.text or name not in FIELDS[row.depth]:
        return
    try:
        number = parse_number(cell.text)
    except Invalid as refusal:
        yield _fault(cell, phrase(refusal.message, **refusal.params), expected="9.25")
        return
    if number < 0 or (name == "maximum" and number == 0):
        reason = phrase("The number must be above 0.")
        yield _fault(cell, reason, expected="> 0")
    row.numbers[name] = number


def _kind(row: Row) -> Iterator[CellFault]:
    known = {MODULE: MODULE_KINDS, ASPECT: ASPECT_KINDS}.get(row.depth)
    cell = row.cell("kind")
    if known is None or not cell.text or cell.text in known or cell.text in known.values():
        return
    yield _fault(cell, phrase("This kind is unknown."), expected="、".join(known))


def _twice(rows: Iterable[Row]) -> Iterator[CellFault]:
    first: dict[str, str] = {}
    for row in rows:
        code = row.cell("code")
        if not code.text or row.depth < MODULE:
            continue
        key = code.text if row.depth == ASPECT else f"{row.depth} {row.path}"
        key = f"aspect {key}" if row.depth == ASPECT else key
        if key in first:
            reason = phrase("This code stands already in %(cell)s.", cell=first[key])
            yield _fault(code, reason)
        first.setdefault(key, code.address)


def _childless(rows: Iterable[Row]) -> Iterator[CellFault]:
    for row in rows:
        if MODULE <= row.depth < ASPECT and row.path and not row.children:
            reason = phrase(
                "Nothing stands below this row; at least one %(level)s belongs here.",
                level=DEPTHS[row.depth + 1],
            )
            yield _fault(row.cell("code"), reason, expected=DEPTHS[row.depth + 1])


def _fault(
    cell: Cell, reason: Phrase, *, found: str | None = None, expected: str = ""
) -> CellFault:
    return CellFault(SHEET, cell.address, reason, cell.text if found is None else found, expected)
