"""Pictures as public pages see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.media import Media


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
