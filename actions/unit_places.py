"""Places of units: taken by conditional updates, so that no quota is ever oversold."""

from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update

from actions.desk import Desk
from models.contests import Event
from models.entries import Entry
from models.people import Person
from models.units import UnitQuota
from rules.errors import Blocked


class UnitFull(Blocked):
    """The quota of the unit is used up, whatever the event has left."""


def quota_of(desk: Desk, event_id: int, unit_id: int) -> UnitQuota | None:
    """Read a unit's quota in an event as it stands now."""
    return desk.session.scalars(
        select(UnitQuota)
        .filter_by(event_id=event_id, organization_id=unit_id)
        .execution_options(populate_existing=True)
    ).first()


def take_places(desk: Desk, event_id: int, unit_id: int, count: int) -> int | None:
    """Take places of a unit by one conditional update; returns the quota's id, None without one.

    Raises ``UnitFull`` when fewer are left; nothing is taken then.
    """
    row = quota_of(desk, event_id, unit_id)
    if row is None or not count:
        return row.id if row else None
    taken = changed(
        desk,
        update(UnitQuota)
        .where(UnitQuota.id == row.id, UnitQuota.taken + count <= UnitQuota.quota)
        .values(taken=UnitQuota.taken + count),
    )
    if not taken:
        raise UnitFull(
            "%(unit)s has %(left)s of its %(quota)s places left in this event. Your draft is kept; "
            "ask the unit's contact.",
            unit=row.organization.name,
            left=row.quota - row.taken,
            quota=row.quota,
        )
    desk.session.expire(row, ["taken"])
    return row.id


def free_places(desk: Desk, quota_id: int | None, count: int = 1) -> None:
    """Give places of a unit back."""
    if quota_id is None or not count:
        return
    changed(
        desk,
        update(UnitQuota)
        .where(UnitQuota.id == quota_id, UnitQuota.taken >= count)
        .values(taken=UnitQuota.taken - count),
    )
    row = desk.session.get(UnitQuota, quota_id)
    if row is not None:
        desk.session.expire(row, ["taken"])


def take_unit_place(desk: Desk, entry: Entry) -> None:
    """Count an entry on the quota of the unit its person names, once."""
    unit_id = entry.person.organization_id if entry.person else None
    held = desk.session.get(UnitQuota, entry.unit_quota_id) if entry.unit_quota_id else None
    if held is not None and held.organization_id == unit_id:
        return
    hold_event(desk, entry.event_id)
    free_unit_place(desk, entry)
    if unit_id is not None:
        entry.unit_quota_id = take_places(desk, entry.event_id, unit_id, 1)


def free_unit_place(desk: Desk, entry: Entry) -> None:
    """Take an entry off the quota it counts on."""
    if entry.unit_quota_id is None:
        return
    hold_event(desk, entry.event_id)
    free_places(desk, entry.unit_quota_id)
    entry.unit_quota_id = None


def hold_event(desk: Desk, event_id: int) -> None:
    """Hold the event's row until the commit: entering many and setting quotas take turns."""
    desk.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())


def left_of(desk: Desk, event_id: int, unit_id: int) -> int | None:
    """Return how many places a unit has left in an event, None where it has no limit."""
    row = quota_of(desk, event_id, unit_id)
    return None if row is None else row.quota - row.taken


def used_by_units(desk: Desk, event_id: int) -> dict[int, int]:
    """Count the entries that hold a place, by unit."""
    rows = desk.session.execute(
        select(Person.organization_id, func.count())
        .join(Entry, Entry.person_id == Person.id)
        .where(Entry.event_id == event_id, Entry.holds_seat, Person.organization_id.is_not(None))
        .group_by(Person.organization_id)
    )
    return {unit_id: count for unit_id, count in rows if unit_id is not None}


def changed(desk: Desk, statement: Any) -> bool:  # noqa: ANN401  # an Update or Delete
    """Run a conditional statement; returns whether it met a row."""
    options = {"synchronize_session": False}
    result = desk.session.execute(statement.execution_options(**options))
    return cast("CursorResult[Any]", result).rowcount > 0
