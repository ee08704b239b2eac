"""Registration forms of events, one frozen version after another, and the files of entries."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from rules.registration_forms import EMPTY, Form, form_from_json


class RegistrationForm(Base):
    """One version of an event's form: a draft, then released, then frozen by its first entry."""

    __tablename__ = "registration_form"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("frozen_at IS NULL OR released_at IS NOT NULL", "frozen_was_released"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    """The form as data (rules/registration_forms.py)."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime]
    released_at: Mapped[dt.datetime | None]
    """Since when new entries are asked these questions; None for a draft."""
    frozen_at: Mapped[dt.datetime | None]
    """When the first entry was handed in with it; it never changes afterwards."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def form(self) -> Form:
        """The questions."""
        return form_from_json(self.body)


class EntryFile(Base):
    """A file sent with an entry: cleaned, sealed on the shelf, for its owner and the reviewers."""

    __tablename__ = "entry_file"
    __table_args__ = (
        CheckConstraint("size > 0", "has_bytes"),
        Index("ix_entry_file_entry_slot", "entry_id", "slot"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    slot: Mapped[str] = mapped_column(String(40))
    """The question it answers."""
    key: Mapped[str] = mapped_column(String(40), unique=True)
    """Random name of the sealed file on the shelf."""
    media_type: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    """What its sender called it, for the sender and the reviewers."""
    size: Mapped[int]
    sent_at: Mapped[dt.datetime]


def form_in_force(session: Session, event_id: int) -> RegistrationForm | None:
    """Read the newest released version of an event's form, or None where nothing more is asked."""
    return session.scalars(
        select(RegistrationForm)
        .where(RegistrationForm.event_id == event_id, RegistrationForm.released_at.is_not(None))
        .order_by(RegistrationForm.number.desc())
        .limit(1)
    ).first()


def newest_form(session: Session, event_id: int) -> RegistrationForm | None:
    """Read the newest version, be it a draft."""
    return session.scalars(
        select(RegistrationForm)
        .where(RegistrationForm.event_id == event_id)
        .order_by(RegistrationForm.number.desc())
        .limit(1)
    ).first()


def numbered_form(session: Session, event_id: int, number: int) -> RegistrationForm | None:
    """Read one version by its number."""
    return session.scalars(
        select(RegistrationForm).filter_by(event_id=event_id, number=number)
    ).first()


def questions_of(row: RegistrationForm | None) -> Form:
    """Return the questions of a version; without one there are none."""
    return EMPTY if row is None else row.form
