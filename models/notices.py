"""Public notices."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from rules.lifecycle import NOTICE_STEPS, step
from rules.states import NoticeState
from rules.terms import NoticeKind


class Notice(Base):
    """One notice: signed, published and in force on days that may differ."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", "published_has_time"),
        CheckConstraint(
            "effective_on IS NULL OR lapses_on IS NULL OR effective_on <= lapses_on",
            "days_in_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[NoticeKind]
    doc_no: Mapped[str] = mapped_column(String(60), default="")
    issuer: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.DRAFT)
    signed_on: Mapped[dt.date | None]
    published_at: Mapped[dt.datetime | None]
    closes_on: Mapped[dt.date | None]
    """Last day for objections, where the notice invites them."""
    effective_on: Mapped[dt.date | None]
    """First day it holds (施行日期); None holds from its publication."""
    lapses_on: Mapped[dt.date | None]
    """Last day it holds, where it ends by itself."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    """The older notice this one takes the place of."""
    contest_id: Mapped[int | None] = mapped_column(ForeignKey("contest.id"), index=True)

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(NOTICE_STEPS, self.state, verb)
