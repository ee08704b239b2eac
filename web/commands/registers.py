"""``flask register load``: the registers of a new installation, from tables."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from actions.desk import Desk
from actions.registers import (
    Loaded,
    Row,
    load_industries,
    load_occupations,
    load_organizations,
    load_towns,
)
from rules.errors import Invalid
from rules.permits import SYSTEM
from web.db import db
from web.errors import sentence
from web.login import desk
from web.world.files import FOLDER

TABLES: tuple[tuple[str, Callable[[Desk, Iterable[Row]], Loaded]], ...] = (
    ("industries", load_industries),
    ("occupations", load_occupations),
    ("towns", load_towns),
    ("organizations", load_organizations),
)
FRAME = ("industries", "occupations", "towns")
"""What is real of the sample files; the organizations there are invented."""
group = AppGroup("register", help="Load the registers of a new installation.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("load")
@click.option("--from", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(folder: Path | None) -> None:
    """Load industries, occupations, towns and organizations from the TSV files of a folder.

    Without a folder the district's own trades and towns are loaded. Rows are
    known by their code or name; loading again changes what changed.
    """
    at = desk(SYSTEM)
    said = []
    try:
        for name, work in TABLES:
            path = (folder or FOLDER) / f"{name}.tsv"
            if (folder is None and name not in FRAME) or not path.exists():
                continue
            done = work(at, _rows(path))
            said.append(f"{name}: {done.new} new, {done.changed} changed, {done.same} as before")
    except (Invalid, KeyError) as trouble:
        db.session.rollback()
        words = sentence(trouble) if isinstance(trouble, Invalid) else f"no column {trouble}"
        click.echo(f"{path.name}: {words}")
        raise SystemExit(1) from None
    db.session.commit()
    click.echo("\n".join(said or ["No table was found. Nothing was changed."]))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
