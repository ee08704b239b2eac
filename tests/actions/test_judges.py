"""The pool of judges: facts, ties, and panels proposed and seated from it."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.conflicts import hard_conflicts, soft_obstacles
from actions.desk import Desk
from actions.judges import (
    JudgeText,
    TieText,
    add_judge,
    declare_tie,
    drop_tie,
    edit_judge,
    judge_of,
    link_tie,
    own_row,
)
from actions.panels import (
    accept_panel,
    assign_chief,
    assign_judge,
    declare_recusal,
    propose_panels,
    seats_of,
)
from models.accounts import Account
from models.craftsmen import Apprenticeship
from models.judges import Judge, JudgeTie
from models.organizations import Organization
from models.people import Person
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Role, Scope
from rules.terms import OrganizationKind, TieKind
from tests.result_world import Stage, listed_event
from tests.support import actor_of, give, make_account

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose list is published and whose panel is empty."""
    return listed_event(desk)


def unit(desk: Desk, name: str) -> Organization:
    row = Organization(name=name, kind=OrganizationKind.EMPLOYER)
    desk.session.add(row)
    desk.session.flush()
    return row


def pooled(desk: Desk, stage: Stage, name: str, **text: object) -> tuple[Account, Judge]:
    """Take somebody with an own unit into the pool."""
    person = Person(
        key=f"pool-{name}",
        name=name,
        organization_id=unit(desk, f"{name}的单位").id,
        created_at=desk.now,
    )
    desk.session.add(person)
    desk.session.flush()
    values = {"trades": (stage.event.occupation,), **text}
    judge = add_judge(desk, person, JudgeText(**values))  # type: ignore[arg-type]
    return make_account(desk.session, name, person_id=person.id), judge


def against(desk: Desk, stage: Stage, account: Account) -> list[str]:
    return [str(one) for one in hard_conflicts(desk, stage.event, [account])[account.id]]


def test_the_pool_is_kept_by_the_office(desk: Desk, stage: Stage) -> None:
    account, judge = pooled(desk, stage, "裁判甲")
    with pytest.raises(Invalid, match="already"):
        add_judge(desk, judge.person, JudgeText())
    with pytest.raises(NotPermitted):
        edit_judge(stage.seat("judge1"), judge, JudgeText())
    day = stage.event.held_on
    former = unit(desk, "旧单位")
    edit_judge(
        desk,
        judge,
        JudgeText(
            since=2010,
            qualifications=(("裁判员证", "示例 01", day),),
            days=((day, day),),
            former=((former, day - 30 * ONE_DAY),),
            is_active=False,
        ),
    )
    desk.session.expire_all()
    assert [one.number for one in judge.qualifications] == ["示例 01"]
    assert (judge.trades, judge.is_active, judge.since) == ([], False, 2010)
    assert judge_of(desk, account.person_id) is judge
    for wrong, field in (
        (JudgeText(days=((day, day - ONE_DAY),)), "days"),
        (JudgeText(former=((former, day), (former, day))), "former"),
        (JudgeText(since=2099), "since"),
    ):
        with pytest.raises(Invalid) as refusal:
            edit_judge(desk, judge, wrong)
        assert list(refusal.value.fields) == [field]


def test_every_hard_tie_is_found_by_itself(desk: Desk, stage: Stage) -> None:
    account, judge = pooled(desk, stage, "裁判乙")
    assert against(desk, stage, account) == []
    rival = stage.people[0]
    rival_unit = desk.session.get_one(Organization, rival.organization_id)
    held = stage.event.held_on
    edit_judge(desk, judge, JudgeText(former=((rival_unit, held - 1000 * ONE_DAY),)))
    assert "worked for the unit" in against(desk, stage, account)[0]
    edit_judge(desk, judge, JudgeText(former=((rival_unit, held - 1200 * ONE_DAY),)))
    assert against(desk, stage, account) == []
    desk.session.add(
        Apprenticeship(
            master_id=judge.person_id,
            apprentice_id=rival.id,
            master_name="裁判乙",
            apprentice_name=rival.name,
        )
    )
    desk.session.flush()
    assert "master or apprentice" in against(desk, stage, account)[0]
    with pytest.raises(Blocked, match="master or apprentice"):
        assign_judge(stage.seat("organizer"), stage.event, account, number=1)
    with pytest.raises(Blocked, match="master or apprentice"):
        assign_chief(stage.seat("organizer"), stage.event, account)


