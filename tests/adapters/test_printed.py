"""Official forms print as they stand: landscape A4, a page for each block, text that stays text."""

import io
import re
import zipfile

from adapters.printed import Block, PrintedForm, write_form
from adapters.workbooks import read_workbook

FORM = PrintedForm(
    "报名汇总表",
    "示例竞赛　报名汇总表",
    ("序号", "姓名", "身份证号"),
    (6, 12, 22),
    (
        Block("单位：=1+1", [["1", "=cmd|'/c calc'!A0", "990001199001020018"]]),
        Block("单位：乙厂", [["1", "贺定波", "110105********002X"], ["2", "林澈", ""]]),
    ),
    "填报人：",
)


def test_every_block_has_title_head_rows_and_signatures() -> None:
    (sheet,) = read_workbook(write_form(FORM))
    rows = [[cell.text for cell in row] for row in sheet.rows]
    assert [row[0] for row in rows] == [
        *("示例竞赛 报名汇总表", "单位：=1+1", "序号", "1", "填报人："),
        *("示例竞赛 报名汇总表", "单位：乙厂", "序号", "1", "2", "填报人："),
    ]
    assert rows[3][1:] == ["=cmd|'/c calc'!A0", "990001199001020018"]
    assert not any(cell.is_formula for row in sheet.rows for cell in row)


def test_it_prints_on_a4_across_a_page_a_block() -> None:
    with zipfile.ZipFile(io.BytesIO(write_form(FORM))) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'paperSize="9" orientation="landscape"' in re.sub(r' fitToHeight="0"', "", text)
    assert re.findall(r'<brk id="(\d+)"', text) == ["5"]
    assert "<f>" not in text
