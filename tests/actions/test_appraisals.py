"""Appraisals of judges: after the lock, with a reason where they are low, seen by the pool."""

import pytest
from sqlalchemy import select

from actions.appraisals import appraisals_before, appraise_judge, last_grades
from actions.desk import Desk
from actions.panels import seats_of
from models.appraisals import Appraisal
from models.audit import AuditLine
from models.people import Person
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.terms import JudgeGrade
from tests.result_world import Stage, decoded_event, marked_event


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose marks are locked and decoded."""
    return decoded_event(desk)


def test_a_word_is_kept_and_can_be_changed(stage: Stage) -> None:
    office, seat = stage.seat("organizer"), seats_of(stage.desk, stage.event)[0]
    person = Person(name="裁判", key="judge-one", created_at=stage.desk.now)
    seat.account.person = person

    appraise_judge(office, stage.event, seat, JudgeGrade.EXCELLENT)
    row = appraise_judge(office, stage.event, seat, JudgeGrade.WEAK, note=" 打分 前后不一 ")

    assert stage.desk.session.scalars(select(Appraisal)).all() == [row]
    assert (row.note, row.by) == ("打分 前后不一", stage.accounts["organizer"])
    assert last_grades(stage.desk, [person.id]) == {person.id: JudgeGrade.WEAK}
    assert appraisals_before(stage.desk, person.id) == [row]
    lines = stage.desk.session.scalars(select(AuditLine).filter_by(deed="appraise_judge")).all()
    assert [line.detail["grade"] for line in lines] == ["excellent", "weak"]


def test_a_low_grade_gives_a_reason(stage: Stage) -> None:
    office, seat = stage.seat("organizer"), seats_of(stage.desk, stage.event)[0]

    with pytest.raises(Invalid, match="Say in a line why"):
        appraise_judge(office, stage.event, seat, JudgeGrade.UNFIT, note="  ")
    with pytest.raises(Invalid, match="200"):
        appraise_judge(office, stage.event, seat, JudgeGrade.SOUND, note="长" * 201)
    assert stage.desk.session.scalars(select(Appraisal)).all() == []


def test_who_may_and_when(stage: Stage) -> None:
    seat = seats_of(stage.desk, stage.event)[0]

    with pytest.raises(NotPermitted):
        appraise_judge(stage.seat("chief"), stage.event, seat, JudgeGrade.SOUND)


def test_nobody_is_appraised_while_marks_are_open(desk: Desk) -> None:
    stage = marked_event(desk)
    seat = seats_of(desk, stage.event)[0]

    with pytest.raises(WrongMoment, match="locked"):
        appraise_judge(stage.seat("organizer"), stage.event, seat, JudgeGrade.SOUND)
