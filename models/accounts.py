"""Accounts, their login sessions, and the counters that slow guessing down."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Person


class Account(Base):
    """A way to sign in; the human being behind it is a Person."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(
            "username IS NOT NULL OR email IS NOT NULL OR phone_mark IS NOT NULL", "has_a_handle"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str | None] = mapped_column(String(40), unique=True)
    email: Mapped[str | None] = mapped_column(String(120), unique=True)
    phone_mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", use_alter=True), unique=True
    )
    must_change_password: Mapped[bool] = mapped_column(default=False)
    """Set with a password somebody else has chosen: the first sign-in replaces it."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The head contact of the unit whose colleague this is; None for everybody else."""
    is_active: Mapped[bool] = mapped_column(default=True)
    lang: Mapped[str] = mapped_column(String(8), default="zh_Hans", server_default="zh_Hans")
    """The language copies of messages are written in: what the account last read the site in."""
    created_at: Mapped[dt.datetime]
    last_login_at: Mapped[dt.datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])


class LoginSession(Base):
    """One signed-in browser; ending the row signs it out, whatever its cookie says."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    agent: Mapped[str] = mapped_column(String(120), default="")

    account: Mapped[Account] = relationship()


class LoginCounter(Base):
    """Failures under one key (an account or an address) within a window."""

    __tablename__ = "login_counter"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    since: Mapped[dt.datetime]
    locked_until: Mapped[dt.datetime | None]
