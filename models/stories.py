"""Stories about craftsmen."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.craftsmen import Craftsman
from models.media import Media
from rules.lifecycle import STORY_STEPS, step
from rules.states import StoryState


class Story(Base):
    """One story in Markdown; its HTML is made on saving, never on reading."""

    __tablename__ = "story"
    __table_args__ = (
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", "published_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    craftsman_id: Mapped[int] = mapped_column(ForeignKey("craftsman.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(60))
    hook: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    characters: Mapped[int] = mapped_column(default=0)
    """Length of the text, for the reading time."""
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Trade words explained in the margin."""
    themes: Mapped[list[str]] = mapped_column(default=list)
    author: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[StoryState] = mapped_column(default=StoryState.DRAFT)
    plate_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    published_at: Mapped[dt.datetime | None]
    changed_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    craftsman: Mapped[Craftsman] = relationship()
    plate: Mapped[Media | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(STORY_STEPS, self.state, verb)
