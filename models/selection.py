"""Selection rounds of 定海名匠 and their candidates."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.organizations import Organization
from models.people import Person
from rules.lifecycle import CANDIDATE_STEPS, ROUND_STEPS, step
from rules.permits import Place
from rules.states import CandidateState, RoundState


class SelectionRound(Base):
    """One round: its legal basis, places, conditions and indicator table as data."""

    __tablename__ = "selection_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    doc_no: Mapped[str] = mapped_column(String(60), default="")
    places: Mapped[int]
    rules: Mapped[dict[str, Any]]
    summary: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RoundState] = mapped_column(default=RoundState.DRAFT)
    opens_on: Mapped[dt.date | None]
    closes_on: Mapped[dt.date | None]

    candidates: Mapped[list["Candidate"]] = relationship(
        back_populates="round", order_by="Candidate.id"
    )

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(ROUND_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return Place(round_id=self.id)


class Candidate(Base):
    """One person in one round."""

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("selection_round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    recommender_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    category: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[CandidateState] = mapped_column(default=CandidateState.APPLIED)
    summary: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[SelectionRound] = relationship(back_populates="candidates")
    person: Mapped[Person] = relationship()
    unit: Mapped[Organization | None] = relationship(foreign_keys=[unit_id])
    recommender: Mapped[Organization | None] = relationship(foreign_keys=[recommender_id])

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(CANDIDATE_STEPS, self.state, verb)
