"""Certificates for staff: awards given once, PDFs, replacements, revocations."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from models.certificates import Certificate
from rules.states import CertificateState, EventState
from tests.result_world import NAMES, Stage, final_event, marked_event
from tests.support import sign_in


@pytest.fixture
def stage(app: Flask, client: FlaskClient, desk: Desk) -> Stage:
    """A final event, with its organizer signed in."""
    stage = final_event(desk)
    desk.session.commit()
    sign_in(app, client, desk, stage.accounts["organizer"])
    return stage


def url(stage: Stage, path: str = "") -> str:
    return f"/admin/events/{stage.event.id}/certificates/{path}"


def issued(desk: Desk) -> list[Certificate]:
    return list(desk.session.scalars(select(Certificate).order_by(Certificate.serial)))


def test_the_awards_are_given_once(client: FlaskClient, desk: Desk, stage: Stage) -> None:
    assert "4" in client.get(url(stage)).text
    assert client.get(url(stage, "award")).status_code == 200

    page = client.post(url(stage, "award"), follow_redirects=True)

    assert stage.event.state is EventState.AWARDED
    assert all(name in page.text for name in NAMES[:4])
    assert all(row.is_sample for row in issued(desk))  # a demonstration issues specimens only
    assert client.post(url(stage, "award")).status_code == 409


def test_a_certificate_is_sent_as_pdf(client: FlaskClient, desk: Desk, stage: Stage) -> None:
    client.post(url(stage, "award"))

    answer = client.get(url(stage, f"{issued(desk)[0].number}.pdf"))

    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(url(stage, "DHJN-2026-XX-00001A.pdf")).status_code == 404


def test_a_certificate_is_replaced_and_revoked(
    client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    client.post(url(stage, "award"))
    row = issued(desk)[0]
    for deed in ("replace", "revoke"):
        assert client.get(url(stage, f"{row.number}/{deed}")).status_code == 200
        assert client.post(url(stage, f"{row.number}/{deed}"), data={}).status_code == 422

    client.post(url(stage, f"{row.number}/replace"), data={"ground": "遗失补发"})
    heir = issued(desk)[-1]
    client.post(url(stage, f"{heir.number}/revoke"), data={"ground": "冒名参赛"})

    desk.session.expire_all()
    assert (row.state, row.replaced_by) == (CertificateState.REPLACED, heir)
    assert heir.state is CertificateState.REVOKED
    page = client.get(url(stage)).text
    assert "遗失补发" in page
    assert client.get(url(stage, f"{heir.number}.pdf")).status_code == 409


def test_a_name_the_font_cannot_write_is_pointed_out_before_the_awards(
    client: FlaskClient, desk: Desk, stage: Stage
) -> None:
    stage.people[0].name = "贺𠮷波"
    desk.session.commit()

    assert "贺𠮷波" in client.get(url(stage)).text


def test_only_who_issues_certificates_gets_in(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = marked_event(desk)
    desk.session.commit()
    for who in ("chief", "judge1", "officer"):
        sign_in(app, client, desk, stage.accounts[who])
        assert client.get(url(stage)).status_code == 403
    sign_in(app, client, desk, stage.accounts["organizer"])
    assert client.get(url(stage)).status_code == 200
