"""Search between database and index: what is indexed, how a query is answered, what errands do."""

from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.desk import Desk as DeedDesk
from models.occupations import Occupation
from search_index.desk import Desk, open_engine
from search_index.engine import Batch, EngineBusy, EngineDamaged, Reason
from search_index.plan import Plan, Why
from search_index.synonyms import DATA, Synonyms, read_table
from web.db import db
from web.indexing import document, documents, rows_of
from web.outbox import carries

log = structlog.get_logger()
KINDS = ("craftsman", "story", "contest", "studio", "notice")
NEAR = frozenset({Why.SYNONYM, Why.CORRECTION})
MAX_NEAR = 4
WINDOW = 200
"""Hits read from the engine for one query; pages are cut from what the database still shows."""


@dataclass(frozen=True)
class Found:
    """One page that may be shown now, and why it was found."""

    kind: str
    slug: str
    row: Any
    reason: Reason | None


@dataclass(frozen=True)
class Answer:
    """What a search gives: rows in order, the words to mark, whether the index was out of order."""

    rows: list[Found]
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    relaxed: bool = False
    reduced: bool = False


def register(app: Flask) -> None:
    """Open the index of this installation."""
    settings = app.config["SETTINGS"]
    engine = open_engine(settings.search_engine, settings.var_dir / "index")
    app.extensions["search"] = Desk(engine, synonyms=_register_synonyms)


def search_desk() -> Desk:
    """Return this application's search desk."""
    desk: Desk = current_app.extensions["search"]
    return desk


def _register_synonyms() -> Synonyms:
    rows = db.session.execute(select(Occupation.name, Occupation.synonyms))
    return Synonyms.of(read_table(DATA / "synonyms.tsv"), dict(rows.all()))


@carries("index")
def carry_index(desk: DeedDesk, payload: dict[str, Any]) -> None:
    """Bring one page of the index up to date with the database."""
    key = payload["key"]
    engine = search_desk().engine
    found = document(desk.session, key)
    batch = Batch(upserts=(found,)) if found else Batch(deletes=(key,))
    try:
        cursor = engine.status().cursor
    except EngineDamaged:
        engine.rebuild(list(documents(desk.session)), 0)
        return
    engine.apply(batch, cursor + 1)


def answer(session: Session, query: str) -> Answer:
    """Answer a query; the database decides what is shown, and answers alone if the index cannot."""
    try:
        said = search_desk().search(query, window=(WINDOW, 0))
    except (EngineDamaged, EngineBusy) as trouble:
        log.warning("search_reduced", trouble=str(trouble))
        return Answer(_plain(session, query), words=tuple(query.split()), reduced=True)
    rows = _shown(session, [(hit.key, hit.reason) for hit in said.hits.hits])
    return Answer(rows, said.words, near=_near(said.plan), relaxed=said.hits.relaxed)


def _near(plan: Plan) -> tuple[str, ...]:
    """List the words looked for besides the reader's own: other names of a trade, corrections."""
    found = {
        each.found: None
        for asked, each in plan.all_alternatives()
        if each.why in NEAR and each.found != asked
    }
    return tuple(found)[:MAX_NEAR]


def _shown(session: Session, keys: list[tuple[str, Reason | None]]) -> list[Found]:
    by_kind: dict[str, list[str]] = {}
    for key, _ in keys:
        kind, _, slug = key.partition(":")
        by_kind.setdefault(kind, []).append(slug)
    rows = {kind: rows_of(session, kind, slugs) for kind, slugs in by_kind.items()}
    found = []
    for key, reason in keys:
        kind, _, slug = key.partition(":")
        if slug in rows[kind]:
            found.append(Found(kind, slug, rows[kind][slug], reason))
    return found


def _plain(session: Session, query: str) -> list[Found]:
    """Look for every word in names, trades and titles, without the index."""
    words = query.lower().split()
    keys: list[tuple[str, Reason | None]] = []
    for page in documents(session):
        text = f"{page.title} {page.name} {page.trade} {page.text}".lower()
        if all(word in text for word in words):
            keys.append((page.key, None))
    return _shown(session, keys[:WINDOW])
