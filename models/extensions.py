"""Extensions: one person's later deadline for one event, with its reason."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base


class Extension(Base):
    """A later end of entries for one account; a row is added, never changed."""

    __tablename__ = "extension"
    __table_args__ = (Index("ix_extension_event_account", "event_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    until: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(String(200))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[dt.datetime]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    granter: Mapped[Account | None] = relationship(foreign_keys=[granted_by])
