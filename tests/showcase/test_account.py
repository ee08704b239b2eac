"""The door: opening an account, signing in and out, being led to one's work."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.desk import Desk
from models.accounts import Account
from rules.permits import Role
from tests.admin.office import staff

NEW = {"name": "贺选手", "handle": "13800001234", "password": "一句很好记的短话"}


def test_an_account_is_opened_and_signed_in(client: FlaskClient, session: Session) -> None:
    assert client.get("/account/").status_code == 302
    answer = client.post("/account/register", data={**NEW, "next": "/account/entries/"})

    assert (answer.status_code, answer.location) == (302, "/account/entries/")
    assert session.scalars(select(Account.display_name)).all() == ["贺选手"]
    assert client.get("/account/").location == "/account/entries/"
    assert client.post("/account/logout").status_code == 302
    assert "/account/login" in client.get("/account/entries/").location


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"handle": "123"}, "handle", id="neither-phone-nor-mail"),
        pytest.param({"password": "short"}, "password", id="short-password"),
        pytest.param({"name": ""}, "name", id="no-name"),
    ],
)
def test_what_is_wrong_is_named_and_linked(
    client: FlaskClient, session: Session, change: dict[str, str], field: str
) -> None:
    answer = client.post("/account/register", data={**NEW, **change})

    assert answer.status_code == 422
    assert "<title>有 1 处需要改" in answer.text
    assert f'href="#{field}"' in answer.text
    assert session.scalars(select(Account)).all() == []


def test_a_number_has_one_account(client: FlaskClient, session: Session) -> None:
    client.post("/account/register", data=NEW)
    client.post("/account/logout")

    answer = client.post("/account/register", data={**NEW, "name": "另一人"})

    assert answer.status_code == 422
    assert len(session.scalars(select(Account)).all()) == 1


def test_wrong_names_and_wrong_passwords_read_alike(client: FlaskClient) -> None:
    client.post("/account/register", data=NEW)
    client.post("/account/logout")
    tries = [
        {"handle": NEW["handle"], "password": "wrong words"},
        {"handle": "13800009999", "password": NEW["password"]},
    ]

    said = []
    for data in tries:
        answer = client.post("/account/login", data=data)
        assert answer.status_code == 422
        start = answer.text.index("errsum-title")
        said.append(answer.text[start : answer.text.index("</ul>", start)])

    assert said[0] == said[1]


def test_signing_in_leads_back_but_never_out_of_the_site(client: FlaskClient) -> None:
    client.post("/account/register", data=NEW)
    for target, place in (("/contests/", "/contests/"), ("https://evil.example/", "/account/")):
        client.post("/account/logout")
        answer = client.post("/account/login", data={**NEW, "next": target})
        assert answer.location == place


def test_everybody_is_led_to_where_their_work_is(app: Flask, desk: Desk) -> None:
    assert staff(app, desk, Role.ORGANIZER).get("/account/").location == "/admin/"
    assert staff(app, desk, Role.JUDGE).get("/account/").location == "/judge/"
