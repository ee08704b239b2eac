"""Notices and studios as the public sees them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contests import Contest
from models.craftsmen import Craftsman
from models.notices import Notice
from models.occupations import Industry, Occupation
from models.organizations import Organization, Town
from models.people import Person
from models.public.lineage import Companions, companions
from models.studios import Studio
from rules.notices import validity
from rules.states import StudioState
from rules.terms import ContestLevel, Family, NoticeKind, Validity
from rules.text import plain
from rules.visibility import PUBLIC_NOTICES, PUBLIC_STUDIOS


@dataclass(frozen=True)
class NoticeRow:
    """One public notice."""

    number: str
    title: str
    kind: NoticeKind
    doc_no: str
    issuer: str
    html: str
    signed_on: dt.date | None
    published_at: dt.datetime
    closes_on: dt.date | None
    contest_slug: str | None
    effective_on: dt.date | None
    lapses_on: dt.date | None
    replaced_by: str | None

    @property
    def text(self) -> str:
        """The words of the notice, without any markup."""
        return plain(self.html)

    def validity(self, today: dt.date) -> Validity:
        """Whether the notice holds today."""
        return validity(
            today,
            effective_on=self.effective_on,
            lapses_on=self.lapses_on,
            replaced=self.replaced_by is not None,
        )


@dataclass(frozen=True)
class MemberRow:
    """One member of a studio; ``slug`` leads to the page of who has one."""

    name: str
    apprentice: bool
    since: int | None
    slug: str | None


@dataclass(frozen=True)
class StudioRow:
    """One public studio; ``leader_slug`` leads to the leader's page where there is one."""

    slug: str
    name: str
    leader: str
    leader_slug: str | None
    host: str
    town: str
    trade: str
    family: Family
    level: ContestLevel
    state: StudioState
    established_on: dt.date | None
    term_ends_on: dt.date | None
    summary: str
    members: tuple[MemberRow, ...]
    projects: tuple[Any, ...]

    @property
    def apprentices(self) -> int:
        """How many members are apprentices."""
        return sum(member.apprentice for member in self.members)


def notices(session: Session, number: str | None = None) -> list[NoticeRow]:
    """Read public notices, newest first."""
    newer = (
        select(Notice.replaces_id, func.max(Notice.number).label("number"))
        .where(Notice.state.in_(PUBLIC_NOTICES), Notice.replaces_id.is_not(None))
        .group_by(Notice.replaces_id)
        .subquery()
    )
    query = (
        select(
            Notice.number,
            Notice.title,
            Notice.kind,
            Notice.doc_no,
            Notice.issuer,
            Notice.body_html,
            Notice.signed_on,
            Notice.published_at,
            Notice.closes_on,
            Contest.slug,
            Notice.effective_on,
            Notice.lapses_on,
            newer.c.number,
        )
        .outerjoin(newer, newer.c.replaces_id == Notice.id)
        .outerjoin(Contest, Contest.id == Notice.contest_id)
        .where(Notice.state.in_(PUBLIC_NOTICES))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    )
    if number is not None:
        query = query.where(Notice.number == number)
    rows: list[Any] = list(session.execute(query))
    return [NoticeRow(*row) for row in rows]


def studios(session: Session, slugs: Iterable[str] | None = None) -> list[StudioRow]:
    """Read public studios by name of address; two statements in all."""
    leader_page = select(Craftsman.slug).where(Craftsman.person_id == Person.id).scalar_subquery()
    query = (
        select(Studio, Person.name, leader_page, Organization.name, Town.name, Occupation.name)
        .add_columns(Industry.family)
        .join(Person, Person.id == Studio.leader_id)
        .join(Organization, Organization.id == Studio.host_id)
        .outerjoin(Town, Town.id == Organization.town_id)
        .join(Occupation, Occupation.id == Studio.occupation_id)
        .join(Industry, Industry.id == Occupation.industry_id)
        .where(Studio.state.in_(PUBLIC_STUDIOS))
        .order_by(Studio.slug)
    )
    if slugs is not None:
        query = query.where(Studio.slug.in_(list(slugs)))
    rows = session.execute(query).all()
    keys = [member.get("person") for row in rows for member in row[0].members]
    known = companions(session, [*keys, *(row[2] for row in rows)])
    return [
        StudioRow(
            studio.slug,
            known.mask(slug, leader, studio.name),
            known.name(slug, leader),
            known.slug(slug),
            host,
            town or "",
            trade,
            family,
            studio.level,
            studio.state,
            studio.established_on,
            studio.term_ends_on,
            known.mask(slug, leader, studio.summary),
            tuple(_member(member, known) for member in studio.members),
            tuple(studio.projects),
        )
        for studio, leader, slug, host, town, trade, family in rows
    ]


def _member(member: dict[str, Any], known: Companions) -> MemberRow:
    key = member.get("person")
    return MemberRow(
        name=known.name(key, member["name"]),
        apprentice=member.get("role") == "apprentice",
        since=member.get("since"),
        slug=known.slug(key),
    )


def count_studios(session: Session) -> int:
    """Count the public studios."""
    query = select(func.count()).select_from(Studio).where(Studio.state.in_(PUBLIC_STUDIOS))
    return session.scalar(query) or 0
