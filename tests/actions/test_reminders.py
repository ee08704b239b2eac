"""Reminders: to whom they matter, once, and silent when the window moved or the worker is late."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.events import edit_event, move_event, plan_of
from actions.reminders import carry_closing, carry_day
from actions.reviews import accept_entry, return_entry
from actions.submissions import submit_entry
from models.contests import Event
from models.messages import Message
from models.outbox import Errand
from tests.contest_world import DAY, at
from tests.entry_world import contestant, filled, open_event, own, reviewer

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event with one accepted entrant, one returned entry, and one draft."""
    made = open_event(desk, quota=5)
    for serial, name in enumerate(("贺通过", "林退回", "周草稿"), 1):
        seat = contestant(desk, made)
        entry = filled(seat, made, serial, name)
        if serial < 3:
            submit_entry(own(seat), entry)
        if serial == 1:
            accept_entry(reviewer(desk, made), entry)
        elif serial == 2:
            return_entry(reviewer(desk, made), entry, remarks={"": "补合同"})
    return made


def kinds(desk: Desk) -> list[str]:
    known = ("closing_soon", "mend_soon", "day_soon")
    rows = desk.session.scalars(select(Message).where(Message.kind.in_(known)).order_by(Message.id))
    return [row.kind for row in rows]


def closing(desk: Desk, event: Event, days: int, *, late: dt.timedelta = HOUR) -> int:
    seat = at(desk, event.entries_close_at - days * DAY + late)
    return carry_closing(seat, event, days=days, closes=event.entries_close_at.isoformat())


def test_drafts_and_returned_entries_are_reminded_once_a_deadline(desk: Desk, event: Event) -> None:
    assert closing(desk, event, 3) == 2
    assert closing(desk, event, 3) == 0
    assert kinds(desk) == ["closing_soon", "mend_soon"]
    assert closing(desk, event, 1) == 2


@pytest.mark.parametrize("late", [-HOUR, 12 * HOUR, 5 * DAY])
def test_a_reminder_out_of_its_time_says_nothing(
    desk: Desk, event: Event, late: dt.timedelta
) -> None:
    assert closing(desk, event, 7, late=late) == 0
    assert kinds(desk) == []


def test_a_window_that_moved_makes_old_reminders_harmless_and_sets_new_ones(
    desk: Desk, event: Event
) -> None:
    old = event.entries_close_at
    later = replace(plan_of(event), entries_close_at=old + 3 * DAY)
    edit_event(at(desk, old - 5 * DAY), event, later)

    assert carry_closing(at(desk, old - 3 * DAY), event, days=3, closes=old.isoformat()) == 0
    rows = desk.session.scalars(select(Errand).filter_by(kind="remind_closing")).all()
    new = {
        row.payload["days"]: row.due_at for row in rows if row.payload["closes"] != old.isoformat()
    }
    assert new == {7: old - 4 * DAY, 3: old, 1: old + 2 * DAY}
    assert closing(desk, event, 3) == 2


def test_closed_entries_remind_nobody(desk: Desk, event: Event) -> None:
    event.seats_taken = event.quota
    move_event(at(desk, event.entries_close_at - 4 * DAY), event, "close")

    assert closing(desk, event, 3) == 0


def test_the_accepted_hear_of_the_day_with_their_pass(desk: Desk, event: Event) -> None:
    closed = at(desk, event.entries_close_at)
    morning = dt.datetime.combine(event.held_on - DAY, dt.time(1), dt.UTC)
    day = event.held_on.isoformat()
    assert carry_day(at(desk, morning), event, days=1, held_on=day) == 0, "entries are open"
    move_event(closed, event, "close")

    assert carry_day(at(desk, morning), event, days=1, held_on="2026-01-01") == 0
    assert carry_day(at(desk, morning), event, days=1, held_on=day) == 1
    assert carry_day(at(desk, morning + HOUR), event, days=1, held_on=day) == 0

    row = desk.session.scalars(select(Message).filter_by(kind="day_soon")).one()
    assert (row.params["pass_no"], row.params["held_on"]) == (f"{event.id:02d}001", day)


def test_a_day_that_moved_sets_its_reminders_anew(desk: Desk, event: Event) -> None:
    later = replace(plan_of(event), held_on=event.held_on + 7 * DAY)
    edit_event(desk, event, later)

    rows = desk.session.scalars(select(Errand).filter_by(kind="remind_day")).all()
    assert sorted(row.payload["held_on"] for row in rows)[-2:] == [event.held_on.isoformat()] * 2
