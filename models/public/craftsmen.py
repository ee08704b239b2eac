"""Craftsmen as the public sees them: only who agreed to be shown, honours from the register."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from models.contests import Contest, Event
from models.craftsmen import Craftsman, Honour
from models.entries import Entry
from models.media import Media
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Person
from models.public.consents import shown
from models.public.lineage import LineageRow, lineage
from models.public.pictures import COLUMNS, Picture, picture_of, public_picture
from models.results import ResultLine
from models.stories import Story
from rules.states import HonourState
from rules.terms import Family, Gender, HonourKind, SkillLevel
from rules.visibility import PUBLIC_CONTESTS, PUBLIC_RESULTS, PUBLIC_STORIES

TITLE_ORDER = (HonourKind.TITLE, HonourKind.RESULT, HonourKind.OTHER, HonourKind.LEVEL)


@dataclass(frozen=True)
class HonourRow:
    """One honour of the register; a revoked one is shown as revoked."""

    kind: HonourKind
    title: str
    year: int
    issuer: str
    source: str
    place: int | None
    score: str | None
    field_size: int | None
    event_name: str
    revoked: bool
    line_id: int | None
    results: tuple[str, str] | None = None
    """Contest and event whose public results the honour comes from."""


@dataclass(frozen=True)
class CraftsmanCard:
    """What a card in a list shows."""

    key: int
    person_id: int
    slug: str
    name: str
    family: Family
    trade: str
    town: str
    employer: str
    since: int | None
    level: SkillLevel | None
    feat: str
    hook: str
    plate: Picture | None
    honours: tuple[HonourRow, ...]
    themes: tuple[str, ...]

    @property
    def best(self) -> HonourRow | None:
        """The honour the card names: a title before a result before a level, newest first."""
        standing = [row for row in self.honours if not row.revoked]
        ranked = sorted(standing, key=lambda row: (TITLE_ORDER.index(row.kind), -row.year))
        return ranked[0] if ranked else None


@dataclass(frozen=True)
class CraftsmanPage:
    """Everything a profile shows."""

    card: CraftsmanCard
    gender: Gender | None
    quote: str
    works: tuple[dict[str, Any], ...]
    methods: tuple[str, ...]
    figures: tuple[dict[str, Any], ...]
    process: tuple[str, ...]
    masters: tuple[LineageRow, ...]
    apprentices: tuple[LineageRow, ...]


def cards(
    session: Session, slugs: Iterable[str] | None = None, *, with_themes: bool = False
) -> list[CraftsmanCard]:
    """Read cards, all or those of ``slugs``, by name of address, in two statements.

    ``with_themes`` reads the themes of their stories too, in a third one.
    """
    query = (
        select(
            Craftsman.id,
            Craftsman.person_id,
            Craftsman.slug,
            Person.name,
            Craftsman.family,
            Occupation.name,
            Town.name,
            Organization.name,
            Person.in_trade_since,
            Person.skill_level,
            Craftsman.feat,
            Craftsman.hook,
            *COLUMNS,
        )
        .join(Person, Person.id == Craftsman.person_id)
        .outerjoin(Occupation, Occupation.id == Person.occupation_id)
        .outerjoin(Town, Town.id == Person.town_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .outerjoin(Media, public_picture(Craftsman.plate_id))
        .where(Craftsman.id.in_(shown()))
        .order_by(Craftsman.slug)
    )
    if slugs is not None:
        query = query.where(Craftsman.slug.in_(list(slugs)))
    rows: list[Any] = list(session.execute(query))
    honours = honours_of(session, [row[1] for row in rows])
    themes = _themes_of(session, [row[0] for row in rows] if with_themes else [])
    return [_card(row, picture_of(row[12:]), honours[row[1]], themes[row[0]]) for row in rows]


def _card(
    row: Any,  # noqa: ANN401  # a row
    plate: Picture | None,
    honours: list[HonourRow],
    themes: list[str],
) -> CraftsmanCard:
    values: list[Any] = [*row[:5], *(text or "" for text in row[5:8]), *row[8:12]]
    return CraftsmanCard(*[*values, plate, tuple(honours), tuple(themes)])


def _themes_of(session: Session, keys: Sequence[int]) -> dict[int, list[str]]:
    """Read the themes of the public stories about these profiles."""
    if not keys:
        return defaultdict(list)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = session.execute(
        select(Story.craftsman_id, Story.themes)
        .where(Story.craftsman_id.in_(keys), Story.state.in_(PUBLIC_STORIES))
        .order_by(Story.id)
    )
    for key, themes in rows:
        found[key] |= dict.fromkeys(themes)
    return defaultdict(list, {key: list(themes) for key, themes in found.items()})


def honours_of(session: Session, people: Sequence[int]) -> dict[int, list[HonourRow]]:
    """Read the honours of persons, newest first."""
    found: dict[int, list[HonourRow]] = defaultdict(list)
    rows = session.execute(
        select(Honour, Contest.slug, Event.slug)
        .outerjoin(ResultLine, ResultLine.id == Honour.result_line_id)
        .outerjoin(Entry, Entry.id == ResultLine.entry_id)
        .outerjoin(Event, and_(Event.id == Entry.event_id, Event.state.in_(PUBLIC_RESULTS)))
        .outerjoin(
            Contest, and_(Contest.id == Event.contest_id, Contest.state.in_(PUBLIC_CONTESTS))
        )
        .where(Honour.person_id.in_(people))
        .order_by(Honour.year.desc(), Honour.id.desc())
    )
    for row, contest, event in rows:
        found[row.person_id].append(
            HonourRow(
                row.kind,
                row.title,
                row.year,
                row.issuer,
                row.source,
                row.place,
                row.score,
                row.field_size,
                row.event_name,
                row.state is HonourState.REVOKED,
                row.result_line_id,
                (contest, event) if contest and event else None,
            )
        )
    return found


def page(session: Session, slug: str) -> CraftsmanPage | None:
    """Read one profile, or None for one that may not be seen."""
    found = cards(session, [slug])
    if not found:
        return None
    card = found[0]
    row = session.get_one(Craftsman, card.key)
    masters, apprentices = lineage(session, card.person_id)
    return CraftsmanPage(
        card=card,
        gender=row.person.gender,
        quote=row.quote,
        works=tuple(row.works),
        methods=tuple(row.methods),
        figures=tuple(row.figures),
        process=tuple(row.process),
        masters=masters,
        apprentices=apprentices,
    )


def merged_into(session: Session, slug: str) -> str | None:
    """Return the address of the public profile a merged person's hidden one leads to."""
    stays = aliased(Craftsman)
    return session.scalars(
        select(stays.slug)
        .join(Person, Person.merged_into_id == stays.person_id)
        .join(Craftsman, Craftsman.person_id == Person.id)
        .where(Craftsman.slug == slug, stays.id.in_(shown()))
    ).first()
