"""Codes to sign in with: the code itself is kept nowhere, only what it is derived from."""

import datetime as dt

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from rules.codes import MAX_TRIES


class LoginCode(Base):
    """One code asked for; its digits are the vault's keyed hash of ``key``.

    There is a row for every telephone asked with, whether an account has it or not.
    """

    __tablename__ = "login_code"
    __table_args__ = (
        CheckConstraint(f"tries >= 0 AND tries <= {MAX_TRIES}", "tries_within_limit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    phone_mark: Mapped[str] = mapped_column(String(64), index=True)
    phone_sealed: Mapped[bytes | None]
    """The number it goes to, until it has left."""
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
