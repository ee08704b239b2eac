"""Entries as files from the page: text that stays text, masked, named safely, long ones later."""

import csv
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions import exports
from actions.desk import Desk
from adapters.workbooks import Cell, read_workbook
from models.audit import AuditLine
from models.exports import Export
from rules.permits import Role
from rules.states import EventState
from tests.admin.office import staff
from tests.entry_list_world import Listed, listed
from tests.entry_world import sample_id
from tests.pdf import characters
from web import exports as carriers  # noqa: F401  # the worker brings them along
from web.outbox import run_batch

WHOLE_ID = sample_id(701, "19950102")


@pytest.fixture
def world(desk: Desk) -> Listed:
    return listed(desk)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def url(world: Listed, query: str = "") -> str:
    return f"/admin/contests/{world.contest.id}/entries/export{query}"


def ask(kind: str, **more: str) -> dict[str, str]:
    return {"kind": kind, "purpose": "上报市局", **more}


def rows_of(data: bytes) -> list[list[Cell]]:
    (sheet,) = read_workbook(data)
    return [list(row) for row in sheet.rows]


def test_the_page_asks_kind_and_purpose(office: FlaskClient, world: Listed) -> None:
    page = office.get(url(world, "?state=accepted")).text
    for words in ("当前视图共 1 条报名", "报名汇总表", "用途", "显示完整"):
        assert words in page
    for data in ({}, {"kind": "xlsx"}, {"kind": "copy", "purpose": "存档"}, ask("docx")):
        assert office.post(url(world), data=data).status_code == 422
    assert office.post(url(world, "?q=无此人"), data=ask("csv")).status_code == 422
    assert office.get(url(world, "?band=x")).status_code == 422


def test_a_workbook_holds_what_is_shown_as_text(office: FlaskClient, world: Listed) -> None:
    query = "?sort=receipt&columns=name,id_number,phone,receipt"
    answer = office.post(url(world, query), data=ask("xlsx"))

    assert answer.headers["Content-Disposition"].startswith("attachment; filename=entries-")
    assert answer.headers["Cache-Control"] == "private, no-store"
    head, *rows = rows_of(answer.data)
    assert [cell.text for cell in head] == ["姓名", "身份证号", "手机号", "受理号"]
    assert [row[0].text for row in rows] == ["贺定波", "林澈", "钟离秋水", "乐平", "应海梅", "=1+1"]
    assert not any(cell.is_formula for row in rows for cell in row)
    assert rows[1][1].text == f"{WHOLE_ID[:6]}********{WHOLE_ID[-4:]}"
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in text


def test_whole_numbers_are_text_with_a_line_on_record(
    app: Flask, office: FlaskClient, desk: Desk, world: Listed
) -> None:
    query = "?columns=name,id_number,phone&state=accepted"
    _, row = rows_of(office.post(url(world, query), data=ask("xlsx", whole="y")).data)
    assert [cell.text for cell in row] == ["林澈", WHOLE_ID, "13800001201"]
    line = desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).one()
    assert (line.detail["purpose"], line.detail["whole"]) == ("上报市局", True)

    organizer = staff(app, desk, Role.ORGANIZER)
    assert "显示完整" not in organizer.get(url(world)).text
    refused = organizer.post(url(world, query), data=ask("xlsx", whole="y"))
    assert refused.status_code == 403
    assert WHOLE_ID not in refused.text


def test_a_plain_table_has_its_mark_and_no_formula(office: FlaskClient, world: Listed) -> None:
    answer = office.post(url(world, "?columns=name,unit&sort=receipt"), data=ask("csv"))

    assert answer.data.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0] == ["姓名", "单位"]
    assert rows[-1] == ["'=1+1", ""]
    assert len(rows) == 7


def test_portraits_carry_receipts_and_names_only_where_permitted(
    app: Flask, office: FlaskClient, desk: Desk, world: Listed
) -> None:
    answer = office.post(url(world, "?state=standing&sort=receipt"), data=ask("photos"))
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert names == ["26HG-0000.jpg", "26HG-0001.jpg", "26HG-0002.jpg", "26HG-0006.jpg"]
    assert zipfile.ZipFile(io.BytesIO(answer.data)).read(names[0])[:2] == b"\xff\xd8"

    answer = office.post(url(world, "?state=standing&sort=-receipt"), data=ask("photos", whole="y"))
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert names[0] == "26HG-0006-11.jpg"
    assert names[-1] == "26HG-0000-贺定波.jpg"


