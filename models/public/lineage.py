"""Who stands beside a craftsman: named in full unless their own page was taken away."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.craftsmen import Apprenticeship, Craftsman
from models.public.consents import shown
from rules.privacy import notice_name


@dataclass(frozen=True)
class LineageRow:
    """One master or apprentice; ``slug`` leads to the page of who has one."""

    name: str
    since: int | None
    slug: str | None


@dataclass(frozen=True)
class Companions:
    """Profiles of the people a list names, by slug: the public ones, and the hidden ones."""

    seen: frozenset[str]
    hidden: frozenset[str]

    def name(self, slug: str | None, name: str) -> str:
        """Return the name as it may be shown: masked where the profile is hidden."""
        return notice_name(name) if slug in self.hidden else name

    def mask(self, slug: str | None, name: str, text: str) -> str:
        """Return a text as it may be shown: a hidden person's name in it is masked."""
        return text.replace(name, self.name(slug, name))

    def slug(self, slug: str | None) -> str | None:
        """Return the address of the public page, if there is one."""
        return slug if slug in self.seen else None


def companions(session: Session, slugs: Iterable[str | None]) -> Companions:
    """Read which of these profiles are public and which are hidden, in one statement."""
    rows = session.execute(
        select(Craftsman.slug, Craftsman.id.in_(shown())).where(
            Craftsman.slug.in_({slug for slug in slugs if slug})
        )
    ).all()
    return Companions(
        seen=frozenset(slug for slug, public in rows if public),
        hidden=frozenset(slug for slug, public in rows if not public),
    )


def lineage(
    session: Session, person_id: int
) -> tuple[tuple[LineageRow, ...], tuple[LineageRow, ...]]:
    """Read the masters and the apprentices of a person; two statements in all."""
    links = session.scalars(
        select(Apprenticeship)
        .where(
            (Apprenticeship.master_id == person_id) | (Apprenticeship.apprentice_id == person_id)
        )
        .order_by(Apprenticeship.id)
    ).all()
    others = {row.master_id for row in links} | {row.apprentice_id for row in links}
    profiles = session.execute(
        select(Craftsman.person_id, Craftsman.slug, Craftsman.id.in_(shown())).where(
            Craftsman.person_id.in_(others - {None})
        )
    ).all()
    seen = {key: slug if public else None for key, slug, public in profiles}

    def row(key: int | None, name: str, since: int | None) -> LineageRow:
        hidden = key in seen and seen[key] is None
        return LineageRow(notice_name(name) if hidden else name, since, seen.get(key or 0))

    masters = [row(r.master_id, r.master_name, r.since) for r in links if r.master_id != person_id]
    apprentices = [
        row(r.apprentice_id, r.apprentice_name, r.since) for r in links if r.master_id == person_id
    ]
    return tuple(masters), tuple(apprentices)
