"""Notices on the staff's face: drafted, scanned for personal numbers, published, withdrawn."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.notices import NoticeText, publish_notice, write_notice
from models.notices import Notice
from rules.permits import Role, Scope
from rules.states import NoticeState
from rules.terms import NoticeKind
from tests.admin.office import counted, staff
from tests.contest_world import draft_contest
from tests.support import give, make_account, sign_in

FORM = {
    "number": "2026-07",
    "title": "关于公示的公告（示例）",
    "kind": "naming",
    "contest_id": "",
    "body": "各单位：\r\n\r\n## 一、名单\r\n\r\n见附件。",
    "closes_on": "2026-12-01",
    "replaces_id": "",
}


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.OFFICER)


def draft(desk: Desk, number: str = "2026-01", **changes: object) -> Notice:
    values = {"number": number, "title": "题", "kind": NoticeKind.CALL, "body": "文"}
    notice = write_notice(desk, NoticeText(**{**values, **changes}))  # type: ignore[arg-type]  # any field
    desk.session.commit()
    return notice


def test_a_notice_goes_from_the_form_to_the_public_and_back(
    officer: FlaskClient, desk: Desk
) -> None:
    assert officer.get("/admin/notices/new").status_code == 200
    reply = officer.post("/admin/notices/new", data=FORM)
    notice = desk.session.scalars(select(Notice)).one()
    base = f"/admin/notices/{notice.id}"
    assert reply.location == f"{base}/"
    assert "<h2>一、名单</h2>" in officer.get(f"{base}/").text
    assert "2026-07" in officer.get(f"{base}/edit").text
    assert officer.post(f"{base}/edit", data={**FORM, "title": "新题"}).status_code == 302
    assert notice.title == "新题"

    assert officer.post(f"{base}/publish").status_code == 302
    assert notice.state is NoticeState.PUBLISHED
    assert "撤回这份公告" in officer.get(f"{base}/").text
    assert officer.post(f"{base}/edit", data=FORM).status_code == 409

    assert officer.get(f"{base}/withdraw").status_code == 200
    assert officer.post(f"{base}/withdraw", data={"ground": ""}).status_code == 422
    officer.post(f"{base}/withdraw", data={"ground": "日期写错"})
    assert "已撤回，理由见审计记录" in officer.get(f"{base}/").text


def test_a_preview_saves_nothing(officer: FlaskClient, desk: Desk) -> None:
    reply = officer.post("/admin/notices/new", data={**FORM, "preview": "1"})
    assert "<h2>一、名单</h2>" in reply.text
    assert "公告尚未保存" in reply.text
    assert desk.session.scalars(select(Notice)).all() == []


def test_what_is_wrong_stands_beside_its_field(officer: FlaskClient, desk: Desk) -> None:
    draft(desk, "2026-01")
    for wrong, words in (
        ({"number": "2026 07"}, "不留空格"),
        ({"number": "2026/07"}, "不留空格"),
        ({"number": "2026-01"}, "这个编号已有公告"),
        ({"title": ""}, "请填写公告标题"),
        ({"closes_on": "明天"}, "emsg"),
    ):
        reply = officer.post("/admin/notices/new", data={**FORM, **wrong})
        assert reply.status_code == 422
        assert words in reply.text
    assert len(desk.session.scalars(select(Notice)).all()) == 1


def test_personal_numbers_are_not_published(officer: FlaskClient, desk: Desk) -> None:
    notice = draft(desk, body="联系 13800001234")

    reply = officer.post(f"/admin/notices/{notice.id}/publish")

    assert reply.status_code == 409
    assert "13800001234" not in reply.text
    assert notice.state is NoticeState.DRAFT


def test_an_organizer_of_one_contest_writes_for_that_one(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    mine, other = draft_contest(desk), draft_contest(desk, name="别的竞赛")
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER, Scope.CONTEST, mine.id)
    free, foreign = draft(desk, "a"), draft(desk, "b", title="别家", contest=other)
    own = draft(desk, "c", title="自家", contest=mine)
    sign_in(app, client, desk, account)

    page = client.get("/admin/notices/").text
    assert ("自家" in page, "别家" in page) == (True, False)
    assert mine.name in client.get(f"/admin/notices/{own.id}/").text
    for notice in (free, foreign):
        assert client.get(f"/admin/notices/{notice.id}/").status_code == 403
    for contest_id, status in ((str(mine.id), 302), (str(other.id), 422), ("", 422)):
        reply = client.post("/admin/notices/new", data={**FORM, "contest_id": contest_id})
        assert reply.status_code == status


def test_the_list_filters_sorts_and_reads_as_often_for_three_as_for_one(
    officer: FlaskClient, desk: Desk
) -> None:
    assert "没有符合条件的公告" in officer.get("/admin/notices/").text
    draft(desk, "a1", title="甲公告")
    with counted() as one:
        officer.get("/admin/notices/")
    for number in ("b1", "b2"):
        publish_notice(desk, draft(desk, number, title="乙公告", kind=NoticeKind.LIST))
    with counted() as three:
        officer.get("/admin/notices/?sort=-published")

    assert len(one) == len(three)
    page = officer.get("/admin/notices/?kind=list&state=published&sort=title&q=b1").text
    assert "b1</small>" in page
    assert "b2</small>" not in page


def test_an_editor_writes_no_notice(app: Flask, desk: Desk) -> None:
    notice = draft(desk)
    editor = staff(app, desk, Role.EDITOR)
    for path in ("", "new", f"{notice.id}/", f"{notice.id}/edit", f"{notice.id}/withdraw"):
        assert editor.get(f"/admin/notices/{path}").status_code == 403
    assert editor.post(f"/admin/notices/{notice.id}/publish").status_code == 403
    assert staff(app, desk, Role.OFFICER).get("/admin/notices/999/").status_code == 404
