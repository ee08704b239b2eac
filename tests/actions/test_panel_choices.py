"""Choices for a panel: who suits stands first, who must not is said why and never seated."""

import pytest

from actions.desk import Desk
from actions.judges import JudgeText, TieText, add_judge, declare_tie, judge_of
from actions.panel_choices import choices_of, seat_choice
from actions.panels import seats_of
from models.accounts import Account
from models.people import Person
from rules.errors import Blocked, Invalid, NotPermitted
from rules.terms import TieKind
from tests.result_world import Stage, listed_event
from tests.support import make_account


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose list is published and whose panel is empty."""
    return listed_event(desk)


def judge(stage: Stage, name: str, *, trade: bool = True) -> Account:
    """Take somebody new into the pool."""
    person = Person(name=name, key=name, created_at=stage.desk.now)
    stage.desk.session.add(person)
    account = make_account(stage.desk.session, name, person=person)
    own = (stage.event.occupation,) if trade else ()
    add_judge(stage.desk, person, JudgeText(trades=own, since=2001))
    return account


def test_who_suits_stands_first_and_who_must_not_last(stage: Stage) -> None:
    kin, foreign, own = (
        judge(stage, "亲属"),
        judge(stage, "外行", trade=False),
        judge(stage, "内行"),
    )
    row = judge_of(stage.desk, kin.person_id)
    assert row is not None
    declare_tie(stage.desk, row, TieText(TieKind.KIN, stage.people[0].name))
    office = stage.seat("organizer")

    choices = choices_of(office, stage.event)

    assert [one.account for one in choices] == [own, foreign, kin]
    assert (choices[0].hard, choices[0].soft) == ((), ())
    assert "trade" in str(choices[1].soft)
    assert choices[2].hard
    seat_choice(office, stage.event, own, number=1)
    assert own not in [one.account for one in choices_of(office, stage.event)]
    with pytest.raises(Blocked):
        seat_choice(office, stage.event, kin, number=2)
    with pytest.raises(NotPermitted):
        choices_of(stage.seat("judge2"), stage.event)


def test_a_seat_changes_hands_in_one_deed(stage: Stage) -> None:
    office = stage.seat("organizer")
    first, second = judge(stage, "甲"), judge(stage, "乙")
    seat = seat_choice(office, stage.event, first, number=1)
    assert seat_choice(office, stage.event, first, number=1) is seat

    seat_choice(office, stage.event, second, number=1)

    assert [one.account for one in seats_of(office, stage.event)] == [second]
    with pytest.raises(Invalid, match="no such seat"):
        seat_choice(office, stage.event, first, number=99)
    with pytest.raises(Invalid, match="already"):
        seat_choice(office, stage.event, second, number=2)
