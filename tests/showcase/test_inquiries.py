"""An entrant's questions: asked on one page, answered on the same."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.inquiries import answer_alone, claim
from models.accounts import Account
from models.entries import Entry
from models.inquiries import Inquiry
from models.messages import Message
from rules.states import EventState
from tests.result_world import Stage, scoring_event
from tests.support import sign_in

QUESTION = "可以带自己的卡尺吗？"


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event with two accepted entrants."""
    return scoring_event(desk, 2)


@pytest.fixture
def entry(app: Flask, client: FlaskClient, stage: Stage) -> Entry:
    """The entry of whoever is signed in at the client."""
    row = stage.desk.session.scalars(select(Entry).order_by(Entry.id)).first()
    assert row is not None
    sign_in(app, client, stage.desk, stage.desk.session.get_one(Account, row.account_id))
    return row


def key_of(page: str) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def test_asking_and_reading_the_answer(client: FlaskClient, stage: Stage, entry: Entry) -> None:
    address = f"/account/entries/{entry.id}/inquiries/"
    assert address in client.get(f"/account/entries/{entry.id}").text
    page = client.get(address).text
    assert "你还没有提问" in page

    data = {"form_key": key_of(page), "question": QUESTION}
    assert "问题已送达裁判组" in client.post(address, data=data, follow_redirects=True).text
    client.post(address, data=data)
    row = stage.desk.session.scalars(select(Inquiry)).one()
    claim(stage.seat("chief"), row)
    answer_alone(stage.seat("chief"), row, "可以，请先校准。")
    stage.desk.session.commit()

    assert "可以，请先校准。" in client.get(address).text
    message = stage.desk.session.scalars(select(Message).filter_by(kind="inquiry_answered")).one()
    letter = client.get(f"/account/inbox/{message.id}").text
    assert "可以，请先校准。" in letter
    assert address in letter


def test_what_tells_who_asks_stays_in_the_form(client: FlaskClient, entry: Entry) -> None:
    address = f"/account/entries/{entry.id}/inquiries/"
    assert entry.person is not None
    text = f"我是{entry.person.name}，可以带卡尺吗？"
    data = {"form_key": key_of(client.get(address).text), "question": text}

    reply = client.post(address, data=data)

    assert reply.status_code == 422
    assert "裁判组不能知道是谁在提问" in reply.text
    assert text in reply.text


def test_a_form_without_its_key_or_words_is_refused(client: FlaskClient, entry: Entry) -> None:
    address = f"/account/entries/{entry.id}/inquiries/"

    assert client.post(address, data={"question": QUESTION}).status_code == 422
    assert "请写下你的问题" in client.post(address, data={"form_key": "k" * 32}).text


def test_after_the_results_the_page_says_so_and_keeps_the_answers(
    client: FlaskClient, stage: Stage, entry: Entry
) -> None:
    stage.event.state = EventState.POSTED
    stage.desk.session.commit()
    address = f"/account/entries/{entry.id}/inquiries/"

    page = client.get(address)
    late = client.post(address, data={"form_key": "k" * 32, "question": QUESTION})

    assert "成绩公布后不再受理提问" in page.text
    assert "提交问题" not in page.text
    assert late.status_code == 422
    assert "成绩公布后不再受理提问" in late.text


def test_somebody_elses_questions_are_not_there(
    client: FlaskClient, stage: Stage, entry: Entry
) -> None:
    other = stage.desk.session.scalars(select(Entry).where(Entry.id != entry.id)).first()
    assert other is not None

    assert client.get(f"/account/entries/{other.id}/inquiries/").status_code == 404
