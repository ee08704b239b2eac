"""Partings: who leaves, is taken out or hands over; what becomes of the team and its place."""

import datetime as dt
from collections.abc import Callable

import pytest

from actions.desk import Desk
from actions.entries import Work, save_work
from actions.entry_changes import may_change
from actions.events import move_event
from actions.extensions import grant_extension
from actions.reviews import accept_entry, reject_entry, return_entry
from actions.seats import lapse_waiting
from actions.submissions import (
    join_waiting,
    recall_entry,
    submit_entry,
    waiting_position,
    withdraw_entry,
)
from actions.team_captains import hand_over
from actions.team_partings import SETTLE, leave_team, remove_member, settle_teams
from actions.teams import found_team, join_team
from models.accounts import Account
from models.entries import Entry
from models.outbox import Errand
from rules.errors import Blocked, NotPermitted, Refusal, WrongMoment
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import SkillLevel
from tests.contest_world import at
from tests.entry_world import contestant, reviewer
from tests.support import actor_of, give
from tests.team_world import (
    MINUTE,
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

DAY = dt.timedelta(days=1)


def test_who_leaves_keeps_a_draft_and_may_join_another_team(desk: Desk) -> None:
    event = team_event(desk)
    captain, other = founded(desk, event), founded(desk, event, "海鸥队", 8)
    team, member = team_of(captain), joined(desk, team_of(captain), 2)

    leave_team(seat_of(desk, member), member)

    assert (member.state, member.team_id, team.members) == (EntryState.DRAFT, None, 1)
    assert told(desk, captain)[-1] == "team_left"
    assert join_team(seat_of(desk, member), team_of(other), form_key="x") is member
    submit_entry(seat_of(desk, member), member)
    assert (member.state, team_of(other).members) == (EntryState.JOINED, 2)


def test_a_captain_does_not_leave_and_nobody_parts_for_others(desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    member = follower(desk, captain)

    with pytest.raises(Blocked, match="A captain does not leave alone"):
        leave_team(seat_of(desk, captain), captain)
    with pytest.raises(NotPermitted):
        leave_team(seat_of(desk, captain), member)
    with pytest.raises(NotPermitted, match="Only the captain"):
        remove_member(seat_of(desk, member), member)
    with pytest.raises(NotPermitted, match="Only the captain"):
        hand_over(seat_of(desk, member), member)
    with pytest.raises(Blocked, match="own entry"):
        remove_member(seat_of(desk, captain), captain)

    assert team_of(captain).members == 2


def test_a_team_that_stays_large_enough_is_looked_at_anew(desk: Desk) -> None:
    captain = accepted(desk, size=3)
    passed, member = captain.pass_no, follower(desk, captain)

    remove_member(seat_of(desk, captain), member)

    assert (captain.state, captain.pass_no) == (EntryState.SUBMITTED, passed)
    assert (captain.holds_seat, captain.decided_at) == (True, None)
    assert told(desk, member)[-1] == "team_removed"


def test_a_team_that_falls_short_keeps_its_place_until_entries_close(desk: Desk) -> None:
    captain = accepted(desk)
    event, member = captain.event, follower(desk, captain)

    withdraw_entry(seat_of(desk, member), member, reason="工期冲突")

    assert member.state is EntryState.WITHDRAWN
    assert (captain.state, captain.holds_seat) == (EntryState.RETURNED, True)
    assert told(desk, captain)[-2:] == ["team_short", "team_left"]
    with pytest.raises(Blocked, match="not complete"):
        submit_entry(seat_of(desk, captain), captain)
    joined(desk, team_of(captain), 9)
    submit_entry(seat_of(desk, captain), captain)
    assert (captain.state, event.seats_taken) == (EntryState.SUBMITTED, 1)


def test_a_waiting_team_that_falls_short_waits_no_more(desk: Desk) -> None:
    event = team_event(desk, quota=1)
    whole(desk, event)
    captain = founded(desk, event, "海鸥队", 11)
    member = joined(desk, team_of(captain), 12)
    join_waiting(seat_of(desk, captain), captain)

    leave_team(seat_of(desk, member), member)

    assert (captain.state, captain.submitted_at) == (EntryState.DRAFT, None)
    assert waiting_position(desk, captain) == 0


def test_the_captains_withdrawal_lets_everybody_go_and_passes_the_place_on(desk: Desk) -> None:
    event = team_event(desk, quota=1)
    first = whole(desk, event)
    member, team = follower(desk, first), team_of(first)
    second = founded(desk, event, "海鸥队", 11)
    joined(desk, team_of(second), 12)
    join_waiting(seat_of(desk, second), second)

    withdraw_entry(seat_of(desk, first), first, reason="任务冲突")

    assert (first.state, second.state) == (EntryState.WITHDRAWN, EntryState.SUBMITTED)
    assert (member.state, member.team_id, event.seats_taken) == (EntryState.DRAFT, None, 1)
    assert team.dissolved_at is not None
    assert told(desk, member)[-1] == "team_dissolved"
    with pytest.raises(WrongMoment, match="dissolved"):
        join_team(contestant(desk, event), team, form_key="x")


def test_a_rejected_team_lets_everybody_go(desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)
    member = follower(desk, captain)

    reject_entry(reviewer(desk, event), captain, reason="队员不符合条件")

    assert (captain.state, member.state) == (EntryState.REJECTED, EntryState.DRAFT)
    assert told(desk, member)[-2:] == ["entry_rejected", "team_dissolved"]
    assert found_team(seat_of(desk, member), event, name="新队", form_key="n").is_captain


def test_a_waiting_team_that_got_no_place_is_dissolved(desk: Desk) -> None:
    event = team_event(desk, quota=1)
    whole(desk, event)
    captain = founded(desk, event, "海鸥队", 11)
    member = joined(desk, team_of(captain), 12)
    join_waiting(seat_of(desk, captain), captain)

    lapse_waiting(desk, event)

    assert (captain.state, member.state) == (EntryState.REJECTED, EntryState.DRAFT)


def test_taking_a_team_back_keeps_its_members(desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)

    recall_entry(seat_of(desk, captain), captain)

    assert (captain.state, event.seats_taken) == (EntryState.DRAFT, 0)
    assert follower(desk, captain).state is EntryState.JOINED


def test_a_members_change_sends_an_accepted_team_back_to_review(desk: Desk) -> None:
    captain = accepted(desk)
    member = follower(desk, captain)
    other = Work(SkillLevel.TWO, 2011, employer="另一家示例船厂")

    save_work(seat_of(desk, member), member, other)

    assert (member.state, captain.state) == (EntryState.JOINED, EntryState.SUBMITTED)
    assert (captain.decided_at, captain.holds_seat) == (None, True)
    assert set(member.changes) == {"employer", "in_trade_since", "skill_level"}
    accept_entry(reviewer(desk, captain.event), captain)
    assert (captain.state, member.changes) == (EntryState.ACCEPTED, {})


def test_a_late_member_sends_an_accepted_team_back_to_review(desk: Desk) -> None:
    captain = accepted(desk)

    joined(desk, team_of(captain), 9, confirms=False)
    assert captain.state is EntryState.ACCEPTED
    late = follower(desk, captain, 2)
    submit_entry(seat_of(desk, late), late)

    assert captain.state is EntryState.SUBMITTED


def test_members_mend_a_returned_team_after_the_window(desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    event, member = captain.event, follower(desk, captain)
    late = at(seat_of(desk, member), event.entries_close_at + MINUTE)
    with pytest.raises(WrongMoment):
        save_work(late, member, Work(SkillLevel.TWO, 2011, employer="另一家示例船厂"))
    assert not may_change(late, member)

    return_entry(reviewer(desk, event), captain, remarks={"": "队员单位证明不全"})
    save_work(late, member, Work(SkillLevel.TWO, 2011, employer="另一家示例船厂"))

    assert may_change(late, member)
    assert (member.state, captain.state) == (EntryState.JOINED, EntryState.RETURNED)


def test_nobody_is_taken_out_after_the_window_or_leaves_after_the_list(desk: Desk) -> None:
    captain = accepted(desk, size=3)
    event, member = captain.event, follower(desk, captain)
    late = event.entries_close_at + MINUTE
    with pytest.raises(WrongMoment, match="have closed"):
        remove_member(at(seat_of(desk, captain), late), member)
    move_event(at(desk, late), event, "close")
    move_event(at(desk, late), event, "list")

    for deed in (leave_team, lambda seat, one: withdraw_entry(seat, one, reason="病假")):
        _refused(deed, at(seat_of(desk, member), late), member)

    assert team_of(captain).members == 3


def _refused(deed: Callable[[Desk, Entry], None], seat: Desk, entry: Entry) -> None:
    with pytest.raises(WrongMoment, match="The list is published"):
        deed(seat, entry)


def test_time_runs_out_for_incomplete_teams_only(desk: Desk) -> None:
    event = team_event(desk, quota=3)
    entered, lonely = whole(desk, event), founded(desk, event, "海鸥队", 11)
    short = whole(desk, event, "海狮队", 21)
    left = follower(desk, short)
    leave_team(seat_of(desk, left), left)
    unsure = joined(desk, team_of(lonely), 12, confirms=False)

    settle_teams(at(desk, event.entries_close_at), event)
    settle_teams(at(desk, event.entries_close_at + MINUTE), event)

    assert (entered.state, follower(desk, entered).state) == (
        EntryState.SUBMITTED,
        EntryState.JOINED,
    )
    assert (short.state, short.holds_seat, event.seats_taken) == (EntryState.REJECTED, False, 1)
    assert (lonely.state, lonely.team_id, unsure.team_id) == (EntryState.DRAFT, None, None)
    for one in (short, lonely, unsure):
        assert told(desk, one).count("team_incomplete") == 1


def test_a_member_who_leaves_too_late_ends_a_team_at_once(desk: Desk) -> None:
    captain = accepted(desk)
    event, member = captain.event, follower(desk, captain)

    leave_team(at(seat_of(desk, member), event.entries_close_at + MINUTE), member)

    assert (captain.state, event.seats_taken) == (EntryState.REJECTED, 0)
    assert told(desk, captain)[-1] == "team_left"
    assert "team_incomplete" in told(desk, captain)


def test_a_later_deadline_is_waited_for(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    late = event.entries_close_at + DAY
    account = desk.session.get_one(Account, captain.account_id)
    clerk = at(desk, event.entries_open_at)
    grant_extension(clerk, event, handle=str(account.username), until=late + DAY, reason="海上作业")
    before = desk.session.query(Errand).filter_by(kind=SETTLE).count()

    settle_teams(at(desk, event.entries_close_at - DAY), event)
    settle_teams(at(desk, late), event)

    errands = desk.session.query(Errand).filter_by(kind=SETTLE).order_by(Errand.id).all()
    assert [one.due_at for one in errands[before:]] == [event.entries_close_at, late + DAY]
    assert captain.team_id is not None
    member = joined(desk, team_of(captain), 2, confirms=False)
    submit_entry(at(seat_of(desk, member), late), member)
    submit_entry(at(seat_of(desk, captain), late), captain)
    assert captain.state is EntryState.SUBMITTED
    settle_teams(at(desk, late + DAY), event)
    assert captain.state is EntryState.SUBMITTED


def test_a_colleague_of_any_member_does_not_decide_the_team(desk: Desk) -> None:
    from rules.permits import Role

    captain = whole(desk, team_event(desk))
    member = follower(desk, captain)
    account = desk.session.get_one(Account, member.account_id)
    give(desk.session, account, Role.REVIEWER)
    clerk = at(desk.acting_as(actor_of(desk.session, account)), captain.event.entries_open_at)

    with pytest.raises(Blocked, match="your own entry"):
        accept_entry(clerk, captain)


def test_the_office_decides_no_member_alone(desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    member, clerk = follower(desk, captain), reviewer(desk, captain.event)

    deeds: list[Callable[[], None]] = [
        lambda: accept_entry(clerk, member),
        lambda: return_entry(clerk, member, remarks={"": "补照片"}),
        lambda: reject_entry(clerk, member, reason="不符"),
    ]
    for deed in deeds:
        with pytest.raises(Refusal):
            deed()

    assert member.state is EntryState.JOINED


def test_another_account_does_not_hold_a_team(desk: Desk) -> None:
    captain = founded(desk, team_event(desk))
    stranger = at(desk.acting_as(Actor(captain.account_id + 99)), seat_of(desk, captain).now)

    with pytest.raises(NotPermitted):
        submit_entry(stranger, captain)
