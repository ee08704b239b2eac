"""Every list of the staff pages as a file: what is shown, safe, masked, asked with a purpose."""

import contextvars
import csv
import io
from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions import list_exports
from actions.check_ins import check_in
from actions.desk import Desk
from actions.judges import JudgeText, add_judge
from actions.selection import move_round
from actions.stories import StoryText, write_story
from adapters.workbooks import read_workbook
from models.audit import AuditLine
from rules.permits import Role, Scope
from rules.states import SittingState
from tests.actions.gallery import make_craftsman, make_occupation, make_person
from tests.admin.office import counted, staff
from tests.admin.test_notices import draft
from tests.admin.test_selection import candidate_of, round_of
from tests.admin.test_studios import studio_of
from tests.contest_world import draft_contest
from tests.pdf import characters
from tests.sitting_world import Hall, hall
from tests.support import give, make_account, sign_in
from web.list_tables import TABLES

PURPOSE = "季度盘点"


def url(name: str, query: str = "") -> str:
    return f"/admin/lists/{name}/export{query}"


def ask(kind: str = "csv", purpose: str = PURPOSE) -> dict[str, str]:
    return {"kind": kind, "purpose": purpose}


def table(browser: FlaskClient, name: str, query: str = "") -> list[list[str]]:
    """Take a list as a plain table; returns its rows, the head first."""
    answer = browser.post(url(name, query), data=ask())
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def lines(desk: Desk) -> Sequence[AuditLine]:
    return desk.session.scalars(select(AuditLine).filter_by(deed="export_list")).all()


@pytest.fixture
def studios(desk: Desk) -> None:
    for slug, leader in (("he", "贺定波"), ("lin", "=1+1"), ("le", "乐平")):
        studio_of(desk, slug, leader=make_person(desk, leader))


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.OFFICER)


@pytest.fixture
def made(desk: Desk) -> Hall:
    """A sitting with three expected, the second of them here."""
    built = hall(desk)
    check_in(built.door(), built.sitting, built.placements[1], key="k" * 24)
    desk.session.commit()
    return built


@pytest.mark.usefixtures("studios")
def test_the_page_says_what_goes_into_the_file(officer: FlaskClient) -> None:
    page = officer.get("/admin/studios/?q=he&sort=name").text
    assert 'href="/admin/lists/studios/export?q=he&amp;sort=name"' in page

    answer = officer.get(url("studios", "?q=he&sort=name"))

    assert answer.headers["Cache-Control"] == "private, no-store"
    for words in ("导出：工作室", "1 行", "工作室或领办人", "<dd>he</dd>", "电子表格（xlsx）"):
        assert words in answer.text
    assert 'href="/admin/studios/?q=he&amp;sort=name"' in answer.text
    assert "列表是空的" in officer.get(url("studios", "?q=没有")).text


@pytest.mark.usefixtures("studios")
def test_kind_and_purpose_are_asked_and_nothing_else_is_made(
    officer: FlaskClient, desk: Desk
) -> None:
    for data, words in (
        ({}, "请用几个字说明文件用途"),
        (ask("photos"), "错误"),
        (ask(purpose="x"), "请用几个字说明文件用途"),
        (ask(purpose="核对 13800001234"), "不要写任何人的号码"),
    ):
        answer = officer.post(url("studios"), data=data)
        assert answer.status_code == 422
        assert words in answer.text or "emsg" in answer.text
    empty = officer.post(url("studios", "?q=没有"), data=ask())
    assert (empty.status_code, "列表是空的" in empty.text) == (422, True)
    assert officer.get(url("nothing")).status_code == 404
    assert list(lines(desk)) == []


