"""The worker's side of an invitation: what the link shows, and what it refuses."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.invitations import token_of
from actions.workers import check_workers, commit_workers
from models.contests import Event
from models.entries import Entry
from models.units import Invitation
from rules.states import InvitationState
from tests.contest_world import at
from tests.entry_world import open_event, sample_id
from tests.support import actor_of, make_account, sign_in
from tests.unit_world import cells, contact_account, make_unit, sheet
from web.clock import now

LAST = sample_id(7)[-4:]


@pytest.fixture
def row(desk: Desk) -> Invitation:
    event: Event = open_event(desk, quota=9)
    event.entries_open_at = now().replace(year=now().year - 1)
    event.entries_close_at = now().replace(year=now().year + 1)
    unit = make_unit(desk)
    clerk = at(desk.acting_as(actor_of(desk.session, contact_account(desk, unit))), now())
    batch = check_workers(clerk, event, unit, sheet(cells(7)), key="e" * 32)
    commit_workers(clerk, batch)
    desk.session.commit()
    return desk.session.query(Invitation).one()


def url(desk: Desk, row: Invitation) -> str:
    return f"/account/invitations/{token_of(desk, row)}"


def worker(app: Flask, desk: Desk) -> FlaskClient:
    browser = app.test_client()
    sign_in(app, browser, desk, make_account(desk.session, "受邀职工"))
    return browser


def test_the_link_shows_what_the_unit_wrote_masked(
    client: FlaskClient, desk: Desk, row: Invitation
) -> None:
    reply = client.get(url(desk, row))

    assert cells(7)["name"] in reply.text
    assert sample_id(7) not in reply.text
    assert LAST not in reply.text, "the proof must not stand on the page that asks for it"
    assert f"next={url(desk, row)}" in reply.text.replace("%2F", "/")
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert client.post(url(desk, row)).headers["Location"].startswith("/account/login")


def test_the_worker_agrees_and_goes_on_with_the_own_entry(
    app: Flask, desk: Desk, row: Invitation
) -> None:
    browser, here = worker(app, desk), url(desk, row)
    for data in ({}, {"last": LAST}, {"last": "00001", "consent": "y"}):
        assert browser.post(here, data=data).status_code == 422
    wrong = browser.post(here, data={"last": "0000", "consent": "y"})
    assert "后四位不符" in wrong.text
    assert row.wrong_tries == 1
    assert desk.session.query(Entry).count() == 0

    done = browser.post(here, data={"last": LAST, "consent": "y"})

    entry = desk.session.query(Entry).one()
    assert done.headers["Location"] == f"/account/entries/{entry.id}/step/1"
    assert sample_id(7) in browser.get(done.headers["Location"]).text
    assert browser.get(here).headers["Location"] == f"/account/entries/{entry.id}"
    assert browser.post(here).headers["Location"] == f"/account/entries/{entry.id}"


def test_replayed_foreign_and_ended_links_are_refused_in_words(
    app: Flask, client: FlaskClient, desk: Desk, row: Invitation
) -> None:
    here = url(desk, row)
    assert client.get("/account/invitations/" + "0" * 40).status_code == 403
    row.expires_at = now().replace(year=now().year - 1)
    desk.session.commit()
    ended = client.get(here)
    assert ended.status_code == 409
    assert "链接已过期" in ended.text
    row.expires_at = now().replace(year=now().year + 1)
    desk.session.commit()
    worker(app, desk).post(here, data={"last": LAST, "consent": "y"})

    replayed = worker(app, desk).get(here)

    assert replayed.status_code == 409
    assert "已经用过" in replayed.text
    assert worker(app, desk).post(here, data={"last": LAST, "consent": "y"}).status_code == 409
    assert desk.session.query(Entry).count() == 1
    assert row.state is InvitationState.ACCEPTED
