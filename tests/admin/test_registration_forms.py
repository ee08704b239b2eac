"""The builder: begun from a built-in form, changed question by question, released, renewed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from models.contests import Event
from models.registration_forms import RegistrationForm, form_in_force, newest_form
from rules.permits import Role
from rules.registration_forms import Condition, Field, FieldKind, Match
from tests.admin.office import staff
from tests.entry_world import open_event


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.ORGANIZER)


def url(event: Event, rest: object = "") -> str:
    return f"/admin/events/{event.id}/form/{rest}"


def newest(desk: Desk, event: Event) -> RegistrationForm:
    row = newest_form(desk.session, event.id)
    assert row is not None
    return row


def question(**changes: object) -> dict[str, object]:
    usual = {"label": "带什么工具", "kind": "text", "page": "1", "data_class": "none"}
    shown = {"shown_field": "", "shown_match": "is"}
    return {**usual, **shown, "audience": "staff", "asked": "y", **changes}


def test_a_form_is_begun_built_and_put_to_use(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    assert "还没有别的问题" in office.get(url(event)).text
    assert office.post(url(event, "begin"), data={"template": "national"}).status_code == 302
    page = office.get(url(event)).text
    for words in ("民族", "政治面貌", "最少必要", "在职证明或社保记录", "投入使用"):
        assert words in page
    answer = office.post(url(event, "questions/new"), data=question())
    assert answer.status_code == 302
    row = newest(desk, event)
    added = row.form.find("dai_shen_me_gong_ju")
    assert added == Field("dai_shen_me_gong_ju", FieldKind.TEXT, "带什么工具")
    assert form_in_force(desk.session, event.id) is None

    assert office.post(url(event, "release")).status_code == 302

    assert form_in_force(desk.session, event.id) is row
    assert "使用中" in office.get(url(event)).text
    assert office.post(url(event, "questions/status/up")).status_code == 409


def test_questions_are_moved_changed_asked_and_removed(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(url(event, "begin"), data={"template": "national"})

    office.post(url(event, "questions/industry/up"))
    office.post(url(event, "questions/ethnicity/ask"))
    office.post(url(event, "questions/school/remove"))
    changed = question(
        label="学历层次",
        kind="choice",
        options="大专\r\n本科",
        shown_field="status",
        shown_match="in",
        shown_values="在职职工\n退役军人",
        page="2",
        data_class="personal",
        retention_days="30",
    )
    assert "学历" in office.get(url(event, "questions/education")).text
    assert office.post(url(event, "questions/education"), data=changed).status_code == 302

    form = newest(desk, event).form
    codes = [field.code for field in form.fields]
    assert codes.index("industry") < codes.index("hired_on")
    assert "school" not in codes
    ethnicity, education = form.find("ethnicity"), form.find("education")
    assert ethnicity is not None
    assert ethnicity.asked
    assert education is not None
    assert education.options == ("大专", "本科")
    assert education.shown_if == Condition("status", Match.IN, ("在职职工", "退役军人"))
    assert form.page_of("education") == 2
    assert office.get(url(event, "questions/nobody")).status_code == 404


def test_faults_are_told_in_words_and_hold_the_form_back(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(url(event, "begin"), data={"template": "empty"})
    office.post(url(event, "questions/new"), data=question(kind="file"))

    page = office.get(url(event)).text
    assert "要一个文件" in page
    assert "投入使用</button>" not in page
    refused = office.post(url(event, "release"))

    assert refused.status_code == 409
    assert "要一个文件" in refused.text
    assert form_in_force(desk.session, event.id) is None
    missing = office.post(url(event, "questions/new"), data=question(label=""))
    assert missing.status_code == 422


def test_pages_get_titles_and_usual_questions_are_left_out(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(url(event, "begin"), data={"template": "empty"})

    frame = {"title_1": "一", "title_2": "二", "core": ["skill_level", "occupation"]}
    office.post(url(event, "frame"), data=frame)

    form = newest(desk, event).form
    assert [page.title for page in form.pages] == ["一", "二"]
    assert set(form.core_off) == {"town", "position", "certificate_no"}
    refused = office.post(url(event, "frame"), data={"title_1": "长" * 61})
    assert refused.status_code == 422
    assert 'href="#title_1"' in refused.text


def test_a_new_version_is_compared_with_the_one_in_use(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(url(event, "begin"), data={"template": "national"})
    office.post(url(event, "release"))
    office.post(url(event, "reopen"))
    assert newest(desk, event).released_at is None
    office.post(url(event, "release"))
    office.post(url(event, "renew"))
    office.post(url(event, "renew"))
    office.post(url(event, "questions/school/remove"))

    page = office.get(url(event)).text

    assert "去掉：“就读院校”" in page
    assert "就读院校" in office.get(url(event, "?version=1")).text
    numbers = desk.session.scalars(select(RegistrationForm.number)).all()
    assert sorted(numbers) == [1, 2]


def test_the_preview_shows_what_a_contestant_sees_and_keeps_nothing(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(url(event, "begin"), data={"template": "national"})

    page = office.get(url(event, "preview/1/1")).text
    assert "报名身份" in page
    assert "民族" not in page
    empty = office.post(url(event, "preview/1/1"), data={"q-asked": "status"})
    assert empty.status_code == 422
    opened = office.post(
        url(event, "preview/1/1"), data={"q-asked": "status", "q-status": "院校学生"}
    )
    assert opened.status_code == 200
    assert "又多了 2 个问题" in opened.text
    held = office.post(
        url(event, "preview/1/1"), data={"q-asked": "status", "q-status": "退役军人"}
    )
    assert "全部答好了" in held.text
    assert office.get(url(event, "preview/1/9")).status_code == 404
    assert office.get(url(event, "preview/7/1")).status_code == 404


def test_only_who_plans_the_contest_builds_its_form(
    app: Flask, client: FlaskClient, desk: Desk, event: Event
) -> None:
    assert client.get(url(event)).status_code == 302
    reviewer = staff(app, desk, Role.REVIEWER)
    assert reviewer.get(url(event)).status_code == 403
    assert reviewer.post(url(event, "begin"), data={"template": "empty"}).status_code == 403
    assert newest_form(desk.session, event.id) is None
