"""Stories as the public sees them: published, about somebody who still agrees."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.craftsmen import Craftsman
from models.occupations import Occupation
from models.organizations import Town
from models.people import Person
from models.public.consents import shown
from models.public.pictures import Picture, pictures
from models.stories import Story
from rules.terms import Family
from rules.text import plain
from rules.visibility import PUBLIC_STORIES

READING_SPEED = 400
"""Characters a minute."""


@dataclass(frozen=True)
class StoryCard:
    """What a list shows of a story."""

    slug: str
    title: str
    hook: str
    themes: tuple[str, ...]
    published_at: dt.datetime
    characters: int
    craftsman: str
    name: str
    family: Family
    trade: str
    town: str
    since: int | None
    plate: Picture | None

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(self.characters / READING_SPEED))


@dataclass(frozen=True)
class StoryPage:
    """A story to read."""

    card: StoryCard
    html: str
    terms: dict[str, str]
    author: str

    @property
    def text(self) -> str:
        """The words of the story, without any markup."""
        return plain(self.html)


def _query() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Story.slug,
            Story.title,
            Story.hook,
            Story.themes,
            Story.published_at,
            Story.characters,
            Craftsman.slug,
            Person.name,
            Craftsman.family,
            Occupation.name,
            Town.name,
            Person.in_trade_since,
            Story.plate_id,
        )
        .join(Craftsman, Craftsman.id == Story.craftsman_id)
        .join(Person, Person.id == Craftsman.person_id)
        .outerjoin(Occupation, Occupation.id == Person.occupation_id)
        .outerjoin(Town, Town.id == Person.town_id)
        .where(Story.state.in_(PUBLIC_STORIES), Craftsman.id.in_(shown()))
        .order_by(Story.published_at.desc(), Story.id)
    )
    return query


def cards(
    session: Session,
    slugs: Iterable[str] | None = None,
    *,
    craftsman: str | None = None,
    limit: int | None = None,
) -> list[StoryCard]:
    """Read story cards, newest first; two statements in all."""
    query = _query()
    if slugs is not None:
        query = query.where(Story.slug.in_(list(slugs)))
    if craftsman is not None:
        query = query.where(Craftsman.slug == craftsman)
    if limit is not None:
        query = query.limit(limit)
    rows: list[Any] = list(session.execute(query))
    plates = pictures(session, (row[12] for row in rows))
    return [_card(row, plates.get(row[12])) for row in rows]


def _card(row: Any, plate: Picture | None) -> StoryCard:  # noqa: ANN401  # a row
    values: list[Any] = [*row[:3], tuple(row[3]), *row[4:9], row[9] or "", row[10] or "", row[11]]
    return StoryCard(*[*values, plate])


def pages(
    session: Session, slugs: Iterable[str] | None = None, *, craftsman: str | None = None
) -> list[StoryPage]:
    """Read stories with their texts, newest first; three statements in all."""
    found = cards(session, slugs, craftsman=craftsman)
    rows = session.execute(
        select(Story.slug, Story.body_html, Story.terms, Story.author).where(
            Story.slug.in_([card.slug for card in found])
        )
    )
    texts = {slug: (html, dict(terms), author) for slug, html, terms, author in rows}
    return [StoryPage(card, *texts[card.slug]) for card in found]


def page(session: Session, slug: str) -> StoryPage | None:
    """Read one story, or None for one that may not be seen."""
    found = pages(session, [slug])
    return found[0] if found else None


def of_craftsman(session: Session, craftsman: str) -> StoryPage | None:
    """Read the newest public story about a craftsman."""
    found = pages(session, craftsman=craftsman)
    return found[0] if found else None
