"""Layers of codes on screen: two keepers take slips and lists; the minutes name them all."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.draws import draw_of
from adapters.passwords import hash_password
from models.draws import Draw
from rules.states import EventState
from tests.actions.test_draw_layers import SLIPS, layered, played
from tests.pdf import characters
from tests.result_world import OFFICER_SLIP, WITNESS_SLIP, Stage
from tests.support import sign_in

SLIP = re.compile(r'id="slip">([A-Z2-7-]{64})<')


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event of two layers whose list is published."""
    made = layered(desk, 2)
    desk.session.commit()
    return made


def url(stage: Stage, tail: str = "") -> str:
    return f"/admin/events/{stage.event.id}/draw/{tail}"


def as_(app: Flask, client: FlaskClient, stage: Stage, who: str) -> FlaskClient:
    sign_in(app, client, stage.desk, stage.accounts[who])
    return client


def test_two_keepers_and_a_witness_draw(app: Flask, client: FlaskClient, stage: Stage) -> None:
    as_(app, client, stage, "officer").post(url(stage, "commit"))
    assert client.post(url(stage, "layers/1/commit")).status_code == 403
    keeper = as_(app, client, stage, "keeper1")
    assert "由我保管并公布摘要" in keeper.get(url(stage)).text
    assert keeper.post(url(stage, "layers/1/commit")).status_code == 200
    assert keeper.post(url(stage, "layers/1/seal")).status_code == 409
    as_(app, client, stage, "supervisor").post(url(stage, "join"))
    assert client.get(url(stage, "minutes.pdf")).status_code == 404
    assert as_(app, client, stage, "officer").post(url(stage, "seal")).status_code == 409

    sealed = as_(app, client, stage, "keeper1").post(url(stage, "layers/1/seal"))
    assert SLIP.search(sealed.text)
    assert sealed.headers["Cache-Control"] == "no-store"
    assert all(f"P-{at:03}" in sealed.text for at in range(5))
    assert "P-001" not in keeper.get(url(stage)).text

    last = as_(app, client, stage, "officer").post(url(stage, "seal"))
    assert SLIP.search(last.text)
    assert "P-001" not in last.text
    assert len(re.findall(r'<td class="mono">[2-9A-Z]{4}</td>', last.text)) == 5
    assert stage.event.state is EventState.DRAWN


def test_the_minutes_name_keepers_and_witness_and_no_code(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = played(desk, 2)
    stage.accounts["keeper1"].display_name = "季婉晴"
    stage.accounts["supervisor"].display_name = "庄佳颖"
    desk.session.commit()

    reply = as_(app, client, stage, "supervisor").get(url(stage, "minutes.pdf"))

    assert reply.mimetype == "application/pdf"
    assert set("抽签记录季婉晴庄佳颖签名日期") <= characters(reply.data)
    assert as_(app, client, stage, "judge1").get(url(stage, "minutes.pdf")).status_code == 403


def test_decoding_asks_for_every_slip(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = played(desk, 2)
    stage.accounts["supervisor"].password_hash = hash_password("a long enough password")
    desk.session.commit()
    path = f"/admin/events/{stage.event.id}/results/decode"
    form = {
        "officer_slip": OFFICER_SLIP,
        "witness_slip": WITNESS_SLIP,
        "witness_handle": stage.accounts["supervisor"].username,
        "witness_password": "a long enough password",
    }
    officer = as_(app, client, stage, "officer")
    assert "第 1 层保管人的密钥条" in officer.get(path).text
    assert officer.post(path, data=form).status_code == 422
    assert officer.post(path, data={**form, "layer_1": OFFICER_SLIP}).status_code == 422
    assert stage.event.state is EventState.LOCKED

    assert officer.post(path, data={**form, "layer_1": SLIPS[1]}).status_code == 302
    assert stage.event.state is EventState.DECODED


def test_the_public_page_shows_layers_rules_and_record(client: FlaskClient, desk: Desk) -> None:
    stage = played(desk, 3)
    desk.session.commit()
    base = f"/contests/{stage.event.contest.slug}/{stage.event.slug}/draw"

    page = client.get(base).text

    draw = draw_of(desk, stage.event)
    assert isinstance(draw, Draw)
    assert all(layer.commitment in page for layer in draw.inner)
    assert "没有相邻的" in page
    assert client.get(f"{base}.json").get_json()["layers"] == 3
    assert "seeds" not in client.get(f"{base}.json").get_json()
