"""The checklist of a contest: what is to be done by when, and what the records show by themselves.

Source: docs/rules/checklists.md, which gives the ground of each day.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.errors import wrong_field
from rules.states import EventState
from rules.text import clean_line, is_plain_line

LONGEST_TITLE, LONGEST_NOTE = 60, 300
MOST_OWN: Final = 60
"""Items of its own a contest may have."""


class Anchor(StrEnum):
    """The day of a contest's calendar a due date is counted from."""

    OPENS = "opens"
    CLOSES = "closes"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True)
class Days:
    """A contest's calendar: the first and the last day of its windows and of its events."""

    opens: dt.date | None = None
    closes: dt.date | None = None
    held: dt.date | None = None
    ended: dt.date | None = None

    def at(self, anchor: Anchor) -> dt.date | None:
        """Return the day of an anchor, None while the contest has no events."""
        found: dt.date | None = getattr(self, anchor.value)
        return found


@dataclass(frozen=True)
class Item:
    """One thing every contest needs; ``watched`` ones are ticked by the records alone.

    ``title`` is a gettext id, ``days`` are counted from the anchor, before it when
    negative; ``deeds`` are those of the audit trail that did it, ``page`` names where.
    """

    code: str
    title: str
    anchor: Anchor
    days: int
    deeds: tuple[str, ...] = ()
    page: str = ""

    @property
    def watched(self) -> bool:
        """Whether the records show by themselves that it is done."""
        return bool(self.deeds)

    def due(self, days: Days) -> dt.date | None:
        """Return the day it is due by the contest's calendar."""
        start = days.at(self.anchor)
        return None if start is None else start + dt.timedelta(days=self.days)


_A = Anchor
TEMPLATE: Final = (
    Item("schemes", "Marking schemes imported", _A.OPENS, -14, ("import_scheme",), "scheme"),
    Item("approved", "Contest approved under its number", _A.OPENS, -10, ("approve_contest",)),
    Item("budget", "Budget agreed with the finance office", _A.OPENS, -10),
    Item("announced", "Notice published", _A.HELD, -60, ("announce_contest",)),
    Item("papers", "Technical papers and sample tasks published", _A.HELD, -28),
    Item("reviewed", "Every entry decided", _A.CLOSES, 5, ("accept_entry",), "entries"),
    Item("listed", "List of entrants published", _A.HELD, -7, ("list_event",), "event"),
    Item("people", "Encryption officer and supervisor named", _A.HELD, -14, ("grant_role",)),
    Item("panels", "Panels complete, each with its chief", _A.HELD, -7, ("assign_judge",), "panel"),
    Item("venue", "Venue, power and equipment tried out", _A.HELD, -7),
    Item("material", "Material and tools counted", _A.HELD, -5),
    Item("safety", "Safety, first aid and insurance settled", _A.HELD, -5),
    Item("committed", "Draw announced with its witness", _A.HELD, -2, ("join_draw",), "draw"),
    Item("printed", "Passes, check-in lists and forms printed", _A.HELD, -2),
    Item("marks", "Marks locked", _A.ENDED, 0, ("lock_results",), "results"),
    Item("posted", "Results published", _A.ENDED, 2, ("post_results",), "results"),
    Item("final", "Results final", _A.ENDED, 5, ("finalise_results",), "results"),
    Item("publicity", "Winners on public notice for five working days", _A.ENDED, 14),
    Item("awarded", "Certificates issued", _A.ENDED, 21, ("award_event",), "certificates"),
    Item("money", "Award money paid", _A.ENDED, 45),
    Item("summary", "Technical review and summary written", _A.ENDED, 30),
    Item("archived", "Contest archived", _A.ENDED, 60, ("archive_contest",)),
)
"""In the order in which the work comes; domain facts behind the days: docs/rules/checklists.md."""
BY_CODE: Final[Mapping[str, Item]] = {item.code: item for item in TEMPLATE}
ORDER: Final = list(EventState)
REACHED: Final[Mapping[str, EventState]] = {
    "listed": EventState.LISTED,
    "panels": EventState.SCORING,
    "committed": EventState.DRAWN,
    "marks": EventState.LOCKED,
    "posted": EventState.POSTED,
    "final": EventState.FINAL,
    "awarded": EventState.AWARDED,
}
"""Items that are done once every event that is not cancelled has come so far."""


def reached(states: Iterable[EventState], wanted: EventState) -> bool:
    """Whether every event that was not cancelled has come to ``wanted``; none proves nothing.

    >>> reached([EventState.FINAL, EventState.CANCELLED], EventState.POSTED)
    True
    >>> reached([EventState.CANCELLED], EventState.POSTED)
    False
    """
    live = [state for state in states if state is not EventState.CANCELLED]
    return bool(live) and all(ORDER.index(state) >= ORDER.index(wanted) for state in live)


def days_of(windows: Iterable[tuple[dt.date, dt.date, dt.date]]) -> Days:
    """Return the calendar of events given as (entries open, entries close, held on).

    >>> days_of([]).held is None
    True
    """
    rows = list(windows)
    if not rows:
        return Days()
    opens, closes, held = zip(*rows, strict=True)
    return Days(min(opens), max(closes), min(held), max(held))


def check_title(text: str) -> str:
    """Return the title of an own item in its kept form, or refuse it. Raises ``Invalid``."""
    title = clean_line(text)
    if not title or len(title) > LONGEST_TITLE or not is_plain_line(title):
        raise wrong_field("title", "Name the item in one line of up to 60 characters.")
    return title


def check_note(text: str, *, needed: bool) -> str:
    """Return a note in its kept form, or refuse it. Raises ``Invalid``."""
    note = clean_line(text)
    if len(note) > LONGEST_NOTE or not is_plain_line(note):
        raise wrong_field("note", "A note is one line of up to 300 characters.")
    if needed and not note:
        raise wrong_field("note", "Say why this is not needed; a successor will read it.")
    return note


def check_due(day: dt.date | None) -> dt.date:
    """Return a due date, or refuse one no contest can have. Raises ``Invalid``."""
    if day is None or not dt.date(2000, 1, 1) <= day <= dt.date(2100, 12, 31):
        raise wrong_field("due_on", "Give the day by which this is to be done.")
    return day


def is_late(due: dt.date | None, today: dt.date) -> bool:
    """Whether the day has passed; the day itself is still in time."""
    return due is not None and due < today
