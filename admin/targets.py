"""The plan's targets against what the register holds today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.contests import Contest
from models.craftsmen import Honour
from models.indicators import Target
from models.people import Person
from models.studios import Studio
from rules.states import HonourState
from rules.terms import ContestLevel, HonourKind
from rules.visibility import PUBLIC_CONTESTS, PUBLIC_STUDIOS

TITLE: Final = "定海名匠"
HIGHER: Final = (ContestLevel.CITY, ContestLevel.PROVINCE, ContestLevel.NATIONAL)
WHOLE: Final = 100


@dataclass(frozen=True)
class Progress:
    """One target; ``actual`` is None where the register cannot count it."""

    target: Target
    goal: Decimal
    actual: int | None

    @property
    def share(self) -> int:
        """How much of the goal is reached, in whole percent."""
        return int((self.actual or 0) * WHOLE / self.goal) if self.goal else WHOLE

    @property
    def gap(self) -> Decimal:
        """What is missing to the goal, 0 when it is reached."""
        return max(Decimal(0), self.goal - (self.actual or 0))


def progress(session: Session, year: int) -> list[Progress]:
    """Set every target of this year or later against its count from the records."""
    rows = session.scalars(
        select(Target).where(Target.year >= year - 1).order_by(Target.year, Target.id)
    ).all()
    seen = {row.code: _count(session, row) for row in rows if row.year >= year}
    latest = {row.code: row for row in sorted(rows, key=lambda row: row.year)}
    shown = [row for row in rows if row.year >= year or latest[row.code] is row]
    return [Progress(row, goal_of(row), seen.get(row.code)) for row in shown]


def goal_of(row: Target) -> Decimal:
    """Return the goal as a number, 0 where it is no number."""
    try:
        return Decimal(row.goal)
    except InvalidOperation:
        return Decimal(0)


def _count(session: Session, row: Target) -> int | None:
    query = LISTS.get(row.code)
    if query is None:
        return None
    counted = select(func.count()).select_from(query(row.year).order_by(None).subquery())
    return int(session.scalar(counted) or 0)


def _titled(_year: int) -> Select[Any]:
    titled = select(Honour.person_id).where(
        Honour.kind == HonourKind.TITLE,
        Honour.state == HonourState.VALID,
        Honour.title.contains(TITLE),
    )
    return select(Person).where(Person.id.in_(titled)).order_by(Person.name, Person.id)


def _studios(_year: int) -> Select[Any]:
    return select(Studio).where(Studio.state.in_(PUBLIC_STUDIOS)).order_by(Studio.name)


def _higher(year: int) -> Select[Any]:
    return _studios(year).where(Studio.level.in_(HIGHER))


def _contests(year: int) -> Select[Any]:
    return (
        select(Contest)
        .where(Contest.year == year, Contest.state.in_(PUBLIC_CONTESTS))
        .order_by(Contest.starts_on, Contest.id)
    )


LISTS: Final[dict[str, Callable[[int], Select[Any]]]] = {
    "mingjiang": _titled,
    "mingjiang_studios": _studios,
    "higher_studios": _higher,
    "contests": _contests,
}
"""What the register can count: the figure is the length of the list, so that both always agree.

Other targets are reported by month and shown without a figure."""


def list_behind(session: Session, row: Target) -> Sequence[Any] | None:
    """Read the people, studios or contests a figure counts; None where nothing is counted."""
    query = LISTS.get(row.code)
    return None if query is None else session.scalars(query(row.year)).all()
