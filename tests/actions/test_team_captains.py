"""Captains: the team and its place handed over, with all that is kept beside it."""

import pytest

from actions.desk import Desk
from actions.review_desks import add_note, arrange, hold
from actions.reviews import accept_entry, return_entry
from actions.submissions import join_waiting, submit_entry, waiting_position
from actions.team_captains import hand_over
from actions.team_partings import leave_team
from models.entries import members_of
from models.reviews import Review, ReviewNote
from rules.errors import Blocked, WrongMoment
from rules.states import EntryState
from rules.terms import Decision
from tests.entry_world import reviewer
from tests.team_world import (
    accepted,
    follower,
    founded,
    joined,
    seat_of,
    team_event,
    team_of,
    told,
    whole,
)


def test_handing_over_a_draft_changes_who_hands_in(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    member = joined(desk, team_of(captain), 2)

    hand_over(seat_of(desk, captain), member)

    assert (captain.is_captain, member.is_captain, member.state) == (False, True, EntryState.DRAFT)
    assert told(desk, member)[-1] == "team_captain"
    submit_entry(seat_of(desk, captain), captain)
    submit_entry(seat_of(desk, member), member)
    assert (captain.state, member.state) == (EntryState.JOINED, EntryState.SUBMITTED)


def test_handing_over_a_team_handed_in_moves_place_pass_and_notes(desk: Desk) -> None:
    captain = accepted(desk)
    event, member = captain.event, follower(desk, captain)
    clerk = reviewer(desk, event)
    add_note(clerk, captain, "电话已核实")
    receipt, passed, sent = captain.receipt_no, captain.pass_no, captain.submitted_at

    hand_over(seat_of(desk, captain), member)

    assert (member.state, captain.state) == (EntryState.SUBMITTED, EntryState.JOINED)
    assert (member.receipt_no, member.pass_no, member.submitted_at) == (receipt, passed, sent)
    assert (member.holds_seat, captain.holds_seat, event.seats_taken) == (True, False, 1)
    assert desk.session.query(ReviewNote).one().entry_id == member.id
    accept_entry(clerk, member)
    assert member.pass_no == passed
    leave_team(seat_of(desk, captain), captain)
    assert captain.team_id is None


def test_handing_over_drops_a_held_decision_and_keeps_the_turn_in_the_queue(desk: Desk) -> None:
    event = team_event(desk, quota=1)
    first = whole(desk, event)
    captain = founded(desk, event, "海鸥队", 11)
    member = joined(desk, team_of(captain), 12)
    join_waiting(seat_of(desk, captain), captain)
    hold(reviewer(desk, event), [first], Decision.ACCEPT)

    hand_over(seat_of(desk, captain), member)
    hand_over(seat_of(desk, first), follower(desk, first))

    assert (member.state, waiting_position(desk, member)) == (EntryState.WAITING, 1)
    row = desk.session.query(Review).one()
    assert (row.entry_id, row.held) == (members_of(desk.session, team_of(first))[0].id, None)


def test_what_colleagues_keep_beside_both_is_kept_together(desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    member, clerk = follower(desk, captain), reviewer(desk, captain.event)
    arrange(clerk, captain, tags="缺材料 待电话", assignee_id=clerk.actor.account_id)
    arrange(clerk, member, tags="待电话 已核实", assignee_id=None)
    add_note(clerk, member, "照片已看")
    add_note(clerk, captain, "电话已核实")

    hand_over(seat_of(desk, captain), member)

    row = desk.session.query(Review).one()
    assert (row.entry_id, row.tags) == (member.id, ["缺材料", "待电话", "已核实"])
    assert row.assignee_id == clerk.actor.account_id
    assert {note.entry_id for note in desk.session.query(ReviewNote)} == {member.id}


def test_who_has_not_confirmed_takes_over_nothing(desk: Desk) -> None:
    captain = accepted(desk)
    late = joined(desk, team_of(captain), 9, confirms=False)

    with pytest.raises(Blocked, match="has confirmed the own part first"):
        hand_over(seat_of(desk, captain), late)
    return_entry(reviewer(desk, captain.event), captain, remarks={"": "补照片"})
    with pytest.raises(WrongMoment, match="mend it"):
        hand_over(seat_of(desk, captain), follower(desk, captain))

    assert captain.is_captain
