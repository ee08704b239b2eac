"""Tables as CSV: nothing typed into a cell is run by a spreadsheet."""

import csv
import io

import pytest

from adapters.tables import csv_lines, safe_cell


@pytest.mark.parametrize(
    "typed", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "　=1"]
)
def test_a_cell_that_would_be_computed_is_shown_as_text(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", " ", "贺示例", "contest:a", "2026-11-28 10:00"])
def test_a_plain_cell_stays_as_it_is(typed: str) -> None:
    assert safe_cell(typed) == typed


def test_a_table_is_read_back_as_it_was_written() -> None:
    text = "".join(csv_lines(["名", "说"], [["a,b", 'c"d'], [None, "e\nf"]]))

    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["名", "说"], ["a,b", 'c"d'], ["", "e\nf"]]
