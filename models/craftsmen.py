"""Craftsmen: public profiles, the register of honours, masters and apprentices."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.media import Media
from models.people import Person
from models.results import ResultLine
from rules.lifecycle import HONOUR_STEPS, step
from rules.states import HonourState
from rules.terms import Family, HonourKind


class Craftsman(Base):
    """The public profile of a person: only what they agreed to show."""

    __tablename__ = "craftsman"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    family: Mapped[Family]
    feat: Mapped[str] = mapped_column(String(40), default="")
    """The one skill that is this person's own (绝技)."""
    hook: Mapped[str] = mapped_column(String(120), default="")
    quote: Mapped[str] = mapped_column(String(200), default="")
    plate_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))
    works: Mapped[list[Any]] = mapped_column(default=list)
    methods: Mapped[list[str]] = mapped_column(default=list)
    figures: Mapped[list[Any]] = mapped_column(default=list)
    process: Mapped[list[str]] = mapped_column(default=list)
    is_public: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship()
    plate: Mapped[Media | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Honour(Base):
    """One honour of a person in the register; a page can claim none that is not here."""

    __tablename__ = "honour"
    __table_args__ = (
        CheckConstraint(
            "(kind <> 'result') OR (result_line_id IS NOT NULL) OR source <> ''",
            "result_has_source",
        ),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", "revoked_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[HonourKind]
    title: Mapped[str] = mapped_column(String(120))
    year: Mapped[int]
    issuer: Mapped[str] = mapped_column(String(120), default="")
    doc_no: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[int | None]
    score: Mapped[str | None] = mapped_column(String(16))
    field_size: Mapped[int | None]
    event_name: Mapped[str] = mapped_column(String(120), default="")
    result_line_id: Mapped[int | None] = mapped_column(ForeignKey("result_line.id"), unique=True)
    state: Mapped[HonourState] = mapped_column(default=HonourState.VALID)
    revoked_at: Mapped[dt.datetime | None]
    recorded_at: Mapped[dt.datetime]

    person: Mapped[Person] = relationship()
    result_line: Mapped[ResultLine | None] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(HONOUR_STEPS, self.state, verb)


class Apprenticeship(Base):
    """A master and an apprentice; one of them may be known by name only."""

    __tablename__ = "apprenticeship"
    __table_args__ = (
        CheckConstraint("master_id IS NOT NULL OR apprentice_id IS NOT NULL", "one_is_known"),
        CheckConstraint("master_id <> apprentice_id", "not_oneself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    master_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    apprentice_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    master_name: Mapped[str] = mapped_column(String(40))
    apprentice_name: Mapped[str] = mapped_column(String(40))
    since: Mapped[int | None]

    master: Mapped[Person | None] = relationship(foreign_keys=[master_id])
    apprentice: Mapped[Person | None] = relationship(foreign_keys=[apprentice_id])
