"""One's own schedule: on the entry's page, on the ticket, in a calendar that follows changes."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.check_ins import check_in
from actions.desk import Desk
from actions.extra_times import grant_extra_time
from actions.placements import place_entry, set_workplace
from actions.sittings import create_sitting, edit_sitting
from models.accounts import Account
from models.entries import Entry
from rules.states import EntryState, EventState
from tests.contest_world import at
from tests.pdf import characters
from tests.result_world import listed_event
from tests.sitting_world import MINUTE, STARTS, Hall, hall, plan
from tests.support import make_account, sign_in
from web import calendars


@pytest.fixture
def made(desk: Desk) -> Hall:
    """One sitting with three entrants."""
    return hall(desk)


def signed_in(app: Flask, client: FlaskClient, desk: Desk, entry: Entry) -> str:
    sign_in(app, client, desk, desk.session.get_one(Account, entry.account_id))
    return f"/account/entries/{entry.id}"


def test_the_page_tells_hours_place_and_what_the_door_saw(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    row = made.placements[0]
    set_workplace(desk, row, 3)
    check_in(made.door(), made.sitting, row, key="k")
    grant_extra_time(made.door(), made.event, pass_no="P-000", minutes=10, reason="停电")

    page = client.get(signed_in(app, client, desk, row.entry)).text

    for words in (
        "我的日程",
        "11:00–13:00",
        "10:30 起检录",
        "工位 3",
        "10:50 已检录",
        "延长 10 分钟",
    ):
        assert words in page


def test_without_a_sitting_the_page_says_what_comes(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = listed_event(desk, 1)
    entry = desk.session.query(Entry).filter_by(event_id=stage.event.id).one()
    path = signed_in(app, client, desk, entry)

    assert "还没排好" in client.get(path).text
    assert client.get(f"{path}/ticket.pdf").data.startswith(b"%PDF")
    assert "VEVENT" not in client.get(f"{path}/schedule.ics").text


def test_the_ticket_carries_name_hours_and_way(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    path = signed_in(app, client, desk, made.placements[0].entry)
    reply = client.get(f"{path}/ticket.pdf")

    assert reply.content_type == "application/pdf"
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert set("贺定波车间南门待抽签") <= characters(reply.data)


def calendar(client: FlaskClient, path: str) -> dict[str, str]:
    lines = client.get(f"{path}/schedule.ics").text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_the_calendar_is_in_utc_and_keeps_its_uid(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    row = made.placements[0]
    path = signed_in(app, client, desk, row.entry)
    before = calendar(client, path)
    assert before["DTSTART"] == "20261124T030000Z"
    assert before["DTEND"] == "20261124T050000Z"
    assert before["STATUS"] == "CONFIRMED"

    later = at(desk, desk.now + 3 * MINUTE)
    edit_sitting(later, made.sitting, plan(made.venue, starts_at=STARTS + 30 * MINUTE))
    desk.session.commit()
    moved = calendar(client, path)
    assert moved["UID"] == before["UID"]
    assert moved["DTSTART"] == "20261124T033000Z"
    assert int(moved["SEQUENCE"]) == int(before["SEQUENCE"]) + 180

    second = create_sitting(desk, made.event, plan(made.venue, name="实操第二场"))
    place_entry(at(desk, desk.now + 9 * MINUTE), second, row.entry)
    desk.session.commit()
    parallel = calendar(client, path)
    assert parallel["UID"] == before["UID"], "another batch is the same appointment, moved"
    assert int(parallel["SEQUENCE"]) > int(moved["SEQUENCE"])
    assert re.search("实操第二场", parallel["SUMMARY"])


def test_a_cancelled_event_cancels_the_appointment(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    made.event.state = EventState.CANCELLED
    path = signed_in(app, client, desk, made.placements[0].entry)

    assert calendar(client, path)["STATUS"] == "CANCELLED"


def test_others_and_the_not_accepted_find_nothing(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    entry = made.placements[0].entry
    path = f"/account/entries/{entry.id}"
    assert client.get(f"{path}/ticket.pdf").status_code == 302
    sign_in(app, client, desk, make_account(desk.session))
    for tail in ("ticket.pdf", "schedule.ics"):
        assert client.get(f"{path}/{tail}").status_code == 404

    entry.state = EntryState.RETURNED
    signed_in(app, client, desk, entry)
    for tail in ("ticket.pdf", "schedule.ics"):
        assert client.get(f"{path}/{tail}").status_code == 404


def test_lines_are_folded_in_octets_and_texts_escaped() -> None:
    text = calendars.calendar(["DESCRIPTION:" + calendars.escaped("一，二; 三\\四\n" * 20)])

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\\n" in text
    assert "\\;" in text
    assert "\\\\" in text
