"""Workbooks from outside: measured first, read exactly, and nothing strange let through."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
import xlsxwriter

from adapters.workbooks import MAX_BYTES, MAX_MEMBERS, Page, read_workbook, write_workbook
from rules.errors import Invalid

SHEET_PART = "xl/worksheets/sheet1.xml"


def plain() -> bytes:
    return write_workbook([Page("表", ("甲", "乙"), [["=1+1", Decimal("0.1")], ["A1.10", None]])])


def rebuilt(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """Pack the plain workbook again with changed parts."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return rebuilt(lambda name, part: part.replace(old, new) if name == SHEET_PART else part)


def test_text_stays_text_and_numbers_stay_exact() -> None:
    (sheet,) = read_workbook(plain())

    assert sheet.name == "表"
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["甲", "乙"],
        ["=1+1", "0.1"],
        ["A1.10", ""],
    ]
    assert not any(cell.is_formula for row in sheet.rows for cell in row)


def test_a_formula_is_seen_behind_its_value() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("表")
        page.write_formula("B2", "=1+1", value=2)
        page.write_number("A1", 2000000)

    (sheet,) = read_workbook(target.getvalue())

    assert sheet.rows[0][0].text == "2000000"
    assert (sheet.rows[1][1].text, sheet.rows[1][1].is_formula) == ("2", True)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 nonsense", id="torn"),
        pytest.param(plain()[:-40], id="cut"),
        pytest.param(in_sheet(b"</sheetData>", b""), id="bad-xml"),
        pytest.param(in_sheet(b'r="1"', b'r="x"'), id="row-without-number"),
        pytest.param(rebuilt(lambda name, part: b"" if name == SHEET_PART else part), id="blank"),
        pytest.param(
            rebuilt(lambda _, part: part, {f"x/{at}": b"" for at in range(MAX_MEMBERS)}),
            id="too-many-members",
        ),
        pytest.param(in_sheet(b"</sheetData>", b"<c><f>1</f></c></sheetData>"), id="lost-formula"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid, match="not an xlsx workbook"):
        read_workbook(data)


def test_parts_missing_or_twice_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        new.writestr("a", b"x")
    with pytest.raises(Invalid, match="not an xlsx workbook"):
        read_workbook(target.getvalue())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as new:
        new.writestr("a", b"y")
    with pytest.raises(Invalid, match="not an xlsx workbook"):
        read_workbook(target.getvalue())


def test_large_and_swelling_files_are_refused_before_they_are_read() -> None:
    with pytest.raises(Invalid, match="larger than 2 MB"):
        read_workbook(b"P" * (MAX_BYTES + 1))
    with pytest.raises(Invalid, match="unpacks to far more"):
        read_workbook(rebuilt(lambda _, part: part, {"bomb": b"0" * 15_000_000}))


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(rebuilt(lambda _, part: part, {"zz": b"0" * 4096}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (16).to_bytes(4, "little")

    with pytest.raises(Invalid, match="not an xlsx workbook"):
        read_workbook(bytes(data))


def test_a_locked_member_is_named() -> None:
    data = bytearray(plain())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1

    with pytest.raises(Invalid, match="password"):
        read_workbook(bytes(data))


@pytest.mark.parametrize("address", [b"XFD1048576", b"A9999999", b"XFD2", b"A1048576", b"??"])
def test_a_far_cell_cannot_ask_for_a_giant_block(address: bytes) -> None:
    with pytest.raises(Invalid, match="far outside the table"):
        read_workbook(in_sheet(b'r="A2"', b'r="' + address + b'"'))


def test_a_far_row_cannot_either() -> None:
    with pytest.raises(Invalid, match="far outside the table"):
        read_workbook(in_sheet(b'<row r="2"', b'<row r="1048576"'))


def test_entities_are_refused() -> None:
    with pytest.raises(Invalid, match="XML entities"):
        read_workbook(in_sheet(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'))


def test_absolute_targets_are_followed() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b'Target="worksheets', b'Target="/xl/worksheets')

    assert read_workbook(rebuilt(change))[0].name == "表"


def test_drop_downs_stand_in_the_template() -> None:
    data = write_workbook([Page("表", ("甲",), [], (9,), {0: ("a", "b")}, room=5)])

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b'sqref="A2:A6"' in archive.read(SHEET_PART)
