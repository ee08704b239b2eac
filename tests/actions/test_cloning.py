"""Cloning: plans, schemes, conditions and feeders come along; people and approval do not."""

import datetime as dt

import pytest

from actions.cloning import Copying, clone_contest, copyable, usual_shift
from actions.contests import approval_reasons
from actions.desk import Desk
from actions.events import plan_of
from actions.feeders import add_feeder
from models.contests import Contest
from models.feeders import feeders_of
from models.schemes import current_scheme
from rules.eligibility import Rule, RuleKind
from rules.errors import Invalid, NotPermitted
from rules.permits import NOBODY
from rules.states import ContestState, EventState
from rules.terms import EntryForm
from tests.contest_world import announced_event, draft_contest, draft_event
from tests.result_world import final_event

ADULT = (Rule("E1", RuleKind.MIN_AGE, "18", "年满 18 周岁"),)


def copying(source: Contest, **changes: object) -> Copying:
    values = {
        "name": source.name,
        "year": source.year + 1,
        "shift": usual_shift(1),
        "events": frozenset(event.id for event in source.events),
    }
    return Copying(**{**values, **changes})  # type: ignore[arg-type]


def test_a_year_later_the_same_plan_stands_as_a_draft(desk: Desk) -> None:
    source = final_event(desk).event.contest
    source.starts_on = dt.date(2026, 11, 21)

    made = clone_contest(desk, source, copying(source))

    (old,), (new,) = source.events, made.events
    assert made.state is ContestState.DRAFT
    assert (made.year, made.approval_no, made.ends_on) == (2027, "", None)
    assert made.starts_on == dt.date(2027, 11, 20)
    assert new.held_on - old.held_on == usual_shift(1)
    assert (new.state, new.seats_taken) == (EventState.DRAFT, 0)
    assert plan_of(new).rules == plan_of(old).rules
    one, other = current_scheme(desk.session, old.id), current_scheme(desk.session, new.id)
    assert one is not None
    assert other is not None
    assert one.fingerprint == other.fingerprint
    (reason,) = approval_reasons(desk, made)
    assert "approval document" in str(reason)


def test_only_what_is_chosen_comes_along(desk: Desk) -> None:
    contest = draft_contest(desk)
    one = draft_event(desk, contest, name="甲", eligibility=ADULT)
    two = draft_event(desk, contest, name="乙", eligibility=ADULT)
    add_feeder(desk, two, one, places=4, per_unit=2)

    whole = clone_contest(desk, contest, copying(contest, events=frozenset({two.id})))
    bare = clone_contest(
        desk, contest, copying(contest, schemes=False, conditions=False, feeders=False)
    )

    (kept,) = whole.events
    assert (kept.name, plan_of(kept).eligibility) == ("乙", ADULT)
    (feeder,) = feeders_of(desk.session, kept.id)
    assert (feeder.source_id, feeder.places, feeder.per_unit) == (one.id, 4, 2)
    assert [current_scheme(desk.session, event.id) for event in bare.events] == [None, None]
    assert [plan_of(event).eligibility for event in bare.events] == [(), ()]
    assert feeders_of(desk.session, bare.events[1].id) == []
    assert len({contest.slug, whole.slug, bare.slug}) == 3


def test_teams_keep_their_size(desk: Desk) -> None:
    contest = draft_contest(desk)
    draft_event(desk, contest, entry_form=EntryForm.TEAM, team_least=3, team_most=5)

    (new,) = clone_contest(desk, contest, copying(contest)).events

    assert (new.entry_form, new.team_least, new.team_most) == (EntryForm.TEAM, 3, 5)


def test_without_an_event_or_a_permit_nothing_is_made(desk: Desk) -> None:
    source = announced_event(desk).contest
    with pytest.raises(Invalid) as refusal:
        clone_contest(desk, source, copying(source, events=frozenset()))
    assert "events" in refusal.value.fields
    with pytest.raises(NotPermitted):
        clone_contest(desk.acting_as(NOBODY), source, copying(source))


def test_a_cancelled_event_is_not_offered(desk: Desk) -> None:
    event = draft_event(desk)
    assert copyable([event]) == [event]
    event.move("cancel")

    assert copyable([event]) == []
