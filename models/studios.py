"""Craftsmen's studios."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.occupations import Occupation
from models.organizations import Organization
from models.people import Person
from rules.lifecycle import STUDIO_STEPS, step
from rules.permits import Place
from rules.states import StudioState
from rules.terms import ContestLevel


class Studio(Base):
    """A studio named after its leader, hosted by an organization."""

    __tablename__ = "studio"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"))
    level: Mapped[ContestLevel]
    established_on: Mapped[dt.date | None]
    term_ends_on: Mapped[dt.date | None]
    state: Mapped[StudioState] = mapped_column(default=StudioState.APPLIED)
    summary: Mapped[str] = mapped_column(Text, default="")
    members: Mapped[list[Any]] = mapped_column(default=list)
    projects: Mapped[list[Any]] = mapped_column(default=list)

    leader: Mapped[Person] = relationship()
    host: Mapped[Organization] = relationship()
    occupation: Mapped[Occupation] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(STUDIO_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return Place(studio_id=self.id)
