"""Places of an event: taken by one conditional update, so that the last one goes to one person."""

from typing import Any, cast

from sqlalchemy import CursorResult, update

from actions.desk import Desk
from models.contests import Event
from models.entries import Entry
from rules.errors import Blocked


def take_seat(desk: Desk, entry: Entry) -> None:
    """Take a place for an entry that holds none; raises ``Blocked`` when all are taken."""
    if entry.holds_seat:
        return
    taken = _changed(
        desk,
        update(Event)
        .where(Event.id == entry.event_id, Event.seats_taken < Event.quota)
        .values(seats_taken=Event.seats_taken + 1),
    )
    if not taken:
        raise Blocked("All places of this event are taken. Your entry is kept as a draft.")
    desk.session.expire(entry.event, ["seats_taken"])
    entry.holds_seat = True


def free_seat(desk: Desk, entry: Entry) -> None:
    """Give the place of an entry back."""
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


def _changed(desk: Desk, statement: Any) -> bool:  # noqa: ANN401  # an Update
    options = {"synchronize_session": False}
    result = desk.session.execute(statement.execution_options(**options))
    return cast("CursorResult[Any]", result).rowcount == 1
