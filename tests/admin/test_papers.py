"""Papers on screen: ordered, followed, downloaded under safe names."""

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

import actions.papers
from actions.desk import Desk
from models.papers import PrintBatch
from rules.permits import Role
from rules.states import PrintState
from tests.actions.test_papers import carried
from tests.admin.office import staff
from tests.sitting_world import MINUTE, Hall, hall
from tests.support import sign_in


@pytest.fixture
def made(desk: Desk) -> Hall:
    """One sitting with three entrants."""
    return hall(desk)


def url(made: Hall, tail: str = "") -> str:
    return f"/admin/events/{made.event.id}/papers/{tail}"


def test_an_order_is_followed_until_it_can_be_downloaded(
    app: Flask, desk: Desk, made: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.papers, "VOLUME", 2)
    office = staff(app, desk, Role.HOST_OFFICE)
    assert "还没有排版" in office.get(url(made)).text

    page = office.post(url(made, "ticket/order"), follow_redirects=True).text
    assert "已排 0 份，共 3 份" in page
    assert "data-following" in page
    assert office.get(url(made, "ticket/1.pdf")).status_code == 404
    carried(desk)
    page = office.get(url(made)).text
    assert "下载第 1–2 份（PDF）" in page
    assert "data-following" not in page

    reply = office.get(url(made, "ticket/2.pdf"))
    assert reply.data.startswith(b"%PDF")
    slug = made.event.slug
    assert reply.headers["Content-Disposition"] == f"attachment; filename=ticket-{slug}-2.pdf"
    pack = zipfile.ZipFile(io.BytesIO(office.get(url(made, "ticket/all.zip")).data))
    assert pack.namelist() == [f"ticket-{slug}-1.pdf", f"ticket-{slug}-2.pdf"]
    assert pack.read(f"ticket-{slug}-2.pdf") == reply.data


def test_an_order_that_stands_still_says_so(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    office.post(url(made, "badge/order"))
    batch = desk.session.query(PrintBatch).one()
    batch.ordered_at -= 5 * MINUTE
    desk.session.commit()

    assert "两分钟没有进展" in office.get(url(made)).text


def test_a_failure_gives_its_reason(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    office.post(url(made, "badge/order"))
    batch = desk.session.query(PrintBatch).one()
    batch.state, batch.trouble = PrintState.FAILED, "no ink"
    desk.session.commit()

    page = office.get(url(made)).text

    assert "排版没有成功" in page
    assert "no ink" in page
    assert office.get(url(made, "badge/all.zip")).status_code == 404


def test_unknown_kinds_and_batches_are_not_found(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)

    assert office.post(url(made, "poster/order")).status_code == 404
    assert office.get(url(made, "poster/1.pdf")).status_code == 404
    assert office.get(url(made, "ticket/1.pdf")).status_code == 404
    assert office.get(url(made, "ticket/all.zip")).status_code == 404


@pytest.mark.parametrize("who", ["chief", "judge1", "officer", "supervisor"])
def test_others_see_nothing(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall, who: str
) -> None:
    sign_in(app, client, desk, made.stage.accounts[who])

    assert client.get(url(made)).status_code == 403
    assert client.post(url(made, "ticket/order")).status_code == 403
    assert client.get(url(made, "ticket/1.pdf")).status_code == 403
