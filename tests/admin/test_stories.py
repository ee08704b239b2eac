"""Stories on the staff's face: written with a preview, confirmed, reviewed, published."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.stories import StoryText, write_story
from models.stories import Story
from rules.permits import Role
from rules.states import StoryState
from tests.actions.gallery import make_craftsman
from tests.admin.office import counted, staff

FORM = {
    "title": "一条焊缝",
    "hook": "听一听",
    "author": "编辑部（示例）",
    "body": "他说：<script>alert(1)</script>\r\n\r\n## 夜里\r\n\r\n焊。",
    "margin": "飞溅 | 焊时跳出的金属粒",
    "themes": "师徒",
    "plate_id": "",
}
TEXT = StoryText(title="一条焊缝", body="焊。")


@pytest.fixture
def editor(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.EDITOR)


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.OFFICER)


def test_a_story_goes_from_the_form_to_the_public(
    editor: FlaskClient, officer: FlaskClient, desk: Desk
) -> None:
    slug = make_craftsman(desk).slug
    desk.session.commit()
    assert (
        f'<option selected value="{slug}">'
        in editor.get(f"/admin/stories/new?craftsman={slug}").text
    )
    reply = editor.post("/admin/stories/new", data={**FORM, "subject": slug})
    story = desk.session.scalars(select(Story)).one()
    base = f"/admin/stories/{story.slug}"
    assert reply.location == f"{base}/"
    assert story.terms == {"飞溅": "焊时跳出的金属粒"}
    assert (story.themes, "\r" in story.body) == (["师徒"], False)
    page = editor.get(f"{base}/").text
    assert "&lt;script&gt;" in page
    assert "<h2>夜里</h2>" in page

    for browser, verb in (
        (editor, "confirm"),
        (editor, "edit"),
        (officer, "review"),
        (officer, "publish"),
    ):
        assert browser.post(f"{base}/steps/{verb}").status_code == 302
    assert story.state is StoryState.PUBLISHED
    page = editor.get(f"{base}/").text
    assert "下架故事" in page
    assert "/edit" not in page
    assert editor.post(f"{base}/steps/withdraw", follow_redirects=True).text.count("已下架") > 0
    assert (story.state.value, story.published_at is None) == ("withdrawn", False)


def test_a_preview_saves_nothing(editor: FlaskClient, desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    desk.session.commit()
    wish = {**FORM, "subject": craftsman.slug, "preview": "1"}

    reply = editor.post("/admin/stories/new", data=wish)

    assert reply.status_code == 200
    assert "<h2>夜里</h2>" in reply.text
    assert "<script>alert" not in reply.text
    assert "尚未保存" in reply.text
    assert desk.session.scalars(select(Story)).all() == []
    reply = editor.post("/admin/stories/new", data={**wish, "title": ""})
    assert reply.status_code == 422
    assert "<h2>夜里</h2>" in reply.text


def test_what_is_wrong_stands_beside_its_field(editor: FlaskClient, desk: Desk) -> None:
    slug = make_craftsman(desk).slug
    desk.session.commit()
    for wrong, words in (
        ({"title": ""}, "请写标题"),
        ({"body": ""}, "请写正文"),
        ({"margin": "飞溅"}, "第 1 行：需要填 2 项"),
        ({"subject": "nobody"}, "emsg"),
    ):
        reply = editor.post("/admin/stories/new", data={**FORM, "subject": slug, **wrong})
        assert reply.status_code == 422
        assert words in reply.text
    assert desk.session.scalars(select(Story)).all() == []


def test_two_editors_do_not_overwrite_each_other(editor: FlaskClient, desk: Desk) -> None:
    story = write_story(desk, make_craftsman(desk), TEXT)
    desk.session.commit()
    url, seen = f"/admin/stories/{story.slug}/edit", str(story.version)
    assert f'name="version" type="hidden" value="{seen}"' in editor.get(url).text
    assert editor.post(url, data={**FORM, "version": seen}).status_code == 302

    reply = editor.post(url, data={**FORM, "title": "后来的", "version": seen})

    assert reply.status_code == 409
    assert "后来的" in reply.text
    assert story.title == FORM["title"]


def test_a_step_that_is_not_open_is_refused(
    editor: FlaskClient, officer: FlaskClient, desk: Desk
) -> None:
    story = write_story(desk, make_craftsman(desk, consent=False), TEXT)
    desk.session.commit()
    base = f"/admin/stories/{story.slug}"
    page = editor.get(f"{base}/").text
    assert "本人尚未同意公开" in page
    assert editor.post(f"{base}/steps/confirm").status_code == 409
    assert editor.post(f"{base}/steps/publish").status_code == 403
    assert editor.post(f"{base}/steps/burn").status_code == 409
    assert officer.post(f"{base}/steps/review").status_code == 409
    assert "本人已确认" not in officer.get(f"{base}/").text
    assert officer.get(f"{base}/edit").status_code == 403
    assert story.state is StoryState.DRAFT


def test_the_list_filters_sorts_and_reads_as_often_for_three_as_for_one(
    editor: FlaskClient, desk: Desk
) -> None:
    assert "没有符合条件的故事" in editor.get("/admin/stories/").text
    write_story(desk, make_craftsman(desk, "甲示例"), TEXT)
    with counted() as one:
        editor.get("/admin/stories/")
    for name in ("乙示例", "丙示例"):
        story = write_story(desk, make_craftsman(desk, name), StoryText(title=name, body="文"))
        story.changed_at = desk.now + dt.timedelta(days=1)
    with counted() as three:
        page = editor.get("/admin/stories/?sort=title&state=draft").text

    assert len(one) == len(three)
    assert page.index("一条焊缝") < page.index("乙示例")
    assert "丙示例" not in editor.get("/admin/stories/?q=乙").text
    assert "没有符合条件的故事" in editor.get("/admin/stories/?state=published").text


def test_the_newsroom_is_closed_to_others(app: Flask, desk: Desk) -> None:
    story = write_story(desk, make_craftsman(desk), TEXT)
    desk.session.commit()
    auditor = staff(app, desk, Role.AUDITOR)
    for path in ("/admin/stories/", f"/admin/stories/{story.slug}/", "/admin/stories/new"):
        assert auditor.get(path).status_code == 403
    assert auditor.post(f"/admin/stories/{story.slug}/steps/confirm").status_code == 403
    assert staff(app, desk, Role.EDITOR).get("/admin/stories/none/").status_code == 404
