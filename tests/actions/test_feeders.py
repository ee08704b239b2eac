"""Feeder contests: settled in the draft, never a circle, and asked when somebody enters."""

import pytest

from actions.conditions import verdicts_of
from actions.desk import Desk
from actions.feeders import add_feeder, qualified, remove_feeder
from models.feeders import feeders_of, sent_on_by
from rules.eligibility import Rule, RuleKind, State
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import NOBODY
from rules.states import EventState
from tests.contest_world import announced_event, draft_contest, draft_event
from tests.entry_world import contestant, filled, open_event
from tests.result_world import final_event, posted_event


def test_the_best_of_a_final_feeder_are_sent_on(desk: Desk) -> None:
    stage = final_event(desk)
    target = draft_event(desk, draft_contest(desk, name="市级决赛"))
    add_feeder(desk, target, stage.event, places=2)

    answers = [qualified(desk, target, person) for person in stage.people]

    assert answers == [True, True, False, False, False]


def test_until_the_feeder_is_final_nobody_is_refused(desk: Desk) -> None:
    stage = posted_event(desk)
    target = draft_event(desk, draft_contest(desk, name="市级决赛"))
    feeder = add_feeder(desk, target, stage.event, places=2, per_unit=1)

    assert sent_on_by(desk.session, feeder) is None
    assert qualified(desk, target, stage.people[0]) is None


def test_an_event_without_feeders_is_open_to_nobody_by_that_condition(desk: Desk) -> None:
    stage = final_event(desk)

    assert qualified(desk, stage.event, stage.people[0]) is False


def test_the_condition_is_shown_to_who_enters(desk: Desk) -> None:
    event = open_event(desk)
    entry = filled(contestant(desk, event), event)
    event.eligibility = [{"code": "Q", "kind": "qualified"}]

    (verdict,) = verdicts_of(desk, entry)

    assert verdict.rule == Rule("Q", RuleKind.QUALIFIED)
    assert verdict.state is State.FAIL


def test_nothing_feeds_itself_in_a_circle_or_twice(desk: Desk) -> None:
    contest = draft_contest(desk)
    one, two, three = (draft_event(desk, contest, name=name) for name in ("甲", "乙", "丙"))
    add_feeder(desk, two, one, places=3)
    add_feeder(desk, three, two, places=3)

    for event, source in ((one, one), (one, three), (one, two), (two, one)):
        with pytest.raises(Invalid) as refusal:
            add_feeder(desk, event, source, places=3)
        assert "source_id" in refusal.value.fields
    for places, per_unit in ((0, None), (3, 0)):
        with pytest.raises(Invalid):
            add_feeder(desk, three, one, places=places, per_unit=per_unit)


def test_feeders_are_settled_in_the_draft_by_who_may(desk: Desk) -> None:
    contest = draft_contest(desk)
    one, two = draft_event(desk, contest, name="甲"), draft_event(desk, contest, name="乙")
    feeder = add_feeder(desk, two, one, places=3)
    with pytest.raises(NotPermitted):
        add_feeder(desk.acting_as(NOBODY), one, two, places=3)
    with pytest.raises(Invalid):
        remove_feeder(desk, one, feeder)

    remove_feeder(desk, two, feeder)
    desk.session.flush()

    assert feeders_of(desk.session, two.id) == []
    announced = announced_event(desk)
    with pytest.raises(Blocked):
        add_feeder(desk, announced, one, places=3)
    assert announced.state is EventState.DRAFT
