"""Sittings: planned for an event, changed, removed."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from actions.messages import tell_entrant
from models.check_ins import CheckIn
from models.contests import Event
from models.entries import Entry
from models.sittings import Placement, Sitting
from models.venues import Venue
from rules.check_ins import LATE_MINUTES, MOST_MINUTES
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit
from rules.states import CHECKABLE, EntryState, EventState, SittingState
from rules.terms import SittingPart

PLANNABLE = frozenset(
    {EventState.DRAFT, EventState.OPEN, EventState.CLOSED, EventState.LISTED}
    | {EventState.DRAWN, EventState.SCORING}
)
"""While an event is here its timetable may change."""


@dataclass(frozen=True)
class SittingPlan:
    """What the office says of a sitting; moments are aware, ``late_minutes`` is the late limit."""

    name: str
    part: SittingPart
    venue: Venue
    reports_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    module: str = ""
    late_minutes: int = LATE_MINUTES


def create_sitting(desk: Desk, event: Event, plan: SittingPlan) -> Sitting:
    """Add a sitting to an event; raises ``Invalid`` with the field that is wrong.

    What clashes is not refused but told by the timetable: a plan is made in steps.
    """
    require_planning(desk, event)
    _check(desk, event, plan, None)
    sitting = Sitting(event=event, changed_at=desk.now, **vars(plan))
    desk.session.add(sitting)
    desk.session.flush()
    desk.record("create_sitting", f"sitting:{sitting.id}", event=event.id)
    return sitting


def edit_sitting(desk: Desk, sitting: Sitting, plan: SittingPlan) -> None:
    """Change a sitting whose check-in is still open; another venue frees its workplaces."""
    require_planning(desk, sitting.event)
    _require_open(sitting)
    _check(desk, sitting.event, plan, sitting)
    if sitting.venue_id != plan.venue.id:
        for row in desk.session.scalars(select(Placement).filter_by(sitting_id=sitting.id)):
            row.workplace_id = None
    before = _told(sitting)
    for name, value in vars(plan).items():
        setattr(sitting, name, value)
    sitting.changed_at = desk.now
    desk.record("edit_sitting", f"sitting:{sitting.id}")
    if sitting.event.state in CHECKABLE and _told(sitting) != before:
        _tell(desk, sitting)


def remove_sitting(desk: Desk, sitting: Sitting) -> None:
    """Remove a sitting nobody was checked in to; whoever was expected is without one again."""
    require_planning(desk, sitting.event)
    _require_open(sitting)
    seen = select(CheckIn.id).join(CheckIn.placement).where(Placement.sitting_id == sitting.id)
    if desk.session.scalars(seen.limit(1)).first() is not None:
        raise Blocked("People have been checked in to this sitting: it stays on record.")
    for row in desk.session.scalars(select(Placement).filter_by(sitting_id=sitting.id)):
        desk.session.delete(row)
    desk.session.flush()
    desk.session.delete(sitting)
    desk.record("remove_sitting", f"sitting:{sitting.id}", name=sitting.name)


def require_planning(desk: Desk, event: Event) -> None:
    """Refuse who may not plan here, and an event whose marks are locked or that is cancelled."""
    desk.require(Permit.SITTING_PLAN, event.where)
    if event.state not in PLANNABLE:
        raise WrongMoment("The timetable of this event stands: it is over or cancelled.")


def _told(sitting: Sitting) -> tuple[object, ...]:
    """Return what an entrant must hear of when it changes."""
    return sitting.reports_at, sitting.starts_at, sitting.ends_at, sitting.venue.id


def _tell(desk: Desk, sitting: Sitting) -> None:
    expected = desk.session.scalars(
        select(Placement)
        .join(Placement.entry)
        .where(Placement.sitting_id == sitting.id, Entry.state == EntryState.ACCEPTED)
        .options(joinedload(Placement.entry))
    )
    for placement in expected:
        tell_entrant(
            desk,
            placement.entry,
            "sitting_moved",
            sitting=sitting.name,
            starts=sitting.starts_at.isoformat(),
            reports=sitting.reports_at.isoformat(),
            venue=sitting.venue.name,
        )


def _require_open(sitting: Sitting) -> None:
    if sitting.state is not SittingState.OPEN:
        raise WrongMoment("Check-in of this sitting is closed. Reopen it first.")


def _check(desk: Desk, event: Event, plan: SittingPlan, own: Sitting | None) -> None:
    if not plan.reports_at <= plan.starts_at:
        raise _wrong("reports_at", "Check-in begins before the sitting does, not after it.")
    if not plan.starts_at < plan.ends_at:
        raise _wrong("ends_at", "A sitting ends after it has begun.")
    if not 0 <= plan.late_minutes <= MOST_MINUTES:
        raise _wrong("late_minutes", "The late limit is 0 to 240 minutes.")
    if (plan.part is SittingPart.MODULE) != bool(plan.module):
        raise _wrong("module", "A module has its code, such as A; other parts have none.")
    twin = desk.session.scalars(
        select(Sitting).filter_by(event_id=event.id, name=plan.name)
    ).first()
    if twin is not None and twin is not own:
        raise _wrong("name", "This event already has a sitting of this name.")


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
