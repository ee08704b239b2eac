"""Helpers: who entered somebody else for an event, and whether that person took the entry over."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, backref, joinedload, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.entries import Entry
from rules.terms import Relation


class Helped(Base):
    """One entry that somebody began for another person; the row stays when it is taken over.

    The link's token is the vault's keyed hash of the entry; only its print lies here.
    """

    __tablename__ = "helped_entry"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    relation: Mapped[Relation]
    text_version: Mapped[str] = mapped_column(String(20))
    """Which words the helper stated under: that the person knows and agrees."""
    stated_at: Mapped[dt.datetime]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[dt.datetime | None]
    """When an SMS about it left for the person's own telephone."""
    taken_at: Mapped[dt.datetime | None]
    objected_at: Mapped[dt.datetime | None]

    entry: Mapped[Entry] = relationship(backref=backref("helped", uselist=False))
    helper: Mapped[Account] = relationship()


def in_foreign_hands() -> Select[int]:
    """Select the entries that still belong to who entered somebody else."""
    return select(Helped.entry_id).where(Helped.taken_at.is_(None))


def with_help() -> Any:  # noqa: ANN401  # an option of the ORM
    """Read who helped with each entry of a list along with it."""
    helped: Any = Entry.helped  # type: ignore[attr-defined]  # the other side of Helped.entry
    return joinedload(helped).joinedload(Helped.helper)


def help_of(entry: Entry) -> Helped | None:
    """Return who helped with an entry, if somebody did."""
    row: Helped | None = entry.helped  # type: ignore[attr-defined]  # as above
    return row
