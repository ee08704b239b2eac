"""Teams: founded, joined by link or invitation, confirmed, and handed in as one entry."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import begin_entry, save_who
from actions.events import move_event
from actions.people import Identity
from actions.reviews import accept_entry
from actions.submissions import join_waiting, submit_entry, waiting_position, withdraw_entry
from actions.teams import (
    decline,
    find_team,
    found_team,
    invite,
    invited_team,
    join_team,
    renew_link,
    token_of,
)
from models.entries import members_of
from models.messages import Message
from models.teams import Team
from rules.errors import Blocked, Invalid, NotPermitted, Refusal, WrongMoment
from rules.permits import Actor
from rules.states import EntryState
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, reviewer, sample_id
from tests.support import make_account
from tests.team_world import MINUTE, founded, joined, seat_of, team_event, team_of, told, whole

DAY = dt.timedelta(days=1)


def test_a_team_is_one_entry_in_one_place_with_one_pass(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    team = team_of(captain)
    member = joined(desk, team, 2)

    submit_entry(seat_of(desk, captain), captain)
    accept_entry(reviewer(desk, event), captain)

    assert (captain.state, member.state) == (EntryState.ACCEPTED, EntryState.JOINED)
    assert (event.seats_taken, captain.holds_seat, member.holds_seat) == (1, True, False)
    assert (captain.pass_no is None, member.pass_no) == (False, None)
    assert [one.id for one in members_of(desk.session, team)] == [captain.id, member.id]
    assert told(desk, captain) == [
        "team_joined",
        "team_complete",
        "entry_submitted",
        "entry_accepted",
    ]
    assert told(desk, member) == ["entry_submitted", "entry_accepted"]


def test_founding_twice_is_founding_once(desk: Desk) -> None:
    event = team_event(desk)
    seat = contestant(desk, event)

    one = found_team(seat, event, name="海燕队", form_key="a")
    two = found_team(seat, event, name=" 海燕队 ", form_key="b")

    assert one is two
    with pytest.raises(Blocked, match="You are in the team “海燕队”"):
        found_team(seat, event, name="海鸥队", form_key="c")


@pytest.mark.parametrize("name", ["", "  ", "名" * 21, "海\u202e燕"])
def test_a_name_that_is_none_founds_nothing(desk: Desk, name: str) -> None:
    event = team_event(desk)

    with pytest.raises(Invalid) as refusal:
        found_team(contestant(desk, event), event, name=name, form_key="a")

    assert "name" in refusal.value.fields
    assert desk.session.scalars(select(Team)).all() == []


def test_a_name_is_free_again_once_its_team_is_dissolved(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    other = contestant(desk, event)
    with pytest.raises(Invalid, match="has this name already"):
        found_team(other, event, name="海燕队", form_key="z")

    withdraw_entry(seat_of(desk, captain), captain, reason="解散")

    assert found_team(other, event, name="海燕队", form_key="z").is_captain


def test_nobody_enters_a_team_event_alone_or_founds_a_team_of_one(desk: Desk) -> None:
    event = team_event(desk)
    seat = contestant(desk, event)
    begin_entry(seat, event, form_key="k1")
    entry = filled(seat, event)
    with pytest.raises(Blocked, match="This event is entered together"):
        submit_entry(seat, entry)
    assert entry.state is EntryState.DRAFT

    single = open_event(desk)
    with pytest.raises(WrongMoment, match="single persons"):
        found_team(contestant(desk, single), single, name="海燕队", form_key="a")


def test_a_team_is_handed_in_once_everybody_has_confirmed(desk: Desk) -> None:
    event = team_event(desk, least=2, most=3)
    captain = founded(desk, event)
    seat = seat_of(desk, captain)
    with pytest.raises(Blocked) as few:
        submit_entry(seat, captain)
    assert [str(reason) for reason in few.value.reasons] == ["1 of at least 2 members are there."]

    late = joined(desk, team_of(captain), 2, confirms=False)
    with pytest.raises(Blocked) as unconfirmed:
        submit_entry(seat, captain)
    with pytest.raises(Blocked):
        join_waiting(seat, captain)
    assert [str(reason) for reason in unconfirmed.value.reasons] == [
        "队员2 has not confirmed the own part yet."
    ]
    assert (captain.state, event.seats_taken) == (EntryState.DRAFT, 0)

    submit_entry(seat_of(desk, late), late)
    submit_entry(seat_of(desk, late), late)
    submit_entry(seat, captain)
    assert (late.state, captain.state) == (EntryState.JOINED, EntryState.SUBMITTED)
    assert told(desk, captain).count("team_complete") == 1


def test_who_does_not_meet_the_conditions_confirms_nothing(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    child = joined(desk, team_of(captain), 2, confirms=False)
    young = Identity("少年", sample_id(77, "20150102"), "13800001234")
    save_who(seat_of(desk, child), child, young, consents=True)

    with pytest.raises(Blocked, match="do not meet every condition"):
        submit_entry(seat_of(desk, child), child)

    assert child.state is EntryState.DRAFT


def test_a_team_that_is_full_takes_nobody_and_a_second_tap_takes_no_second_place(
    desk: Desk,
) -> None:
    event = team_event(desk, least=2, most=2)
    captain = founded(desk, event)
    team, seat = team_of(captain), contestant(desk, event)

    first = join_team(seat, team, form_key="a")
    again = join_team(seat, team, form_key="b")
    with pytest.raises(Blocked, match="The team is full"):
        join_team(contestant(desk, event), team, form_key="c")

    assert first is again
    assert team.members == 2
    assert told(desk, captain).count("team_joined") == 1


def test_one_person_is_in_one_team_of_an_event(desk: Desk) -> None:
    event = team_event(desk)
    one, two = founded(desk, event), founded(desk, event, "海鸥队", 2)
    seat = contestant(desk, event)
    join_team(seat, team_of(one), form_key="a")

    with pytest.raises(Blocked, match="You are in the team “海燕队”"):
        join_team(seat, team_of(two), form_key="a")
    with pytest.raises(Blocked, match="You are in the team “海鸥队”"):
        join_team(seat_of(desk, two), team_of(one), form_key="b")

    assert (team_of(one).members, team_of(two).members) == (2, 1)


def test_a_second_account_of_the_same_person_does_not_confirm(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    seat = contestant(desk, event)
    join_team(seat, team_of(captain), form_key="a")

    with pytest.raises(Refusal):
        filled(seat, event, 1, "队长1")


def test_only_the_newest_link_leads_to_the_team(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    team, seat = team_of(captain), seat_of(desk, captain)
    old = token_of(desk, team)
    assert find_team(seat, old) is team

    with pytest.raises(NotPermitted, match="Only the captain"):
        renew_link(contestant(desk, event), captain)
    renew_link(seat, captain)

    assert find_team(seat, token_of(desk, team)) is team
    for foreign in (old, "x" * 40, ""):
        with pytest.raises(NotPermitted, match="leads to no team"):
            find_team(seat, foreign)
    with pytest.raises(WrongMoment, match="has expired"):
        find_team(at(seat, team.expires_at), token_of(desk, team))


def test_nobody_joins_after_the_window(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    late = at(contestant(desk, event), event.entries_close_at)

    with pytest.raises(WrongMoment, match="have closed"):
        join_team(late, team_of(captain), form_key="a")

    assert team_of(captain).members == 1


def test_an_invitation_by_name_reaches_an_account_once_and_opens_the_team(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    team, seat = team_of(captain), seat_of(desk, captain)
    account = make_account(desk.session, "小周", username="xiaozhou")
    other = at(desk.acting_as(Actor(account.id)), seat.now)
    with pytest.raises(NotPermitted, match="nobody has invited you"):
        invited_team(other, team.id)

    for handle in ("xiaozhou", "xiaozhou", "nobody-here"):
        invite(seat, captain, handle=handle)

    told_to = desk.session.scalars(select(Message).filter_by(kind="team_invited")).all()
    assert [one.account_id for one in told_to] == [account.id]
    assert invited_team(other, team.id) is team
    with pytest.raises(WrongMoment, match="invitation has expired"):
        invited_team(at(other, seat.now + 15 * DAY), team.id)
    with pytest.raises(NotPermitted):
        invite(other, captain, handle="xiaozhou")


def test_a_full_team_invites_nobody(desk: Desk) -> None:
    event = team_event(desk, least=2, most=2)
    captain = whole(desk, event)

    with pytest.raises(Blocked, match="The team is full"):
        invite(seat_of(desk, captain), captain, handle="xiaozhou")


def test_who_declines_is_heard_once(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    team, seat = team_of(captain), contestant(desk, event)

    decline(seat, team)
    decline(seat, team)

    assert told(desk, captain) == ["team_declined"]
    with pytest.raises(Blocked, match="You take part"):
        decline(seat_of(desk, captain), team)


def test_a_team_waits_as_one_and_its_members_move_up_together(desk: Desk) -> None:
    event = team_event(desk, quota=1)
    first = whole(desk, event)
    second = founded(desk, event, "海鸥队", 11)
    member = joined(desk, team_of(second), 12)
    seat = seat_of(desk, second)
    with pytest.raises(Blocked, match="All places"):
        submit_entry(seat, second)
    desk.session.refresh(second)
    join_waiting(seat, second)
    assert waiting_position(desk, second) == 1
    third = joined(desk, team_of(second), 13, confirms=False)
    with pytest.raises(Blocked, match="The captain hands the team in"):
        join_waiting(seat_of(desk, third), third)

    withdraw_entry(seat_of(desk, first), first, reason="任务冲突")

    assert (second.state, second.holds_seat, event.seats_taken) == (EntryState.SUBMITTED, True, 1)
    assert member.state is EntryState.JOINED
    assert told(desk, member)[-1] == "entry_placed"


def test_the_list_names_one_entry_a_team(desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)
    accept_entry(reviewer(desk, event), captain)
    close = at(desk, event.entries_close_at + MINUTE)
    move_event(close, event, "close")

    move_event(close, event, "list")

    members = members_of(desk.session, team_of(captain))
    assert [told(desk, one)[-1] for one in members] == ["list_published", "list_published"]
