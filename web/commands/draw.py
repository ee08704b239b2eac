"""``flask draw replay FILE``: computes a downloaded record again; no database is asked."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext

from rules.draw_records import replay_record
from rules.errors import Refusal
from web.errors import sentence

group = AppGroup("draw", help="Check draws.")
MOST = 5_000_000


class ReplayRefused(click.ClickException):
    """A record that is not true, in one sentence; the command ends with 2."""

    exit_code = 2


def register(app: Flask) -> None:
    """Attach the commands."""
    app.cli.add_command(group)


@group.command("replay")
@click.argument("file", type=click.Path(path_type=Path))
def replay(file: Path) -> None:
    """Compute the draw that FILE records and say whether it is true."""
    try:
        found = replay_record(_read(file))
    except Refusal as refusal:
        raise ReplayRefused(sentence(refusal)) from None
    click.echo(
        gettext(
            "The draw holds: %(count)s entrants in %(batches)s batches, %(clashes)s neighbours "
            "of one unit.",
            count=found.entrants,
            batches=found.batches,
            clashes=found.clashes,
        )
    )
    if found.opened:
        click.echo(gettext("The blind codes are those of the published seeds too."))


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > MOST:
            raise ReplayRefused(gettext("The file %(name)s is too large.", name=file))
        value: object = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise ReplayRefused(gettext("The file %(name)s cannot be read.", name=file)) from None
    except (ValueError, RecursionError):
        raise ReplayRefused(gettext("The file %(name)s is not JSON.", name=file)) from None
    return value
