"""The pool of judges: trades, qualifications, days, former units, and ties that forbid judging."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.occupations import Occupation
from models.organizations import Organization
from models.people import Person
from rules.terms import TieKind


class Judge(Base):
    """A person who may be asked to judge; one row a person, active or resting."""

    __tablename__ = "judge"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    since: Mapped[int | None]
    """The year from which the person has judged or worked in the trade."""
    is_active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship()
    trades: Mapped[list["JudgeTrade"]] = relationship(cascade="all, delete-orphan")
    qualifications: Mapped[list["Qualification"]] = relationship(
        cascade="all, delete-orphan", order_by="Qualification.id"
    )
    days: Mapped[list["JudgeDays"]] = relationship(
        cascade="all, delete-orphan", order_by="JudgeDays.starts_on"
    )
    former: Mapped[list["FormerUnit"]] = relationship(
        cascade="all, delete-orphan", order_by="FormerUnit.left_on"
    )
    ties: Mapped[list["JudgeTie"]] = relationship(
        cascade="all, delete-orphan", order_by="JudgeTie.id"
    )

    __mapper_args__ = {"version_id_col": version}


class JudgeTrade(Base):
    """A trade the person judges."""

    __tablename__ = "judge_trade"
    __table_args__ = (UniqueConstraint("judge_id", "occupation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), index=True)
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"), index=True)

    occupation: Mapped[Occupation] = relationship()


class Qualification(Base):
    """A certificate that lets the person judge; without a last day it stays valid."""

    __tablename__ = "judge_qualification"

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(40))
    valid_until: Mapped[dt.date | None]


class JudgeDays(Base):
    """Days on which the person can come; without any the person can come on every day."""

    __tablename__ = "judge_days"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", "days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), index=True)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]


class FormerUnit(Base):
    """A unit the person has left, with the last day there."""

    __tablename__ = "judge_former_unit"
    __table_args__ = (UniqueConstraint("judge_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    left_on: Mapped[dt.date]

    organization: Mapped[Organization] = relationship()


class JudgeTie(Base):
    """A tie to somebody, told by the judge or the office.

    Whoever is told of by name alone is met by name; once the office has found the person
    in the register, by that person alone.
    """

    __tablename__ = "judge_tie"
    __table_args__ = (UniqueConstraint("judge_id", "kind", "person_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), index=True)
    kind: Mapped[TieKind]
    person_name: Mapped[str] = mapped_column(String(40))
    unit_name: Mapped[str] = mapped_column(String(80), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    declared_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    declared_at: Mapped[dt.datetime]

    judge: Mapped[Judge] = relationship(back_populates="ties")
    person: Mapped[Person | None] = relationship()
