"""The pages of signing in by a code, on a telephone as well."""

import re

import pytest
from flask.testing import FlaskClient

from actions.codes import code_of
from actions.desk import Desk
from models.codes import LoginCode
from tests.support import make_account

PHONE = "13800001234"
CSRF = re.compile(r'name="csrf_token" value="[^"]*"')
ASK, ENTER = "/account/code/", "/account/code/enter"


@pytest.fixture(autouse=True)
def owner(desk: Desk) -> None:
    make_account(desk.session, "贺选手", phone_mark=desk.vault.mark(PHONE))
    desk.session.commit()


def newest(desk: Desk) -> LoginCode:
    row = desk.session.query(LoginCode).order_by(LoginCode.id.desc()).first()
    assert row is not None
    return row


def test_a_code_leads_in_and_back_to_where_one_came_from(client: FlaskClient, desk: Desk) -> None:
    assert "/account/code/?next=/account/record/" in client.get(
        "/account/login?next=/account/record/"
    ).text.replace("%2F", "/")
    sent = client.post(ASK, data={"phone": "138 0000 1234", "next": "/account/record/"})
    assert sent.location.replace("%2F", "/") == f"{ENTER}?next=/account/record/"
    page = client.get(sent.location)
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text
    assert "138****1234" in page.text

    code = code_of(desk, newest(desk))
    done = client.post(sent.location, data={"code": code, "next": "/account/record/"})

    assert done.location == "/account/record/"
    assert client.get("/account/record/").status_code == 200
    with client.session_transaction() as cookie:
        assert "code_phone" not in cookie


def test_the_answer_is_the_same_for_a_number_nobody_has(client: FlaskClient) -> None:
    pages = []
    for phone in (PHONE, "13900004321"):
        sent = client.post(ASK, data={"phone": phone})
        main = client.get(sent.location).text.partition("<main")[2].partition("</main>")[0]
        shown = f"{phone[:3]}****{phone[-4:]}"
        page = CSRF.sub("", main.replace(phone, "").replace(shown, ""))
        pages.append((sent.status_code, sent.location, page))

    assert pages[0] == pages[1]


def test_wrong_input_is_named_and_counts(client: FlaskClient, desk: Desk) -> None:
    assert client.get(ENTER).location == ASK
    assert client.post(ASK, data={"phone": "123"}).status_code == 422
    assert client.post(ASK, data={}).status_code == 422
    client.post(ASK, data={"phone": PHONE})
    assert client.post(ENTER, data={"code": ""}).status_code == 422
    right = code_of(desk, newest(desk))
    wrong = client.post(ENTER, data={"code": f"{(int(right) + 1) % 10**6:06d}"})

    assert wrong.status_code == 422
    assert "验证码不对或已失效" in wrong.text
    assert newest(desk).tries == 1
    away = client.post(ENTER, data={"code": right, "next": "//evil.example"})
    assert away.location == "/account/"


def test_too_many_codes_are_refused_in_words(client: FlaskClient, desk: Desk) -> None:
    for _ in range(5):
        client.post(ASK, data={"phone": PHONE})
    told = client.post(ASK, data={"phone": PHONE})

    assert told.status_code == 422
    assert "过于频繁" in told.text
    assert desk.session.query(LoginCode).count() == 5
