"""The outbox: errands written in the deed's own transaction, carried out by the worker."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from rules.lifecycle import OUTBOX_STEPS, step
from rules.states import OutboxState


class Errand(Base):
    """One errand: a mail, a message, an index update, pictures to cut."""

    __tablename__ = "errand"
    __table_args__ = (Index("ix_errand_state_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    trouble: Mapped[str] = mapped_column(String(400), default="")

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(OUTBOX_STEPS, self.state, verb)
