"""What the tests of the office's pages share."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event

from actions.desk import Desk
from rules.permits import Role
from tests.support import give, make_account, sign_in
from web.db import db


def staff(app: Flask, desk: Desk, *roles: Role, name: str = "测试员") -> FlaskClient:
    """Return a browser signed in with these roles."""
    account = make_account(desk.session, name)
    for role in roles:
        give(desk.session, account, role)
    browser = app.test_client()
    sign_in(app, browser, desk, account)
    return browser


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the reads inside the block; it starts with a session that knows no row."""
    db.session.commit()
    db.session.expunge_all()
    seen: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]).startswith(("SELECT", "WITH")):
            seen.append(str(args[2]))

    engine = db.session.connection().engine
    sql_event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sql_event.remove(engine, "before_cursor_execute", note)
