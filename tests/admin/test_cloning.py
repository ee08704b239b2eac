"""A contest as the pattern of the next one, on the staff's face."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from models.contests import Contest
from rules.permits import Role
from rules.states import ContestState
from tests.contest_world import announced_event
from tests.support import give, make_account, sign_in


@pytest.fixture
def organizer(app: Flask, client: FlaskClient, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    return client


def test_last_years_contest_becomes_this_years_draft(organizer: FlaskClient, desk: Desk) -> None:
    event = announced_event(desk)
    source = event.contest
    address = f"/admin/contests/{source.id}/clone"
    assert address in organizer.get(f"/admin/contests/{source.id}/").text
    page = organizer.get(address).text
    assert 'value="技赢定海粮油赛（示例）"' in page
    assert 'value="52"' in page

    reply = organizer.post(
        address,
        data={"name": "技赢定海 2027", "year": "2027", "weeks": "52", "events": str(event.id)},
        follow_redirects=True,
    )

    made = desk.session.scalars(select(Contest).where(Contest.id != source.id)).one()
    assert "草稿已生成" in reply.text
    assert (made.name, made.state, len(made.events)) == ("技赢定海 2027", ContestState.DRAFT, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"events": ""}, "请至少勾选一个"),
        ({"name": ""}, "请填写竞赛名称"),
        ({"weeks": "52.5"}, "整数"),
        ({"events": "999"}, "不在"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    organizer: FlaskClient, desk: Desk, changes: dict[str, str], words: str
) -> None:
    event = announced_event(desk)
    data = {"name": "新的", "year": "2027", "weeks": "52", "events": str(event.id), **changes}
    data = {name: value for name, value in data.items() if value}

    reply = organizer.post(f"/admin/contests/{event.contest_id}/clone", data=data)

    assert reply.status_code == 422
    assert words in reply.text
    assert len(desk.session.scalars(select(Contest)).all()) == 1


def test_who_runs_one_contest_only_makes_no_other(app: Flask, desk: Desk) -> None:
    event = announced_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.HOST_OFFICE)
    other = app.test_client()
    sign_in(app, other, desk, account)

    assert other.get(f"/admin/contests/{event.contest_id}/clone").status_code == 403
