"""Runs migrations on the application's own engine; SQLite alters tables in batch mode."""

from typing import Any

from alembic import context
from flask import current_app

from models.base import DecimalText, UtcDateTime
from models.everything import METADATA

config = context.config
PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", DecimalText: "sa.Text()"}


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own types as what the database sees, so that old migrations need no new code."""
    return PLAIN.get(type(item), False) if kind == "type" else False


def run() -> None:
    """Migrate inside one transaction; SQLite's begin is sent by us, so its DDL is in it."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
