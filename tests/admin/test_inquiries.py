"""Questions on the answering side: listed, claimed, answered, and nobody's name anywhere."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.inquiries import ask
from models.entries import Entry
from models.inquiries import Inquiry
from rules.permits import Actor, Role
from rules.states import InquiryState
from tests.admin.office import counted, staff
from tests.result_world import Stage, scoring_event
from tests.support import sign_in

QUESTION = "可以带自己的卡尺吗？"


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event with one question that waits."""
    made = scoring_event(desk, 3)
    put(made, 0, "sample-key")
    return made


def put(stage: Stage, number: int, key: str) -> Inquiry:
    entry = stage.desk.session.scalars(select(Entry).order_by(Entry.id)).all()[number]
    desk = stage.desk.acting_as(Actor(entry.account_id))
    row = ask(desk, entry, QUESTION, form_key=key)
    stage.desk.session.commit()
    return row


def inquiry(stage: Stage) -> Inquiry:
    return stage.desk.session.scalars(select(Inquiry)).one()


def address(stage: Stage) -> str:
    return f"/admin/events/{stage.event.id}/inquiries/"


def chief(app: Flask, stage: Stage) -> FlaskClient:
    browser = app.test_client()
    sign_in(app, browser, stage.desk, stage.accounts["chief"])
    return browser


def test_the_chief_answers_for_all_and_the_event_shows_it(app: Flask, stage: Stage) -> None:
    browser, base, row = chief(app, stage), address(stage), inquiry(stage)
    assert base in browser.get(f"/judge/{stage.event.id}/chief").text
    page = browser.get(base).text
    assert QUESTION in page
    assert "一名选手" in page
    assert stage.people[0].name not in page

    claimed = browser.post(f"{base}{row.id}/claim", follow_redirects=True).text
    assert "问题已由你认领" in claimed
    data = {"way": "all", "wording": "量具可以自带吗？", "answer": "可以。"}
    done = browser.post(f"{base}{row.id}", data=data, follow_redirects=True).text

    assert "已通知 3 名选手" in done
    assert "量具可以自带吗？" in browser.get(f"{base}{row.id}").text
    event = stage.event
    public = app.test_client().get(f"/contests/{event.contest.slug}/{event.slug}/").text
    assert "量具可以自带吗？" in public
    assert QUESTION not in public


def test_a_reply_that_is_the_same_for_everybody(app: Flask, stage: Stage) -> None:
    browser, base, row = chief(app, stage), address(stage), inquiry(stage)
    browser.post(f"{base}{row.id}/claim")

    odd = browser.post(f"{base}{row.id}", data={"way": "decline", "stock": "why"})
    assert odd.status_code == 422
    assert "请选择不予回答的原因" in odd.text
    data = {"way": "decline", "stock": "gives_away"}
    page = browser.post(f"{base}{row.id}", data=data, follow_redirects=True).text

    assert "回答会透露赛题内容" in page
    assert inquiry(stage).state is InquiryState.DECLINED


def test_an_empty_answer_is_refused_beside_its_field(app: Flask, stage: Stage) -> None:
    browser, base, row = chief(app, stage), address(stage), inquiry(stage)
    browser.post(f"{base}{row.id}/claim")

    reply = browser.post(f"{base}{row.id}", data={"way": "alone", "answer": " "})
    nobody = browser.post(f"{base}{row.id}", data={"answer": "可以。"})

    assert reply.status_code == nobody.status_code == 422
    assert "请写答复" in reply.text
    assert "请选择回复给谁" in nobody.text
    assert inquiry(stage).state is InquiryState.CLAIMED


def test_the_second_of_two_gets_a_clear_sentence(app: Flask, desk: Desk, stage: Stage) -> None:
    base, row = address(stage), inquiry(stage)
    chief(app, stage).post(f"{base}{row.id}/claim")
    office = staff(app, desk, Role.ORGANIZER)

    late = office.post(f"{base}{row.id}/claim")
    answer = office.post(f"{base}{row.id}", data={"way": "alone", "answer": "可以。"})
    assert late.status_code == 409
    assert "已被别人认领" in late.text
    assert answer.status_code == 409
    assert "正由别人答复" in answer.text
    assert "正在答复这个问题" in office.get(f"{base}{row.id}").text

    freed = office.post(f"{base}{row.id}/release", follow_redirects=True).text
    assert "等待其他人认领" in freed
    assert inquiry(stage).state is InquiryState.OPEN


def test_staff_are_told_that_a_question_waits(app: Flask, desk: Desk, stage: Stage) -> None:
    page = staff(app, desk, Role.ORGANIZER).get("/admin/").text

    assert "1 个参赛提问待答复" in page
    assert address(stage) in page
    assert "参赛提问待答复" not in staff(app, desk, Role.REVIEWER).get("/admin/").text


def test_judges_and_questions_of_other_events_are_closed(
    app: Flask, client: FlaskClient, stage: Stage
) -> None:
    sign_in(app, client, stage.desk, stage.accounts["judge1"])
    assert client.get(address(stage)).status_code == 403

    browser = chief(app, stage)
    assert browser.get(f"{address(stage)}999999").status_code == 404
    assert browser.post(f"{address(stage)}999999/claim").status_code == 404


def test_the_list_asks_no_more_often_when_it_grows(app: Flask, desk: Desk, stage: Stage) -> None:
    browser, base = staff(app, desk, Role.ORGANIZER), address(stage)
    browser.get(base)
    with counted() as few:
        browser.get(base)
    for number in (1, 2):
        for again in range(3):
            put(stage, number, f"more-{number}-{again}")
    with counted() as many:
        browser.get(base)

    assert len(many) == len(few) <= 8
