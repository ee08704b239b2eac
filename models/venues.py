"""Venues and their workplaces: where sittings are held."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.contests import Contest
from models.media import Media
from rules.lifecycle import WORKPLACE_STEPS, step
from rules.permits import Place
from rules.states import WorkplaceState


class Venue(Base):
    """A hall, workshop or classroom: one contest keeps it, every contest may use it."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", "both_or_no_coordinates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    address: Mapped[str] = mapped_column(String(120))
    latitude: Mapped[Decimal | None]
    """Degrees north, WGS 84."""
    longitude: Mapped[Decimal | None]
    """Degrees east, WGS 84."""
    notes: Mapped[str] = mapped_column(Text, default="")
    """How to get there and where to go in: printed on the ticket."""
    map_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))

    contest: Mapped[Contest] = relationship()
    map: Mapped[Media | None] = relationship()
    workplaces: Mapped[list["Workplace"]] = relationship(
        back_populates="venue", order_by="Workplace.number"
    )

    @property
    def where(self) -> Place:
        """The place its deeds happen in."""
        return Place(contest_id=self.contest_id)


class Workplace(Base):
    """One numbered workplace (工位) with its equipment."""

    __tablename__ = "workplace"
    __table_args__ = (
        UniqueConstraint("venue_id", "number"),
        CheckConstraint("number > 0", "number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    number: Mapped[int]
    equipment: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[WorkplaceState] = mapped_column(default=WorkplaceState.USABLE)

    venue: Mapped[Venue] = relationship(back_populates="workplaces")

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(WORKPLACE_STEPS, self.state, verb)
