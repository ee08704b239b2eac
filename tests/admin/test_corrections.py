"""The office's page of wishes for a correction, and the pages of who has one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.people import Identity, enter_person
from actions.submissions import submit_entry
from models.accounts import Account
from models.corrections import Correction
from rules.permits import Role
from rules.states import CorrectionState
from tests.admin.office import counted, staff
from tests.entry_world import contestant, filled, open_event, sample_id
from tests.support import sign_in

MEND, OFFICE = "/account/record/mend", "/admin/corrections/"
SAID = {"name": "贺选首", "id_number": sample_id(2), "phone": "13800001234", "reason": "写错一位"}


@pytest.fixture
def owner(app: Flask, desk: Desk) -> FlaskClient:
    """A browser of somebody who has handed in an entry."""
    event = open_event(desk)
    seat = contestant(desk, event)
    submit_entry(seat, filled(seat, event))
    browser = app.test_client()
    sign_in(app, browser, desk, desk.session.get_one(Account, seat.actor.account_id))
    return browser


def row_of(desk: Desk) -> Correction:
    return desk.session.query(Correction).order_by(Correction.id.desc()).first() or Correction()


def test_a_wish_goes_to_the_office_masked_and_is_granted(
    app: Flask, desk: Desk, owner: FlaskClient
) -> None:
    assert MEND in owner.get("/account/record/").text
    assert sample_id(1) in owner.get(MEND).text, "to its owner the number is shown to be mended"
    assert owner.post(MEND, data=SAID).location == "/account/record/"
    assert "赛务核对中" in owner.get("/account/record/").text
    assert owner.post(MEND, data=SAID).status_code == 422

    office = staff(app, desk, Role.OFFICER)
    page = office.get(OFFICE).text
    assert "贺选首" in page
    assert sample_id(2) not in page
    assert sample_id(2)[-4:] in page
    url = f"{OFFICE}{row_of(desk).id}/grant"
    assert office.post(url).status_code == 302
    assert office.post(url).status_code == 302, "a second click is harmless"

    assert "没有待答复的更正申请" in office.get(OFFICE).text
    record = owner.get("/account/record/").text
    assert "已更正" in record
    assert "贺选首" in record


def test_a_refusal_needs_words_and_a_taken_number_is_named(
    app: Flask, desk: Desk, owner: FlaskClient
) -> None:
    enter_person(desk, Identity("别人", sample_id(2), "13800002222"))
    owner.post(MEND, data=SAID)
    office, row = staff(app, desk, Role.OFFICER), row_of(desk).id

    blocked = office.post(f"{OFFICE}{row}/grant")
    assert blocked.status_code == 409
    assert "已在另一份档案里" in blocked.text
    silent = office.post(f"{OFFICE}{row}/decline", data={})
    assert silent.status_code == 422
    leaking = {f"wish{row}-answer": f"应为 {sample_id(3)}"}
    assert office.post(f"{OFFICE}{row}/decline", data=leaking).status_code == 422
    assert row_of(desk).state is CorrectionState.WISHED
    told = {f"wish{row}-answer": "与身份证复印件不符"}
    assert office.post(f"{OFFICE}{row}/decline", data=told).status_code == 302

    assert "与身份证复印件不符" in owner.get("/account/record/").text


def test_bad_input_stays_on_the_page_and_contact_changes_at_once(
    desk: Desk, owner: FlaskClient
) -> None:
    assert owner.post(MEND, data={**SAID, "phone": "12"}).status_code == 422
    assert owner.post(MEND, data={**SAID, "reason": ""}).status_code == 422
    kept = {**SAID, "name": "贺选手", "id_number": sample_id(1), "email": "he@example.cn"}

    assert owner.post(MEND, data=kept).status_code == 302

    assert "he@example.cn" in owner.get("/account/record/").text
    assert desk.session.query(Correction).count() == 0


def test_who_has_no_record_is_led_back_and_others_stay_outside(
    app: Flask, desk: Desk, owner: FlaskClient
) -> None:
    assert owner.get(OFFICE).status_code == 403
    assert staff(app, desk, Role.REVIEWER).get(OFFICE).status_code == 403
    assert staff(app, desk, Role.OFFICER).get(MEND).location == "/account/record/"


def test_the_list_asks_the_same_number_of_questions_for_one_wish_and_for_three(
    app: Flask, desk: Desk, owner: FlaskClient
) -> None:
    owner.post(MEND, data=SAID)
    account_id = row_of(desk).account_id
    office = staff(app, desk, Role.OFFICER)
    office.get(OFFICE)
    with counted() as few:
        office.get(OFFICE)
    for number in (1, 2):
        person = enter_person(desk, Identity("贺", sample_id(60 + number), "13800006666"))
        desk.session.add(
            Correction(
                key=f"k{number}",
                person_id=person.id,
                account_id=account_id,
                name="何",
                reason="写错",
                asked_at=desk.now,
            )
        )
    with counted() as many:
        office.get(OFFICE)

    assert len(few) == len(many)