@pytest.mark.usefixtures("studios")
def test_a_workbook_is_text_with_a_frozen_head(officer: FlaskClient, desk: Desk) -> None:
    answer = officer.post(url("studios", "?sort=-name"), data=ask("xlsx"))

    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=studios-")
    assert disposition.endswith(".xlsx")
    (sheet,) = read_workbook(answer.data)
    assert [cell.text for cell in sheet.rows[0]][:3] == ["工作室名称", "单位", "领办人"]
    assert [row[2].text for row in sheet.rows[1:]] == ["=1+1", "乐平", "贺定波"]
    assert not any(cell.is_formula for row in sheet.rows for cell in row)
    (line,) = lines(desk)
    assert (line.thing, line.detail["view"]) == ("list:studios", "sort=-name")
    assert (line.detail["purpose"], line.detail["rows"]) == (PURPOSE, 3)


@pytest.mark.usefixtures("studios")
def test_a_plain_table_is_narrowed_and_safe(officer: FlaskClient, desk: Desk) -> None:
    assert [row[2] for row in table(officer, "studios", "?sort=name")] == [
        "领办人",
        "贺定波",
        "乐平",
        "'=1+1",
    ]
    assert [row[0] for row in table(officer, "studios", "?q=乐平")[1:]] == ["le 示例工作室"]
    assert lines(desk)[1].detail["view"] == "q=…"


@pytest.mark.usefixtures("studios")
def test_a_pdf_is_printed_whole_or_not_at_all(officer: FlaskClient, desk: Desk) -> None:
    answer = officer.post(url("studios", "?state=applied"), data=ask("pdf"))
    assert answer.mimetype == "application/pdf"
    assert set("工作室贺定波乐平季度盘点") <= characters(answer.data)

    studio_of(desk, "rare", leader=make_person(desk, "王\U0002a6a5"))
    refused = officer.post(url("studios"), data=ask("pdf"))
    assert refused.status_code == 422
    assert "请改导电子表格" in refused.text
    assert len(lines(desk)) == 1


@pytest.mark.usefixtures("studios")
def test_what_is_too_long_says_so(
    officer: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_exports, "MOST_ROWS", dict.fromkeys(list_exports.MOST_ROWS, 2))
    for kind in ("xlsx", "pdf"):
        refused = officer.post(url("studios"), data=ask(kind))
        assert refused.status_code == 422
        assert "列表有 3 行，这种文件最多容纳 2 行" in refused.text
    assert list(lines(desk)) == []
    assert len(table(officer, "studios")) == 4


def test_contests_and_judges(app: Flask, desk: Desk) -> None:
    draft_contest(desk)
    trade = make_occupation(desk)
    for name in ("贺裁判", "林裁判"):
        add_judge(desk, make_person(desk, name), JudgeText(trades=(trade,), since=1999))
    desk.session.commit()
    organizer = staff(app, desk, Role.ORGANIZER)
    head, row = table(organizer, "contests", "?year=2026&state=draft")
    assert (head[0], row[2], row[4]) == ("竞赛", "2026", "草稿")
    assert organizer.get(url("contests", "?year=99999999999")).status_code == 200
    rows = table(organizer, "judges", f"?q=林&trade={trade.id}")
    assert [(row[0], row[3], row[8]) for row in rows[1:]] == [("林裁判", trade.name, "没有账号")]


def test_lists_of_the_gallery_and_the_newsroom(app: Flask, desk: Desk) -> None:
    craftsman = make_craftsman(desk, "贺定波")
    write_story(desk, craftsman, StoryText(title="麦粒里的声音", body="文", author="甲"))
    desk.session.commit()
    editor = staff(app, desk, Role.EDITOR)
    (_, row) = table(editor, "craftsmen", "?shown=no&family=ship")
    assert (row[0], row[4], row[5]) == ("贺定波", "鱼鳞焊", "未公开")
    (_, row) = table(editor, "stories", "?q=麦粒")
    assert row[:4] == ["麦粒里的声音", "贺定波", "甲", "草稿"]


def test_rounds_candidates_and_notices(officer: FlaskClient, desk: Desk) -> None:
    selection_round = round_of(desk)
    move_round(desk, selection_round, "open_call")
    for name in ("贺候选", "林候选"):
        candidate_of(desk, selection_round, name)
    draft(desk, title="公示一则")
    (_, row) = table(officer, "selection-rounds", "?state=open_call")
    assert (row[0], row[4], row[5]) == ("遴选 r", "1", "2")
    assert [row[0] for row in table(officer, "candidates", "?round=r")[1:]] == ["贺候选", "林候选"]
    assert lines(desk)[-1].thing == "round:r"
    assert officer.get(url("candidates", "?round=no")).status_code == 404
    assert [row[0] for row in table(officer, "notices", "?q=公示")[1:]] == ["公示一则"]


