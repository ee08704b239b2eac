"""``flask entries expire``: erases answers that were kept long enough."""

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext

from actions.expiry import expire_all
from rules.permits import SYSTEM
from web.db import db
from web.login import desk

group = AppGroup("entries", help="Keep the answers of entries.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("expire")
def expire() -> None:
    """Erase what is due in every event and say how much it was."""
    erased = expire_all(desk(SYSTEM))
    db.session.commit()
    click.echo(
        gettext(
            "Erased %(answers)s answers of %(entries)s entries and %(files)s files.",
            answers=erased.answers,
            entries=erased.entries,
            files=erased.files,
        )
    )
