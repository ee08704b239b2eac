"""The eligibility review: a queue, one page an entry, deeds with reasons, numbers masked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import begin_entry
from actions.submissions import submit_entry
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from rules.permits import Role
from rules.states import EntryState
from tests.admin.office import counted, staff
from tests.entry_world import contestant, filled, open_event, sample_id


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def handed_in(desk: Desk, event: Event, serial: int = 1, name: str = "贺选手") -> Entry:
    seat = contestant(desk, event)
    entry = filled(seat, event, serial, name)
    submit_entry(seat, entry)
    desk.session.commit()
    return entry


def url(event: Event, rest: object = "") -> str:
    return f"/admin/events/{event.id}/entries/{rest}"


def test_the_queue_shows_what_waits_and_filters_by_state(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    assert "贺选手" not in office.get(url(event)).text
    entry = handed_in(desk, event)
    draft = begin_entry(contestant(desk, event), event, form_key="draft")
    desk.session.commit()

    page = office.get(url(event)).text
    assert "贺选手" in page
    assert "示例船厂" in page
    assert str(entry.receipt_no) in page
    assert "贺选手" not in office.get(url(event, "?state=accepted")).text
    assert "贺选手" in office.get(url(event, "?state=all")).text
    assert url(event, draft.id) not in office.get(url(event, "?state=draft")).text
    assert office.get(url(event, draft.id)).status_code == 404


def test_one_page_shows_verdicts_and_masks_the_numbers(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event)

    answer = office.get(url(event, entry.id))

    for words in ("年满 18 周岁", "符合", f"990001********{sample_id(1)[-4:]}", "138****1234"):
        assert words in answer.text
    assert sample_id(1) not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_whole_numbers_need_a_reason_and_leave_a_line(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event)

    refused = office.post(url(event, f"{entry.id}/reveal"), data={"reason": ""})
    assert refused.status_code == 422
    assert sample_id(1) not in refused.text
    shown = office.post(url(event, f"{entry.id}/reveal"), data={"reason": "核对社保"})

    assert sample_id(1) in shown.text
    line = desk.session.scalars(select(AuditLine).filter_by(deed="reveal_identity")).one()
    assert (line.detail["reason"], line.detail["entry"]) == ("核对社保", entry.id)
    assert sample_id(1) not in office.get(url(event, entry.id)).text


def test_accepting_gives_a_pass_number(office: FlaskClient, desk: Desk, event: Event) -> None:
    first, second = handed_in(desk, event), handed_in(desk, event, 2, "吴选手")

    for entry in (first, second):
        assert office.post(url(event, f"{entry.id}/accept")).status_code == 302
    assert office.post(url(event, f"{first.id}/accept")).status_code == 409

    assert (first.state, second.state) == (EntryState.ACCEPTED, EntryState.ACCEPTED)
    assert first.pass_no != second.pass_no


def test_returning_names_at_least_one_field(office: FlaskClient, desk: Desk, event: Event) -> None:
    entry = handed_in(desk, event)

    assert office.post(url(event, f"{entry.id}/return"), data={}).status_code == 422
    assert entry.state is EntryState.SUBMITTED
    remarks = {"photo": "太暗", "general": "请补"}
    assert office.post(url(event, f"{entry.id}/return"), data=remarks).status_code == 302

    assert (entry.state, entry.remarks) == (EntryState.RETURNED, {"photo": "太暗", "": "请补"})
    assert event.seats_taken == 1


def test_an_overlong_remark_is_refused_beside_its_field(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event)

    answer = office.post(url(event, f"{entry.id}/return"), data={"photo": "暗" * 201})

    assert (answer.status_code, entry.state) == (422, EntryState.SUBMITTED)


def test_rejecting_says_why_and_frees_the_place(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event)

    assert office.post(url(event, f"{entry.id}/reject"), data={"reason": ""}).status_code == 422
    office.post(url(event, f"{entry.id}/reject"), data={"reason": "材料不实"})

    assert (entry.state, entry.remarks) == (EntryState.REJECTED, {"": "材料不实"})
    assert event.seats_taken == 0


def test_many_are_accepted_and_each_is_told_of(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    first, second = handed_in(desk, event), handed_in(desk, event, 2, "吴选手")
    office.post(url(event, f"{second.id}/reject"), data={"reason": "材料不实"})

    page = office.post(url(event, "accept"), data={"entries": [first.id, second.id]}).text

    assert str(first.pass_no) in page
    assert "吴选手" in page
    assert (first.state, second.state) == (EntryState.ACCEPTED, EntryState.REJECTED)
    assert office.post(url(event, "accept")).status_code == 200


def test_the_queue_asks_the_database_no_more_for_more_rows(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    counts, key, queue = [], event.id, url(event)
    for serials in ((1,), (2, 3)):
        row = desk.session.get_one(Event, key)
        for serial in serials:
            handed_in(desk, row, serial, f"选手{serial}")
        with counted() as reads:
            assert office.get(queue).status_code == 200
        counts.append(len(reads))

    assert counts[0] == counts[1]


def test_others_stand_before_a_closed_door(
    app: Flask, client: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event)
    assert client.get(url(event)).status_code == 302

    plain = staff(app, desk)
    assert plain.get(url(event)).status_code == 403
    assert plain.post(url(event, f"{entry.id}/accept")).status_code == 403
    assert entry.state is EntryState.SUBMITTED
