"""Scheme workbooks: each fault is named with its cell, what was found and what is expected."""

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from adapters.scheme_words import ASPECT_KINDS, DEPTHS, HEADS, SECTIONS, SHEET
from adapters.schemes import CellFault, SchemeFaults, read_scheme, write_scheme
from adapters.workbooks import Page, write_workbook
from rules.schemes import Aspect, AspectKind, Criterion, Module, Scheme, SubCriterion
from tests.contest_world import scheme

Rows = list[list[str | Decimal | None]]
VECTOR = Path(__file__).parents[1] / "vectors" / "v02a_worldskills_marking_module_a.json"
KINDS = "、".join(ASPECT_KINDS)
COLUMN = {name: at for at, name in enumerate(HEADS)}


def rows() -> Rows:
    """A correct sheet: module, criterion, sub-criterion, two aspects, from row 2 on."""

    def row(depth: str, code: str, **cells: str | Decimal) -> list[str | Decimal | None]:
        line: list[str | Decimal | None] = [None] * len(HEADS)
        for name, value in {"depth": depth, "code": code, "name": "名称", **cells}.items():
            line[COLUMN[name]] = value
        return line

    return [
        row("模块", "A", kind="实操", maximum=Decimal(10), weight=Decimal(100)),
        row("评分项", "A1", maximum=Decimal(10)),
        row("子项", "A1a"),
        row("评分点", "A1.1", kind="测量", maximum=Decimal(4), measure="deduct 2"),
        row("评分点", "A1.2", kind="评价", maximum=Decimal(6), level0="差", level3="好"),
    ]


def book(sheet: Rows, sections: Rows | None = None) -> bytes:
    pages = [Page(SHEET, tuple(HEADS.values()), sheet)]
    if sections is not None:
        pages.append(Page(SECTIONS, ("章节", "分值"), sections))
    return write_workbook(pages)


def faults(data: bytes) -> tuple[CellFault, ...]:
    with pytest.raises(SchemeFaults) as refusal:
        read_scheme(data)
    return refusal.value.faults


def cells(data: bytes) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.found, fault.expected) for fault in faults(data)]


def test_a_scheme_reads_back_as_it_was_written() -> None:
    assert read_scheme(write_scheme(scheme())) == scheme()
    whole = Scheme(scheme().modules, Decimal(10), ())
    assert read_scheme(write_scheme(whole)) == whole
    assert read_scheme(write_scheme()).modules[0].code == "A"


def test_the_published_module_that_declares_17_and_holds_16_75_is_caught() -> None:
    vector = json.loads(VECTOR.read_text(encoding="utf-8"))
    subs: dict[str, list[Aspect]] = {}
    for item in (
        item for part in vector["scheme"] for item in ([part] if isinstance(part, dict) else part)
    ):
        code, kind = item["aspect"], item["type"]
        word = AspectKind.MEASUREMENT if kind == "M" else AspectKind.JUDGEMENT
        measure = "direct" if kind == "M" else ""
        aspect = Aspect(code, "", word, Decimal(item["max"]), measure, str(item["wsos"]))
        subs.setdefault(code.split(".")[0], []).append(aspect)
    declared = Decimal(vector["declared_module_max"])
    parts = tuple(SubCriterion(code, "", tuple(group)) for code, group in subs.items())
    module = Module("A", "", "practice", declared, (Criterion("A", "", parts),), Decimal(100))

    (fault,) = faults(write_scheme(Scheme((module,))))

    assert (fault.sheet, fault.cell, fault.place) == (SHEET, "E2", "A")
    assert (fault.found, fault.expected) == ("17", "16.75")


