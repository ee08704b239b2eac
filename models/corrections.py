"""Corrections: what a person wants put right in the register, and what the office answered."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.people import Person
from rules.lifecycle import CORRECTION_STEPS, step
from rules.states import CorrectionState


class Correction(Base):
    """One wish: the name and the ID number as they should be; the number is sealed."""

    __tablename__ = "correction"
    __table_args__ = (
        Index(
            "uq_correction_one_wished_per_person",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'wished'"),
            postgresql_where=text("state = 'wished'"),
        ),
        CheckConstraint("(state = 'wished') = (decided_at IS NULL)", "decided_has_time"),
        CheckConstraint("state <> 'declined' OR answer <> ''", "declined_has_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name of the row: what the number is sealed to."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(40))
    id_number_sealed: Mapped[bytes | None]
    """The number as it should be; None where it stays, and once the wish is answered."""
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[CorrectionState] = mapped_column(default=CorrectionState.WISHED)
    answer: Mapped[str] = mapped_column(String(200), default="")
    asked_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(CORRECTION_STEPS, self.state, verb)
