"""Panels: no conflict, no excluding role, a pledge before the first work."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.draws import commit_draw, join_draw, seal_draw
from actions.panels import (
    assign_chief,
    assign_judge,
    chiefs_of,
    declare_recusal,
    remove_judge,
    seats_of,
    sign_pledge,
    start_marking,
)
from models.people import Person
from models.roles import RoleGrant
from models.schemes import MarkingScheme
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role, Scope
from rules.states import EventState
from tests.contest_world import at
from tests.result_world import Stage, _draw, listed_event, marked_event
from tests.support import give, make_account


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose list is published and whose panel is empty."""
    return listed_event(desk)


def test_a_seat_is_taken_once(stage: Stage) -> None:
    organizer, judge = stage.seat("organizer"), stage.accounts["judge1"]
    seat = assign_judge(organizer, stage.event, judge, number=1)

    with pytest.raises(Invalid, match="already"):
        assign_judge(organizer, stage.event, stage.accounts["judge2"], number=1)
    remove_judge(organizer, stage.event, seat)
    assert seats_of(organizer, stage.event) == []
    with pytest.raises(NotPermitted):
        assign_judge(stage.seat("judge2"), stage.event, judge, number=1)


def test_the_encryption_officer_never_judges_here(stage: Stage) -> None:
    with pytest.raises(Blocked, match="Nobody may be judge"):
        assign_judge(stage.seat("organizer"), stage.event, stage.accounts["officer"], number=1)


def test_a_colleague_of_an_entrant_does_not_judge(stage: Stage) -> None:
    session = stage.desk.session
    colleague = Person(
        name="同事",
        key="colleague",
        created_at=stage.desk.now,
        organization_id=stage.people[0].organization_id,
    )
    session.add(colleague)
    session.flush()
    account = make_account(session, "同事", person_id=colleague.id)

    with pytest.raises(Blocked, match="same unit"):
        assign_judge(stage.seat("organizer"), stage.event, account, number=1)
    with pytest.raises(Blocked, match="same unit"):
        assign_chief(stage.seat("organizer"), stage.event, account)


def test_there_is_one_chief(stage: Stage) -> None:
    organizer = stage.seat("organizer")
    for name in ("chief", "judge3", "judge3"):
        assign_chief(organizer, stage.event, stage.accounts[name])

    chiefs = chiefs_of(organizer, stage.event)

    assert [row.account_id for row in chiefs] == [stage.accounts["judge3"].id]


def test_a_conflict_is_declared_by_the_judge_and_stays(stage: Stage) -> None:
    seat = assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)
    with pytest.raises(NotPermitted):
        declare_recusal(stage.seat("judge2"), stage.event, seat, reason="不是我")
    with pytest.raises(NotPermitted):
        sign_pledge(stage.seat("judge2"), seat)
    with pytest.raises(Invalid):
        declare_recusal(stage.seat("judge1"), stage.event, seat, reason=" ")

    declare_recusal(stage.seat("judge1"), stage.event, seat, reason="选手是我徒弟")

    with pytest.raises(Blocked, match="declared a conflict"):
        assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)


def test_marking_starts_with_a_full_panel_and_a_chief(stage: Stage) -> None:
    organizer = stage.seat("organizer")
    draw = commit_draw(stage.seat("officer"), stage.event)
    join_draw(stage.seat("supervisor"), draw)
    seal_draw(stage.seat("officer"), draw)
    with pytest.raises(Blocked, match="judges in seats"):
        start_marking(organizer, stage.event)
    for number in (1, 2, 3):
        judge = stage.accounts[f"judge{number}"]
        assign_judge(organizer, stage.event, judge, number=number)
    with pytest.raises(Blocked, match="no chief"):
        start_marking(organizer, stage.event)
    assign_chief(organizer, stage.event, stage.accounts["chief"])

    sheets = start_marking(organizer, stage.event)

    assert len(sheets) == 3
    assert stage.event.state is EventState.SCORING
    with pytest.raises(WrongMoment, match="before marking"):
        assign_chief(organizer, stage.event, stage.accounts["judge1"])


def test_without_a_scheme_nothing_starts(stage: Stage) -> None:
    stage.event.state = EventState.DRAWN
    stage.desk.session.query(MarkingScheme).delete()

    with pytest.raises(Blocked, match="no marking scheme"):
        start_marking(stage.seat("organizer"), stage.event)


def test_once_marking_runs_a_conflict_goes_to_the_chief(desk: Desk) -> None:
    stage = marked_event(desk)
    seat = stage.sheets[0].seat

    with pytest.raises(WrongMoment, match="Marking has begun"):
        declare_recusal(stage.seat("judge1"), stage.event, seat, reason="发现是熟人")
    with pytest.raises(WrongMoment):
        remove_judge(stage.seat("organizer"), stage.event, seat)


def test_a_judge_may_not_be_given_the_codes_of_the_same_contest(desk: Desk) -> None:
    from actions.roles import grant_role, revoke_role
    from models.roles import RoleGrant

    stage = marked_event(desk)
    judge = stage.accounts["judge1"]
    contest = stage.event.contest_id

    with pytest.raises(Blocked):
        grant_role(
            desk,
            account_id=judge.id,
            role=Role.ENCRYPTION_OFFICER,
            scope=Scope.CONTEST,
            scope_id=contest,
        )
    for scope, key in ((Scope.SITE, 1), (Scope.CONTEST, None), (Scope.CONTEST, 999_999)):
        with pytest.raises(Invalid):
            grant_role(desk, account_id=judge.id, role=Role.ORGANIZER, scope=scope, scope_id=key)
    with pytest.raises(Invalid, match="no such event"):
        grant_role(desk, account_id=judge.id, role=Role.JUDGE, scope=Scope.EVENT, scope_id=999_999)
    other = make_account(desk.session)
    give(desk.session, other, Role.SYSADMIN)
    with pytest.raises(Blocked):
        grant_role(desk, account_id=other.id, role=Role.SECADMIN)
    row = grant_role(desk, account_id=judge.id, role=Role.STUDIO_LEADER)
    assert grant_role(desk, account_id=judge.id, role=Role.STUDIO_LEADER).id == row.id
    with pytest.raises(NotPermitted):
        revoke_role(stage.seat("organizer"), row)
    revoke_role(desk, row)
    desk.session.flush()
    assert desk.session.get(RoleGrant, row.id) is None


def test_a_colleague_who_entered_later_stops_the_start(stage: Stage) -> None:
    _draw(stage)
    judge = stage.accounts["judge2"]
    person = Person(
        key="late",
        name="裁判二",
        organization_id=stage.people[0].organization_id,
        created_at=stage.desk.now,
    )
    stage.desk.session.add(person)
    stage.desk.session.flush()
    judge.person = person

    with pytest.raises(Blocked, match="same unit"):
        start_marking(stage.seat("organizer"), stage.event)


def test_a_pledge_is_signed_once(stage: Stage) -> None:
    seat = assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)
    sign_pledge(stage.seat("judge1"), seat)
    signed = seat.pledged_at
    sign_pledge(at(stage.seat("judge1"), stage.desk.now + dt.timedelta(hours=1)), seat)

    assert seat.pledged_at == signed


def test_a_judge_whose_role_is_gone_can_still_be_taken_off(stage: Stage) -> None:
    seat = assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)
    for row in stage.desk.session.scalars(select(RoleGrant).filter_by(role=Role.JUDGE)):
        stage.desk.session.delete(row)
    stage.desk.session.flush()

    remove_judge(stage.seat("organizer"), stage.event, seat)

    assert seats_of(stage.desk, stage.event) == []
