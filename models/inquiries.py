"""Questions of entrants to the jury of an event. The jury reads rows that know no entry."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    case,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Event
from models.entries import Entry
from rules.lifecycle import INQUIRY_STEPS, step
from rules.states import InquiryState
from rules.terms import StockReply


class Inquiry(Base):
    """One question; whoever answers it claims it first."""

    __tablename__ = "inquiry"
    __table_args__ = (
        UniqueConstraint("entry_id", "form_key"),
        Index("ix_inquiry_event_id_state", "event_id", "state"),
        CheckConstraint("(state = 'open') = (claimed_by IS NULL)", "open_is_nobodys"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", "claim_has_time"),
        CheckConstraint(
            "(state IN ('answered', 'published', 'declined')) = (closed_at IS NOT NULL)",
            "closed_has_time",
        ),
        CheckConstraint("(state IN ('answered', 'published')) = (answer <> '')", "answer_is_there"),
        CheckConstraint("(state = 'published') = (public_question <> '')", "public_has_question"),
        CheckConstraint("(state = 'declined') = (stock IS NOT NULL)", "declined_has_stock"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    state: Mapped[InquiryState] = mapped_column(default=InquiryState.OPEN)
    question: Mapped[str] = mapped_column(Text)
    public_question: Mapped[str] = mapped_column(Text, default="")
    """The question as everybody reads it."""
    answer: Mapped[str] = mapped_column(Text, default="")
    stock: Mapped[StockReply | None]
    form_key: Mapped[str] = mapped_column(String(40))
    """Idempotency key of the form it was asked with."""
    asked_at: Mapped[dt.datetime]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship()
    entry: Mapped[Entry] = relationship()
    claimer: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(INQUIRY_STEPS, self.state, verb)


@dataclass(frozen=True)
class JuryRow:
    """A question as those who answer see it: no entry, no account, no pass of whoever asks."""

    id: int
    state: InquiryState
    question: str
    public_question: str
    answer: str
    stock: StockReply | None
    asked_at: dt.datetime
    closed_at: dt.datetime | None
    claimed_by: int | None
    claimer: str | None


_JURY: Sequence[Any] = (
    Inquiry.id,
    Inquiry.state,
    Inquiry.question,
    Inquiry.public_question,
    Inquiry.answer,
    Inquiry.stock,
    Inquiry.asked_at,
    Inquiry.closed_at,
    Inquiry.claimed_by,
    Account.display_name,
)
_ORDER = case({InquiryState.OPEN: 0, InquiryState.CLAIMED: 1}, value=Inquiry.state, else_=2)


def _jury(event_id: int) -> Select[Any]:
    return (
        select(*_JURY)
        .outerjoin(Account, Account.id == Inquiry.claimed_by)
        .where(Inquiry.event_id == event_id)
    )


def jury_rows(session: Session, event_id: int, *, most: int = 200) -> list[JuryRow]:
    """List the questions of an event: those that wait first and the oldest of them, then the rest.

    At most ``most``; what was closed longest ago is left out first.
    """
    waiting = Inquiry.state.in_((InquiryState.OPEN, InquiryState.CLAIMED))
    newest = case((waiting, None), else_=Inquiry.id).desc()
    rows = session.execute(_jury(event_id).order_by(_ORDER, newest, Inquiry.id).limit(most))
    return [JuryRow(*row) for row in rows]


def jury_row(session: Session, event_id: int, key: int) -> JuryRow | None:
    """Read one question of an event as the jury sees it."""
    row = session.execute(_jury(event_id).where(Inquiry.id == key)).first()
    return None if row is None else JuryRow(*row)


def own_inquiries(session: Session, entry_id: int) -> list[Inquiry]:
    """List the questions of one entry, newest first."""
    query = select(Inquiry).filter_by(entry_id=entry_id).order_by(Inquiry.id.desc())
    return list(session.scalars(query))


def waiting_count(session: Session, event_id: int) -> int:
    """Count the questions of an event nobody has claimed."""
    query = select(func.count()).where(
        Inquiry.event_id == event_id, Inquiry.state == InquiryState.OPEN
    )
    return session.scalar(query) or 0