def test_a_name_told_meets_everybody_of_that_name_until_the_office_says_who(
    desk: Desk, stage: Stage
) -> None:
    account, judge = pooled(desk, stage, "裁判丙")
    rival = stage.people[1]
    own = desk.acting_as(actor_of(desk.session, account))
    tie = declare_tie(own, own_row(own), TieText(TieKind.KIN, rival.name, "某单位"))
    assert declare_tie(own, judge, TieText(TieKind.KIN, rival.name)).id == tie.id
    assert "relative" in against(desk, stage, account)[0]
    assert not any(rival.name in one for one in against(desk, stage, account))
    namesake = Person(key="namesake", name=rival.name, created_at=desk.now)
    desk.session.add(namesake)
    desk.session.flush()
    link_tie(desk, tie, namesake)
    assert against(desk, stage, account) == []
    link_tie(desk, tie, rival)
    assert against(desk, stage, account)
    with pytest.raises(Invalid, match="somebody else"):
        link_tie(desk, tie, stage.people[2])
    with pytest.raises(NotPermitted):
        drop_tie(own, tie, reason="和解了")
    with pytest.raises(Invalid):
        drop_tie(desk, tie, reason=" ")
    drop_tie(desk, tie, reason="登记有误")
    desk.session.flush()
    assert desk.session.scalars(select(JudgeTie)).all() == []
    with pytest.raises(NotPermitted, match="not in the pool"):
        own_row(stage.seat("judge1"))
    with pytest.raises(NotPermitted):
        declare_tie(stage.seat("judge1"), judge, TieText(TieKind.KIN, "某人"))
    with pytest.raises(Invalid):
        declare_tie(desk, judge, TieText(TieKind.KIN, " "))


def test_a_panel_is_proposed_seated_and_mended_by_hand(desk: Desk, stage: Stage) -> None:
    accounts = [pooled(desk, stage, f"裁判{n}")[0] for n in "子丑寅卯"]
    organizer, event = stage.seat("organizer"), stage.event
    day = event.held_on
    resting, _ = pooled(desk, stage, "休息", is_active=False)
    away, _ = pooled(desk, stage, "出差", days=((day + ONE_DAY, day + ONE_DAY),))
    panels, people = propose_panels(organizer, [event])
    panel = panels[event.id]

    assert [seat.judge for seat in panel.seats] == [one.id for one in accounts[:3]]
    assert [one.judge for one in panel.refused] == [away.id]
    assert resting.id not in people
    assert seats_of(desk, event) == []
    assert "not available" in str(soft_obstacles(desk, event, [away])[away.id][0])

    accept_panel(organizer, event, [people[seat.judge] for seat in panel.seats])
    assert [seat.number for seat in seats_of(desk, event)] == [1, 2, 3]
    two = seats_of(desk, event)[1]
    accept_panel(organizer, event, [accounts[0], accounts[2], accounts[3]])
    now = {seat.number: seat.account_id for seat in seats_of(desk, event)}
    assert now == {1: accounts[0].id, 2: accounts[3].id, 3: accounts[2].id}
    assert two.account_id not in now.values()


def test_what_a_proposal_never_takes(desk: Desk, stage: Stage) -> None:
    organizer, event = stage.seat("organizer"), stage.event
    chief, keeper, gone, rival, free = (
        pooled(desk, stage, name)[0] for name in ("领队", "加密", "回避", "同单位", "可用")
    )
    assign_chief(organizer, event, chief)
    give(desk.session, keeper, Role.ENCRYPTION_OFFICER, Scope.CONTEST, event.contest_id)
    seat = assign_judge(organizer, event, gone, number=1)
    declare_recusal(desk.acting_as(actor_of(desk.session, gone)), event, seat, reason="亲属")
    person = desk.session.get_one(Person, rival.person_id)
    person.organization_id = stage.people[0].organization_id
    desk.session.flush()

    panels, _ = propose_panels(organizer, [event])
    panel = panels[event.id]

    assert [seat.judge for seat in panel.seats] == [free.id]
    assert {one.judge for one in panel.refused} == {chief.id, keeper.id, gone.id, rival.id}
    assert (panel.missing, panel.pool) == (2, 5)
    with pytest.raises(Blocked, match="declared a conflict"):
        accept_panel(organizer, event, [free, gone])


def test_seats_of_other_events_count_as_load_and_fill_the_day(desk: Desk, stage: Stage) -> None:
    first, second = (pooled(desk, stage, name)[0] for name in ("早", "晚"))
    other = listed_event(desk)
    assign_judge(other.seat("organizer"), other.event, first, number=1)
    organizer = stage.seat("organizer")

    same_day, _ = propose_panels(organizer, [stage.event])
    assert [seat.judge for seat in same_day[stage.event.id].seats] == [second.id]
    other.event.held_on += ONE_DAY
    desk.session.flush()
    next_day, _ = propose_panels(organizer, [stage.event])
    loads = {seat.judge: str(seat.reasons[1]) for seat in next_day[stage.event.id].seats}
    assert loads == {
        first.id: "Holds 2 seats with this one.",
        second.id: "Holds 1 seats with this one.",
    }


def test_a_panel_has_a_size_and_an_office(desk: Desk, stage: Stage) -> None:
    many = [pooled(desk, stage, f"裁判{n}")[0] for n in range(4)]
    for wrong in ([], many):
        with pytest.raises(Invalid, match="1 to 3 judges"):
            accept_panel(stage.seat("organizer"), stage.event, wrong)
    with pytest.raises(NotPermitted):
        propose_panels(stage.seat("judge1"), [stage.event])