def test_a_pdf_shows_the_view_and_takes_no_more_than_it_can(
    office: FlaskClient, desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = office.post(url(world, "?columns=name,id_number"), data=ask("pdf"))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith(".pdf")
    assert set("钟离秋水上报市局") <= characters(answer.data)

    monkeypatch.setattr(exports, "MOST_PRINTED", 5)
    refused = office.post(url(world), data=ask("pdf"))
    assert refused.status_code == 422
    assert "列表有 6 行，PDF 最多容纳 5 行" in refused.text
    monkeypatch.undo()
    person = world.entries[0].person
    assert person is not None
    person.name = "王\U0002a6a5"
    desk.session.commit()
    refused = office.post(url(world), data=ask("pdf"))
    assert (refused.status_code, "请改导电子表格" in refused.text) == (422, True)
    deeds = desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).all()
    assert [line.detail["kind"] for line in deeds] == ["pdf"]


def test_the_registration_summary_is_one_page_a_unit(office: FlaskClient, world: Listed) -> None:
    rows = rows_of(office.post(url(world, "?unit=船厂"), data=ask("summary")).data)
    firsts = [row[0].text for row in rows]

    assert firsts.count(f"{world.contest.name} 报名汇总表") == 2
    assert any("单位：示例船厂 报名人数：2 人" in text for text in firsts)
    assert sum("单位负责人（盖章）" in text for text in firsts) == 2
    assert [cell.text for cell in rows[2]][:3] == ["序号", "赛项", "姓名"]


def test_the_review_list_counts_its_outcomes(office: FlaskClient, world: Listed) -> None:
    rows = rows_of(office.post(url(world, "?sort=name"), data=ask("review")).data)
    firsts = [row[0].text for row in rows]

    told = next(text for text in firsts if text.startswith("赛项：粮油储运"))
    for words in ("通过 1", "退回补正 1", "不通过 1"):
        assert words in told
    assert any("请补证明" in cell.text for row in rows for cell in row)
    assert any("复核人" in text for text in firsts)


def test_a_long_file_comes_later_with_its_progress(
    office: FlaskClient, desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "STEP", 4)
    answer = office.post(url(world, "?columns=name,phone&sort=receipt"), data=ask("xlsx"))
    files = f"/admin/contests/{world.contest.id}/exports/"
    assert answer.location == files
    page = office.get(files).text
    assert "0 / 6" in page
    assert "data-waiting" in page

    while run_batch():
        pass
    export = desk.session.scalars(select(Export)).one()
    page = office.get(files).text
    assert "data-waiting" not in page
    assert f"{files}{export.id}" in page
    _, *rows = rows_of(office.get(f"{files}{export.id}").data)
    assert [row[0].text for row in rows][:2] == ["贺定波", "林澈"]
    assert [row[1].text for row in rows][:2] == ["138****1200", "138****1201"]


def test_a_file_is_nobody_else_s(
    app: Flask, office: FlaskClient, desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    office.post(url(world), data=ask("summary"))
    export = desk.session.scalars(select(Export)).one()
    files = f"/admin/contests/{world.contest.id}/exports/"
    assert office.get(f"{files}{export.id}").status_code == 409
    other = staff(app, desk, Role.REVIEWER)
    assert other.get(f"{files}{export.id}").status_code == 404
    assert "报名汇总表</b>" not in other.get(files).text
    assert staff(app, desk, Role.JUDGE).get(files).status_code == 403
    assert staff(app, desk, Role.OFFICER).get(files).status_code == 403


def test_the_copy_waits_for_the_end(app: Flask, desk: Desk, world: Listed) -> None:
    organizer = staff(app, desk, Role.ORGANIZER)
    files = f"/admin/contests/{world.contest.id}/exports/"
    assert "都已颁奖或取消后" in organizer.get(files).text
    assert organizer.post(f"{files}copy").status_code == 409
    for event in world.events:
        event.state = EventState.CANCELLED
    desk.session.commit()
    assert "生成副本" in organizer.get(files).text
    assert organizer.post(f"{files}copy").status_code == 302
    assert staff(app, desk, Role.REVIEWER).post(f"{files}copy").status_code == 403
    while run_batch():
        pass
    export = desk.session.scalars(select(Export)).one()
    answer = organizer.get(f"{files}{export.id}")
    assert answer.mimetype == "application/zip"
    assert "index.html" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
