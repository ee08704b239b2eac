"""The waiting list: joined when all is full, served in order, ended by the published list."""

import dataclasses
import datetime as dt

import pytest

from actions.desk import Desk
from actions.events import edit_event, move_event, plan_of
from actions.reviews import accept_entry, reject_entry
from actions.submissions import (
    join_waiting,
    recall_entry,
    submit_entry,
    waiting_position,
    withdraw_entry,
)
from models.contests import Event
from models.entries import Entry
from rules.errors import Blocked, NotPermitted
from rules.states import EntryState
from tests.contest_world import at
from tests.entry_world import contestant, contestant_of, filled, open_event, reviewer

MINUTE = dt.timedelta(minutes=1)


def crowd(desk: Desk, event: Event, places: int, waiting: int) -> list[Entry]:
    """Fill every place, then let others wait, a minute apart."""
    entries = []
    for number in range(1, places + waiting + 1):
        seat = contestant(desk, event)
        seat = at(seat, seat.now + number * MINUTE)
        entry = filled(seat, event, number, f"选手{number}")
        (submit_entry if number <= places else join_waiting)(seat, entry)
        entries.append(entry)
    return entries


def owner(desk: Desk, entry: Entry) -> Desk:
    seat = contestant_of(desk, entry)
    return at(seat, seat.now + 5 * MINUTE)


def test_who_waits_longest_takes_the_place_of_who_withdraws(desk: Desk) -> None:
    event = open_event(desk, quota=1)
    first, second, third = crowd(desk, event, 1, 2)
    assert [waiting_position(desk, entry) for entry in (first, second, third)] == [0, 1, 2]

    withdraw_entry(owner(desk, first), first, reason="出差")

    assert [entry.state for entry in (first, second, third)] == [
        EntryState.WITHDRAWN,
        EntryState.SUBMITTED,
        EntryState.WAITING,
    ]
    assert (second.holds_seat, event.seats_taken) == (True, 1)
    assert waiting_position(desk, third) == 1


def test_a_rejection_and_a_recall_pass_the_place_on_too(desk: Desk) -> None:
    event = open_event(desk, quota=2)
    one, two, three, four = crowd(desk, event, 2, 2)

    reject_entry(reviewer(desk, event), one, reason="条件不符")
    recall_entry(owner(desk, two), two)

    assert (two.state, three.state, four.state) == (
        EntryState.DRAFT,
        EntryState.SUBMITTED,
        EntryState.SUBMITTED,
    )
    assert event.seats_taken == 2


def test_more_places_serve_the_waiting_at_once(desk: Desk) -> None:
    event = open_event(desk, quota=1)
    entries = crowd(desk, event, 1, 3)

    edit_event(desk, event, dataclasses.replace(plan_of(event), quota=3))

    assert [entry.state for entry in entries[1:]] == [
        EntryState.SUBMITTED,
        EntryState.SUBMITTED,
        EntryState.WAITING,
    ]
    assert event.seats_taken == 3


def test_nobody_waits_while_a_place_is_free(desk: Desk) -> None:
    event = open_event(desk, quota=2)
    (entry,) = crowd(desk, event, 1, 0)
    seat = contestant(desk, event)
    other = filled(seat, event, 9)

    with pytest.raises(Blocked, match="A place is free"):
        join_waiting(seat, other)
    with pytest.raises(NotPermitted):
        join_waiting(seat, entry)

    assert other.state is EntryState.DRAFT


def test_joining_twice_is_joining_once_and_who_waits_may_leave(desk: Desk) -> None:
    event = open_event(desk, quota=1)
    _, entry = crowd(desk, event, 1, 1)
    receipt = entry.receipt_no

    join_waiting(owner(desk, entry), entry)
    assert (entry.receipt_no, waiting_position(desk, entry)) == (receipt, 1)
    withdraw_entry(owner(desk, entry), entry, reason="不等了")

    assert entry.state is EntryState.WITHDRAWN
    assert event.seats_taken == 1


def test_the_published_list_ends_the_waiting(desk: Desk) -> None:
    event = open_event(desk, quota=1)
    first, second = crowd(desk, event, 1, 1)
    accept_entry(reviewer(desk, event), first)
    closed = at(desk, event.entries_close_at)
    move_event(closed, event, "close")

    move_event(closed, event, "list")

    assert second.state is EntryState.REJECTED
    assert "No place became free" in second.remarks[""]
