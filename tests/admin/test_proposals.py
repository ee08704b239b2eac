"""Proposals on screen: shown beside the panel, seated as shown; violations stand at the name."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.judges import JudgeText, add_judge, edit_judge
from actions.panels import assign_judge, seats_of
from models.accounts import Account
from models.judges import Judge
from models.organizations import Organization
from models.people import Person
from rules.states import EventState
from rules.terms import OrganizationKind
from tests.admin.office import counted
from tests.result_world import Stage, listed_event
from tests.support import make_account, sign_in


@pytest.fixture
def stage(app: Flask, client: FlaskClient, desk: Desk) -> Stage:
    """An event whose list is published, the organizer signed in."""
    made = listed_event(desk)
    sign_in(app, client, desk, made.accounts["organizer"])
    return made


def pooled(stage: Stage, name: str) -> Account:
    """Take somebody with an own unit into the pool."""
    session = stage.desk.session
    unit = Organization(name=f"{name}的单位", kind=OrganizationKind.EMPLOYER)
    session.add(unit)
    session.flush()
    person = Person(key=f"p-{name}", name=name, organization_id=unit.id, created_at=stage.desk.now)
    session.add(person)
    session.flush()
    add_judge(stage.desk, person, JudgeText(trades=(stage.event.occupation,)))
    account = make_account(session, name, person_id=person.id)
    session.commit()
    return account


def url(stage: Stage, tail: str) -> str:
    return f"/admin/events/{stage.event.id}/panel/{tail}"


def test_a_proposal_is_shown_and_nothing_is_written(client: FlaskClient, stage: Stage) -> None:
    accounts = [pooled(stage, name) for name in ("裁判甲", "裁判乙", "裁判丙")]
    assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)
    assign_judge(stage.seat("organizer"), stage.event, accounts[0], number=2)
    stage.desk.session.commit()

    page = client.get(url(stage, "proposal")).text

    assert page.count("新请") == 2
    assert page.count("留任") == 1
    assert page.count("退出") == 2  # the judge outside the pool, and the way to sign out
    assert "执裁工种相符" in page
    assert len(seats_of(stage.desk, stage.event)) == 2
    chosen = {"judge": [str(account.id) for account in accounts]}
    assert client.post(url(stage, "accept"), data=chosen).status_code == 302
    assert {seat.account_id for seat in seats_of(stage.desk, stage.event)} == {
        account.id for account in accounts
    }
    assert client.post(url(stage, "accept"), data={"judge": "999999"}).status_code == 422
    assert client.post(url(stage, "accept"), data={}).status_code == 422


def test_an_impossible_panel_says_what_blocks_it(client: FlaskClient, stage: Stage) -> None:
    assert "裁判库里没有可以执裁" in client.get(url(stage, "proposal")).text
    account = pooled(stage, "同事")
    assert account.person is not None
    account.person.organization_id = stage.people[0].organization_id
    stage.desk.session.commit()

    page = client.get(url(stage, "proposal")).text

    assert "还缺 3 位；裁判库共有 1 人" in page
    assert "1 人：" in page
    assert not any(person.name in page for person in stage.people)


def test_every_event_of_the_contest_gets_a_proposal(client: FlaskClient, stage: Stage) -> None:
    pooled(stage, "裁判丁")
    path = f"/admin/contests/{stage.event.contest_id}/panels"
    assert stage.event.name in client.get(path).text
    stage.event.state = EventState.SCORING
    stage.desk.session.commit()
    assert "没有等待组建裁判组的赛项" in client.get(path).text
    assert client.get(url(stage, "proposal")).status_code == 409


def test_violations_stand_at_the_name(client: FlaskClient, stage: Stage) -> None:
    account = pooled(stage, "出差的裁判")
    assign_judge(stage.seat("organizer"), stage.event, account, number=1)
    session = stage.desk.session
    judge = session.scalars(select(Judge)).one()
    other = stage.event.held_on + dt.timedelta(days=9)
    edit_judge(stage.desk, judge, JudgeText(days=((other, other),)))
    assert account.person is not None
    account.person.organization_id = stage.people[1].organization_id
    session.commit()

    page = client.get(url(stage, "")).text

    assert "不能到场" in page
    assert "同一单位" in page


def test_a_large_pool_needs_few_statements(client: FlaskClient, stage: Stage) -> None:
    path = url(stage, "proposal")
    for number in range(25):
        pooled(stage, f"裁判{number:02}")
    with counted() as seen:
        assert client.get(path).status_code == 200
    assert len(seen) <= 25


@pytest.mark.parametrize("who", ["judge1", "officer", "chief"])
def test_others_see_no_proposal(app: Flask, client: FlaskClient, stage: Stage, who: str) -> None:
    sign_in(app, client, stage.desk, stage.accounts[who])

    assert client.get(url(stage, "proposal")).status_code == 403
    assert client.post(url(stage, "accept"), data={"judge": "1"}).status_code == 403
