"""The plan's targets against what the register holds today."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contests import Contest
from models.craftsmen import Honour
from models.indicators import Target
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
    return [Progress(row, _goal(row), seen.get(row.code)) for row in shown]


def _goal(row: Target) -> Decimal:
    try:
        return Decimal(row.goal)
    except InvalidOperation:
        return Decimal(0)


def _count(session: Session, row: Target) -> int | None:
    counter = COUNTERS.get(row.code)
    return None if counter is None else counter(session, row.year)


def _titled(session: Session, _year: int) -> int:
    return _scalar(
        session,
        select(func.count(Honour.person_id.distinct())).where(
            Honour.kind == HonourKind.TITLE,
            Honour.state == HonourState.VALID,
            Honour.title.contains(TITLE),
        ),
    )


def _studios(session: Session, _year: int) -> int:
    return _scalar(session, select(func.count(Studio.id)).where(Studio.state.in_(PUBLIC_STUDIOS)))


def _higher(session: Session, _year: int) -> int:
    return _scalar(
        session,
        select(func.count(Studio.id)).where(
            Studio.state.in_(PUBLIC_STUDIOS), Studio.level.in_(HIGHER)
        ),
    )


def _contests(session: Session, year: int) -> int:
    return _scalar(
        session,
        select(func.count(Contest.id)).where(
            Contest.year == year, Contest.state.in_(PUBLIC_CONTESTS)
        ),
    )


def _scalar(session: Session, query: object) -> int:
    return int(session.scalar(query) or 0)  # type: ignore[call-overload]  # any of the counts above


COUNTERS: Final[dict[str, Callable[[Session, int], int]]] = {
    "mingjiang": _titled,
    "mingjiang_studios": _studios,
    "higher_studios": _higher,
    "contests": _contests,
}
"""What the register can count; other targets are reported by month and shown without a figure."""