def change(row: int, name: str, value: str | Decimal | None) -> Callable[[Rows], None]:
    def do(sheet: Rows) -> None:
        sheet[row - 2][COLUMN[name]] = value

    return do


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(change(3, "maximum", Decimal(11)), ("E3", "11", "10"), id="criterion-sum"),
        pytest.param(change(4, "maximum", Decimal(9)), ("E4", "9", "10"), id="sub-sum"),
        pytest.param(change(2, "weight", Decimal(90)), ("F1", "90", "100"), id="weights"),
        pytest.param(change(2, "weight", Decimal(-1)), ("F2", "-1", "> 0"), id="negative-weight"),
        pytest.param(change(5, "maximum", Decimal(-4)), ("E5", "-4", "> 0"), id="negative"),
        pytest.param(change(5, "maximum", "四"), ("E5", "四", "9.25"), id="no-number"),
        pytest.param(change(5, "maximum", "1e3"), ("E5", "1e3", "9.25"), id="exponent"),
        pytest.param(change(5, "kind", "看看"), ("D5", "看看", KINDS), id="kind"),
        pytest.param(change(2, "kind", "体育"), ("D2", "体育", "理论、实操"), id="module-kind"),
        pytest.param(change(6, "code", "A1.1"), ("B6", "A1.1", ""), id="twice"),
        pytest.param(change(5, "code", None), ("B5", "", "编号"), id="no-code"),
        pytest.param(change(5, "code", "A 1"), ("B5", "A 1", "A1.3"), id="code-with-space"),
        pytest.param(change(5, "measure", "guess"), ("G5", "guess", ""), id="measure"),
        pytest.param(change(3, "measure", "direct"), ("G3", "direct", ""), id="not-here"),
        pytest.param(change(5, "how", "长" * 401), ("I5", "401", "<= 400"), id="long"),
        pytest.param(change(5, "name", "a\u202eb"), ("C5", "", ""), id="direction-mark"),
        pytest.param(change(4, "depth", "小项"), ("A4", "小项", "、".join(DEPTHS)), id="level"),
        pytest.param(change(2, "depth", "评分项"), ("A2", "评分项", "模块"), id="no-parent"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(
    spoil: Callable[[Rows], None], expected: tuple[str, str, str]
) -> None:
    sheet = rows()
    spoil(sheet)

    assert expected in cells(book(sheet))


def test_every_fault_is_told_at_once() -> None:
    sheet = rows()
    change(5, "maximum", "x")(sheet)
    change(6, "kind", "y")(sheet)

    assert [fault.cell for fault in faults(book(sheet))] == ["E5", "D6"]


def test_faults_come_in_the_order_of_the_rows() -> None:
    sheet = rows()
    change(2, "maximum", Decimal(17))(sheet)
    change(3, "maximum", Decimal(17))(sheet)

    assert [fault.cell for fault in faults(book(sheet))] == ["E2", "E3"]


def test_a_total_is_compared_and_stands_first() -> None:
    total: list[str | Decimal | None] = ["总分", None, None, None, Decimal(12)]
    assert cells(book([total, *rows()])) == [("E2", "12", "10")]
    assert ("A7", "总分", "模块") in cells(book([*rows(), total]))


def test_rows_without_children_and_sheets_without_rows_are_refused() -> None:
    assert ("B4", "A1a", "评分点") in cells(book(rows()[:3]))
    assert cells(book([])) == [("A2", "", "模块")]


def test_sections_are_compared_with_the_aspects() -> None:
    sheet = rows()
    change(5, "section", "1")(sheet)
    assert read_scheme(book(sheet, [[None, None], ["1", Decimal(4)]])).sections == (
        ("1", Decimal(4)),
    )

    (fault,) = faults(book(sheet, [["1", Decimal(5)]]))
    assert (fault.sheet, fault.cell, fault.found, fault.expected) == (SECTIONS, "B2", "5", "4")
    (fault,) = faults(book(sheet, [["1", "五"]]))
    assert (fault.sheet, fault.cell) == (SECTIONS, "B2")


def test_a_missing_sheet_and_missing_heads_are_named() -> None:
    (fault,) = faults(write_workbook([Page("别的", ("层级",), [])]))
    assert (fault.sheet, fault.found) == (SHEET, "别的")

    heads = tuple(word for word in HEADS.values() if word != "满分")
    (fault,) = faults(write_workbook([Page(SHEET, heads, [])]))
    assert (fault.cell, fault.expected) == ("A1", "满分")


def test_words_may_be_english_and_lines_may_be_empty() -> None:
    sheet: Any = rows()
    change(2, "kind", "practice")(sheet)
    change(5, "kind", "measurement")(sheet)
    sheet.insert(2, [None])

    assert read_scheme(book(sheet)).modules[0].kind == "practice"


def test_a_formula_is_refused_with_its_cell() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 0, list(HEADS.values()))
        for at, row in enumerate(rows(), 1):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, float(value) if isinstance(value, Decimal) else value)
        sheet.write_formula("E2", "=SUM(E5:E6)", value=10)

    (fault,) = faults(target.getvalue())

    assert (fault.cell, fault.found) == ("E2", "10")
    assert "formula" in str(fault.reason)
