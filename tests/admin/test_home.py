"""The start page of staff: everything on it is counted from the records."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from actions.contests import approve_contest
from actions.desk import Desk
from actions.events import create_event
from actions.notices import NoticeText, write_notice
from admin.targets import progress
from admin.todos import todos
from models.contests import Event
from models.craftsmen import Honour
from models.entries import Entry
from models.indicators import Target
from models.outbox import Errand
from models.people import Person
from models.roles import RoleGrant
from rules.permits import SYSTEM, Role
from rules.states import EntryState, EventState, OutboxState
from rules.terms import HonourKind, NoticeKind
from tests.contest_world import announced_event, draft_contest, draft_event, plan, second
from tests.support import NOW, actor_of, give, make_account, sign_in


@pytest.fixture(autouse=True)
def organizer(desk: Desk) -> None:
    """Somebody runs contests: what is said before that has a test of its own."""
    give(desk.session, make_account(desk.session), Role.ORGANIZER)


def words(desk: Desk, app: Flask) -> list[str]:
    with app.test_request_context():
        found = [todo.words for todo in todos(desk.session, SYSTEM, NOW)]
    return [one for one in found if "工作清单" not in one]


def enter(desk: Desk, event: Event) -> None:
    desk.session.add(
        Entry(
            event_id=event.id,
            account_id=make_account(desk.session).id,
            form_key="k",
            state=EntryState.SUBMITTED,
            holds_seat=True,
            started_at=NOW,
            submitted_at=NOW - dt.timedelta(days=3),
        )
    )
    desk.session.flush()


def test_an_empty_site_says_what_comes_first(app: Flask, desk: Desk) -> None:
    assert words(desk, app) == ["还没有竞赛"]
    desk.session.execute(delete(RoleGrant))
    assert words(desk, app) == ["还没有人管竞赛", "还没有竞赛"]

    def small(role: Role) -> list[str]:
        account = make_account(desk.session)
        give(desk.session, account, role)
        with app.test_request_context():
            found = todos(desk.session, actor_of(desk.session, account), NOW)
        return [todo.url for todo in found]

    assert small(Role.SYSADMIN) == ["/admin/accounts/new"]
    assert small(Role.SECADMIN) == ["/admin/accounts/"]
    assert small(Role.ORGANIZER) == ["/admin/contests/new"]


def test_what_waits_is_counted_and_the_longest_wait_comes_first(app: Flask, desk: Desk) -> None:
    event = announced_event(desk)
    event.state = EventState.CLOSED
    draft = create_event(desk, draft_contest(desk, name="另一场"), plan(desk.session))
    assert words(desk, app) == [
        "竞赛草稿等第二人批准",
        "报名已截止：公布参赛名单",
        "缺评分标准",
    ]

    enter(desk, event)
    draft.contest.move("cancel")
    desk.session.flush()

    assert words(desk, app) == ["报名待审核 1 件"]
    with app.test_request_context():
        (todo,) = (
            one for one in todos(desk.session, SYSTEM, NOW) if one.words == "报名待审核 1 件"
        )
        assert (todo.tone, todo.url) == ("bad", f"/admin/events/{event.id}/entries/")


def test_an_approved_contest_and_failed_errands_wait_too(app: Flask, desk: Desk) -> None:
    contest = draft_event(desk).contest
    approve_contest(second(desk), contest)
    desk.session.add(
        Errand(kind="mail", payload={}, state=OutboxState.FAILED, due_at=NOW, created_at=NOW)
    )
    desk.session.flush()

    assert words(desk, app) == ["有 1 项后台任务失败", "已批准，待公告"]


@pytest.mark.parametrize(
    "state",
    [
        EventState.LISTED,
        EventState.DRAWN,
        EventState.LOCKED,
        EventState.DECODED,
        EventState.POSTED,
        EventState.FINAL,
    ],
)
def test_each_state_has_its_next_deed(app: Flask, desk: Desk, state: EventState) -> None:
    event = announced_event(desk)
    event.state = state
    event.appeals_close_at = NOW
    desk.session.flush()

    assert len(words(desk, app)) == 1


def test_nobody_is_told_of_other_people_s_work(app: Flask, desk: Desk) -> None:
    event = announced_event(desk)
    event.state = EventState.LISTED
    enter(desk, event)
    draft_contest(desk)
    approve_contest(second(desk), draft_event(desk).contest)
    account = make_account(desk.session)
    give(desk.session, account, Role.EDITOR)

    with app.test_request_context():
        assert todos(desk.session, actor_of(desk.session, account), NOW) == []


def test_drafts_of_notices_lie_on_the_organizer_s_desk(app: Flask, desk: Desk) -> None:
    text = NoticeText("2026-900", "示例公告", NoticeKind.OTHER, "正文")
    write_notice(desk, text)

    assert words(desk, app) == ["还没有竞赛", "公告草稿 1 份"]


def target(desk: Desk, code: str, year: int, goal: str) -> None:
    desk.session.add(Target(code=code, name=f"目标{code}", year=year, goal=goal, unit="人"))
    desk.session.flush()


def test_targets_stand_against_counts_from_the_register(desk: Desk) -> None:
    announced_event(desk)
    person = Person(key="p1", name="贺示例", created_at=NOW)
    desk.session.add(person)
    desk.session.flush()
    for year in (2024, 2025):
        desk.session.add(
            Honour(
                person_id=person.id,
                kind=HonourKind.TITLE,
                title="定海名匠",
                year=year,
                source="示例",
                recorded_at=NOW,
            )
        )
    for code, year, goal in (
        ("contests", 2026, "1"),
        ("mingjiang", 2027, "4"),
        ("mingjiang_studios", 2027, "0"),
        ("higher_studios", 2027, "很多"),
        ("skilled_people", 2025, "112700"),
        ("contests", 2025, "5"),
        ("old", 2020, "5"),
    ):
        target(desk, code, year, goal)

    lines = {(line.target.code, line.target.year): line for line in progress(desk.session, 2026)}

    assert lines["contests", 2026].gap == 0
    assert (lines["mingjiang", 2027].actual, lines["mingjiang", 2027].share) == (1, 25)
    assert lines["mingjiang", 2027].gap == 3
    assert lines["mingjiang_studios", 2027].share == 100
    assert lines["higher_studios", 2027].goal == 0
    assert lines["skilled_people", 2025].actual is None
    assert ("contests", 2025) not in lines
    assert ("old", 2020) not in lines


def test_the_page_shows_all_of_it(app: Flask, client: FlaskClient, desk: Desk) -> None:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    page = client.get("/admin/").text
    for empty in ("还没有竞赛", "没有进行中的赛项", "还没有录入目标"):
        assert empty in page

    event = announced_event(desk)
    event.state = EventState.DECODED
    target(desk, "contests", 2099, "9")
    target(desk, "skilled_people", 2099, "9")
    target(desk, "contests", 2098, "0")
    page = client.get("/admin/").text

    for shown in ("已解密：初步公布成绩", "粮油储运", "还差 9", "按月上报", "已达标"):
        assert shown in page
    assert 'aria-current="page"' in page
