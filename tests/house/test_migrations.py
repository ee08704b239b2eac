"""Migrations lead to exactly the tables of the models, up and down, on both databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, Enum, create_engine, inspect, text

from models.everything import METADATA
from web.db import db
from web.settings import Settings
from wsgi import create_app


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application over a database without tables."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    if os.environ.get("TEST_DATABASE") == "postgresql":
        outer = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with outer.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS migrations"))
            connection.execute(text("CREATE DATABASE migrations"))
        url = outer.url.set(database="migrations").render_as_string(hide_password=False)
        outer.dispose()
    made = create_app(Settings(secret_key="tests only", database_url=url, var_dir=tmp_path))
    yield made
    with made.app_context():
        db.engine.dispose()


def test_head_is_the_metadata_and_the_way_leads_down_and_up(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, METADATA) == []
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()


def test_migrated_tables_keep_every_check(empty: Flask) -> None:
    """A table that SQLite copies to change it must not lose its checks on the way."""
    with empty.app_context():
        upgrade()
        found = inspect(db.engine)
        for table in METADATA.tables.values():
            wanted = {
                check.name for check in table.constraints if isinstance(check, CheckConstraint)
            }
            kept = {check["name"] for check in found.get_check_constraints(table.name)}
            assert wanted <= kept, table.name
            states = [column.type for column in table.columns if isinstance(column.type, Enum)]
            text_of = " ".join(
                check["sqltext"] for check in found.get_check_constraints(table.name)
            )
            for kind in states:
                assert all(f"'{word}'" in text_of for word in kind.enums), table.name


def test_migrated_ledger_rows_are_guarded(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            if db.engine.dialect.name == "sqlite":
                query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            else:
                query = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ledger_row%'"
            assert connection.execute(text(query)).scalar_one() >= 1
