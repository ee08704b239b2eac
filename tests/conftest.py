"""What every test stands on: one application, one schema, one transaction a test."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis
from sqlalchemy.orm import Session

from actions.desk import Desk
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.everything import METADATA
from rules.permits import SYSTEM
from tests.pages import PageChecker
from tests.support import NOW, postgres_url
from web.catalogues import build
from web.db import db
from web.settings import Settings
from wsgi import create_app  # tests stand outside the house

hypothesis.register_profile("house", deadline=None)  # a busy machine is no fault of the code
hypothesis.load_profile("house")


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """SQLite in memory, or a PostgreSQL of our own where TEST_DATABASE says so."""
    if os.environ.get("TEST_DATABASE") == "postgresql":
        with postgres_url() as url:
            yield url
    else:
        yield "sqlite://"


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The whole site with both faces, its schema created once."""
    build()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            secret_key="tests only", database_url=database_url, var_dir=Path(folder), demo=True
        )
        app = create_app(settings)
        app.test_client_class = PageChecker
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        app.before_request_funcs.setdefault(None, []).insert(0, _forget)
        with app.app_context():
            METADATA.create_all(db.engine)
        yield app
        with app.app_context():
            db.engine.dispose()


def _forget() -> None:
    """Start each request with an empty ``g``: here all of them share the test's context."""
    vars(g._get_current_object()).clear()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The session of one test: whatever is committed is undone at its end."""
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        engines = db._app_engines[app]  # the extension has no public door for this
        engines[None] = connection
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        yield db.session()
        db.session.remove()
        outer.rollback()
        connection.close()
        engines[None] = engine


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """A browser without a screen."""
    return app.test_client()


@pytest.fixture
def desk(app: Flask, session: Session) -> Desk:
    """The desk of the system itself; ``desk.acting_as(actor)`` seats somebody else."""
    vault: Vault = app.extensions["vault"]
    shelf: Shelf = app.extensions["shelf"]
    return Desk(session=session, actor=SYSTEM, now=NOW, vault=vault, shelf=shelf)
