"""``flask demo prepare``: schema, sample world and index of a demo, each only where missing."""

import logging

import click
from flask import Flask
from flask.cli import AppGroup
from flask_migrate import upgrade

from web.commands.search import rebuild
from web.commands.seed import seed

group = AppGroup("demo", help="Make a demo ready.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("prepare")
@click.pass_context
def prepare(context: click.Context) -> None:
    """Bring the schema up to date, load the sample world once, build the index."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    click.echo("Bringing the schema up to date.")
    upgrade()
    context.invoke(seed)
    click.echo("Building the search index.")
    context.invoke(rebuild)
