"""What the pages of one's own entry say of the team it belongs to."""

from dataclasses import dataclass

from actions.desk import Desk
from actions.team_members import called
from actions.team_parts import faults_of_team
from models.entries import Entry, carrier_of
from models.teams import Team
from web.errors import say


@dataclass(frozen=True)
class Group:
    """A team as an entry's page shows it; ``faults`` are what it still lacks, in words."""

    team: Team
    carrier: Entry
    captain: str
    faults: tuple[str, ...]


def group_of(desk: Desk, entry: Entry) -> Group | None:
    """Read the team of an entry, None for one that is entered alone."""
    if entry.team is None:
        return None
    carrier = carrier_of(desk.session, entry)
    faults = tuple(say(fault) for fault in faults_of_team(desk, carrier))
    return Group(entry.team, carrier, called(desk, carrier), faults)
