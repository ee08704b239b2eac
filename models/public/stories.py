"""Stories as the public sees them: published, about somebody who still agrees."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.craftsmen import Craftsman
from models.media import Media
from models.occupations import Occupation
from models.organizations import Town
from models.people import Person
from models.public.consents import shown
from models.public.pictures import COLUMNS, Picture, picture_of, public_picture
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
            *COLUMNS,
        )
        .join(Craftsman, Craftsman.id == Story.craftsman_id)
        .join(Person, Person.id == Craftsman.person_id)
        .outerjoin(Occupation, Occupation.id == Person.occupation_id)
        .outerjoin(Town, Town.id == Person.town_id)
        .outerjoin(Media, public_picture(Story.plate_id))
        .where(Story.state.in_(PUBLIC_STORIES), Craftsman.id.in_(shown()))
        .order_by(Story.published_at.desc(), Story.id)
    )
    return query


def cards(session: Session, *, limit: int | None = None) -> list[StoryCard]:
    """Read story cards, newest first, in one statement."""
    return [_card(row) for row in session.execute(_query().limit(limit))]


def _card(row: Sequence[Any]) -> StoryCard:
    values: list[Any] = [*row[:3], tuple(row[3]), *row[4:9], row[9] or "", row[10] or "", row[11]]
    return StoryCard(*[*values, picture_of(row[12:17])])


def pages(
    session: Session, slugs: Iterable[str] | None = None, *, craftsman: str | None = None
) -> list[StoryPage]:
    """Read stories with their texts, newest first, in one statement."""
    query = _query().add_columns(Story.body_html, Story.terms, Story.author)
    if slugs is not None:
        query = query.where(Story.slug.in_(list(slugs)))
    if craftsman is not None:
        query = query.where(Craftsman.slug == craftsman)
    return [
        StoryPage(_card(row), html, dict(terms), author)
        for row in session.execute(query)
        for html, terms, author in [row[17:]]
    ]


def page(session: Session, slug: str) -> StoryPage | None:
    """Read one story, or None for one that may not be seen."""
    found = pages(session, [slug])
    return found[0] if found else None


def of_craftsman(session: Session, craftsman: str) -> StoryPage | None:
    """Read the newest public story about a craftsman."""
    found = pages(session, craftsman=craftsman)
    return found[0] if found else None
