"""Appraisals of judges: how each seat of a panel did, told after the event."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Event
from rules.terms import JudgeGrade


class Appraisal(Base):
    """The office's word on one judge of one event; below sound it gives a reason."""

    __tablename__ = "appraisal"
    __table_args__ = (
        UniqueConstraint("event_id", "account_id"),
        CheckConstraint("grade IN ('excellent', 'sound') OR note <> ''", "low_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    grade: Mapped[JudgeGrade]
    note: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime]

    event: Mapped[Event] = relationship()
    by: Mapped[Account | None] = relationship(foreign_keys=by_id)
