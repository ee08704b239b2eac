"""Marking schemes: one frozen version each, kept whole as data."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from rules.scheme_json import scheme_from_json
from rules.schemes import Scheme


class MarkingScheme(Base):
    """One version of an event's scheme; a correction is a new version, never an edit.

    ``body`` is the canonical form of ``rules.schemes.Scheme``; ``fingerprint``
    is the SHA-256 of its canonical JSON.
    """

    __tablename__ = "marking_scheme"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(120), default="")
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[dt.datetime]


def current_scheme(session: Session, event_id: int) -> MarkingScheme | None:
    """Read the newest version of an event's scheme."""
    return session.scalars(
        select(MarkingScheme)
        .where(MarkingScheme.event_id == event_id)
        .order_by(MarkingScheme.number.desc())
        .limit(1)
    ).first()


_PARSED: dict[str, Scheme] = {}


def parsed(row: MarkingScheme) -> Scheme:
    """Return the scheme of a row; a frozen version is read from its JSON once a process."""
    if row.fingerprint not in _PARSED:
        _PARSED[row.fingerprint] = scheme_from_json(row.body)
    return _PARSED[row.fingerprint]