def test_accounts_with_their_roles(app: Flask, desk: Desk) -> None:
    holder = make_account(desk.session, "贺管理")
    give(desk.session, holder, Role.EDITOR)
    keeper = staff(app, desk, Role.SECADMIN)
    (_, row) = table(keeper, "accounts", "?role=editor&sort=name")
    assert (row[0], row[2], row[3], row[4]) == ("贺管理", "编辑（全站）", "在用", "从未登录")
    for role in (Role.OFFICER, Role.ORGANIZER):
        assert staff(app, desk, role).get(url("accounts")).status_code == 403


def test_the_days_of_a_contest(app: Flask, desk: Desk, made: Hall) -> None:
    contest = made.event.contest
    organizer = staff(app, desk, Role.ORGANIZER)
    (_, row) = table(organizer, "timetable", f"?contest={contest.id}")
    assert row[1:4] == ["11:00–13:00", made.event.name, "实操"]
    assert row[6:] == ["3", "10:30"]
    (_, row) = table(organizer, "venues", f"?contest={contest.id}")
    assert row[:4] == ["一号车间（示例）", "示例路 18 号", "6", "0"]
    assert organizer.get(url("timetable", "?contest=0")).status_code == 404


def test_who_is_here_and_who_is_missing(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.VENUE_MANAGER)
    here = f"?sitting={made.sitting.id}"
    rows = table(door, "check-in", here)[1:]
    assert [bool(row[4]) for row in rows] == [False, True, False]
    assert len(table(door, "check-in", f"{here}&show=here")) == 2
    assert len(table(door, "check-in", f"{here}&show=missing&q={rows[0][0]}")) == 2
    made.sitting.state = SittingState.CLOSED
    desk.session.commit()
    assert [row[4] for row in table(door, "check-in", f"{here}&show=missing")[1:]] == ["缺席"] * 2
    assert lines(desk)[0].thing == f"sitting:{made.sitting.id}"
    other = make_account(desk.session, "别处的检录员")
    give(desk.session, other, Role.VENUE_MANAGER, Scope.CONTEST, 10_000)
    stranger = app.test_client()
    sign_in(app, stranger, desk, other)
    assert stranger.get(url("check-in", here)).status_code == 403
    for odd in ("", "?sitting=0", "?sitting=99999999999"):
        assert door.get(url("check-in", odd)).status_code == 404


def test_a_table_is_sent_after_its_request_is_over(app: Flask, desk: Desk, made: Hall) -> None:
    """A server of its own has no context around the request: what it read in there is gone."""
    door = staff(app, desk, Role.VENUE_MANAGER)
    desk.session.commit()
    here = url("check-in", f"?sitting={made.sitting.id}")

    text = contextvars.Context().run(lambda: door.post(here, data=ask()).text)

    assert len(text.splitlines()) == 4


def test_judges_and_visitors_find_no_list(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    judge = staff(app, desk, Role.JUDGE)
    query = f"?contest={made.event.contest_id}&event={made.event.id}&sitting={made.sitting.id}"
    query += "&unit=1&round=r"
    round_of(desk)
    for name in TABLES:
        assert judge.get(url(name, query)).status_code == 403, name
        assert judge.post(url(name, query), data=ask()).status_code == 403, name
        assert client.get(url(name, query)).status_code == 302
    assert list(lines(desk)) == []


def test_more_rows_cost_no_more_queries(officer: FlaskClient, desk: Desk) -> None:
    studio_of(desk, "one")
    with counted() as few:
        table(officer, "studios")
    for number in range(12):
        studio_of(desk, f"s{number}")
    with counted() as many:
        table(officer, "studios")
    assert len(many) == len(few)
