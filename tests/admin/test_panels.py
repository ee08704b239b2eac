"""The panel on screen: seats, conflicts in words, the chief, the start of marking."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.panels import assign_judge, declare_recusal, seats_of
from models.organizations import Organization
from models.panels import PanelSeat
from models.people import Person
from rules.states import EventState
from rules.terms import OrganizationKind
from tests.actions.test_panel_choices import judge
from tests.admin.test_judging import queries_of
from tests.result_world import Stage, _draw, decoded_event, listed_event
from tests.support import make_account, sign_in


@pytest.fixture
def stage(app: Flask, client: FlaskClient, desk: Desk) -> Stage:
    """An event whose list is published, the organizer signed in."""
    made = listed_event(desk)
    sign_in(app, client, desk, made.accounts["organizer"])
    return made


def url(stage: Stage, tail: str = "") -> str:
    return f"/admin/events/{stage.event.id}/panel/{tail}"


def seat(client: FlaskClient, stage: Stage, who: str, number: int) -> int:
    form = {"handle": stage.accounts[who].username, "number": number}
    return client.post(url(stage, "seats"), data=form).status_code


def test_judges_are_seated_and_removed(client: FlaskClient, stage: Stage) -> None:
    assert "裁判组还没有人" in client.get(url(stage)).text
    assert seat(client, stage, "judge1", 1) == 302
    assert "judge1" in client.get(url(stage)).text
    assert seat(client, stage, "judge1", 2) == 422

    row = stage.desk.session.scalars(select(PanelSeat)).one()
    assert client.post(url(stage, f"seats/{row.id}/remove")).status_code == 302
    assert seats_of(stage.desk, stage.event) == []
    assert client.post(url(stage, "seats/99/remove")).status_code == 404


def test_a_clash_is_refused_beside_the_form(client: FlaskClient, stage: Stage) -> None:
    assert seat(client, stage, "officer", 1) == 422
    answer = client.post(url(stage, "seats"), data={"handle": "nobody here", "number": 1})
    assert "没有这个账号" in answer.text
    assert client.post(url(stage, "seats"), data={}).status_code == 422
    assert client.post(url(stage, "seats"), data={"handle": "x", "number": 0}).status_code == 422


def test_the_chief_is_named(client: FlaskClient, stage: Stage) -> None:
    form = {"chief": stage.accounts["chief"].username}

    assert client.post(url(stage, "chief"), data=form).status_code == 302
    assert "chief" in client.get(url(stage)).text
    assert client.post(url(stage, "chief"), data={"chief": ""}).status_code == 422
    assert client.post(url(stage, "chief"), data={"chief": "nobody here"}).status_code == 422


def test_marking_starts_from_the_page(app: Flask, client: FlaskClient, stage: Stage) -> None:
    assert client.post(url(stage, "start")).status_code == 409
    _draw(stage)
    sign_in(app, client, stage.desk, stage.accounts["organizer"])
    assert "开始录分" in client.get(url(stage)).text

    assert client.post(url(stage, "start")).status_code == 302

    assert stage.event.state is EventState.SCORING
    assert "安排席位" not in client.get(url(stage)).text


def test_a_recusal_is_seen(client: FlaskClient, stage: Stage) -> None:
    judge = assign_judge(stage.seat("organizer"), stage.event, stage.accounts["judge1"], number=1)
    declare_recusal(stage.seat("judge1"), stage.event, judge, reason="师徒关系")
    stage.desk.session.commit()

    assert "师徒关系" in client.get(url(stage)).text
    assert seat(client, stage, "judge1", 1) == 422


def test_only_the_organizer_seats_judges(app: Flask, client: FlaskClient, stage: Stage) -> None:
    for who in ("chief", "officer", "judge1"):
        sign_in(app, client, stage.desk, stage.accounts[who])
        assert client.get(url(stage)).status_code == 403


def test_the_panel_reads_as_often_for_three_seats_as_for_one(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    counts = []
    for seats in (1, 3):
        made = listed_event(desk)
        for number in range(1, seats + 1):
            account = make_account(desk.session, f"裁判{number}", person_id=employee(made, number))
            assign_judge(made.seat("organizer"), made.event, account, number=number)
        sign_in(app, client, desk, made.accounts["organizer"])
        path = url(made)
        desk.session.expunge_all()
        counts.append(queries_of(client, path))

    assert counts[0] == counts[1]


def employee(stage: Stage, number: int) -> int:
    """Add somebody who works for a unit of their own."""
    unit = Organization(name=f"外单位{stage.event.id}-{number}", kind=OrganizationKind.SCHOOL)
    stage.desk.session.add(unit)
    stage.desk.session.flush()
    key = f"judge-{stage.event.id}-{number}"
    person = Person(key=key, name="裁判", organization_id=unit.id, created_at=stage.desk.now)
    stage.desk.session.add(person)
    stage.desk.session.flush()
    return person.id


def test_judges_are_appraised_after_the_lock(app: Flask, client: FlaskClient, desk: Desk) -> None:
    made = decoded_event(desk)
    sign_in(app, client, desk, made.accounts["organizer"])
    row = seats_of(desk, made.event)[0]
    tail = f"seats/{row.id}/appraisal"

    refused = client.post(url(made, tail), data={"grade": "weak", "note": ""})
    assert refused.status_code == 422
    assert "请用一句话写明原因" in refused.text
    assert client.post(url(made, tail), data={"grade": "superb"}).status_code == 422
    assert client.post(url(made, tail), data={"grade": "weak", "note": "迟到"}).status_code == 302
    page = client.get(url(made)).text
    assert 'value="迟到"' in page
    assert client.post(url(made, "seats/9999/appraisal"), data={}).status_code == 404


def test_somebody_of_the_pool_takes_a_seat_and_a_clash_changes_nothing(
    client: FlaskClient, stage: Stage
) -> None:
    chosen, other = judge(stage, "内行"), stage.accounts["officer"]
    stage.desk.session.commit()

    page = client.get(url(stage)).text
    assert "手动安排" in page
    assert f'data-judge="{chosen.id}"' in page
    assert client.post(url(stage, f"choices/{chosen.id}"), data={"number": 1}).status_code == 302

    refused = client.post(url(stage, f"choices/{other.id}"), data={"number": 1})
    assert refused.status_code == 422
    assert [seat.account_id for seat in seats_of(stage.desk, stage.event)] == [chosen.id]
    assert client.post(url(stage, f"choices/{chosen.id}"), data={"number": "x"}).status_code == 422
    assert client.post(url(stage, "choices/99999"), data={"number": 1}).status_code == 404
