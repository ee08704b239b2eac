"""The reviewer sees answers with their questions, what was changed, and remarks on any of them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.entry_answers import save_answers
from actions.replies import answers_of, files_of
from actions.reviews import accept_entry
from models.contests import Event
from models.entries import Entry
from rules.list_terms import EntryColumn
from rules.permits import Role
from rules.states import EntryState
from tests.actions.test_entry_changes import handed_in
from tests.admin.office import counted, staff
from tests.entry_world import open_event, reviewer
from tests.form_world import SECRET_ANSWER, SECRET_FILE, asking
from web.entry_tables import cells


@pytest.fixture
def event(desk: Desk) -> Event:
    made = open_event(desk, quota=9)
    asking(desk, made)
    return made


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def url(entry: Entry, rest: str = "") -> str:
    return f"/admin/events/{entry.event_id}/entries/{entry.id}{rest}"


def test_answers_stand_with_their_questions_and_sensitive_ones_wait_for_a_reason(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    _, entry = handed_in(desk, event)
    desk.session.commit()

    page = office.get(url(entry)).text
    for words in (
        "身份",
        "在职",
        "入职日期",
        "2020-01-02",
        "在职证明",
        f"{SECRET_FILE}.jpg",
        "口号",
    ):
        assert words in page
    (file,) = files_of(desk, entry)
    assert f"/media/entries/{file.id}" in page
    assert SECRET_ANSWER not in page
    shown = office.post(url(entry, "/reveal"), data={"reason": "安排考场"})

    assert SECRET_ANSWER in shown.text


def test_any_question_can_be_remarked_on(office: FlaskClient, desk: Desk, event: Event) -> None:
    _, entry = handed_in(desk, event)
    desk.session.commit()
    assert "关于“在职证明”" in office.get(url(entry)).text
    assert 'name="position"' not in office.get(url(entry)).text

    remarks = {"proof": "太暗", "phone": "打不通", "general": ""}
    assert office.post(url(entry, "/return"), data=remarks).status_code == 302

    assert entry.state is EntryState.RETURNED
    assert entry.remarks == {"proof": "太暗", "phone": "打不通"}
    long = office.post(url(entry, "/return"), data={"proof": "长" * 201})
    assert long.status_code == 422


def test_changes_after_acceptance_are_shown_before_and_after(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    seat, entry = handed_in(desk, event)
    accept_entry(reviewer(desk, event), entry)
    changed = {**answers_of(seat, entry), "motto": "快", "health": "好了"}
    save_answers(seat, entry, changed)
    desk.session.commit()

    page = office.get(url(entry)).text

    assert "选手改过的地方" in page
    assert "<del>稳</del>" in page
    assert "<ins>快</ins>" in page
    assert "有改动，内容密封" in page
    assert str(entry.pass_no) in page
    assert office.post(url(entry, "/accept")).status_code == 302
    assert "选手改过的地方" not in office.get(url(entry)).text


def test_the_page_of_an_entry_asks_the_database_little(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    _, entry = handed_in(desk, event)
    address = url(entry)

    with counted() as reads:
        assert office.get(address).status_code == 200

    assert len(reads) <= 15


def test_a_list_to_take_away_has_the_answers_with_their_questions(desk: Desk, event: Event) -> None:
    _, entry = handed_in(desk, event)
    today = desk.now.date()

    (masked,) = cells(desk, entry, [EntryColumn.ANSWERS], today)
    (whole,) = cells(desk, entry, [EntryColumn.ANSWERS], today, whole=True)

    assert masked == "身份：在职；入职日期：2020-01-02；在职证明：已交；口号：稳"
    assert f"健康情况：{SECRET_ANSWER}" in whole
