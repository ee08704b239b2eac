"""Feeder contests: which events send their best on to another."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.entries import Entry
from models.people import Person
from models.results import ResultLine, current_result
from rules.feeders import Placed, sent_on
from rules.states import EventState

SETTLED = frozenset({EventState.FINAL, EventState.AWARDED})
"""A feeder counts once nobody can appeal against its places any more."""


class Feeder(Base):
    """One event that sends its first ``places`` on, at most ``per_unit`` of one unit."""

    __tablename__ = "feeder"
    __table_args__ = (
        UniqueConstraint("event_id", "source_id"),
        CheckConstraint("event_id <> source_id", "another_event"),
        CheckConstraint("places > 0", "places_positive"),
        CheckConstraint("per_unit IS NULL OR per_unit > 0", "per_unit_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    places: Mapped[int]
    per_unit: Mapped[int | None]

    source: Mapped[Event] = relationship(foreign_keys=[source_id])


def feeders_of(session: Session, event_id: int) -> list[Feeder]:
    """List the events that feed this one."""
    return list(
        session.scalars(select(Feeder).filter_by(event_id=event_id).order_by(Feeder.id)).all()
    )


def sent_on_by(session: Session, feeder: Feeder) -> set[int] | None:
    """Return the persons a feeder sends on, None while its result is not final."""
    sheet = current_result(session, feeder.source_id)
    if sheet is None or feeder.source.state not in SETTLED:
        return None
    rows = session.execute(
        select(Person.id, Person.organization_id, Entry.answers, ResultLine.place)
        .join(Entry, Entry.person_id == Person.id)
        .join(ResultLine, ResultLine.entry_id == Entry.id)
        .where(ResultLine.sheet_id == sheet.id, ResultLine.place.is_not(None))
    )
    ranked = [
        Placed(person, str(unit or "".join(answers.get("employer", "").split())), place or 0)
        for person, unit, answers, place in rows
    ]
    return sent_on(ranked, places=feeder.places, per_unit=feeder.per_unit)
