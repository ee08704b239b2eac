"""What the index holds: every public page as a document, read through the public window."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from models.public import contests, craftsmen, office, stories
from search_index.documents import Document
from web.clock import local
from web.labels import label


def documents(session: Session) -> Iterator[Document]:
    """Read every public page as the index sees it."""
    told = stories.pages(session)
    for card in craftsmen.cards(session, with_themes=True):
        yield _craftsman(card, told)
    for story in told:
        yield _story(story)
    for contest in contests.contests(session):
        yield _contest(contest)
    for studio in office.studios(session):
        yield _studio(studio)
    for notice in office.notices(session):
        yield _notice(notice)


def document(session: Session, key: str) -> Document | None:
    """Read one page by its key, or None where there is nothing to show."""
    kind, _, slug = key.partition(":")
    if kind == "craftsman":
        told = stories.pages(session, craftsman=slug)
        cards = craftsmen.cards(session, [slug], with_themes=True)
        return next((_craftsman(card, told) for card in cards), None)
    rows = rows_of(session, kind, [slug])
    return _BUILD[kind](rows[slug]) if slug in rows else None


def rows_of(session: Session, kind: str, slugs: Iterable[str]) -> dict[str, Any]:
    """Read the rows of one kind that may be shown now, by slug."""
    wanted = list(slugs)
    if kind == "craftsman":
        return {card.slug: card for card in craftsmen.cards(session, wanted)}
    if kind == "story":
        return {page.card.slug: page for page in stories.pages(session, wanted)}
    if kind == "contest":
        return {row.slug: row for row in contests.contests(session) if row.slug in wanted}
    if kind == "studio":
        return {row.slug: row for row in office.studios(session, wanted)}
    if kind == "notice":
        return {row.number: row for row in office.notices(session) if row.number in wanted}
    return {}


def _craftsman(card: craftsmen.CraftsmanCard, told: Iterable[stories.StoryPage]) -> Document:
    own = [story.text for story in told if story.card.craftsman == card.slug]
    return Document(
        key=f"craftsman:{card.slug}",
        kind="craftsman",
        title=card.feat,
        name=card.name,
        trade=card.trade,
        town=card.town,
        employer=card.employer,
        family=label(card.family),
        level=label(card.level),
        honours=tuple(row.title for row in card.honours if not row.revoked),
        themes=card.themes,
        year=card.best.year if card.best else None,
        text="\n".join([card.hook, *own]),
        boost=1.0,
    )


def _story(story: stories.StoryPage) -> Document:
    card = story.card
    return Document(
        key=f"story:{card.slug}",
        kind="story",
        boost=0.8,
        title=card.title,
        trade=card.trade,
        town=card.town,
        family=label(card.family),
        themes=card.themes,
        year=local(card.published_at).year,
        text=f"{card.hook}\n{story.text}",
        published=local(card.published_at).date(),
    )


def _contest(row: contests.ContestRow) -> Document:
    events = "、".join(f"{event.name} {event.trade}" for event in row.events)
    return Document(
        key=f"contest:{row.slug}",
        kind="contest",
        boost=0.7,
        title=row.name,
        trade="、".join(event.trade for event in row.events),
        year=row.year,
        text=f"{events}\n{row.summary}\n{row.organiser} {row.host} {row.place}",
        published=row.starts_on,
    )


def _studio(row: office.StudioRow) -> Document:
    return Document(
        key=f"studio:{row.slug}",
        kind="studio",
        boost=0.7,
        title=row.name,
        trade=row.trade,
        town=row.town,
        employer=row.host,
        family=label(row.family),
        year=row.established_on.year if row.established_on else None,
        text=f"{row.leader} {row.summary}",
    )


def _notice(row: office.NoticeRow) -> Document:
    return Document(
        key=f"notice:{row.number}",
        kind="notice",
        boost=0.5,
        title=row.title,
        year=local(row.published_at).year,
        text=row.text,
        published=local(row.published_at).date(),
    )


_BUILD: dict[str, Callable[..., Document]] = {
    "story": _story,
    "contest": _contest,
    "studio": _studio,
    "notice": _notice,
}
