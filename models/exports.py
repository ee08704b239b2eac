"""Files that are made in the background: too long for one request, fetched when ready."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Contest
from rules.lifecycle import EXPORT_STEPS, step
from rules.list_terms import ExportKind
from rules.states import ExportState


class Export(Base):
    """One file of one account: what goes into it was fixed when it was asked for."""

    __tablename__ = "export"
    __table_args__ = (CheckConstraint("done >= 0 AND done <= total", "done_within_total"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name: the folder on the shelf, and what the file is sealed to."""
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[ExportKind]
    whole: Mapped[bool] = mapped_column(default=False)
    """Whether ID numbers and telephones stand in it in full."""
    purpose: Mapped[str] = mapped_column(String(120), default="")
    columns: Mapped[list[str]] = mapped_column(default=list)
    parts: Mapped[list[Any]] = mapped_column(default=list)
    """What is still to be written, in order: keys of entries, or of the events of a copy."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    state: Mapped[ExportState] = mapped_column(default=ExportState.WAITING)
    file_name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]

    contest: Mapped[Contest] = relationship()
    account: Mapped[Account] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(EXPORT_STEPS, self.state, verb)
