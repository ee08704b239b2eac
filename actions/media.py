"""Taking pictures in: everybody's go through the same pipeline."""

from sqlalchemy import select

from actions.desk import Desk
from adapters.images import WIDTHS, Cut, keep_picture
from adapters.scans import keep_scan
from models.media import Media

PORTRAIT_WIDTHS = (240, 480)


PRIVATE = "p"
"""First letter of a private picture's stem: its files are served behind a door only."""


def take_picture(desk: Desk, data: bytes, *, alt: str = "", credit: str = "") -> Media:
    """Keep a public picture; the same file again returns the picture already kept."""
    cut = keep_picture(desk.shelf, data, widths=WIDTHS)
    return _known(desk, cut) or _added(desk, cut, is_public=True, alt=alt, credit=credit)


def take_portrait(desk: Desk, data: bytes) -> Media:
    """Keep a private portrait; only its owner and the reviewers of the entry see it."""
    prefix = f"{PRIVATE}{desk.actor.account_id or 0}-"
    cut = keep_picture(desk.shelf, data, widths=PORTRAIT_WIDTHS, prefix=prefix)
    return _known(desk, cut) or _added(desk, cut, is_public=False)


def take_scan(desk: Desk, data: bytes) -> Media:
    """Keep a stamped paper; only its unit and the reviewers of the entry see it."""
    cut = keep_scan(desk.shelf, data, prefix=f"{PRIVATE}{desk.actor.account_id or 0}-")
    return _known(desk, cut) or _added(desk, cut, is_public=False)


def _known(desk: Desk, cut: Cut) -> Media | None:
    return desk.session.scalars(select(Media).where(Media.stem == cut.stem)).first()


def _added(desk: Desk, cut: Cut, *, is_public: bool, alt: str = "", credit: str = "") -> Media:
    media = Media(
        stem=cut.stem,
        width=cut.width,
        height=cut.height,
        widths=list(cut.widths),
        alt=alt,
        credit=credit,
        is_public=is_public,
        owner_id=desk.actor.account_id,
        created_at=desk.now,
    )
    desk.session.add(media)
    desk.session.flush()
    return media
