"""Who is at the other end: Flask-Login over our own sessions, which the server can end."""

import datetime as dt
from typing import NoReturn

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import update

from actions.accounts import live_session, sign_out
from actions.desk import Desk
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.accounts import Account, LoginSession
from models.roles import grants_of
from rules.errors import NotPermitted
from rules.permits import NOBODY, Actor, Permit, Place, may
from web.clock import now
from web.db import READ_ONLY, db

manager = LoginManager()
TOUCH = dt.timedelta(minutes=1)


class SignedInUser(UserMixin):
    """What Flask-Login carries: the token of our session, the account and its actor."""

    def __init__(self, token: str, row: LoginSession, actor: Actor) -> None:
        self.token = token
        self.account: Account = row.account
        self.actor = actor

    def get_id(self) -> str:
        """Return what the cookie keeps: the token, never an account number."""
        return self.token


def register(app: Flask) -> None:
    """Attach the login manager."""
    manager.init_app(app)
    manager.session_protection = None  # our own sessions are listed, limited and ended by row


def vault() -> Vault:
    """Return this application's vault."""
    kept: Vault = current_app.extensions["vault"]
    return kept


def shelf() -> Shelf:
    """Return this application's shelf."""
    kept: Shelf = current_app.extensions["shelf"]
    return kept


def desk(actor: Actor | None = None) -> Desk:
    """Set up the desk of this request, with its visitor at it."""
    return Desk(
        session=db.session(),
        actor=actor if actor is not None else current_actor(),
        now=request_time(),
        vault=vault(),
        shelf=shelf(),
    )


def request_time() -> dt.datetime:
    """Return the moment this request arrived: deadlines are judged by it alone."""
    if "received_at" not in g:
        g.received_at = now()
    moment: dt.datetime = g.received_at
    return moment


@manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login is untyped
def load_user(token: str) -> SignedInUser | None:
    """Find the live session of a cookie's token."""
    row = live_session(desk(NOBODY), token)
    if row is None:
        return None
    _touch(row)
    actor = Actor(row.account_id, row.account.person_id, grants_of(db.session(), row.account_id))
    return SignedInUser(token, row, actor)


def _touch(row: LoginSession) -> None:
    """Note that the session is in use, at most once a minute and in a transaction of its own."""
    if request_time() - row.seen_at < TOUCH:
        return
    key = row.id
    was = READ_ONLY.get()
    db.session.rollback()
    READ_ONLY.set(False)  # ContextVar.set has no keyword
    db.session.execute(
        update(LoginSession).where(LoginSession.id == key).values(seen_at=request_time())
    )
    db.session.commit()
    READ_ONLY.set(was)


def open_login(token: str) -> None:
    """Put a fresh session into the cookie; whatever it held before is dropped."""
    session.clear()
    row = live_session(desk(NOBODY), token)
    if row is not None:
        login_user(SignedInUser(token, row, NOBODY))


def close_login() -> None:
    """Sign out here and on the server."""
    if is_signed_in():
        sign_out(desk(), current_user.token)
    logout_user()
    session.clear()


def is_signed_in() -> bool:
    """Whether somebody is signed in."""
    return bool(current_user.is_authenticated)


def current_actor() -> Actor:
    """Return who acts in this request."""
    if not is_signed_in():
        return NOBODY
    actor: Actor = current_user.actor
    return actor


def current_account() -> Account:
    """Return the signed-in account; 401 leads to the login page."""
    if not is_signed_in():
        to_login()
    account: Account = current_user.account
    return account


def to_login() -> NoReturn:
    """Send the visitor to the login page and back afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    abort(redirect(url_for("account.login", next=back)))


def require_here(permit: Permit, place: Place) -> None:
    """Refuse the page unless the visitor holds ``permit`` at ``place``."""
    if not may(current_actor(), permit, place):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")
