"""Places of an event: taken by one conditional update, so that the last one goes to one person."""

from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update

from actions.desk import Desk
from actions.messages import tell_entrant
from actions.team_members import disband
from actions.unit_places import UnitFull, free_unit_place, take_unit_place
from models.contests import Event
from models.entries import Entry
from rules.errors import Blocked
from rules.states import BEFORE_LIST, EntryState

NO_PLACE = "No place became free before the list was published."


def take_seat(desk: Desk, entry: Entry) -> None:
    """Take a place for an entry that holds none; raises ``Blocked`` when all are taken.

    The unit's own quota, where the office has set one, is taken first.
    """
    take_unit_place(desk, entry)
    if entry.holds_seat:
        return
    taken = _changed(
        desk,
        update(Event)
        .where(Event.id == entry.event_id, Event.seats_taken < Event.quota)
        .values(seats_taken=Event.seats_taken + 1),
    )
    if not taken:
        free_unit_place(desk, entry)
        raise Blocked("All places of this event are taken. Your entry is kept as a draft.")
    desk.session.expire(entry.event, ["seats_taken"])
    entry.holds_seat = True


def free_seat(desk: Desk, entry: Entry) -> None:
    """Give the place of an entry back, and its unit's."""
    free_unit_place(desk, entry)
    if not entry.holds_seat:
        return
    _changed(
        desk,
        update(Event)
        .where(Event.id == entry.event_id, Event.seats_taken > 0)
        .values(seats_taken=Event.seats_taken - 1),
    )
    desk.session.expire(entry.event, ["seats_taken"])
    entry.holds_seat = False
    pass_on(desk, entry.event)


def pass_on(desk: Desk, event: Event) -> None:
    """Give free places to who waits longest; after the list is published nobody moves up.

    Somebody whose unit has used its quota up goes on waiting; the next one is asked.
    """
    passed_over: list[int] = []
    while event.state in BEFORE_LIST and event.seats_taken < event.quota:
        desk.session.flush()
        queue = waiting(event.id).where(Entry.id.not_in(passed_over))
        first = desk.session.scalars(queue.limit(1).with_for_update(of=Entry)).first()
        if first is None:
            return
        try:
            take_seat(desk, first)
        except UnitFull:
            passed_over.append(first.id)
            continue
        except Blocked:  # somebody who handed in at this moment was quicker
            return
        first.move("place")
        desk.session.flush()
        desk.record("place_entry", f"entry:{first.id}")
        tell_entrant(desk, first, "entry_placed")


def lapse_waiting(desk: Desk, event: Event) -> None:
    """Tell who still waits that no place became free; the list is final."""
    for entry in desk.session.scalars(waiting(event.id)):
        entry.move("lapse")
        entry.remarks = {"": NO_PLACE}
        entry.decided_at = desk.now
        desk.record("lapse_entry", f"entry:{entry.id}")
        tell_entrant(desk, entry, "entry_lapsed")
        disband(desk, entry)


def waiting(event_id: int) -> Select[Entry]:
    """Return the waiting list of an event, who waits longest first."""
    return (
        select(Entry)
        .where(Entry.event_id == event_id, Entry.state == EntryState.WAITING)
        .order_by(Entry.submitted_at, Entry.id)
    )


def _changed(desk: Desk, statement: Any) -> bool:  # noqa: ANN401  # an Update
    options = {"synchronize_session": False}
    result = desk.session.execute(statement.execution_options(**options))
    return cast("CursorResult[Any]", result).rowcount == 1
