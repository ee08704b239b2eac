"""The checklist on the staff's face, the manual, and what is overdue on the start page."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from actions.checklists import Plan, add_item
from actions.desk import Desk
from admin.checklist_boards import Line, board
from models.accounts import Account
from models.checklists import ChecklistItem
from models.contests import Contest
from rules.permits import SYSTEM, Role, Scope
from rules.states import CheckState, ContestState, EventState
from tests.admin.office import counted, staff
from tests.contest_world import announced_event, draft_contest, draft_event
from tests.result_world import Stage, final_event, scoring_event
from tests.support import NOW, give, make_account

TODAY = NOW.date()


def lines(app: Flask, desk: Desk, contest: Contest) -> dict[str, Line]:
    desk.session.flush()
    with app.test_request_context():
        return {one.key: one for one in board(desk.session, contest, SYSTEM, TODAY)}


def done(app: Flask, desk: Desk, contest: Contest) -> set[str]:
    found = lines(app, desk, contest).values()
    return {one.key for one in found if one.state is CheckState.DONE}


def test_the_records_tick_what_they_show(app: Flask, desk: Desk) -> None:
    contest = draft_event(desk).contest
    assert done(app, desk, contest) == {"schemes"}

    event = announced_event(desk, name="另一项")
    assert done(app, desk, event.contest) == {"schemes", "approved", "announced"}
    event.state = EventState.CLOSED
    assert "reviewed" in done(app, desk, event.contest)


def test_a_contest_on_its_day(app: Flask, desk: Desk) -> None:
    stage: Stage = scoring_event(desk, 2)
    for role in (Role.ENCRYPTION_OFFICER, Role.SUPERVISOR):
        account = make_account(desk.session, role.value)
        give(desk.session, account, role, Scope.CONTEST, stage.event.contest_id)

    found = lines(app, desk, stage.event.contest)

    assert {key for key, one in found.items() if one.state is CheckState.DONE} == {
        *("schemes", "approved", "announced", "reviewed", "listed", "people", "panels"),
        "committed",
    }
    assert found["approved"].by == "第二人"
    assert found["panels"].at == NOW
    assert found["marks"].url == f"/admin/events/{stage.event.id}/results/"


def test_a_finished_contest_has_little_left(app: Flask, desk: Desk) -> None:
    contest = final_event(desk).event.contest

    assert {"marks", "posted", "final"} <= done(app, desk, contest)
    assert "awarded" not in done(app, desk, contest)
    contest.state = ContestState.ARCHIVED
    assert "archived" in done(app, desk, contest)


def test_a_keeper_of_another_contest_does_not_count(app: Flask, desk: Desk) -> None:
    contest = draft_event(desk).contest
    for role in (Role.ENCRYPTION_OFFICER, Role.SUPERVISOR):
        account = make_account(desk.session, role.value)
        give(desk.session, account, role, Scope.CONTEST, contest.id + 1)

    assert "people" not in done(app, desk, contest)


def test_a_page_ticks_adds_and_changes(app: Flask, desk: Desk) -> None:
    contest = announced_event(desk).contest
    browser, base = staff(app, desk, Role.ORGANIZER, name="励组委"), f"/admin/contests/{contest.id}"
    page = browser.get(f"{base}/checklist/").text
    assert "场地、水电、设备试运行" in page
    assert "随系统记录自动完成" in page
    assert f"{base}/checklist/" in browser.get(f"{base}/").text

    ticked = browser.post(f"{base}/checklist/venue/tick", follow_redirects=True).text
    assert "励组委" in ticked
    data = {"title": "选手午餐", "due_on": "2026-12-13", "assignee": "0"}
    added = browser.post(f"{base}/checklist/", data=data, follow_redirects=True).text
    assert "选手午餐" in added
    again = browser.post(f"{base}/checklist/", data=data)
    assert (again.status_code, "清单里已有这一项" in again.text) == (422, True)

    change = {"state": "not_needed", "note": "自带", "due_on": "2026-12-14", "assignee": "0"}
    key = desk.session.scalars(select(ChecklistItem).filter_by(title="选手午餐")).one().key
    saved = browser.post(f"{base}/checklist/{key}", data=change, follow_redirects=True).text
    assert "自带" in saved
    row = desk.session.scalars(select(ChecklistItem).filter_by(title="选手午餐")).one()
    assert (row.state, row.due_on) == (CheckState.NOT_NEEDED, dt.date(2026, 12, 14))
    browser.post(f"{base}/checklist/{key}", data={**change, "state": "done"})
    desk.session.expire_all()
    assert desk.session.get_one(ChecklistItem, row.id).state is CheckState.DONE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "not_needed", "note": ""}, "请写明为什么不需要"),
        ({"due_on": ""}, "请填写完成期限"),
        ({"state": "perhaps"}, ""),
        ({"assignee": "999999"}, ""),
    ],
)
def test_wrong_input_changes_nothing(
    app: Flask, desk: Desk, change: dict[str, str], words: str
) -> None:
    contest = announced_event(desk).contest
    browser = staff(app, desk, Role.ORGANIZER)
    data = {"state": "open", "note": "", "due_on": "2026-12-14", "assignee": "0"} | change

    reply = browser.post(f"/admin/contests/{contest.id}/checklist/venue", data=data)

    assert reply.status_code == 422
    assert words in reply.text
    assert desk.session.scalars(select(ChecklistItem)).all() == []


def test_what_the_records_tick_offers_no_tick(app: Flask, desk: Desk) -> None:
    contest = announced_event(desk).contest
    browser, base = staff(app, desk, Role.ORGANIZER), f"/admin/contests/{contest.id}/checklist"

    assert 'value="done"' not in browser.get(f"{base}/listed").text
    assert 'value="open"' not in browser.get(f"{base}/announced").text
    reply = browser.post(f"{base}/listed/tick")
    assert (reply.status_code, "自动打勾" in reply.text) == (409, True)
    assert browser.get(f"{base}/nothing").status_code == 404


def test_the_manual_tells_a_successor_everything(app: Flask, desk: Desk) -> None:
    stage = scoring_event(desk, 2)
    contest = stage.event.contest
    add_item(desk, contest, "赛后回访", Plan(dt.date(2026, 11, 1)))
    page = staff(app, desk, Role.ORGANIZER).get(f"/admin/contests/{contest.id}/manual").text

    for words in ("工作交接手册", contest.name, stage.event.name, "赛后回访", "逾期", "裁判长"):
        assert words in page
    for words in ("批准竞赛", "第二人", contest.approval_no, "未结束的赛项 1"):
        assert words in page
    entrants = {account.display_name for account in desk.session.scalars(select(Account))} & {
        person.name for person in stage.people
    }
    assert entrants
    assert [name for name in entrants if name in page] == []


def test_a_manual_of_an_empty_draft(app: Flask, desk: Desk) -> None:
    contest = draft_contest(desk)
    browser = staff(app, desk, Role.HOST_OFFICE)

    assert browser.get(f"/admin/contests/{contest.id}/manual").status_code == 200
    page = browser.get(f"/admin/contests/{contest.id}/checklist/").text
    assert "竞赛已归档" in page


def test_overdue_items_stand_on_the_start_page(app: Flask, desk: Desk) -> None:
    contest = announced_event(desk).contest
    add_item(desk, contest, "早该办的", Plan(dt.date(2020, 1, 1)))
    desk.session.commit()

    page = staff(app, desk, Role.ORGANIZER).get("/admin/").text
    assert "项已逾期" in page
    assert f"/admin/contests/{contest.id}/checklist/" in page
    assert "项已逾期" not in staff(app, desk, Role.REVIEWER).get("/admin/").text

    contest.state = ContestState.ARCHIVED
    desk.session.commit()
    assert "项已逾期" not in staff(app, desk, Role.ORGANIZER, name="又一").get("/admin/").text


def test_others_find_no_checklist(app: Flask, desk: Desk) -> None:
    contest = announced_event(desk).contest
    base = f"/admin/contests/{contest.id}"

    for address in ("/checklist/", "/checklist/venue", "/manual"):
        assert staff(app, desk, Role.REVIEWER).get(base + address).status_code == 403


def test_more_contests_cost_the_start_page_no_more_reads(app: Flask, desk: Desk) -> None:
    announced_event(desk)
    browser = staff(app, desk, Role.HOST_OFFICE)
    browser.get("/admin/")
    with counted() as few:
        browser.get("/admin/")
    for number in range(3):
        announced_event(desk, contest=draft_contest(desk, name=f"第 {number} 场"))
    with counted() as many:
        browser.get("/admin/")

    assert len(many) == len(few)
