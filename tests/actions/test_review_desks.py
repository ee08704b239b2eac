"""The review desk: held decisions reach nobody before they are applied, each once."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.review_desks import (
    add_note,
    apply_held,
    arrange,
    held_of,
    hold,
    let_go,
    review_of,
    reviewers_of,
)
from actions.reviews import accept_entry
from actions.submissions import submit_entry, withdraw_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.reviews import ReviewNote
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.states import EntryState
from rules.terms import Decision
from tests.entry_world import contestant, contestant_of, filled, open_event, reviewer
from tests.support import make_account


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


def handed_in(desk: Desk, event: Event, count: int) -> list[Entry]:
    entries = []
    for number in range(1, count + 1):
        seat = contestant(desk, event)
        entries.append(filled(seat, event, number, f"选手{number}"))
        submit_entry(seat, entries[-1])
    return entries


def test_held_decisions_are_applied_together_and_once(desk: Desk, event: Event) -> None:
    one, two, three = handed_in(desk, event, 3)
    seat = reviewer(desk, event)
    hold(seat, [one], Decision.ACCEPT)
    hold(seat, [two], Decision.RETURN, reason="照片不清楚")
    hold(seat, [three], Decision.REJECT, reason="不符合条件")
    assert {entry.state for entry in (one, two, three)} == {EntryState.SUBMITTED}
    assert len(held_of(seat, event)) == 3

    outcome = apply_held(seat, event)

    assert [refusal for _, refusal in outcome] == [None] * 3
    assert [entry.state for entry in (one, two, three)] == [
        EntryState.ACCEPTED,
        EntryState.RETURNED,
        EntryState.REJECTED,
    ]
    assert (two.remarks, three.remarks) == ({"": "照片不清楚"}, {"": "不符合条件"})
    assert apply_held(seat, event) == []


def test_what_changed_meanwhile_is_refused_alone_and_stays_held(desk: Desk, event: Event) -> None:
    one, two = handed_in(desk, event, 2)
    seat = reviewer(desk, event)
    hold(seat, [one, two], Decision.ACCEPT)
    withdraw_entry(contestant_of(desk, one), one, reason="出差")

    (first, refusal), (second, none) = apply_held(seat, event)

    assert (first, second) == (one, two)
    assert isinstance(refusal, WrongMoment)
    assert none is None
    assert two.state is EntryState.ACCEPTED
    assert [row.entry_id for row in held_of(seat, event)] == [one.id]


def test_a_decision_is_held_only_where_it_could_be_taken(desk: Desk, event: Event) -> None:
    one, two = handed_in(desk, event, 2)
    seat = reviewer(desk, event)
    accept_entry(seat, one)

    (_, refusal), (_, none) = hold(seat, [one, two], Decision.ACCEPT)
    (_, stranger), *_ = hold(contestant_of(desk, two), [two], Decision.ACCEPT)

    assert isinstance(refusal, WrongMoment)
    assert none is None
    assert isinstance(stranger, NotPermitted)
    with pytest.raises(Invalid):
        hold(seat, [two], Decision.REJECT, reason="  ")


def test_a_held_decision_is_taken_back(desk: Desk, event: Event) -> None:
    (entry,) = handed_in(desk, event, 1)
    seat = reviewer(desk, event)
    hold(seat, [entry], Decision.REJECT, reason="缺材料")

    let_go(seat, entry)

    assert held_of(seat, event) == []
    assert review_of(seat, entry).reason == ""


def test_notes_tags_and_a_colleague_stand_beside_the_entry(desk: Desk, event: Event) -> None:
    (entry,) = handed_in(desk, event, 1)
    seat = reviewer(desk, event)
    colleague = desk.session.get_one(Account, seat.actor.account_id)

    add_note(seat, entry, " 已电话核实 ")
    arrange(seat, entry, tags="缺材料，待电话", assignee_id=colleague.id)

    row = review_of(seat, entry)
    assert desk.session.scalars(select(ReviewNote.text)).all() == ["已电话核实"]
    assert (row.tags, row.assignee_id) == (["缺材料", "待电话"], colleague.id)
    assert colleague in reviewers_of(desk, event)
    with pytest.raises(Invalid):
        arrange(seat, entry, tags="", assignee_id=make_account(desk.session).id)
    for text in (" ", "长" * 501):
        with pytest.raises(Invalid):
            add_note(seat, entry, text)
    arrange(seat, entry, tags="", assignee_id=None)
    assert (row.tags, row.assignee_id) == ([], None)
