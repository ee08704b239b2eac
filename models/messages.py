"""Messages: the record in a person's inbox, and the copies that went out by mail and SMS."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from rules.lifecycle import DELIVERY_STEPS, step
from rules.states import DeliveryState
from rules.terms import Channel


class Message(Base):
    """What one account was told: a kind and its params; the words are made where it is read."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_inbox", "account_id", "in_digest", "read_at"),
        CheckConstraint("in_digest OR digest_id IS NULL", "collected_waits_for_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name of the row, known before it is stored."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(80), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    params: Mapped[dict[str, Any]]
    once_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    """Where a thing may be told once only: a reminder, one recipient of an announcement."""
    in_digest: Mapped[bool] = mapped_column(default=False)
    """Not shown alone: the digest of the next morning collects it."""
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    created_at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship()


class Delivery(Base):
    """One copy of a message; the address is sealed, bound to the key of the row."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", "sent_has_time"),
        Index("ix_delivery_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    channel: Mapped[Channel]
    address_sealed: Mapped[bytes]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(200), default="")
    due_at: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]

    message: Mapped[Message] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(DELIVERY_STEPS, self.state, verb)


def unread_count(session: Session, account_id: int) -> int:
    """Count what an account has not read yet."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Message)
            .where(
                Message.account_id == account_id,
                Message.in_digest.is_(False),
                Message.read_at.is_(None),
            )
        )
        or 0
    )
