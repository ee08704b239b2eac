"""An event's own questions on a phone: only what applies, nothing lost, changed until the end."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.events import move_event
from actions.registration_forms import change_form, release_form, renew_form
from actions.replies import answers_of, files_of
from actions.reviews import accept_entry, return_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from rules.permits import Role
from rules.registration_edits import put_field
from rules.states import EntryState
from tests.admin.office import staff
from tests.contest_world import at
from tests.entry_world import picture, reviewer
from tests.form_world import ASKED, SECRET_ANSWER, SECRET_FILE, asking
from tests.showcase.test_entries import WHO, begun, post, running, work
from tests.support import make_account, sign_in

ONE = {"q-asked": "status,health", "q-status": "学生"}
WORKING = {"q-asked": "status,hired_on,health", "q-status": "在职", "q-hired_on": "2020-01-02"}


@pytest.fixture
def event(desk: Desk) -> Event:
    made = running(desk, 5)
    asking(desk, made)
    return made


@pytest.fixture
def account(app: Flask, client: FlaskClient, desk: Desk) -> Account:
    row = make_account(desk.session, "贺选手")
    sign_in(app, client, desk, row)
    return row


def paper(name: str = f"{SECRET_FILE}.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(picture()), name


def at_questions(client: FlaskClient, event: Event) -> Entry:
    entry = begun(client, event)
    post(client, entry, "step/1", dict(WHO))
    answer = post(client, entry, "step/2", work(event))
    assert answer.location.endswith("/questions/1")
    return entry


def worker(client: FlaskClient, event: Event) -> Entry:
    """Hand an entry in, every question answered."""
    entry = at_questions(client, event)
    post(client, entry, "questions/1", {**WORKING, "q-health": SECRET_ANSWER})
    post(client, entry, "questions/2", {"q-asked": "proof,motto", "q-proof": paper()})
    post(client, entry, "step/3", {"photo": (io.BytesIO(picture()), "me.jpg")})
    post(client, entry, "conditions", {})
    post(client, entry, "review", {})
    assert entry.state is EntryState.SUBMITTED
    return entry


def text_at(client: FlaskClient, entry: Entry, page: str = "") -> str:
    return client.get(f"/account/entries/{entry.id}{page}").text


def test_nine_screens_lead_from_the_first_to_the_receipt(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = worker(client, event)

    assert set(entry.replies) == {"status", "hired_on", "health", "proof"}
    assert entry.form is not None
    assert event.seats_taken == 1


def test_the_step_counts_the_pages_of_questions(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = at_questions(client, event)

    page = text_at(client, entry, "/questions/1")

    assert "第 3 步" in page
    assert "身份" in page
    assert 'name="position"' not in text_at(client, entry, "/step/2")
    for ahead in ("/questions/2", "/questions/9", "/questions/0", "/step/3", "/review"):
        assert client.get(f"/account/entries/{entry.id}{ahead}").location.endswith("/questions/1")


def test_an_answer_opens_the_next_question_without_script(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = at_questions(client, event)
    first = text_at(client, entry, "/questions/1")
    assert 'data-code="hired_on"' in first
    assert 'value="status,health"' in first

    opened = post(client, entry, "questions/1", {**ONE, "q-status": "在职", "q-health": "好"})

    assert opened.status_code == 200
    assert "又多了 1 个问题" in opened.text
    assert 'value="status,hired_on,health"' in opened.text
    assert ">好<" in opened.text or 'value="好"' in opened.text
    assert entry.replies == {}
    missing = post(client, entry, "questions/1", {**WORKING, "q-hired_on": ""})
    assert missing.status_code == 422
    assert "“入职日期”还没有填" in missing.text
    assert post(client, entry, "questions/1", dict(WORKING)).location.endswith("/questions/2")


def test_a_page_that_asks_nothing_is_left_out(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = at_questions(client, event)
    post(client, entry, "questions/1", dict(ONE))

    page = text_at(client, entry, "/questions/2")

    assert "在职证明" not in page
    assert post(client, entry, "questions/2", {"q-asked": "motto"}).location.endswith("/step/3")


def test_a_file_is_kept_whatever_else_is_wrong(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = at_questions(client, event)
    post(client, entry, "questions/1", dict(WORKING))

    wrong = {"q-asked": "proof,motto", "q-proof": paper(), "q-motto": "长" * 21}
    refused = post(client, entry, "questions/2", wrong)

    (file,) = files_of(desk, entry)
    assert refused.status_code == 422
    assert f"{SECRET_FILE}.jpg" in refused.text
    assert f'value="{file.id}"' in refused.text
    assert "proof" not in entry.replies
    again = {"q-asked": "proof,motto", "q-proof.kept": str(file.id), "q-motto": "稳"}
    assert post(client, entry, "questions/2", again).status_code == 302
    assert answers_of(desk, entry)["proof"] == str(file.id)
    bad = {"q-asked": "proof,motto", "q-proof": (io.BytesIO(b"MZ"), "证明.pdf")}
    assert "这不是 PDF、JPEG 或 PNG 文件" in post(client, entry, "questions/2", bad).text


def test_files_are_for_the_owner_and_the_reviewers(
    app: Flask, client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = worker(client, event)
    (file,) = files_of(desk, entry)
    address = f"/media/entries/{file.id}"

    mine = client.get(address)
    assert (mine.status_code, mine.mimetype) == (200, "image/jpeg")
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert staff(app, desk, Role.REVIEWER).get(address).status_code == 200
    for role in (Role.ORGANIZER, Role.AUDITOR, Role.OFFICER):
        assert staff(app, desk, role).get(address).status_code == 404
    assert app.test_client().get(address).status_code == 302
    assert client.get("/media/entries/999999").status_code == 404
    entry.state = EntryState.DRAFT
    desk.session.commit()
    assert staff(app, desk, Role.REVIEWER).get(address).status_code == 404


def test_an_accepted_entry_is_changed_and_checked_again(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = worker(client, event)
    accept_entry(reviewer(desk, event), entry)
    number = entry.pass_no
    assert "修改报名" in text_at(client, entry)
    hub = text_at(client, entry, "/change")
    assert f"参赛证号 {number}" in hub
    assert SECRET_ANSWER in hub
    page = text_at(client, entry, "/questions/0")
    assert "口号" in page
    assert 'name="name"' not in text_at(client, entry, "/step/1")
    (file,) = files_of(desk, entry)
    whole = {"q-asked": "status,hired_on,health,proof,motto", **WORKING}
    whole |= {"q-asked": "status,hired_on,health,proof,motto", "q-health": SECRET_ANSWER}

    same = post(client, entry, "questions/0", {**whole, "q-proof.kept": str(file.id)})
    assert (same.status_code, entry.state) == (302, EntryState.ACCEPTED)
    sent = {**whole, "q-proof.kept": str(file.id), "q-motto": "稳"}
    changed = post(client, entry, "questions/0", sent)

    assert (changed.status_code, entry.state) == (302, EntryState.SUBMITTED)
    assert "赛务会再审一次" in client.get(changed.location).text
    assert (entry.pass_no, event.seats_taken) == (number, 1)
    assert client.get(f"/account/entries/{entry.id}/pass").status_code == 404


def test_after_the_deadline_nothing_is_changed(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = worker(client, event)
    move_event(at(desk, event.entries_close_at), event, "close")
    before = dict(entry.replies)

    for page in ("change", "questions/0", "step/2"):
        assert client.get(f"/account/entries/{entry.id}/{page}").location.endswith(f"/{entry.id}")
    answer = post(client, entry, "questions/0", dict(WORKING))

    assert answer.status_code == 302
    assert entry.replies == before
    assert "修改报名" not in text_at(client, entry)


def test_only_what_was_remarked_can_be_mended(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = worker(client, event)
    return_entry(reviewer(desk, event), entry, remarks={"proof": "太暗了", "phone": "打不通"})
    (file,) = files_of(desk, entry)

    shown = text_at(client, entry)
    assert "/questions/0" in shown
    assert "太暗了" in shown
    questions = text_at(client, entry, "/questions/0")
    assert 'name="q-proof"' in questions
    assert 'name="q-status"' not in questions
    assert 'name="phone"' in text_at(client, entry, "/step/1")
    assert 'name="id_number"' not in text_at(client, entry, "/step/1")
    assert 'name="employer"' not in text_at(client, entry, "/step/2")
    assert 'name="photo"' not in text_at(client, entry, "/step/3")
    forged = {
        "q-asked": "status,hired_on,health,proof,motto",
        "q-status": "学生",
        "q-proof": paper(),
    }
    saved = post(client, entry, "questions/0", forged)
    assert saved.location.endswith("/review")

    assert answers_of(desk, entry)["status"] == "在职"
    assert answers_of(desk, entry)["proof"] != str(file.id)
    post(client, entry, "step/1", {**WHO, "name": "别人", "phone": "13800009999"})
    assert entry.person is not None
    assert entry.person.name == "贺选手"
    post(client, entry, "step/2", work(event, employer="别家厂"))
    assert entry.answers["employer"] == "示例船厂"
    post(client, entry, "review", {})
    assert entry.state is EntryState.SUBMITTED


def test_an_optional_file_is_taken_away_again(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    optional = ASKED.find("proof")
    assert optional is not None
    row = renew_form(desk, event)
    change_form(desk, event, row, put_field(ASKED, replace(optional, required=False), 2))
    release_form(desk, event, row)
    entry = at_questions(client, event)
    post(client, entry, "questions/1", dict(WORKING))
    post(client, entry, "questions/2", {"q-asked": "proof,motto", "q-proof": paper()})
    (file,) = files_of(desk, entry)

    drop = {"q-asked": "proof,motto", "q-proof.kept": str(file.id), "q-proof.drop": "y"}
    post(client, entry, "questions/2", drop)

    assert files_of(desk, entry) == []
    assert "proof" not in entry.replies


def test_the_page_goes_on_where_it_was_left(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = at_questions(client, event)
    resume = f"/account/entries/{entry.id}/resume"
    assert client.get(resume).location.endswith("/questions/1")
    post(client, entry, "questions/1", dict(ONE))
    assert client.get(resume).location.endswith("/questions/2")
    post(client, entry, "questions/2", {"q-asked": "motto"})

    assert client.get(resume).location.endswith("/step/3")
    assert "checked" in text_at(client, entry, "/questions/1")
