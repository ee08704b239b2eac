"""Verification and download: valid, replaced, revoked, unknown; only the holder gets the PDF."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.awards import award_event
from actions.certificates import replace_certificate, revoke_certificate
from actions.desk import Desk
from models.accounts import Account
from models.certificates import Certificate
from tests.result_world import Stage, final_event
from tests.support import sign_in


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose certificates are issued."""
    stage = final_event(desk)
    award_event(stage.seat("organizer"), stage.event, sample=True)
    desk.session.commit()
    return stage


def first(desk: Desk) -> Certificate:
    return desk.session.scalars(select(Certificate).order_by(Certificate.serial)).all()[0]


def test_the_form_asks_for_a_number(client: FlaskClient) -> None:
    assert client.get("/verify/").status_code == 200
    page = client.post("/verify/", data={"number": ""})
    assert page.status_code == 422
    assert "emsg" in page.text


def test_a_valid_certificate_is_confirmed_with_a_masked_name(
    client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    row = first(desk)

    page = client.post("/verify/", data={"number": row.number}, follow_redirects=True)

    assert page.status_code == 200
    assert "贺＊波" in page.text
    assert "贺定波" not in page.text
    assert stage.event.contest.name in page.text


@pytest.mark.parametrize("change", [str.lower, lambda number: f" {number[:4]} {number[4:]} "])
def test_a_number_is_read_however_it_is_typed(
    client: FlaskClient,
    desk: Desk,
    stage: Stage,
    change: object,
) -> None:
    assert callable(change)
    assert client.get(f"/verify/{change(first(desk).number)}").status_code == 200


@pytest.mark.parametrize(
    ("name", "words"), [("贺定波", "与持证人一致"), ("林澈", "与持证人不一致")]
)
def test_a_name_is_compared_and_never_told(
    client: FlaskClient, desk: Desk, stage: Stage, name: str, words: str
) -> None:
    page = client.post("/verify/", data={"number": first(desk).number, "name": name})

    assert words in page.text


def test_unknown_and_mistyped_numbers_are_answered_in_words(
    client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    number = first(desk).number
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")

    for typed in (wrong, "whatever", "DHJN-2026-HG-00187Y"):
        page = client.get(f"/verify/{typed}")
        assert page.status_code == 404
        assert "没有查到这个编号" in page.text


def test_replaced_and_revoked_are_said_with_their_ground(
    client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    row = first(desk)
    heir = replace_certificate(stage.seat("organizer"), row, ground="遗失补发")
    desk.session.commit()
    page = client.get(f"/verify/{row.number}").text
    assert heir.number in page
    assert "遗失补发" in page

    revoke_certificate(stage.seat("organizer"), heir, ground="冒名参赛")
    desk.session.commit()

    page = client.get(f"/verify/{heir.number}").text
    assert "冒名参赛" in page
    assert "已撤销" in page


def test_the_holder_downloads_the_own_certificate_and_nobody_else(
    app: Flask, client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    address = f"/account/certificates/{first(desk).number}.pdf"
    assert client.get(address).status_code == 302
    winner, other = (
        desk.session.scalars(select(Account).filter_by(person_id=person.id)).one()
        for person in stage.people[:2]
    )
    sign_in(app, client, desk, other)
    assert client.get(address).status_code == 404
    sign_in(app, client, desk, winner)

    answer = client.get(address)

    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
