"""``flask entries expire`` says what it erased; the worker takes the files off the shelf."""

import datetime as dt

import pytest
from flask import Flask

from actions.desk import Desk
from actions.registration_forms import expiry
from actions.replies import files_of, place_of
from models.contests import Event
from models.entries import Entry
from tests.actions.test_entry_changes import handed_in
from tests.entry_world import open_event
from tests.form_world import asking
from web.outbox import CARRIERS, run_batch


@pytest.fixture
def entry(desk: Desk) -> Entry:
    event = open_event(desk)
    asking(desk, event)
    _, made = handed_in(desk, event)
    desk.session.commit()
    return made


def test_nothing_is_due_before_its_day(app: Flask, entry: Entry) -> None:
    done = app.test_cli_runner().invoke(args=["entries", "expire"])

    assert (done.exit_code, "清除 0 份报名里的 0 个答案和 0 个文件" in done.output) == (0, True)
    assert "proof" in entry.replies


def test_what_is_due_is_erased_and_counted(app: Flask, desk: Desk, entry: Entry) -> None:
    event = desk.session.get_one(Event, entry.event_id)
    (file,) = files_of(desk, entry)
    place = place_of(file.key)
    event.held_on = dt.date(2020, 1, 1)
    desk.session.commit()
    assert expiry(event, 30) < desk.now

    done = app.test_cli_runner().invoke(args=["entries", "expire"])

    assert "清除 1 份报名里的 2 个答案和 1 个文件" in done.output
    assert desk.shelf.has(place)
    assert {"expire_answers", "forget_files"} <= set(CARRIERS)
    run_batch()
    assert not desk.shelf.has(place)
