"""Contests on the staff's face: drafted, approved by a second person, announced, listed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event
from sqlalchemy import select

from actions.contests import approve_contest
from actions.desk import Desk
from models.contests import Contest
from rules.permits import Role, Scope
from rules.states import ContestState
from tests.contest_world import announced_event, draft_contest, draft_event, second
from tests.support import give, make_account, sign_in
from web.db import db

FORM = {
    "name": "技赢定海焊接赛（示例）",
    "year": "2026",
    "level": "district",
    "contest_class": "two",
    "approval_no": "定人社赛备〔2026〕示例 02 号",
}


@pytest.fixture
def organizer(app: Flask, client: FlaskClient, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    return client


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.OFFICER)
    other = app.test_client()
    sign_in(app, other, desk, account)
    return other


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the reads inside the block; what waited is written first."""
    db.session.commit()
    seen: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]).startswith("SELECT"):
            seen.append(str(args[2]))

    engine = db.session.connection().engine
    sql_event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sql_event.remove(engine, "before_cursor_execute", note)


def test_a_contest_goes_from_the_form_to_the_public(
    organizer: FlaskClient, officer: FlaskClient, desk: Desk
) -> None:
    assert '<option selected value="district">' in organizer.get("/admin/contests/new").text
    reply = organizer.post("/admin/contests/new", data=FORM)
    contest = desk.session.scalars(select(Contest)).one()
    base = f"/admin/contests/{contest.id}"
    assert (reply.status_code, reply.location) == (302, f"{base}/")

    page = organizer.get(f"{base}/").text
    assert "还没有赛项" in page
    draft_event(desk, contest)
    assert "批准本竞赛" in officer.get(f"{base}/").text
    assert "批准本竞赛" not in organizer.get(f"{base}/").text
    officer.post(f"{base}/approve")
    assert contest.state is ContestState.APPROVED
    assert "公告本竞赛" in organizer.get(f"{base}/").text
    organizer.post(f"{base}/announce")

    assert contest.state is ContestState.ANNOUNCED
    assert "公告本竞赛" not in organizer.get(f"{base}/", follow_redirects=True).text


def test_what_is_wrong_stands_beside_its_field(organizer: FlaskClient, desk: Desk) -> None:
    reply = organizer.post("/admin/contests/new", data={**FORM, "name": "", "year": "26"})
    assert reply.status_code == 422
    assert "请填写竞赛名称" in reply.text

    reply = organizer.post("/admin/contests/new", data={**FORM, "year": "26"})
    assert reply.status_code == 422
    assert "年份写四位数字" in reply.text
    assert desk.session.scalars(select(Contest)).all() == []


def test_a_draft_is_changed_and_an_announced_contest_hardly(
    organizer: FlaskClient, desk: Desk
) -> None:
    contest = announced_event(desk).contest
    draft = draft_contest(desk)
    for row in (draft, contest):
        assert organizer.get(f"/admin/contests/{row.id}/edit").status_code == 200
    assert organizer.post(f"/admin/contests/{draft.id}/edit", data=FORM).status_code == 302
    assert draft.name == FORM["name"]

    reply = organizer.post(f"/admin/contests/{contest.id}/edit", data=FORM)

    assert reply.status_code == 409
    reply = organizer.post(f"/admin/contests/{draft.id}/edit", data={**FORM, "year": "0"})
    assert reply.status_code == 422


def test_an_approval_that_is_blocked_lists_every_reason(officer: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk, approval_no="")

    reply = officer.post(f"/admin/contests/{contest.id}/approve")

    assert reply.status_code == 409
    assert "缺备案文号" in reply.text
    assert "还没有赛项" in reply.text


def test_reopening_archiving_and_cancelling(organizer: FlaskClient, desk: Desk) -> None:
    contest = draft_event(desk).contest
    base = f"/admin/contests/{contest.id}"
    approve_contest(second(desk), contest)
    organizer.post(f"{base}/reopen")
    assert contest.state is ContestState.DRAFT
    assert organizer.post(f"{base}/archive").status_code == 409

    assert organizer.get(f"{base}/cancel").status_code == 200
    assert organizer.post(f"{base}/cancel", data={"ground": ""}).status_code == 422
    organizer.post(f"{base}/cancel", data={"ground": "台风"})

    assert contest.state is ContestState.CANCELLED
    assert "本竞赛已取消" in organizer.get(f"{base}/").text


def test_an_awarded_contest_is_archived(organizer: FlaskClient, desk: Desk) -> None:
    event = announced_event(desk)
    event.move("cancel")

    organizer.post(f"/admin/contests/{event.contest_id}/archive")

    assert event.contest.state is ContestState.ARCHIVED


def test_the_list_filters_and_asks_the_database_as_often_for_three_as_for_one(
    organizer: FlaskClient, desk: Desk
) -> None:
    assert "这里没有竞赛" in organizer.get("/admin/contests/").text
    draft_event(desk)
    with counted() as one:
        page = organizer.get("/admin/contests/").text
    assert "粮油储运" in page
    draft_event(desk, draft_contest(desk, year=2025))
    announced_event(desk)
    with counted() as three:
        organizer.get("/admin/contests/")

    assert len(one) == len(three)
    assert organizer.get("/admin/contests/?state=announced").text.count("<tbody>\n\n<tr>") == 1
    assert "2025" in organizer.get("/admin/contests/?year=2025&state=nonsense").text


def test_staff_of_one_contest_see_that_one(app: Flask, client: FlaskClient, desk: Desk) -> None:
    mine, other = draft_event(desk), draft_event(desk, draft_contest(desk, name="别的竞赛"))
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER, Scope.CONTEST, mine.contest_id)
    sign_in(app, client, desk, account)

    page = client.get("/admin/contests/").text

    assert mine.contest.name in page
    assert "别的竞赛" not in page
    assert client.get(f"/admin/contests/{mine.contest_id}/").status_code == 200
    assert client.get(f"/admin/contests/{other.contest_id}/").status_code == 403
    assert client.post(f"/admin/contests/{mine.contest_id}/announce").status_code == 403


def test_staff_of_one_event_see_its_contest(app: Flask, client: FlaskClient, desk: Desk) -> None:
    mine = draft_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER, Scope.EVENT, mine.id, mine.contest_id)
    sign_in(app, client, desk, account)

    assert mine.contest.name in client.get("/admin/contests/").text
    assert client.get(f"/admin/contests/{mine.contest_id}/").status_code == 200
    assert client.get(f"/admin/events/{mine.id}/").status_code == 200
    assert client.get("/admin/contests/999/").status_code == 404
