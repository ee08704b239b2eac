"""The team beside an entry: its members with the unit, the verdicts and the changes of each."""

from dataclasses import dataclass
from typing import Any

from actions.desk import Desk
from actions.endorsements import endorsement_of
from models.entries import Entry, members_of
from models.units import Endorsement
from rules.states import EntryState
from web.conditions import shown
from web.entry_tables import unit_of


@dataclass(frozen=True)
class Row:
    """One member as the reviewer sees it."""

    entry: Entry
    unit: str
    verdicts: list[Any]
    endorsement: Endorsement | None
    counts: bool
    """Whether the member is part of what was handed in."""


def team_of(desk: Desk, entry: Entry) -> list[Row]:
    """Read the members of an entry's team, the captain first; nothing for who enters alone."""
    if entry.team is None:
        return []
    return [_row(desk, one) for one in members_of(desk.session, entry.team)]


def _row(desk: Desk, entry: Entry) -> Row:
    return Row(
        entry,
        unit_of(entry),
        [shown(verdict) for verdict in entry.verdicts],
        endorsement_of(desk, entry) if entry.event.needs_endorsement else None,
        counts=entry.is_captain or entry.state is EntryState.JOINED,
    )
