"""Pictures the site has re-encoded itself; originals are never served."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Media(Base):
    """One picture: ``stem`` is the content hash its files are named by (stem-640.webp ...)."""

    __tablename__ = "media"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", "has_size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stem: Mapped[str] = mapped_column(String(64), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[list[int]]
    """The widths kept as WebP, ascending; the largest also as JPEG."""
    alt: Mapped[str] = mapped_column(String(200), default="")
    credit: Mapped[str] = mapped_column(String(80), default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    """Private pictures (portraits on entry forms) are served behind a door only."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[dt.datetime]
