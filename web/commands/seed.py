"""``flask seed``: loads the sample world once."""

import click
from flask import Flask
from flask.cli import with_appcontext

from rules.permits import SYSTEM
from web.db import db
from web.login import desk
from web.world import play


def register(app: Flask) -> None:
    """Attach the command."""
    app.cli.add_command(seed)


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Load the sample world; a database that already holds it is left alone."""
    at = desk(SYSTEM)
    if play.is_loaded(at):
        click.echo("The sample world is already there.")
        return
    play.load(at, lambda words: click.echo(f"  loading {words}"))
    db.session.commit()
    click.echo("The sample world is loaded.")
