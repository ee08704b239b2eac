"""The worker opens and closes entries when their published moment has come."""

import datetime as dt

from flask import Flask

from actions.desk import Desk
from rules.states import EventState
from tests.contest_world import DAY, announced_event, at
from tests.support import NOW
from web.outbox import CARRIERS


def test_errands_open_and_close_entries(app: Flask, desk: Desk) -> None:
    event = announced_event(desk)
    payload = {"event_id": event.id}

    CARRIERS["open_entries"](at(desk, NOW + DAY), payload)
    assert event.state is EventState.OPEN
    CARRIERS["close_entries"](at(desk, NOW + 11 * DAY - dt.timedelta(seconds=1)), payload)
    assert event.state is EventState.OPEN
    CARRIERS["close_entries"](at(desk, NOW + 11 * DAY), payload)

    assert event.state is EventState.CLOSED
