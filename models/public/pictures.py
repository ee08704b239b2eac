"""Pictures as public pages see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.craftsmen import Craftsman
from models.media import Media
from models.occupations import Occupation
from models.people import Person
from models.public.consents import shown


@dataclass(frozen=True)
class Picture:
    """One public picture with the widths it is kept in."""

    stem: str
    width: int
    height: int
    widths: tuple[int, ...]
    alt: str
    is_public: bool = True


def pictures(session: Session, keys: Iterable[int | None]) -> dict[int, Picture]:
    """Read public pictures by id in one statement; private ones are never among them."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    rows = session.execute(
        select(Media.id, Media.stem, Media.width, Media.height, Media.widths, Media.alt).where(
            Media.id.in_(wanted), Media.is_public
        )
    )
    return {
        key: Picture(stem, width, height, tuple(widths), alt)
        for key, stem, width, height, widths, alt in rows
    }


def plates_of_trades(session: Session) -> dict[str, Picture]:
    """Read a plate for each trade, and for each family by its value, in one statement."""
    rows = session.execute(
        select(
            Occupation.name,
            Craftsman.family,
            Media.stem,
            Media.width,
            Media.height,
            Media.widths,
            Media.alt,
        )
        .join(Person, Person.id == Craftsman.person_id)
        .join(Occupation, Occupation.id == Person.occupation_id)
        .join(Media, Media.id == Craftsman.plate_id)
        .where(Craftsman.id.in_(shown()), Media.is_public)
        .order_by(Craftsman.slug)
    )
    found: dict[str, Picture] = {}
    for trade, family, stem, width, height, widths, alt in rows:
        plate = Picture(stem, width, height, tuple(widths), alt)
        found.setdefault(trade, plate)
        found.setdefault(family.value, plate)
    return found
