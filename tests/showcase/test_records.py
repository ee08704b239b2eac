"""My record: shown to its owner, taken along, consents withdrawn."""

import json

from flask import Flask
from flask.testing import FlaskClient

from actions.craftsmen import give_consent, has_consent
from actions.desk import Desk
from models.accounts import Account
from rules.terms import ConsentPurpose
from tests.entry_world import contestant, filled, open_event, own, sample_id
from tests.showcase.pages import words
from tests.support import make_account, sign_in


def owner(app: Flask, client: FlaskClient, desk: Desk) -> tuple[Desk, Account]:
    event = open_event(desk)
    seat = contestant(desk, event)
    filled(seat, event)
    account = desk.session.get_one(Account, seat.actor.account_id)
    sign_in(app, client, desk, account)
    return own(seat), account


def test_the_page_masks_and_the_file_does_not(app: Flask, client: FlaskClient, desk: Desk) -> None:
    owner(app, client, desk)

    page = client.get("/account/record/").text
    file = client.post("/account/record/export")

    assert "粮油储运" in page
    assert sample_id(1) not in page
    assert "没有人查看过完整号码" in page
    assert file.headers["Content-Disposition"].endswith("my-record.json")
    assert json.loads(file.text)["person"]["id_number"] == sample_id(1)


def test_a_consent_is_withdrawn_by_its_giver_alone(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    seat, account = owner(app, client, desk)
    assert account.person is not None
    consent = give_consent(seat, account.person, ConsentPurpose.STORY, text_version="2026-11")
    desk.session.commit()
    address = f"/account/record/consents/{consent.id}/withdraw"
    stranger = app.test_client()
    sign_in(app, stranger, desk, make_account(desk.session, "旁人"))

    stranger.post(address)
    assert has_consent(desk, account.person, ConsentPurpose.STORY)
    page = client.post(address, follow_redirects=True).text

    assert "已撤回同意" in page
    assert not has_consent(desk, account.person, ConsentPurpose.STORY)


def test_a_newcomer_is_told_what_comes(app: Flask, client: FlaskClient, desk: Desk) -> None:
    sign_in(app, client, desk, make_account(desk.session, "新人"))

    page = words(client, "/account/record/")

    assert "你还没有填写身份信息" in page
    assert client.get("/account/record/").headers["Cache-Control"] == "private, no-store"
