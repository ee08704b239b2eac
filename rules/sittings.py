"""Sittings (场次): what clashes in a timetable, and how entrants are dealt over parallel sittings.

Source: docs/rules/sittings.md.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from rules.phrases import Phrase, phrase
from rules.terms import SittingPart

HERE: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Slot:
    """One sitting as the rules see it: a half-open span of time and who and what is bound by it.

    ``entrants`` and ``judges`` map a key of the human being to the name, ``workplaces`` maps the
    key of a taken workplace to its words, ``usable`` counts the workplaces of the venue in order.
    """

    key: int
    name: str
    event_id: int
    part: SittingPart
    starts_at: dt.datetime
    ends_at: dt.datetime
    entrants: Mapping[Hashable, str] = field(default_factory=dict)
    judges: Mapping[Hashable, str] = field(default_factory=dict)
    workplaces: Mapping[Hashable, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    usable: int = 0
    own: bool = True
    """False for a sitting of another contest, which matters only where it meets one of this."""

    def overlaps(self, other: "Slot") -> bool:
        """Whether both run at one moment; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Field:
    """One event as the timetable sees it: how many are accepted, how many have no sitting yet."""

    event_id: int
    name: str
    accepted: int
    unplaced: int


def workplace_clashes(slots: Sequence[Slot]) -> list[Phrase]:
    """Name every workplace that two sittings use at once."""
    return [
        phrase(
            "Workplace %(place)s is taken twice at once: by “%(one)s” and “%(other)s” (%(when)s).",
            place=first.workplaces[key],
            one=first.name,
            other=second.name,
            when=_when(second),
        )
        for key, first, second in _collisions(slots, "workplaces")
    ]


def entrant_clashes(slots: Sequence[Slot]) -> list[Phrase]:
    """Name everybody who is expected in two sittings at once, across events."""
    return [
        phrase(
            "%(person)s is expected in two sittings at once: “%(one)s” and “%(other)s” (%(when)s).",
            person=first.entrants[key],
            one=first.name,
            other=second.name,
            when=_when(second),
        )
        for key, first, second in _collisions(slots, "entrants")
    ]


def judge_clashes(slots: Sequence[Slot]) -> list[Phrase]:
    """Name every judge whose panels sit at once; a theory paper needs no panel in the room."""
    judged = [slot for slot in slots if slot.part is not SittingPart.THEORY]
    return [
        phrase(
            "%(judge)s sits on two panels at once: “%(one)s” and “%(other)s” (%(when)s).",
            judge=first.judges[key],
            one=first.name,
            other=second.name,
            when=_when(second),
        )
        for key, first, second in _collisions(judged, "judges")
        if first.event_id != second.event_id
    ]


def outside_days(
    slots: Iterable[Slot], first: dt.date | None, last: dt.date | None
) -> list[Phrase]:
    """Name every sitting that is not wholly within the contest's days; unset days bind nobody."""
    begin, end = first or dt.date.min, last or dt.date.max
    return [
        phrase(
            "“%(sitting)s” (%(when)s) lies outside the days of the contest.",
            sitting=slot.name,
            when=_when(slot),
        )
        for slot in slots
        if not begin <= _day(slot.starts_at) <= _day(slot.ends_at) <= end
    ]


def over_full(slots: Iterable[Slot]) -> list[Phrase]:
    """Name every sitting with more entrants than workplaces.

    A theory paper is written in halls whose seats nobody counts, unless the venue lists some.
    """
    return [
        phrase(
            "“%(sitting)s” has %(entrants)s entrants and only %(places)s usable workplaces.",
            sitting=slot.name,
            entrants=len(slot.entrants),
            places=slot.usable,
        )
        for slot in slots
        if len(slot.entrants) > slot.usable and (slot.usable or slot.part is not SittingPart.THEORY)
    ]


def on_broken(slots: Iterable[Slot]) -> list[Phrase]:
    """Name every broken workplace that somebody was given."""
    return [
        phrase(
            "Workplace %(place)s is broken, and an entrant of “%(sitting)s” was given it.",
            place=place,
            sitting=slot.name,
        )
        for slot in slots
        for place in slot.broken
    ]


def unplanned(fields: Iterable[Field], slots: Iterable[Slot]) -> list[Phrase]:
    """Name every event without a sitting, and every event some of whose entrants have none."""
    planned = {slot.event_id for slot in slots}
    found = []
    for one in fields:
        if one.event_id not in planned:
            found.append(phrase("“%(event)s” has no sitting yet.", event=one.name))
        elif one.unplaced:
            found.append(
                phrase(
                    "%(count)s entrants of “%(event)s” have no sitting yet.",
                    count=one.unplaced,
                    event=one.name,
                )
            )
    return found


def deal(
    entrants: Sequence[int], sittings: Sequence[tuple[int, int, int | None]]
) -> dict[int, int]:
    """Deal entrants, in the order of their passes, over parallel sittings (key, taken, room).

    The sittings end as evenly filled as their room allows (None is no limit), neighbours stay
    together, and whoever finds no room is left out.

    >>> deal([1, 2, 3, 4, 5], [(70, 0, None), (71, 0, None)])
    {1: 70, 2: 70, 3: 70, 4: 71, 5: 71}
    """
    filled = {key: taken for key, taken, _ in sittings}
    room = {key: limit for key, _, limit in sittings}
    gained: dict[int, int] = defaultdict(int)
    for _ in entrants:
        free = [key for key in filled if room[key] is None or filled[key] < (room[key] or 0)]
        if not free:
            break
        chosen = min(free, key=lambda key: filled[key])
        filled[chosen] += 1
        gained[chosen] += 1
    seats = [key for key, _, _ in sittings for _ in range(gained[key])]
    return dict(zip(entrants, seats, strict=False))


def _collisions(slots: Sequence[Slot], bound: str) -> list[tuple[Hashable, Slot, Slot]]:
    """List (key, earlier, later) of whatever is bound by two overlapping slots."""
    by_key: dict[Hashable, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.key)):
        for key in getattr(slot, bound):
            by_key[key].append(slot)
    return [
        (key, first, second)
        for key, used in by_key.items()
        for at, first in enumerate(used)
        for second in used[at + 1 :]
        if first.overlaps(second) and (first.own or second.own)
    ]


def hour(moment: dt.datetime) -> str:
    """Write the time of day as the district's clock shows it.

    >>> hour(dt.datetime(2026, 11, 24, 0, 30, tzinfo=dt.UTC))
    '08:30'
    """
    return f"{moment.astimezone(HERE):%H:%M}"


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(HERE).date()


def _when(slot: Slot) -> str:
    begin, end = slot.starts_at.astimezone(HERE), slot.ends_at.astimezone(HERE)
    return f"{begin:%m-%d %H:%M}–{end:%H:%M}"
