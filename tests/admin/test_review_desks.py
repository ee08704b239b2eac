"""The review desk on the staff's face: choose, hold, look through, apply; notes and tags."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.submissions import submit_entry
from models.contests import Event
from models.entries import Entry
from rules.permits import Role
from rules.states import EntryState
from tests.admin.office import staff
from tests.entry_world import contestant, filled, open_event
from tests.support import NOW


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER, name="审核员乙")


def handed_in(desk: Desk, event: Event, serial: int) -> Entry:
    seat = contestant(desk, event)
    entry = filled(seat, event, serial, f"选手{serial}")
    submit_entry(seat, entry)
    desk.session.commit()
    return entry


def test_decisions_are_held_in_the_queue_and_applied_together(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    one, two = handed_in(desk, event, 1), handed_in(desk, event, 2)
    base = f"/admin/events/{event.id}/decisions/"
    assert "没有暂存的决定" in office.get(base).text

    data = {
        "decision": "return",
        "template": "0",
        "reason": "周五前补",
        "entries": [one.id, two.id],
    }
    told = office.post(f"{base}hold", data=data).text
    assert told.count("已暂存") == 2
    page = office.get(base).text
    assert page.count("免冠照。 周五前补") == 2
    assert "2 项暂存决定" in office.get(f"/admin/events/{event.id}/entries/").text
    office.post(f"{base}{two.id}/let-go")
    told = office.post(f"{base}apply").text

    assert told.count("已生效") == 1
    assert (one.state, two.state) == (EntryState.RETURNED, EntryState.SUBMITTED)
    assert "免冠照" in one.remarks[""]


def test_without_words_or_entries_nothing_is_held(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry = handed_in(desk, event, 1)
    base = f"/admin/events/{event.id}/decisions/"

    wrong = office.post(f"{base}hold", data={"decision": "reject", "entries": [entry.id]})
    odd = office.post(f"{base}hold", data={"decision": "eat", "entries": [entry.id]})
    none = office.post(f"{base}hold", data={"decision": "accept"}, follow_redirects=True)

    assert (wrong.status_code, odd.status_code) == (422, 422)
    assert "理由会告知选手" in wrong.text
    assert "没有选中任何报名" in none.text
    assert "没有暂存的决定" in office.get(base).text


def test_notes_and_tags_are_kept_beside_the_entry(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    entry, following = handed_in(desk, event, 1), handed_in(desk, event, 2)
    base, page = f"/admin/events/{event.id}/decisions/{entry.id}", f"/entries/{entry.id}"

    office.post(f"{base}/note", data={"note": "已电话核实"})
    office.post(f"{base}/arrange", data={"tags": "待电话", "assignee": "0"})
    shown = office.get(f"/admin/events/{event.id}{page}").text
    empty = office.post(f"{base}/note", data={"note": ""})
    strange = office.post(f"{base}/arrange", data={"tags": "留着", "assignee": "999"})

    assert "已电话核实" in shown
    assert 'value="待电话"' in shown
    assert f'data-key="n" href="/admin/events/{event.id}/entries/{following.id}"' in shown
    assert (empty.status_code, strange.status_code) == (422, 422)
    assert "请填写备注" in empty.text
    assert 'value="留着"' in strange.text
    assert "待电话" in office.get(f"/admin/events/{event.id}/entries/").text


def test_after_a_decision_the_next_entry_is_shown(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    one, two = handed_in(desk, event, 1), handed_in(desk, event, 2)
    base = f"/admin/events/{event.id}/entries"

    two.submitted_at = NOW - dt.timedelta(days=1)
    desk.session.commit()
    assert f'data-key="n" href="{base}/{two.id}"' in office.get(f"{base}/{one.id}").text
    assert f'data-key="n" href="{base}/{one.id}"' in office.get(f"{base}/{two.id}").text

    first = office.post(f"{base}/{one.id}/accept")
    second = office.post(f"{base}/{two.id}/accept")

    assert first.location == f"{base}/{two.id}"
    assert second.location == f"{base}/"
