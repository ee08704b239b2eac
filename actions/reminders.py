"""Reminders: timed errands before entries close and before the day, checked when carried."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from actions.desk import Desk
from actions.messages import entrants_of, tell_entrant
from models.contests import Event
from models.entries import Entry
from models.messages import Message
from rules.messages import HERE
from rules.states import ContestState, EntryState, EventState

CLOSING_DAYS: Final = (7, 3, 1)
EVENT_DAYS: Final = (3, 1)
MORNING: Final = dt.time(9, 0)
STALE: Final = dt.timedelta(hours=12)
"""A reminder carried later than this says nothing: the next one is nearer the mark."""
BEFORE_DAY: Final = frozenset({EventState.CLOSED, EventState.LISTED, EventState.DRAWN})


def remind_of_closing(desk: Desk, event: Event) -> None:
    """Set the reminders 7, 3 and 1 days before entries close; those in the past are left out."""
    for days in CLOSING_DAYS:
        after = event.entries_close_at - dt.timedelta(days=days) - desk.now
        if after >= dt.timedelta(0):
            desk.send(
                "remind_closing",
                after=after,
                event_id=event.id,
                days=days,
                closes=event.entries_close_at.isoformat(),
            )


def remind_of_day(desk: Desk, event: Event) -> None:
    """Set the reminders at nine, 3 and 1 days before the day of the event."""
    for days in EVENT_DAYS:
        after = _morning(event.held_on, days) - desk.now
        if after >= dt.timedelta(0):
            desk.send(
                "remind_day",
                after=after,
                event_id=event.id,
                days=days,
                held_on=event.held_on.isoformat(),
            )


def remind_anew(desk: Desk, event: Event, changed: Collection[str]) -> None:
    """Set reminders of a new moment; those of the old one find it gone and say nothing."""
    if event.contest.state is not ContestState.ANNOUNCED:
        return
    if "entries_close_at" in changed:
        remind_of_closing(desk, event)
    if "held_on" in changed:
        remind_of_day(desk, event)


def carry_closing(desk: Desk, event: Event, *, days: int, closes: str) -> int:
    """Remind who has not handed in; returns how many.

    A window that moved or closed, or a reminder that comes too late, reminds nobody, and
    nobody hears the same reminder twice.
    """
    moved = event.entries_close_at.isoformat() != closes
    due = event.entries_close_at - dt.timedelta(days=days)
    if moved or event.state is not EventState.OPEN or not due <= desk.now < due + STALE:
        return 0
    waiting = [
        *(("closing_soon", entry) for entry in entrants_of(desk, event, {EntryState.DRAFT})),
        *(("mend_soon", entry) for entry in entrants_of(desk, event, {EntryState.RETURNED})),
    ]
    told = 0
    for kind, entry in waiting:
        told += _once(desk, entry, kind, f"closing:{entry.id}:{days}:{closes}", closes=closes)
    return told


def carry_day(desk: Desk, event: Event, *, days: int, held_on: str) -> int:
    """Remind accepted entrants of the day; returns how many, under the same care."""
    moved = event.held_on.isoformat() != held_on
    due = _morning(event.held_on, days)
    if moved or event.state not in BEFORE_DAY or not due <= desk.now < due + STALE:
        return 0
    told = 0
    for entry in entrants_of(desk, event, {EntryState.ACCEPTED}):
        key = f"day:{entry.id}:{days}:{held_on}"
        told += _once(desk, entry, "day_soon", key, held_on=held_on, pass_no=entry.pass_no)
    return told


def _once(desk: Desk, entry: Entry, kind: str, key: str, **params: object) -> bool:
    known = desk.session.scalars(select(Message.id).filter_by(once_key=key)).first()
    if known is None:
        tell_entrant(desk, entry, kind, once=key, **params)
    return known is None


def _morning(day: dt.date, days: int) -> dt.datetime:
    before = day - dt.timedelta(days=days)
    return dt.datetime.combine(before, MORNING, HERE).astimezone(dt.UTC)
