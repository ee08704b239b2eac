"""Marking schemes as workbooks: read cell by cell, and written back the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from adapters.scheme_rows import Row, read_rows
from adapters.scheme_words import (
    ASPECT_KINDS,
    DEPTHS,
    EXPLAINED,
    HEADS,
    LEVELS,
    MODULE_KINDS,
    NOTES,
    SECTIONS,
    SHEET,
)
from adapters.sheet_faults import CellFault, SchemeFaults
from adapters.workbooks import Cell, Page, Sheet, read_workbook, write_workbook
from rules.errors import Invalid
from rules.phrases import phrase
from rules.schemes import (
    Aspect,
    Criterion,
    Fault,
    Module,
    Scheme,
    SubCriterion,
    check_scheme,
)
from rules.scoring import parse_number

__all__ = ["CellFault", "SchemeFaults", "read_scheme", "write_scheme"]
KIND_COLUMN = list(HEADS).index("kind")
EXAMPLE = Scheme(
    (
        Module(
            "A",
            "实操",
            "practice",
            Decimal(10),
            (
                Criterion(
                    "A1",
                    "外观",
                    (
                        SubCriterion(
                            "A1a",
                            "焊缝",
                            (
                                Aspect(
                                    "A1.1",
                                    "焊缝余高",
                                    "measurement",
                                    Decimal(4),
                                    "tolerance 0.5=4 1.0=2 target 2",
                                    unit="mm",
                                    how="焊缝检验尺量三处，取最大值",
                                ),
                                Aspect(
                                    "A1.2",
                                    "成形",
                                    "judgement",
                                    Decimal(6),
                                    levels=("未成形", "明显不均", "基本均匀", "均匀美观"),
                                ),
                            ),
                            Decimal(10),
                        ),
                    ),
                    Decimal(10),
                ),
            ),
            Decimal(100),
        ),
    )
)
"""The one block that shows how the template is filled in; it is overwritten."""


@dataclass(frozen=True)
class _Read:
    scheme: Scheme
    rows: dict[str, Row]
    sections: dict[str, Cell]


def read_scheme(data: bytes) -> Scheme:
    """Read and check a workbook.

    Raises ``SchemeFaults`` with every fault and its cell, ``Invalid`` when it
    is no workbook at all.
    """
    sheets = {sheet.name: sheet for sheet in read_workbook(data)}
    read = _read(sheets)
    faults = [_at_cell(fault, read) for fault in check_scheme(read.scheme) if not fault.warning]
    if faults:
        raise SchemeFaults(sorted(faults, key=_row_of))
    return read.scheme


def _row_of(fault: CellFault) -> int:
    return int("".join(filter(str.isdigit, fault.cell)) or 0)


def _read(sheets: dict[str, Sheet]) -> _Read:
    if SHEET not in sheets:
        reason = phrase("The workbook has no sheet with this name; take the template.")
        raise SchemeFaults([CellFault(SHEET, "", reason, "、".join(sheets), SHEET)])
    rows = read_rows(sheets[SHEET])
    faults: list[CellFault] = []
    sections = list(_sections(sheets.get(SECTIONS), faults))
    if faults:
        raise SchemeFaults(faults)
    at = {row.path: row for row in rows}
    total = next((row.number for row in rows if row.depth == 0), None)
    modules = tuple(_module(row) for row in rows if row.depth == 1)
    pairs = tuple((cell.text, points) for cell, _, points in sections)
    cells = {cell.text: value for cell, value, _ in sections}
    return _Read(Scheme(modules, total, pairs), at, cells)


def _sections(sheet: Sheet | None, faults: list[CellFault]) -> Iterator[tuple[Cell, Cell, Decimal]]:
    for row in sheet.rows[1:] if sheet else ():
        code, value = [*row, Cell(""), Cell("")][:2]
        if not code.text and not value.text:
            continue
        try:
            yield code, value, parse_number(value.text)
        except Invalid as refusal:
            reason = phrase(refusal.message, **refusal.params)
            faults.append(CellFault(SECTIONS, value.address, reason, value.text, "12.5"))


def _module(row: Row) -> Module:
    criteria = tuple(_criterion(child) for child in row.children)
    kind = MODULE_KINDS.get(row.text("kind"), row.text("kind"))
    return Module(
        row.text("code"),
        row.text("name"),
        kind,
        row.maximum,
        criteria,
        row.numbers.get("weight"),
    )


def _criterion(row: Row) -> Criterion:
    subs = tuple(
        SubCriterion(
            child.text("code"),
            child.text("name"),
            tuple(_aspect(leaf) for leaf in child.children),
            child.number,
        )
        for child in row.children
    )
    return Criterion(row.text("code"), row.text("name"), subs, row.number)


def _aspect(row: Row) -> Aspect:
    levels = tuple(row.text(name) for name in LEVELS)
    return Aspect(
        row.text("code"),
        row.text("name"),
        ASPECT_KINDS.get(row.text("kind"), row.text("kind")),
        row.maximum,
        row.text("measure"),
        row.text("section"),
        levels if any(levels) else (),
        row.text("unit"),
        row.text("how"),
    )


def _at_cell(fault: Fault, read: _Read) -> CellFault:
    if fault.about == "section":
        cell = read.sections[fault.place]
        return CellFault(SECTIONS, cell.address, fault.reason, cell.text, fault.found)
    if not fault.place and fault.about == "weight":
        first = next(iter(read.rows.values())).cell("weight").address
        column = first.rstrip("0123456789")
        return CellFault(SHEET, f"{column}1", fault.reason, fault.found, fault.expected)
    cell = read.rows[fault.place].cell(fault.about)
    expected = fault.found if fault.about == "maximum" else fault.expected
    return CellFault(SHEET, cell.address, fault.reason, cell.text, expected, fault.place)


def write_scheme(scheme: Scheme | None = None) -> bytes:
    """Write a scheme as a workbook that reads back the same; without one, the template."""
    shown = scheme or EXAMPLE
    rows = list(_rows(shown))
    kinds = tuple(dict.fromkeys((*MODULE_KINDS, *ASPECT_KINDS)))
    widths = (9, 9, 24, 10, 8, 9, 30, 8, 30, 10, 16, 16, 16, 16)
    choices = {0: DEPTHS, KIND_COLUMN: kinds}
    return write_workbook(
        [
            Page(SHEET, tuple(HEADS.values()), rows, widths, choices, room=500),
            Page(SECTIONS, ("章节", "分值"), [list(pair) for pair in shown.sections], (12, 10)),
            Page(NOTES, ("词", "意思"), EXPLAINED, (36, 90)),
        ]
    )


def _rows(scheme: Scheme) -> Iterator[list[str | Decimal | None]]:
    if scheme.maximum is not None:
        yield _line(0, maximum=scheme.maximum)
    for module in scheme.modules:
        kind = _word(module.kind, MODULE_KINDS)
        yield _line(1, module, kind=kind, maximum=module.maximum, weight=module.weight)
        for criterion in module.criteria:
            yield _line(2, criterion, maximum=criterion.maximum)
            for sub in criterion.subs:
                yield _line(3, sub, maximum=sub.maximum)
                for aspect in sub.aspects:
                    yield _aspect_line(aspect)


def _aspect_line(aspect: Aspect) -> list[str | Decimal | None]:
    return _line(
        4,
        aspect,
        kind=_word(aspect.kind, ASPECT_KINDS),
        maximum=aspect.maximum,
        measure=aspect.measure,
        unit=aspect.unit,
        how=aspect.how,
        section=aspect.section,
        **dict(zip(LEVELS, aspect.levels, strict=False)),
    )


def _line(
    depth: int,
    thing: Module | Criterion | SubCriterion | Aspect | None = None,
    **cells: str | Decimal | None,
) -> list[str | Decimal | None]:
    named = {"code": thing.code, "name": thing.name} if thing else {}
    filled = {"depth": DEPTHS[depth], **named, **cells}
    return [filled.get(head) for head in HEADS]


def _word(kind: str, words: object) -> str:
    pairs: Sequence[tuple[str, str]] = list(dict(words).items())  # type: ignore[call-overload]
    return next((word for word, value in pairs if value == kind), kind)
