"""Settings the office changes at run time, and the worlds that were loaded."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Setting(Base):
    """One named value."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[dt.datetime]


def setting(session: Session, key: str, default: str = "") -> str:
    """Read one setting, or ``default`` where nobody set it."""
    row = session.get(Setting, key)
    return default if row is None else row.value
