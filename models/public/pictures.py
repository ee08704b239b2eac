"""Pictures as public pages see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
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


COLUMNS = (Media.stem, Media.width, Media.height, Media.widths, Media.alt)
"""What a query reads of the picture it joins by ``public_picture``; see ``picture_of``."""


def public_picture(key: Any) -> Any:  # noqa: ANN401  # a column and a condition of a join
    """Return the condition that joins a picture: a private one is never joined."""
    return and_(Media.id == key, Media.is_public)


def picture_of(columns: Sequence[Any]) -> Picture | None:
    """Build the picture from ``COLUMNS`` of a row, or None where none was joined."""
    stem, width, height, widths, alt = columns
    return None if stem is None else Picture(stem, width, height, tuple(widths), alt)


def plates_of_trades(session: Session) -> dict[str, Picture]:
    """Read a plate for each trade, and for each family by its value, in one statement."""
    rows = session.execute(
        select(
            Occupation.name,
            Craftsman.family,
            *COLUMNS,
        )
        .join(Person, Person.id == Craftsman.person_id)
        .join(Occupation, Occupation.id == Person.occupation_id)
        .join(Media, public_picture(Craftsman.plate_id))
        .where(Craftsman.id.in_(shown()))
        .order_by(Craftsman.slug)
    )
    found: dict[str, Picture] = {}
    for trade, family, *columns in rows:
        plate = picture_of(columns)
        if plate is not None:
            found.setdefault(trade, plate)
            found.setdefault(family.value, plate)
    return found
