"""``flask search``: builds, checks and asks the index."""

import json
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import func, select

from models.outbox import Errand
from search_index import maintenance
from web.db import db
from web.indexing import documents
from web.search import search_desk

group = AppGroup("search", help="Build, check and ask the search index.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("rebuild")
def rebuild() -> None:
    """Build the index anew; the site answers from the old one meanwhile."""
    session = db.session()
    cursor = session.scalar(select(func.max(Errand.id))) or 0
    pages = list(documents(session))
    status = maintenance.rebuild(search_desk().engine, pages, cursor=cursor)
    click.echo(f"The index holds {status.documents} pages.")


@group.command("verify")
def verify() -> None:
    """Compare the index with the database; exit 1 when they differ."""
    verdict = maintenance.verify(search_desk().engine, documents(db.session()))
    for fault in verdict.faults:
        click.echo(fault)
    if not verdict.sound:
        raise SystemExit(1)
    click.echo("The index is sound.")


@group.command("query")
@click.argument("text")
def query(text: str) -> None:
    """Answer TEXT in lines: place, score, page and reason."""
    for line in maintenance.query(search_desk(), text):
        click.echo(line)


@group.command("judge")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def judge(path: Path) -> None:
    """Score the index by judged queries: a JSON list of [class, query, {page: grade}]."""
    judged: list[tuple[str, str, dict[str, Any]]] = [
        (kind, text, grades) for kind, text, grades in json.loads(path.read_text("utf-8"))
    ]
    for kind, score in maintenance.judge(search_desk(), judged).items():
        click.echo(f"{kind:16} {score}")
