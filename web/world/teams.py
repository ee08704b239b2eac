"""Loads the teams of an event: founded, joined and confirmed by their own people, handed in."""

import datetime as dt
from itertools import groupby
from typing import Any

from actions.submissions import submit_entry
from actions.teams import found_team, join_team
from models.contests import Event
from models.entries import Entry
from rules.states import EntryState
from web.world.cast import World
from web.world.entries import decide, fill_in, latest, say_who

Row = dict[str, Any]


def load(world: World, event: Event, row: Row) -> None:
    """Play every team of the file, a day apart; who stands first in it is its captain."""
    together = [entry for entry in row["entries"] if entry.get("team")]
    teams = [list(rows) for _, rows in groupby(together, key=lambda entry: entry["team"])]
    for number, rows in enumerate(teams, start=1):
        at = event.entries_open_at + dt.timedelta(days=number)
        _team(world, event, rows, min(at, latest(world, event) - dt.timedelta(hours=3)))


def _team(world: World, event: Event, rows: list[Row], at: dt.datetime) -> None:
    first, *others = rows
    key, seat = first["person"], world.seat(first["person"], at)
    captain = found_team(seat, event, name=first["team"], form_key=f"sample-{event.id}-{key}")
    say_who(seat, captain, world.people[key])
    fill_in(seat, captain, world.people[key], first.get("answers") or {})
    for number, row in enumerate(others, start=1):
        _member(world, captain, row, at + number * dt.timedelta(minutes=30))
    if EntryState(first["state"]) is not EntryState.DRAFT:
        handed_in = at + dt.timedelta(hours=2)
        submit_entry(world.seat(key, handed_in), captain)
        decide(world, captain, first, handed_in + dt.timedelta(minutes=50))


def _member(world: World, captain: Entry, row: Row, at: dt.datetime) -> None:
    team, key = captain.team, row["person"]
    if team is None:
        raise ValueError(f"{key} joins a team that is not there")
    seat = world.seat(key, at)
    entry = join_team(seat, team, form_key=f"sample-{team.event_id}-{key}")
    say_who(seat, entry, world.people[key])
    if EntryState(row["state"]) is not EntryState.DRAFT:
        fill_in(seat, entry, world.people[key], row.get("answers") or {})
        submit_entry(seat, entry)
