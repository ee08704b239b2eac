"""Profiles on the staff's face: opened, written, shown with consent, honours with a source."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.craftsmen import record_apprenticeship
from actions.desk import Desk
from models.craftsmen import Craftsman, Honour
from models.media import Media
from rules.permits import Role
from rules.states import HonourState
from rules.terms import Family
from tests.actions.gallery import make_craftsman, make_organization, make_person
from tests.admin.office import counted, staff

PROFILE = {
    "family": "ship",
    "feat": "鱼鳞焊",
    "works": "2013 | 哭声记录本 | 记起止 | 一千条\n2022｜夜课",
    "figures": "18 | 分钟 | 间隔",
    "methods": "一停二手三脚",
    "steps": "看钟\n\n听起声",
    "plate_id": "",
}
HONOUR = {"kind": "title", "title": "定海名匠", "year": "2024", "source": "旧名册（示例）"}


@pytest.fixture
def editor(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.EDITOR)


def test_a_profile_is_opened_for_a_person_of_the_register(editor: FlaskClient, desk: Desk) -> None:
    person = make_person(desk, "冯示例")
    person.organization_id = make_organization(desk).id
    alone = make_person(desk, "冯甲示例")
    desk.session.commit()
    assert "登记簿里没有" in editor.get("/admin/craftsmen/new?q=无名").text
    page = editor.get("/admin/craftsmen/new?q=冯").text
    assert "冯示例 · 示例船厂" in page
    assert "单位未登记" in page
    reply = editor.post("/admin/craftsmen/new?q=冯", data={"family": "care"})
    assert reply.status_code == 422

    reply = editor.post("/admin/craftsmen/new?q=冯", data={"person": alone.key, "family": "care"})

    craftsman = desk.session.scalars(select(Craftsman)).one()
    assert reply.location == f"/admin/craftsmen/{craftsman.slug}/"
    assert (craftsman.person_id, craftsman.family) == (alone.id, Family.CARE)
    assert not craftsman.is_public


def test_a_profile_is_written_in_lines(editor: FlaskClient, desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    base = f"/admin/craftsmen/{craftsman.slug}"

    assert editor.post(f"{base}/edit", data=PROFILE).status_code == 302

    assert craftsman.works == [
        {"year": 2013, "title": "哭声记录本", "note": "记起止 | 一千条"},
        {"year": 2022, "title": "夜课", "note": ""},
    ]
    assert craftsman.figures == [{"value": "18", "unit": "分钟", "label": "间隔"}]
    assert (craftsman.methods, craftsman.process) == (["一停二手三脚"], ["看钟", "听起声"])
    assert "2013 | 哭声记录本 | 记起止 | 一千条" in editor.get(f"{base}/edit").text
    assert "哭声记录本、夜课" in editor.get(f"{base}/").text


@pytest.mark.parametrize(
    ("works", "words"),
    [
        ("2013", "第 1 行：需要填 2 项"),
        ("2013 | a\n某年 | b", "第 2 行：年份写四位数字"),
        ("2013 | " + "长" * 201, "第 1 行：有一项过长"),
        ("2013 | a\n" * 61, "最多 60 行"),
    ],
)
def test_lines_that_cannot_be_read_are_named_and_kept(
    editor: FlaskClient, desk: Desk, works: str, words: str
) -> None:
    craftsman = make_craftsman(desk)
    desk.session.commit()
    reply = editor.post(f"/admin/craftsmen/{craftsman.slug}/edit", data={**PROFILE, "works": works})
    assert reply.status_code == 422
    assert words in reply.text
    assert works.splitlines()[-1] in reply.text
    assert craftsman.works == []


def test_a_picture_is_chosen_among_the_public_ones(editor: FlaskClient, desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    pictures = [
        Media(stem=stem, width=9, height=9, widths=[9], alt=stem, is_public=shown)
        for stem, shown in (("stem-a", True), ("stem-b", False))
    ]
    for picture in pictures:
        picture.created_at = desk.now
        desk.session.add(picture)
    desk.session.commit()
    shown, private = pictures
    url = f"/admin/craftsmen/{craftsman.slug}/edit"

    assert editor.post(url, data={**PROFILE, "plate_id": str(private.id)}).status_code == 422
    assert editor.post(url, data={**PROFILE, "plate_id": str(shown.id)}).status_code == 302
    assert craftsman.plate_id == shown.id
    shown.is_public = False
    desk.session.commit()
    assert f'<option selected value="{shown.id}">' in editor.get(url).text


def test_nobody_is_shown_without_consent(editor: FlaskClient, desk: Desk) -> None:
    craftsman = make_craftsman(desk, consent=False)
    desk.session.commit()
    base = f"/admin/craftsmen/{craftsman.slug}"
    assert "本人尚未同意公开" in editor.get(f"{base}/").text
    assert editor.post(f"{base}/show").status_code == 409
    assert editor.get(f"{base}/consent").status_code == 200
    assert editor.post(f"{base}/consent", data={"text_version": ""}).status_code == 422

    editor.post(f"{base}/consent", data={"text_version": "2026-11"})
    editor.post(f"{base}/show")
    assert craftsman.is_public
    assert "隐藏档案" in editor.get(f"{base}/").text
    editor.post(f"{base}/hide")
    assert not craftsman.is_public
    assert "公开档案" in editor.get(f"{base}/").text
    editor.post(f"{base}/show")
    assert "同时撤下" in editor.get(f"{base}/consent/withdraw").text
    editor.post(f"{base}/consent/withdraw")
    assert not craftsman.is_public


def test_an_honour_has_a_source_and_is_revoked_on_a_ground(editor: FlaskClient, desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    record_apprenticeship(desk, master=craftsman.person, apprentice="小徒（示例）", since=2020)
    desk.session.commit()
    base = f"/admin/craftsmen/{craftsman.slug}"
    assert editor.get(f"{base}/honours/new").status_code == 200
    reply = editor.post(f"{base}/honours/new", data={**HONOUR, "source": ""})
    assert reply.status_code == 422
    assert editor.post(f"{base}/honours/new", data={**HONOUR, "place": "2"}).status_code == 302
    honour = desk.session.scalars(select(Honour)).one()
    page = editor.get(f"{base}/").text
    assert "旧名册（示例）" in page
    assert "小徒（示例）师从贺示例" in page

    url = f"{base}/honours/{honour.id}/revoke"
    assert "撤销“定海名匠”" in editor.get(url).text
    assert editor.post(url, data={"ground": ""}).status_code == 422
    assert editor.post(url, data={"ground": "冒名"}).status_code == 302

    assert honour.state is HonourState.REVOKED
    assert editor.post(url, data={"ground": "再来"}).status_code == 409
    other = make_craftsman(desk, "别人示例")
    desk.session.commit()
    url = f"/admin/craftsmen/{other.slug}/honours/{honour.id}/revoke"
    assert editor.get(url).status_code == 404


def test_the_list_filters_sorts_and_reads_as_often_for_three_as_for_one(
    editor: FlaskClient, desk: Desk
) -> None:
    assert "没有符合条件的档案" in editor.get("/admin/craftsmen/").text
    first = make_craftsman(desk, "甲示例")
    first.person.organization_id = make_organization(desk).id
    with counted() as one:
        assert "甲示例" in editor.get("/admin/craftsmen/").text
    for name in ("乙示例", "丙示例"):
        row = make_craftsman(desk, name)
        row.person.organization_id = make_organization(desk).id
        row.is_public, row.changed_at = True, desk.now + dt.timedelta(days=1)
    with counted() as three:
        page = editor.get("/admin/craftsmen/?sort=-name&family=ship").text

    assert len(one) == len(three)
    assert page.index("甲示例") < page.index("丙示例")
    page = editor.get("/admin/craftsmen/?shown=yes&q=乙&sort=changed").text
    assert "乙示例" in page
    assert "丙示例" not in page


def test_an_auditor_edits_no_profile(app: Flask, desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    desk.session.commit()
    auditor = staff(app, desk, Role.AUDITOR)
    base = f"/admin/craftsmen/{craftsman.slug}"
    for path in ("/admin/craftsmen/", f"{base}/", f"{base}/edit", f"{base}/honours/new"):
        assert auditor.get(path).status_code == 403
    for path in ("show", "hide", "consent", "consent/withdraw"):
        assert auditor.post(f"{base}/{path}").status_code == 403
    assert staff(app, desk, Role.EDITOR).get("/admin/craftsmen/nobody/").status_code == 404
