"""What looks at people asks for a team's members too: units, judges, messages, the clock."""

import datetime as dt

import pytest

from actions.announcements import AnnouncementText, hold_announcement, recipients_of
from actions.conflicts import field_of
from actions.desk import Desk
from actions.endorsements import endorse, endorsement_of, refuse_endorsement
from actions.events import move_event
from actions.inquiries import ask, claim, publish_answer
from actions.reminders import carry_closing, carry_day
from actions.reviews import accept_entry, return_entry
from actions.submissions import submit_entry
from actions.team_parts import faults_of_team
from models.entries import Entry, members_of
from models.people import Person
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Role
from rules.terms import Audience
from tests.contest_world import at
from tests.entry_world import picture, reviewer
from tests.support import actor_of, give, make_account
from tests.team_world import accepted, founded, joined, seat_of, team_event, team_of, told, whole
from tests.unit_world import contact_account, make_unit

DAY = dt.timedelta(days=1)


def member_of(desk: Desk, captain: Entry) -> Entry:
    return members_of(desk.session, team_of(captain))[1]


def employed(desk: Desk, entry: Entry) -> Desk:
    """Let the person of an entry work for a unit; returns its contact's desk."""
    unit = make_unit(desk)
    assert entry.person is not None
    entry.person.organization_id = unit.id
    account = contact_account(desk, unit)
    opens = entry.event.entries_open_at
    return at(desk.acting_as(actor_of(desk.session, account)), opens + DAY)


def test_each_members_own_unit_recommends_before_the_team_is_accepted(desk: Desk) -> None:
    event = team_event(desk, needs_endorsement=True)
    captain = founded(desk, event)
    member = joined(desk, team_of(captain), 2, confirms=False)
    seat = seat_of(desk, member)
    with pytest.raises(Invalid, match="choose the unit from the list"):
        submit_entry(seat, member)
    clerk = employed(desk, captain)
    assert captain.person is not None
    assert member.person is not None
    member.person.organization_id = captain.person.organization_id
    submit_entry(seat, member)
    row = endorsement_of(desk, member)
    assert row is not None
    endorse(clerk, row, picture())

    submit_entry(seat_of(desk, captain), captain)
    office = reviewer(desk, event)
    with pytest.raises(Blocked, match="stamped recommendation is missing"):
        accept_entry(office, captain)
    own = endorsement_of(desk, captain)
    assert own is not None
    endorse(clerk, own, picture())
    refuse_endorsement(clerk, row, reason="已调离")
    with pytest.raises(Blocked, match="does not recommend"):
        accept_entry(office, captain)
    return_entry(office, captain, remarks={"": "队员2的单位推荐"})
    submit_entry(seat_of(desk, captain), captain)
    endorse(clerk, row, picture())
    accept_entry(office, captain)

    with pytest.raises(WrongMoment):
        refuse_endorsement(clerk, row, reason="已调离")


def test_judges_are_kept_from_every_member_that_competes(desk: Desk) -> None:
    event = team_event(desk)
    whole(desk, event)
    waiting = founded(desk, event, "海鸥队", 11)
    joined(desk, team_of(waiting), 12)

    names = [one.name for one in field_of(desk, event)]

    assert names == ["队长1", "队员2"], "a team that is not handed in does not compete yet"


def test_announcements_reach_every_member_under_the_teams_pass(desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)
    accept_entry(reviewer(desk, event), captain)
    founded(desk, event, "海鸥队", 11)
    text = AnnouncementText(Audience.ACCEPTED, "通知", "{name}，您好")

    found = recipients_of(desk, hold_announcement(desk, event, text))

    assert [(one.name, one.pass_no) for one in found] == [
        ("队长1", captain.pass_no),
        ("队员2", captain.pass_no),
    ]


def test_a_cancelled_event_is_told_to_everybody_once(desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)
    unsure = joined(desk, team_of(captain), 9, confirms=False)

    move_event(at(desk, event.entries_open_at), event, "cancel", ground="台风")

    for one in (captain, member_of(desk, captain), unsure):
        assert told(desk, one).count("event_cancelled") == 1


def test_the_captain_is_reminded_of_the_deadline_and_everybody_of_the_day(desk: Desk) -> None:
    event = team_event(desk, quota=3)
    entered, draft = whole(desk, event), founded(desk, event, "海鸥队", 11)
    confirmed = joined(desk, team_of(draft), 12)
    accept_entry(reviewer(desk, event), entered)
    closes = event.entries_close_at

    carry_closing(at(desk, closes - DAY), event, days=1, closes=closes.isoformat())
    move_event(at(desk, closes), event, "close")
    day = dt.datetime.combine(event.held_on - DAY, dt.time(1, 5), dt.UTC)
    for _ in range(2):
        carry_day(at(desk, day), event, days=1, held_on=event.held_on.isoformat())

    assert told(desk, draft)[-1] == "closing_soon"
    assert "closing_soon" not in told(desk, confirmed)
    for one in (entered, member_of(desk, entered)):
        assert told(desk, one).count("day_soon") == 1


def test_a_member_who_no_longer_meets_the_conditions_holds_the_team_up(desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    member = joined(desk, team_of(captain), 2)
    person = desk.session.get_one(Person, member.person_id)
    person.birth_date = dt.date(2015, 1, 1)
    assert faults_of_team(desk, captain) == ()

    with pytest.raises(Blocked, match="Not everybody") as refusal:
        submit_entry(seat_of(desk, captain), captain)

    assert [str(one) for one in refusal.value.reasons] == ["队员2 no longer meets every condition."]
    assert event.seats_taken == 0


def test_a_member_of_an_accepted_team_asks_the_jury_and_hears_answers_for_all(desk: Desk) -> None:
    captain = accepted(desk)
    member = member_of(desk, captain)
    event = captain.event
    seat = seat_of(desk, member)
    with pytest.raises(Invalid, match="who asks"):
        ask(seat, member, f"我们{team_of(captain).name}可以带自己的量具吗？", form_key="k0")

    row = ask(seat, member, "可以带自己的量具吗？", form_key="k1")
    organizer = make_account(desk.session)
    give(desk.session, organizer, Role.ORGANIZER)
    office = at(desk.acting_as(actor_of(desk.session, organizer)), event.entries_open_at + DAY)
    claim(office, row)

    assert publish_answer(office, row, question="可以带自己的量具吗？", answer="可以。") == 2
    assert "inquiry_published" in told(desk, member)
    assert "inquiry_published" in told(desk, captain)
