"""Craftsmen as the public sees them: only who agreed to be shown, honours from the register."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.craftsmen import Apprenticeship, Craftsman, Honour
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Consent, Person
from models.public.pictures import Picture, pictures
from rules.states import HonourState
from rules.terms import ConsentPurpose, Family, Gender, HonourKind, SkillLevel

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

    @property
    def best(self) -> HonourRow | None:
        """The honour the card names: a title before a result before a level, newest first."""
        standing = [row for row in self.honours if not row.revoked]
        ranked = sorted(standing, key=lambda row: (TITLE_ORDER.index(row.kind), -row.year))
        return ranked[0] if ranked else None


@dataclass(frozen=True)
class LineageRow:
    """One master or apprentice; ``slug`` leads to the page of who has one."""

    name: str
    since: int | None
    slug: str | None


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


def shown() -> Select[int]:
    """Select the profiles that may be seen: public, and the person's consent stands."""
    consent = (
        select(Consent.id)
        .where(
            Consent.person_id == Craftsman.person_id,
            Consent.purpose == ConsentPurpose.STORY,
            Consent.withdrawn_at.is_(None),
        )
        .exists()
    )
    return select(Craftsman.id).where(Craftsman.is_public, consent)


def cards(session: Session, slugs: Iterable[str] | None = None) -> list[CraftsmanCard]:
    """Read cards, all or those of ``slugs``, by name of address; three statements in all."""
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
            Craftsman.plate_id,
        )
        .join(Person, Person.id == Craftsman.person_id)
        .outerjoin(Occupation, Occupation.id == Person.occupation_id)
        .outerjoin(Town, Town.id == Person.town_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Craftsman.id.in_(shown()))
        .order_by(Craftsman.slug)
    )
    if slugs is not None:
        query = query.where(Craftsman.slug.in_(list(slugs)))
    rows: list[Any] = list(session.execute(query))
    plates = pictures(session, (row[12] for row in rows))
    honours = honours_of(session, [row[1] for row in rows])
    return [_card(row, plates.get(row[12]), honours[row[1]]) for row in rows]


def _card(row: Any, plate: Picture | None, honours: list[HonourRow]) -> CraftsmanCard:  # noqa: ANN401  # a row
    values: list[Any] = [*row[:5], *(text or "" for text in row[5:8]), *row[8:12]]
    return CraftsmanCard(*[*values, plate, tuple(honours)])


def honours_of(session: Session, people: Sequence[int]) -> dict[int, list[HonourRow]]:
    """Read the honours of persons, newest first."""
    found: dict[int, list[HonourRow]] = defaultdict(list)
    rows = session.scalars(
        select(Honour)
        .where(Honour.person_id.in_(people))
        .order_by(Honour.year.desc(), Honour.id.desc())
    )
    for row in rows:
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
    masters, apprentices = _lineage(session, card.person_id)
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


def _lineage(
    session: Session, person_id: int
) -> tuple[tuple[LineageRow, ...], tuple[LineageRow, ...]]:
    rows = session.scalars(
        select(Apprenticeship)
        .where(
            (Apprenticeship.master_id == person_id) | (Apprenticeship.apprentice_id == person_id)
        )
        .order_by(Apprenticeship.id)
    ).all()
    others = {row.master_id for row in rows} | {row.apprentice_id for row in rows}
    slugs = dict(
        session.execute(
            select(Craftsman.person_id, Craftsman.slug).where(
                Craftsman.person_id.in_([key for key in others if key is not None]),
                Craftsman.id.in_(shown()),
            )
        ).all()
    )
    masters = tuple(
        LineageRow(row.master_name, row.since, slugs.get(row.master_id or 0))
        for row in rows
        if row.apprentice_id == person_id
    )
    apprentices = tuple(
        LineageRow(row.apprentice_name, row.since, slugs.get(row.apprentice_id or 0))
        for row in rows
        if row.master_id == person_id
    )
    return masters, apprentices
