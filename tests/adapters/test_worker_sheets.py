"""Lists of workers as workbooks: the template, what comes back, the rows to mend."""

import io
import zipfile

import pytest

from adapters.workbooks import Page, read_workbook, write_workbook
from adapters.worker_sheets import (
    COLUMNS,
    HEADS,
    SHEET,
    bad_rows_workbook,
    links_workbook,
    read_workers,
    words_of_levels,
    worker_template,
)
from rules.errors import Invalid
from rules.identity import is_id
from rules.terms import SkillLevel
from rules.workers import FORMULA, MOST_ROWS
from tests.unit_world import cells, sheet

TOWNS, TRADES = ["岑港街道"], [f"很长的一个工种名称{number}" for number in range(60)]


def test_the_template_has_lists_an_example_and_notes_but_no_row() -> None:
    data = worker_template(TOWNS, TRADES, TRADES[0])

    with pytest.raises(Invalid, match="no filled-in row"):
        read_workers(data)
    names = [one.name for one in read_workbook(data)]
    assert names == [SHEET, "填写说明", "选项"]
    example = read_workbook(data)[0].rows[1]
    assert example[0].text.startswith("示例")
    assert is_id(example[2].text)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        lists = archive.read("xl/worksheets/sheet3.xml").decode()
    assert page.count("<dataValidation ") == 4
    assert "男,女" in page
    assert "选项" in page
    assert lists.count("<c ") == len(TRADES)


def test_a_filled_in_list_comes_back_row_by_row() -> None:
    rows = [cells(1), cells(2, name="示例：不算"), cells(3)]

    read = read_workers(sheet(*rows))

    assert [at for at, _ in read] == [2, 4]
    assert read[0][1] == cells(1)


def test_formulas_are_seen_and_other_columns_passed_over() -> None:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("随便")
        page.write_row(0, 0, [*(HEADS[name] for name in COLUMNS), "备注"])
        page.write_row(1, 0, ["林示例"])
        page.write_formula(1, 2, '="1"&"2"')
        page.write(1, 3, 13800001234)
        page.write(1, 10, "不读")

    ((at, read),) = read_workers(target.getvalue())

    assert (at, read) == (
        2,
        {"name": "林示例", "id_number": FORMULA, "phone": "13800001234"},
    )


def test_the_rows_to_mend_keep_their_number_and_say_why() -> None:
    rows = [(2, cells(1)), (9, cells(2, phone="1", certificate_no="=1+1", town=FORMULA))]

    data = bad_rows_workbook(rows, {9: ["手机号不对", "镇街不对"]}, TOWNS, TRADES)

    assert "手机号不对；镇街不对" in [cell.text for cell in read_workbook(data)[0].rows[1]]
    ((at, read),) = read_workers(data)
    assert at == 9
    assert read["certificate_no"] == "=1+1"
    assert "town" not in read


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no workbook", "not an xlsx"),
        (write_workbook([Page("x", ("姓名", "手机号"), [("林", "1")])]), "身份证号"),
        (write_workbook([Page("x", (), [])]), "姓名"),
    ],
)
def test_other_files_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_workers(data)


def test_a_list_that_is_too_long_is_refused_whole() -> None:
    rows = [{"name": "林"}] * (MOST_ROWS + 1)

    with pytest.raises(Invalid, match="at most 5000"):
        read_workers(sheet(*rows))


def test_a_number_of_a_row_that_is_none_is_passed_over() -> None:
    head = tuple(HEADS[name] for name in COLUMNS)
    page = Page(
        SHEET, (*head, "原行号"), [("林示例", *[""] * 9, "x" * 30), ("解示例", *[""] * 9, "7")]
    )

    assert [at for at, _ in read_workers(write_workbook([page]))] == [2, 7]


def test_levels_go_with_and_without_brackets() -> None:
    assert words_of_levels()["高级工"] is words_of_levels()["高级工（三级）"] is SkillLevel.THREE


def test_nothing_in_an_export_is_computed() -> None:
    links = links_workbook([("=1+1", "赛项", "https://x", "")])

    assert read_workbook(links)[0].rows[1][0].text == "'=1+1"
    assert not any(cell.is_formula for row in read_workbook(links)[0].rows for cell in row)
