"""Sessions the server can end, doors that send to the login page, portraits behind their door."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.accounts import close_account, register_account
from actions.desk import Desk
from models.accounts import LoginSession
from models.entries import Entry
from models.media import Media
from rules.accounts import IDLE_LIMIT
from rules.permits import Role, Scope
from tests.contest_world import announced_event
from tests.support import NOW, give, make_account, sign_in
from web.clock import now

PASSWORD = "a short sentence"


def test_signing_in_leads_back_and_out_again_ends_the_session(
    client: FlaskClient, desk: Desk, session: Session
) -> None:
    register_account(desk, name="贺示例", handle="he@example.cn", password=PASSWORD)
    session.commit()
    form = {"handle": "he@example.cn", "password": PASSWORD, "next": "/stories/"}

    assert client.post("/account/login", data=form).location == "/stories/"
    assert client.get("/account/entries/").status_code == 200
    assert client.post("/account/logout").status_code == 302

    assert session.scalars(select(LoginSession)).one().ended_at is not None
    assert "/account/login?next=" in client.get("/account/entries/").location


def test_a_session_is_touched_once_a_minute_and_ends_when_idle(
    app: Flask, client: FlaskClient, desk: Desk, session: Session
) -> None:
    sign_in(app, client, desk, make_account(session))
    row = session.scalars(select(LoginSession)).one()
    row.seen_at = now() - dt.timedelta(minutes=5)
    session.commit()

    assert client.get("/account/entries/").status_code == 200
    session.expire_all()
    assert now() - row.seen_at < dt.timedelta(minutes=1)

    row.seen_at = now() - IDLE_LIMIT - dt.timedelta(minutes=1)
    session.commit()
    assert client.get("/account/entries/").status_code == 302


def test_a_closed_account_is_out_at_once(
    app: Flask, client: FlaskClient, desk: Desk, session: Session
) -> None:
    account = make_account(session)
    sign_in(app, client, desk, account)
    close_account(desk, account)
    session.commit()

    assert client.get("/account/entries/").status_code == 302


def test_a_forged_cookie_opens_nothing(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "1"

    assert client.get("/account/entries/").status_code == 302


def test_who_lacks_a_permit_is_refused_and_not_sent_away(
    app: Flask, client: FlaskClient, desk: Desk, session: Session
) -> None:
    sign_in(app, client, desk, make_account(session))

    assert client.get("/admin/").status_code == 403


def test_a_post_without_a_session_asks_to_sign_in_without_a_way_back(client: FlaskClient) -> None:
    assert client.post("/account/logout").location == "/account/login"


def portrait(desk: Desk, owner_id: int) -> Media:
    row = Media(
        stem="p" + "a" * 40,
        width=320,
        height=400,
        widths=[320],
        alt="",
        is_public=False,
        owner_id=owner_id,
        created_at=NOW,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.shelf.put(f"{row.stem}-320.webp", b"RIFF")
    return row


@pytest.mark.parametrize(("role", "status"), [(None, 404), (Role.JUDGE, 404), (Role.REVIEWER, 200)])
def test_a_portrait_is_for_its_owner_and_the_reviewers(
    app: Flask, client: FlaskClient, desk: Desk, role: Role | None, status: int
) -> None:
    session, event = desk.session, announced_event(desk)
    owner, other = make_account(session), make_account(session)
    row = portrait(desk, owner.id)
    session.add(
        Entry(
            event_id=event.id,
            account_id=owner.id,
            photo_id=row.id,
            form_key=f"f{owner.id}",
            started_at=NOW,
        )
    )
    if role is not None:
        scope = Scope.EVENT if role is Role.JUDGE else Scope.CONTEST
        number = event.id if role is Role.JUDGE else event.contest_id
        give(session, other, role, scope, number, event.contest_id)
    sign_in(app, client, desk, other)
    address = f"/media/private/{row.stem}-320.webp"

    reply = client.get(address)
    reply.close()
    assert reply.status_code == status

    sign_in(app, client, desk, owner)
    own = client.get(address)
    own.close()
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")
    assert client.get(f"/media/{row.stem}-320.webp").status_code == 404
