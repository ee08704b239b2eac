"""Who stands beside a craftsman: named in full unless their own page was taken away."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.craftsmen import Apprenticeship, Craftsman
from models.people import Person
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
    """Profiles of other people by the key of the person: the public ones, and the hidden ones."""

    slugs: dict[str, str]
    hidden: frozenset[str]

    def name(self, key: str | None, name: str) -> str:
        """Return the name as it may be shown: masked where the profile is hidden."""
        return notice_name(name) if key in self.hidden else name

    def slug(self, key: str | None) -> str | None:
        """Return the address of the public page, if there is one."""
        return self.slugs.get(key or "")


def companions(session: Session, keys: Iterable[str | None]) -> Companions:
    """Read which of these persons have a page, public or hidden, in one statement."""
    rows = session.execute(
        select(Person.key, Craftsman.slug, Craftsman.id.in_(shown()))
        .join(Person, Person.id == Craftsman.person_id)
        .where(Person.key.in_({key for key in keys if key}))
    ).all()
    return Companions(
        slugs={key: slug for key, slug, seen in rows if seen},
        hidden=frozenset(key for key, _, seen in rows if not seen),
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
