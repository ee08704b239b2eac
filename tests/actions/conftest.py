"""What the races share: a database that several threads write to at once."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from web.db import tune_sqlite


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own: a file of SQLite's, or a fresh database of the server."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        made = create_engine(f"sqlite:///{tmp_path / 'race.sqlite'}")
        tune_sqlite(made)
        yield made
        made.dispose()
        return
    name = f"race_{secrets.token_hex(4)}"
    outer = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with outer.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = create_engine(outer.url.set(database=name))
    yield made
    made.dispose()
    with outer.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    outer.dispose()
