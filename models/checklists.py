"""The checklist of a contest: own items, and what people noted on those every contest has."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Contest
from rules.lifecycle import CHECK_STEPS, step
from rules.states import CheckState

OWN: Final = "code IS NULL"


class ChecklistItem(Base):
    """One item somebody added, or what was noted on an item of the template (``code``)."""

    __tablename__ = "checklist_item"
    __table_args__ = (
        Index("uq_checklist_item_code", "contest_id", "code", unique=True),
        Index(
            "uq_checklist_item_title",
            "contest_id",
            "title",
            unique=True,
            sqlite_where=text(OWN),
            postgresql_where=text(OWN),
        ),
        CheckConstraint("(code IS NULL) = (title <> '')", "own_has_title"),
        CheckConstraint("code IS NOT NULL OR due_on IS NOT NULL", "own_has_day"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", "settled_has_time"),
        CheckConstraint("state <> 'not_needed' OR note <> ''", "not_needed_has_note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    code: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(60), default="")
    due_on: Mapped[dt.date | None]
    """A day somebody set; without one an item of the template follows the calendar."""
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[CheckState] = mapped_column(default=CheckState.OPEN)
    note: Mapped[str] = mapped_column(String(300), default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    contest: Mapped[Contest] = relationship()
    assignee: Mapped[Account | None] = relationship(foreign_keys=[assignee_id])
    settler: Mapped[Account | None] = relationship(foreign_keys=[settled_by])

    __mapper_args__ = {"version_id_col": version}

    @property
    def key(self) -> str:
        """Its name in an address: the code, or its number."""
        return self.code or f"own-{self.id}"

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(CHECK_STEPS, self.state, verb)


def items_of(session: Session, contest_ids: Collection[int]) -> dict[int, list[ChecklistItem]]:
    """Read what is kept of the checklists of some contests, in one statement."""
    rows = session.scalars(
        select(ChecklistItem)
        .where(ChecklistItem.contest_id.in_(contest_ids))
        .options(joinedload(ChecklistItem.assignee), joinedload(ChecklistItem.settler))
        .order_by(ChecklistItem.id)
    )
    found: dict[int, list[ChecklistItem]] = {key: [] for key in contest_ids}
    for row in rows:
        found[row.contest_id].append(row)
    return found
