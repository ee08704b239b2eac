"""The day view of a timetable: where each sitting's bar stands, in units of its drawing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from models.sittings import Sitting
from web.clock import local

WIDTH, LABEL, LANE, HEAD = 1000, 170, 56, 26
SERIES = 6
MINUTES = 60


@dataclass(frozen=True)
class Bar:
    """One sitting: left edge, top and width, and the number of its event's colour."""

    sitting: Sitting
    x: float
    y: int
    width: float
    colour: int


@dataclass(frozen=True)
class Day:
    """One day of the drawing: its hours as (x, word), its venues as (y, name), its bars."""

    date: dt.date
    height: int
    hours: list[tuple[float, int]]
    venues: list[tuple[int, str]]
    bars: list[Bar]


def days_of(sittings: Iterable[Sitting]) -> list[Day]:
    """Draw every day on which a sitting begins, the earliest first."""
    rows = list(sittings)
    events = list(dict.fromkeys(row.event_id for row in rows))
    by_day: dict[dt.date, list[Sitting]] = defaultdict(list)
    for row in rows:
        by_day[local(row.starts_at).date()].append(row)
    return [_day(date, by_day[date], events) for date in sorted(by_day)]


def _day(date: dt.date, rows: list[Sitting], events: list[int]) -> Day:
    first = min(local(row.starts_at).hour for row in rows)
    last = max(_hour_of_end(row, date) for row in rows)
    scale = (WIDTH - LABEL) / max(1, last - first)
    lanes: list[tuple[str, dt.datetime]] = []
    venues: dict[str, int] = {}
    bars = []
    for row in sorted(rows, key=lambda row: (row.venue.name, row.starts_at, row.id)):
        lane = _lane(lanes, row)
        venues.setdefault(row.venue.name, lane)
        begin = _hours(local(row.starts_at)) - first
        length = (row.ends_at - row.starts_at) / dt.timedelta(hours=1)
        width = min(length * scale, WIDTH - LABEL - begin * scale)
        colour = events.index(row.event_id) % SERIES + 1
        bars.append(
            Bar(row, round(LABEL + begin * scale, 1), HEAD + lane * LANE, round(width, 1), colour)
        )
    return Day(
        date=date,
        height=HEAD + len(lanes) * LANE,
        hours=[(round(LABEL + (at - first) * scale, 1), at) for at in range(first, last)],
        venues=[(HEAD + lane * LANE, name) for name, lane in venues.items()],
        bars=bars,
    )


def _lane(lanes: list[tuple[str, dt.datetime]], row: Sitting) -> int:
    """Find the line of a venue that is free by then, or open another; returns its number."""
    for number, (name, until) in enumerate(lanes):
        if name == row.venue.name and until <= row.starts_at:
            lanes[number] = (name, row.ends_at)
            return number
    lanes.append((row.venue.name, row.ends_at))
    return len(lanes) - 1


def _hours(moment: dt.datetime) -> float:
    return moment.hour + moment.minute / MINUTES


def _hour_of_end(row: Sitting, date: dt.date) -> int:
    end = local(row.ends_at)
    if end.date() > date:
        return 24
    return min(24, end.hour + (end.minute > 0))
