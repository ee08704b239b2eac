"""Judging panels: who marks an event, from which seat."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base


class PanelSeat(Base):
    """One judge's seat in an event; seat 1 enters what the group measures together."""

    __tablename__ = "panel_seat"
    __table_args__ = (
        UniqueConstraint("event_id", "account_id"),
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", "number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    number: Mapped[int]
    pledged_at: Mapped[dt.datetime | None]
    """When the judge signed the pledge and declared having no conflict."""
    assigned_at: Mapped[dt.datetime]
    is_substitute: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the seat marks only the works it was called for."""

    account: Mapped[Account] = relationship()


class Recusal(Base):
    """A declared or found conflict (回避): the account may not sit in the event."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("event_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(200))
    declared_at: Mapped[dt.datetime]


class WorkRecusal(Base):
    """A judge has stepped aside from one work; a substitute may have been called for it."""

    __tablename__ = "work_recusal"
    __table_args__ = (UniqueConstraint("event_id", "account_id", "work_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    work_code: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(200))
    declared_at: Mapped[dt.datetime]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("panel_seat.id"))

    substitute: Mapped[PanelSeat | None] = relationship()
