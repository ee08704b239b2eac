"""The sample world is prepared once, by the site's own actions, on either database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from actions.accounts import sign_in
from models.accounts import Account
from models.contests import Contest, Event
from models.craftsmen import Craftsman
from models.outbox import Errand
from models.studios import Studio
from rules.permits import SYSTEM
from rules.states import EventState, OutboxState
from web.db import db
from web.login import desk
from web.settings import Settings
from web.world.logins import PASSWORD, demo_logins
from wsgi import create_app


@pytest.fixture
def fresh(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site of its own, without a table."""
    url = ""
    if os.environ.get("TEST_DATABASE") == "postgresql":
        outer = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with outer.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS sample_world"))
            connection.execute(text("CREATE DATABASE sample_world"))
        outer.dispose()
        url = outer.url.set(database="sample_world").render_as_string(hide_password=False)
    settings = Settings(secret_key="tests only", database_url=url, var_dir=tmp_path, demo=True)
    made = create_app(settings)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def counted(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def check_the_world() -> None:
    """What the demo promises is there."""
    assert counted(Craftsman) >= 48
    assert counted(Contest) >= 8
    assert counted(Studio) >= 15
    states = set(db.session.scalars(select(Event.state)))
    assert {EventState.OPEN, EventState.SCORING, EventState.FINAL} <= states or len(states) >= 5
    waiting = select(Errand.id).where(Errand.kind == "index", Errand.state == OutboxState.WAITING)
    assert db.session.scalars(waiting).first() is None


def test_a_demo_is_prepared_once_and_everybody_can_sign_in(fresh: Flask) -> None:
    runner = fresh.test_cli_runner()

    first = runner.invoke(args=["demo", "prepare"])

    assert first.exit_code == 0, first.output
    assert "The sample world is loaded." in first.output
    with fresh.app_context():
        check_the_world()
        accounts = counted(Account)
        for name, _title in demo_logins():
            assert sign_in(desk(SYSTEM), handle=name, password=PASSWORD, address=name)
        db.session.rollback()

    second = runner.invoke(args=["demo", "prepare"])

    assert "already there" in second.output
    with fresh.app_context():
        assert counted(Account) == accounts
    sound = runner.invoke(args=["search", "verify"])
    assert sound.exit_code == 0, sound.output
    chains = runner.invoke(args=["ledger", "verify"])
    assert chains.exit_code == 0, chains.output
