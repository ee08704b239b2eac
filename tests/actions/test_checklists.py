"""A contest's checklist: ticked with name and time, waived with a reason, carried on."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.checklists import (
    Plan,
    add_item,
    copy_items,
    keepers_of,
    note_item,
    plan_item,
    reopen_item,
    tick_item,
    waive_item,
)
from actions.cloning import Copying, clone_contest, usual_shift
from actions.desk import Desk
from models.audit import AuditLine
from models.checklists import ChecklistItem, items_of
from models.contests import Contest
from models.messages import Message
from rules.checklists import MOST_OWN
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role, Scope
from rules.states import CheckState, ContestState
from tests.contest_world import announced_event, draft_contest
from tests.support import NOW, actor_of, give, make_account

DAY = dt.date(2026, 12, 1)


@pytest.fixture
def contest(desk: Desk) -> Contest:
    """An announced contest of one event."""
    return announced_event(desk).contest


def office(desk: Desk, *roles: Role, name: str = "经办") -> Desk:
    account = make_account(desk.session, name)
    for role in roles:
        give(desk.session, account, role)
    return desk.acting_as(actor_of(desk.session, account))


def deeds(desk: Desk) -> list[str]:
    query = select(AuditLine.deed).where(AuditLine.deed.endswith("_item")).order_by(AuditLine.id)
    return list(desk.session.scalars(query))


def test_an_item_is_ticked_once_with_name_and_time(desk: Desk, contest: Contest) -> None:
    host = office(desk, Role.HOST_OFFICE)

    row = tick_item(host, contest, "venue", note="设备试过")
    tick_item(host, contest, "venue", note="再点一次")

    assert (row.state, row.settled_by, row.settled_at) == (
        CheckState.DONE,
        host.actor.account_id,
        NOW,
    )
    assert row.note == "设备试过"
    assert deeds(desk) == ["tick_item"]


def test_what_the_records_tick_no_person_ticks(desk: Desk, contest: Contest) -> None:
    with pytest.raises(Blocked, match="ticks itself"):
        tick_item(desk, contest, "listed")

    assert items_of(desk.session, [contest.id])[contest.id] == []


def test_not_needed_wants_a_reason_and_can_be_taken_back(desk: Desk, contest: Contest) -> None:
    with pytest.raises(Invalid, match="Say why"):
        waive_item(desk, contest, "publicity", note=" ")

    row = waive_item(desk, contest, "publicity", note="一并公示")
    with pytest.raises(Invalid, match="Say why"):
        note_item(desk, contest, "publicity", "")
    with pytest.raises(WrongMoment):
        tick_item(desk, contest, "publicity")
    reopen_item(desk, contest, "publicity")

    assert (row.state, row.settled_at, row.note) == (CheckState.OPEN, None, "一并公示")
    note_item(desk, contest, "publicity", "")
    assert row.note == ""


def test_an_own_item_is_added_once(desk: Desk, contest: Contest) -> None:
    row = add_item(desk, contest, " 选手午餐 ", Plan(DAY))

    assert (row.title, row.due_on, row.key) == ("选手午餐", DAY, f"own-{row.id}")
    with pytest.raises(Invalid, match="already"):
        add_item(desk, contest, "选手午餐", Plan(DAY))
    with pytest.raises(Invalid) as undated:
        add_item(desk, contest, "另一项", Plan(None))
    assert list(undated.value.fields) == ["due_on"]


def test_a_list_has_an_end(desk: Desk, contest: Contest) -> None:
    for number in range(MOST_OWN):
        add_item(desk, contest, f"第 {number} 项", Plan(DAY))

    with pytest.raises(Blocked, match="sixty"):
        add_item(desk, contest, "多出的一项", Plan(DAY))


@pytest.mark.parametrize("key", ["unknown", "own-999999", "own-", "own-x", "own-１"])
def test_an_item_that_is_not_there(desk: Desk, contest: Contest, key: str) -> None:
    with pytest.raises(Invalid, match="no such item"):
        tick_item(desk, contest, key)


def test_an_item_of_another_contest_is_not_there(desk: Desk, contest: Contest) -> None:
    other = draft_contest(desk, name="另一场")
    row = add_item(desk, other, "午餐", Plan(DAY))

    with pytest.raises(Invalid, match="no such item"):
        tick_item(desk, contest, row.key)


def test_a_colleague_is_told_once(desk: Desk, contest: Contest) -> None:
    colleague = make_account(desk.session, "场地经理")
    give(desk.session, colleague, Role.VENUE_MANAGER, Scope.CONTEST, contest.id)

    plan_item(desk, contest, "venue", Plan(DAY, colleague.id))
    plan_item(desk, contest, "venue", Plan(DAY, colleague.id))

    (message,) = desk.session.scalars(select(Message).filter_by(kind="checklist_assigned"))
    assert (message.account_id, message.params["due"]) == (colleague.id, "2026-12-01")
    assert message.params["title"] == "Venue, power and equipment tried out"
    assert deeds(desk) == ["plan_item", "assign_item"]

    plan_item(desk, contest, "venue", Plan(DAY))
    (row,) = items_of(desk.session, [contest.id])[contest.id]
    assert row.assignee_id is None


def test_whoever_gives_an_item_to_themselves_is_not_told(desk: Desk, contest: Contest) -> None:
    host = office(desk, Role.HOST_OFFICE)
    add_item(host, contest, "午餐", Plan(DAY, host.actor.account_id))

    assert desk.session.scalars(select(Message).filter_by(kind="checklist_assigned")).all() == []


def test_only_those_who_keep_the_list_are_given_items(desk: Desk, contest: Contest) -> None:
    stranger = make_account(desk.session, "外人")
    elsewhere = make_account(desk.session, "别场")
    give(desk.session, elsewhere, Role.HOST_OFFICE, Scope.CONTEST, contest.id + 1)
    assert stranger not in keepers_of(desk, contest)

    for account in (stranger, elsewhere):
        with pytest.raises(Invalid, match="does not keep"):
            plan_item(desk, contest, "venue", Plan(DAY, account.id))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SUPERVISOR, Role.CHIEF_JUDGE, Role.AUDITOR])
def test_others_change_nothing(desk: Desk, contest: Contest, role: Role) -> None:
    seat = office(desk, role)

    with pytest.raises(NotPermitted):
        tick_item(seat, contest, "venue")
    with pytest.raises(NotPermitted):
        add_item(seat, contest, "午餐", Plan(DAY))


def test_the_list_of_a_cancelled_contest_stays(desk: Desk, contest: Contest) -> None:
    contest.state = ContestState.CANCELLED

    with pytest.raises(WrongMoment, match="cancelled"):
        tick_item(desk, contest, "venue")


def test_own_items_come_along_a_year_later(desk: Desk, contest: Contest) -> None:
    made = add_item(desk, contest, "选手午餐", Plan(DAY))
    tick_item(desk, contest, made.key)
    tick_item(desk, contest, "venue")
    chosen = frozenset(event.id for event in contest.events)
    copying = Copying(contest.name, contest.year + 1, usual_shift(1), chosen)

    clone = clone_contest(desk, contest, copying)

    (row,) = items_of(desk.session, [clone.id])[clone.id]
    assert (row.title, row.due_on) == ("选手午餐", DAY + usual_shift(1))
    assert (row.state, row.assignee_id, row.note) == (CheckState.OPEN, None, "")


def test_own_items_stay_behind_where_that_was_chosen(desk: Desk, contest: Contest) -> None:
    add_item(desk, contest, "选手午餐", Plan(DAY))
    chosen = frozenset(event.id for event in contest.events)
    copying = Copying(contest.name, 2027, usual_shift(1), chosen, checklist=False)

    clone = clone_contest(desk, contest, copying)
    assert items_of(desk.session, [clone.id])[clone.id] == []

    copy_items(desk, contest, clone, dt.timedelta(days=7))
    titles = select(ChecklistItem.title).filter_by(contest_id=clone.id)
    assert list(desk.session.scalars(titles)) == ["选手午餐"]
