"""Batches of papers for the days of a contest: tickets, number cloths, cards, badges, lists."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Event
from rules.lifecycle import PRINT_STEPS, step
from rules.states import PrintState
from rules.terms import PaperKind


class PrintBatch(Base):
    """The papers of one kind for one event; ordering them again replaces them."""

    __tablename__ = "print_batch"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        CheckConstraint("done >= 0 AND done <= total", "done_within_total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[PaperKind]
    state: Mapped[PrintState] = mapped_column(default=PrintState.SETTING)
    run: Mapped[int] = mapped_column(default=1)
    """Counts the orders; files and errands of an earlier run are out of date."""
    keys: Mapped[list[int]]
    """What is printed, in order: entries, workplaces or sittings, as they stood at the order."""
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(400), default="")
    ordered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ordered_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
    orderer: Mapped[Account | None] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(PRINT_STEPS, self.state, verb)
