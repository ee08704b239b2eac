"""Looks at whole ID numbers in files: whose number was taken, by whom, what for."""

import datetime as dt

from sqlalchemy import ForeignKey, Select, String, insert, literal
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Account
from models.base import Base, UtcDateTime
from models.entries import Entry
from models.people import Person


class TakenNumber(Base):
    """One person's whole ID number in one file somebody asked for."""

    __tablename__ = "taken_number"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[dt.datetime]
    purpose: Mapped[str] = mapped_column(String(120))

    person: Mapped[Person] = relationship()
    account: Mapped[Account | None] = relationship()


def keep_taken(
    session: Session,
    account_id: int | None,
    entries: Select[Entry],
    *,
    at: dt.datetime,
    purpose: str,
) -> None:
    """Keep for everybody of a list that their number was taken, in one statement."""
    rows = entries.with_only_columns(
        Entry.person_id,
        literal(account_id),
        literal(at, UtcDateTime()),
        literal(purpose),
    ).where(Entry.person_id.is_not(None))
    columns = ["person_id", "account_id", "taken_at", "purpose"]
    session.execute(insert(TakenNumber).from_select(columns, rows.order_by(None)))
