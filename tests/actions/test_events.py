"""Events: planned, frozen, opened and closed by the clock, listed when every entry is decided."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.contests import approve_contest, cancel_contest
from actions.desk import Desk
from actions.events import (
    close_on_time,
    create_event,
    edit_event,
    faults_of,
    move_event,
    open_on_time,
    possible_verbs,
    rules_of,
)
from models.contests import Event
from models.entries import Entry
from models.outbox import Errand
from rules.eligibility import Rule, RuleKind
from rules.errors import Blocked, Invalid, WrongMoment
from rules.rulesets import EventRules
from rules.states import EntryState, EventState
from tests.contest_world import (
    DAY,
    RULES,
    announced_event,
    at,
    draft_contest,
    draft_event,
    plan,
    second,
)
from tests.support import NOW, make_account


def enter(desk: Desk, event: Event, state: EntryState, number: int = 1) -> Entry:
    account = make_account(desk.session)
    entry = Entry(
        event_id=event.id,
        account_id=account.id,
        form_key=f"k{number}",
        state=state,
        holds_seat=True,
        pass_no=f"{number:03}",
        started_at=NOW,
        submitted_at=NOW,
    )
    event.seats_taken += 1
    desk.session.add(entry)
    desk.session.flush()
    return entry


def opened(desk: Desk) -> Event:
    event = announced_event(desk)
    open_on_time(at(desk, NOW + DAY), event)
    return event


def closed(desk: Desk) -> Event:
    event = opened(desk)
    close_on_time(at(desk, NOW + 11 * DAY), event)
    return event


def test_a_plan_is_kept_as_data(desk: Desk) -> None:
    rule = Rule("E1", RuleKind.MIN_AGE, "18", "年满 18 周岁")
    event = draft_event(desk, eligibility=(rule,))

    assert rules_of(event) == RULES
    assert event.eligibility[0]["kind"] == "min_age"
    assert (event.slug, event.state) == ("liang-you-chu-yun", EventState.DRAFT)
    assert create_event(desk, event.contest, plan(desk.session)).slug == "liang-you-chu-yun-2"
    assert create_event(desk, event.contest, plan(desk.session, name="！")).slug == "event"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"quota": 0}, "quota"),
        ({"entries_close_at": NOW}, "entries_close_at"),
        ({"held_on": NOW.date()}, "held_on"),
        ({"appeal_hours": 0}, "appeal_hours"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create_event(desk, draft_contest(desk), plan(desk.session, **changes))

    assert list(refusal.value.fields) == [field]


def test_rules_that_do_not_add_up_are_refused(desk: Desk) -> None:
    crooked = EventRules(parts=(("practice", Decimal(90)),))

    with pytest.raises(Invalid, match="add up to 90"):
        create_event(desk, draft_contest(desk), plan(desk.session, rules=crooked))


def test_entries_close_on_the_district_s_day(desk: Desk) -> None:
    late = dt.datetime(2026, 12, 10, 16, 30, tzinfo=dt.UTC)

    with pytest.raises(Invalid, match="after entries have closed"):
        draft_event(desk, entries_close_at=late, held_on=dt.date(2026, 12, 10))
    assert draft_event(desk, entries_close_at=late, held_on=dt.date(2026, 12, 11))


def test_an_event_is_added_to_a_draft_only(desk: Desk) -> None:
    event = announced_event(desk)

    with pytest.raises(Blocked, match="draft"):
        create_event(desk, event.contest, plan(desk.session))


def test_rules_stand_still_from_the_approval_on(desk: Desk) -> None:
    event = draft_event(desk)
    edit_event(desk, event, plan(desk.session, quota=5))
    approve_contest(second(desk), event.contest)

    with pytest.raises(Blocked, match="approved contest"):
        edit_event(desk, event, plan(desk.session, quota=6))
    edit_event(desk, event, plan(desk.session, quota=5))

    assert event.quota == 5


def test_after_the_announcement_places_and_window_may_change_but_no_rule(desk: Desk) -> None:
    event = opened(desk)
    enter(desk, event, EntryState.SUBMITTED, 1)
    enter(desk, event, EntryState.SUBMITTED, 2)

    edit_event(desk, event, plan(desk.session, quota=2, entries_close_at=NOW + 12 * DAY))
    with pytest.raises(Blocked, match="frozen"):
        edit_event(desk, event, plan(desk.session, rules=EventRules()))
    with pytest.raises(Invalid) as refusal:
        edit_event(desk, event, plan(desk.session, quota=1))

    assert list(refusal.value.fields) == ["quota"]
    due = desk.session.scalars(select(Errand.due_at).filter_by(kind="close_entries")).all()
    assert max(due) == NOW + 12 * DAY


def test_a_window_does_not_end_in_the_past(desk: Desk) -> None:
    event = opened(desk)

    with pytest.raises(Invalid, match="a moment to come"):
        edit_event(
            at(desk, NOW + 5 * DAY), event, plan(desk.session, entries_close_at=NOW + 2 * DAY)
        )


def test_after_the_list_only_the_day_changes_and_later_nothing(desk: Desk) -> None:
    event = closed(desk)
    event.state = EventState.LISTED
    edit_event(desk, event, plan(desk.session, held_on=(NOW + 21 * DAY).date()))
    with pytest.raises(Blocked):
        edit_event(desk, event, plan(desk.session, quota=9))
    event.state = EventState.SCORING
    with pytest.raises(Blocked):
        edit_event(desk, event, plan(desk.session, held_on=(NOW + 22 * DAY).date()))


def test_entries_open_and_close_by_the_clock_and_not_before(desk: Desk) -> None:
    event = announced_event(desk)
    open_on_time(desk, event)
    assert event.state is EventState.DRAFT

    open_on_time(at(desk, NOW + DAY), event)
    assert event.state is EventState.OPEN
    open_on_time(at(desk, NOW + DAY), event)
    close_on_time(at(desk, NOW + 11 * DAY - dt.timedelta(seconds=1)), event)
    assert event.state is EventState.OPEN

    close_on_time(at(desk, NOW + 11 * DAY), event)
    assert event.state is EventState.CLOSED
    close_on_time(at(desk, NOW + 11 * DAY), event)
    assert event.state is EventState.CLOSED


def test_opening_needs_announcement_window_and_scheme(desk: Desk) -> None:
    drafted = draft_event(desk)
    with pytest.raises(Blocked, match="announced"):
        move_event(desk, drafted, "open")

    event = announced_event(desk)
    with pytest.raises(Blocked, match="window"):
        move_event(desk, event, "open")
    event.rules = {**event.rules, "tie_chain": ["+module:Z"]}
    with pytest.raises(Blocked) as refusal:
        move_event(at(desk, NOW + DAY), event, "open")

    assert len(refusal.value.reasons) == 2
    assert event.state is EventState.DRAFT
    assert len(faults_of(desk.session, event)) == 2


def test_entries_close_early_only_when_every_place_is_taken(desk: Desk) -> None:
    event = opened(desk)
    with pytest.raises(Blocked, match="still running"):
        move_event(desk, event, "close")

    event.seats_taken = event.quota
    move_event(desk, event, "close")

    assert event.state is EventState.CLOSED


def test_reopening_needs_a_later_end(desk: Desk) -> None:
    event = closed(desk)
    later = at(desk, NOW + 12 * DAY)
    with pytest.raises(Blocked, match="later end"):
        move_event(later, event, "reopen")

    edit_event(later, event, plan(desk.session, entries_close_at=NOW + 14 * DAY))
    move_event(later, event, "reopen")

    assert event.state is EventState.OPEN


def test_the_list_waits_for_every_decision_and_for_enough_entrants(desk: Desk) -> None:
    event = closed(desk)
    with pytest.raises(Blocked, match="0 entries are accepted"):
        move_event(desk, event, "list")
    entry = enter(desk, event, EntryState.SUBMITTED)
    with pytest.raises(Blocked, match="1 entries still wait"):
        move_event(desk, event, "list")

    entry.move("accept")
    move_event(desk, event, "list")

    assert event.state is EventState.LISTED


def test_other_people_s_steps_are_not_taken_here(desk: Desk) -> None:
    event = closed(desk)
    event.state = EventState.LISTED

    with pytest.raises(Invalid, match="no such step"):
        move_event(desk, event, "draw")
    with pytest.raises(WrongMoment):
        move_event(desk, event, "open")
    assert possible_verbs(event) == ("cancel",)


def test_cancelling_an_event_needs_a_ground(desk: Desk) -> None:
    event = draft_event(desk)
    with pytest.raises(Invalid) as refusal:
        move_event(desk, event, "cancel")
    assert list(refusal.value.fields) == ["ground"]

    move_event(desk, event, "cancel", ground="报名不足")
    cancel_contest(desk, event.contest, ground="只剩一项")

    assert event.state is EventState.CANCELLED
