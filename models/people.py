"""Persons: one row a human being, whatever parts they play."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.media import Media
from models.occupations import Occupation
from models.organizations import Organization, Town
from rules.terms import ConsentPurpose, Gender, SkillLevel


class Person(Base):
    """A human being of the register.

    ID number and telephone are sealed with the vault; ``*_mark`` is a keyed
    hash for look-up and for the uniqueness of the ID number.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(id_number_sealed IS NULL) = (id_number_mark IS NULL)", "id_mark_iff_id"),
        CheckConstraint("(phone_sealed IS NULL) = (phone_mark IS NULL)", "phone_mark_iff_phone"),
        CheckConstraint("merged_into_id <> id", "not_merged_into_itself"),
        CheckConstraint("(merged_into_id IS NULL) = (merged_at IS NULL)", "merged_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name of the row: what seals are bound to, and the only id that leaves the house."""
    name: Mapped[str] = mapped_column(String(40), index=True)
    gender: Mapped[Gender | None]
    birth_date: Mapped[dt.date | None]
    id_number_sealed: Mapped[bytes | None]
    id_number_mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    phone_sealed: Mapped[bytes | None]
    phone_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str | None] = mapped_column(String(120))
    town_id: Mapped[int | None] = mapped_column(ForeignKey("town.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    occupation_id: Mapped[int | None] = mapped_column(ForeignKey("occupation.id"))
    position: Mapped[str] = mapped_column(String(40), default="")
    skill_level: Mapped[SkillLevel | None]
    in_trade_since: Mapped[int | None]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    created_at: Mapped[dt.datetime]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The record this one was merged into: what leads here leads there."""
    merged_at: Mapped[dt.datetime | None]

    town: Mapped[Town | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    occupation: Mapped[Occupation | None] = relationship()
    photo: Mapped[Media | None] = relationship()
    merged_into: Mapped["Person | None"] = relationship(remote_side="Person.id")


class Consent(Base):
    """What one person agreed to, in which words, and until when."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[ConsentPurpose]
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()
