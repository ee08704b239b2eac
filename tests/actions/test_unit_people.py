"""The unit's own ledger: its people alone, results once they are public, no formula, no number."""

import pytest
from flask import Flask

from actions.desk import Desk
from actions.people import seal_identity
from actions.unit_people import people_query, share_of, skilled_people
from models.craftsmen import Honour
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.results import ResultLine, ResultSheet
from models.schemes import current_scheme
from rules.errors import NotPermitted
from rules.permits import Role
from rules.states import EventState, HonourState
from rules.terms import Attendance, Award, HonourKind, SkillLevel
from tests.admin.office import counted
from tests.entry_world import sample_id
from tests.result_world import Stage, scoring_event
from tests.support import NOW, actor_of, give, make_account
from tests.unit_world import contact, make_unit


@pytest.fixture
def stage(desk: Desk) -> Stage:
    return scoring_event(desk, 3)


@pytest.fixture
def unit(desk: Desk, stage: Stage) -> Organization:
    """An employer of two of the three entrants."""
    made = make_unit(desk)
    levels = (SkillLevel.CHIEF, SkillLevel.FIVE)
    for number, (person, level) in enumerate(zip(stage.people[:2], levels, strict=True)):
        person.organization_id, person.skill_level = made.id, level
        seal_identity(desk, person, sample_id(300 + number), f"1380000{number:04d}")
    return made


def result(desk: Desk, stage: Stage, state: EventState) -> None:
    """Write a result of the first entrant into the tables and put the event there."""
    scheme = current_scheme(desk.session, stage.event.id)
    assert scheme is not None
    entry = desk.session.query(Entry).filter_by(person_id=stage.people[0].id).one()
    for number, place in ((1, 2), (2, 1)):
        sheet = ResultSheet(
            event_id=stage.event.id,
            number=number,
            scheme_id=scheme.id,
            ledger_root="r",
            fingerprint="f",
            computed_at=NOW,
        )
        desk.session.add(sheet)
        desk.session.flush()
        desk.session.add(
            ResultLine(
                sheet_id=sheet.id,
                entry_id=entry.id,
                work_code="A1",
                position=1,
                attendance=Attendance.FINISHED,
                total="91.20",
                place=place,
                award=Award.FIRST,
            )
        )
    stage.event.state = state
    desk.session.flush()


def seat_of(desk: Desk, unit: Organization, stage: Stage) -> Desk:
    return contact(desk, unit, stage.event)


def test_marks_wait_until_the_result_is_public(
    desk: Desk, stage: Stage, unit: Organization
) -> None:
    seat = seat_of(desk, unit, stage)
    result(desk, stage, EventState.DECODED)
    (first, *_) = skilled_people(seat, unit, stage.people)
    assert [(one.place, one.total, one.award) for one in first.past] == [(None, None, None)]

    stage.event.state = EventState.POSTED
    (first, *_) = skilled_people(seat, unit, stage.people)

    assert [(one.place, one.total, one.award) for one in first.past] == [(1, "91.20", Award.FIRST)]


def test_only_the_units_own_people_are_shown(desk: Desk, stage: Stage, unit: Organization) -> None:
    rows = skilled_people(seat_of(desk, unit, stage), unit, stage.people)

    assert {row.person.id for row in rows} == {person.id for person in stage.people[:2]}
    assert all("********" in row.id_number for row in rows)
    people = desk.session.scalars(people_query(unit)).all()
    assert [person.skill_level for person in people] == [SkillLevel.CHIEF, SkillLevel.FIVE]


def test_the_share_of_the_highly_skilled(desk: Desk, unit: Organization) -> None:
    share = share_of(desk, unit)
    assert (share.people, share.high, share.percent) == (2, 1, 50)
    nobody = share_of(desk, make_unit(desk))
    assert (nobody.people, nobody.high, nobody.percent) == (0, 0, 0)


def test_the_ledger_is_masked_and_counts_standing_honours_alone(
    desk: Desk, stage: Stage, unit: Organization
) -> None:
    seat = seat_of(desk, unit, stage)
    honours = {"区技术能手": HonourState.VALID, "撤销的": HonourState.REVOKED}
    for title, state in honours.items():
        desk.session.add(
            Honour(
                person_id=stage.people[0].id,
                kind=HonourKind.TITLE,
                title=title,
                year=2024,
                state=state,
                revoked_at=NOW if state is HonourState.REVOKED else None,
                recorded_at=NOW,
            )
        )
    result(desk, stage, EventState.FINAL)

    rows = skilled_people(seat, unit, desk.session.scalars(people_query(unit)).all())

    assert [one.title for row in rows for one in row.honours] == ["区技术能手"]
    assert [past.place for row in rows for past in row.past if past.place] == [1]
    assert all("********" in row.id_number for row in rows)
    assert sample_id(300) not in [row.id_number for row in rows]


def test_the_ledger_is_for_the_own_unit(desk: Desk, stage: Stage, unit: Organization) -> None:
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER)
    for other in (
        desk.acting_as(actor_of(desk.session, account)),
        contact(desk, make_unit(desk), stage.event),
    ):
        with pytest.raises(NotPermitted):
            skilled_people(other, unit, stage.people)


def test_as_many_reads_for_one_as_for_many(
    app: Flask, desk: Desk, stage: Stage, unit: Organization
) -> None:
    seat = seat_of(desk, unit, stage)
    numbers = []
    keys, unit_id = [person.id for person in stage.people[:2]], unit.id
    for count in (1, 2):
        with counted() as seen:
            here = desk.session.get_one(Organization, unit_id)
            people = [desk.session.get_one(Person, key) for key in keys[:count]]
            before = len(seen)
            skilled_people(seat, here, people)
            numbers.append(len(seen) - before)
    assert numbers[0] == numbers[1]
