"""Teams: a name, a number of members, and the link by which a captain wins them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.contests import Event


class Team(Base):
    """People who enter one event together; each has an entry, the captain's holds the place.

    The link's token is the vault's keyed hash of ``key`` and ``serial``; only
    its print lies here.
    """

    __tablename__ = "team"
    __table_args__ = (
        Index(
            "uq_team_one_name_per_event",
            "event_id",
            "name",
            unique=True,
            sqlite_where=text("dissolved_at IS NULL"),
            postgresql_where=text("dissolved_at IS NULL"),
        ),
        CheckConstraint("members >= 0 AND members <= places", "never_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    places: Mapped[int]
    members: Mapped[int] = mapped_column(default=1)
    """How many said they take part, the captain among them: taken by conditional updates."""
    key: Mapped[str] = mapped_column(String(32), unique=True)
    serial: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[dt.datetime]
    founded_at: Mapped[dt.datetime]
    dissolved_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
