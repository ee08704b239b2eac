"""The audit trail: one line a deed, written in the deed's own transaction."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditLine(Base):
    """Who did what to which thing, when; ``detail`` holds no personal data."""

    __tablename__ = "audit_line"
    __table_args__ = (Index("ix_audit_line_thing", "thing"), Index("ix_audit_line_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    deed: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
