"""What an entrant reads of the days: own sittings, own check-ins, own extra time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.check_ins import CheckIn, ExtraTime
from models.sittings import Placement, Sitting


def placements_of_entry(session: Session, entry_id: int) -> list[Placement]:
    """Read the placements of an entry in the order of time."""
    return list(
        session.scalars(
            select(Placement)
            .join(Placement.sitting)
            .where(Placement.entry_id == entry_id)
            .order_by(Sitting.starts_at)
            .options(
                joinedload(Placement.workplace),
                joinedload(Placement.sitting).joinedload(Sitting.venue),
            )
        )
    )


def check_ins_of_entry(session: Session, entry_id: int) -> dict[int, CheckIn]:
    """Map placement to the check-in of it that stands."""
    rows = session.scalars(
        select(CheckIn)
        .join(CheckIn.placement)
        .where(Placement.entry_id == entry_id, CheckIn.undone_at.is_(None))
    )
    return {row.placement_id: row for row in rows}


def extra_minutes_of(session: Session, entry_id: int) -> int:
    """Add up the extra time of an entry that stands, in minutes."""
    return (
        session.scalar(
            select(func.sum(ExtraTime.minutes)).where(
                ExtraTime.entry_id == entry_id, ExtraTime.taken_back_at.is_(None)
            )
        )
        or 0
    )
