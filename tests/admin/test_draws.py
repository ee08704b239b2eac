"""The draw on screen: hashes, the supervisor's slip, the officer's slip, each shown once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.draws import draw_of
from models.draws import Draw
from rules.states import DrawState, EventState
from tests.result_world import Stage, listed_event
from tests.support import sign_in

SLIP = re.compile(r'id="slip">([A-Z2-7-]{64})<')


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose list is published."""
    return listed_event(desk)


def url(stage: Stage, tail: str = "") -> str:
    return f"/admin/events/{stage.event.id}/draw/{tail}"


def drawn(stage: Stage) -> Draw:
    row = draw_of(stage.desk, stage.event)
    assert row is not None
    return row


def test_two_people_draw_and_take_their_slips(
    app: Flask, client: FlaskClient, stage: Stage
) -> None:
    sign_in(app, client, stage.desk, stage.accounts["officer"])
    assert "公布摘要" in client.get(url(stage)).text
    assert drawn_hash(client.post(url(stage, "commit")).text) == drawn(stage).station_commitment

    sign_in(app, client, stage.desk, stage.accounts["supervisor"])
    reply = client.post(url(stage, "join"))
    witness = SLIP.search(reply.text)
    assert witness is not None
    assert reply.headers["Cache-Control"] == "no-store"
    assert witness[1] not in client.get(url(stage)).text

    sign_in(app, client, stage.desk, stage.accounts["officer"])
    officer = SLIP.search(client.post(url(stage, "seal")).text)
    assert officer is not None
    assert officer[1] != witness[1]
    assert drawn(stage).state is DrawState.SEALED
    assert stage.event.state is EventState.DRAWN
    page = client.get(url(stage)).text
    assert f"/contests/{stage.event.contest.slug}/{stage.event.slug}/draw" in page
    assert not any(person.name in page for person in stage.people)


def drawn_hash(page: str) -> str | None:
    found = re.search(r"[0-9a-f]{64}", page)
    return found and found[0]


def test_the_wrong_moment_is_said(app: Flask, client: FlaskClient, stage: Stage) -> None:
    sign_in(app, client, stage.desk, stage.accounts["officer"])
    assert client.post(url(stage, "seal")).status_code == 404
    client.post(url(stage, "commit"))

    assert client.post(url(stage, "commit")).status_code == 409
    assert "监督员还没到场" in client.post(url(stage, "seal")).text


@pytest.mark.parametrize("who", ["organizer", "chief", "judge1"])
def test_others_see_nothing(app: Flask, client: FlaskClient, stage: Stage, who: str) -> None:
    sign_in(app, client, stage.desk, stage.accounts[who])

    assert client.get(url(stage)).status_code == 403
    assert client.post(url(stage, "commit")).status_code == 403
    assert client.post(url(stage, "join")).status_code == 403
