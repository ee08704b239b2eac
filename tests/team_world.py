"""Teams for tests, made by the actions a captain's and a member's pages call."""

import datetime as dt

from sqlalchemy import select

from actions.desk import Desk
from actions.events import move_event
from actions.reviews import accept_entry
from actions.submissions import submit_entry
from actions.teams import found_team, join_team
from models.contests import Event
from models.entries import Entry, members_of
from models.messages import Message
from models.teams import Team
from rules.permits import Actor
from rules.terms import EntryForm
from tests.contest_world import announced_event, at
from tests.entry_world import ADULT, contestant, filled, reviewer

MINUTE = dt.timedelta(minutes=1)


def team_event(desk: Desk, least: int = 2, most: int = 3, **changes: object) -> Event:
    """Announce an event for teams of adults whose entries are open."""
    form = EntryForm.PAIR if least == most == 2 else EntryForm.TEAM
    values = {"quota": 2, "eligibility": ADULT, "entry_form": form, **changes}
    row = announced_event(desk, team_least=least, team_most=most, **values)
    move_event(at(desk, row.entries_open_at), row, "open")
    return row


def founded(desk: Desk, event: Event, name: str = "海燕队", serial: int = 1) -> Entry:
    """Found a team whose captain has filled in the own part."""
    seat = contestant(desk, event)
    found_team(seat, event, name=name, form_key=f"k{serial}")
    return filled(seat, event, serial, f"队长{serial}")


def joined(desk: Desk, team: Team, serial: int, *, confirms: bool = True) -> Entry:
    """Let somebody new join, fill in the own part and confirm it."""
    seat = contestant(desk, team.event)
    join_team(seat, team, form_key=f"k{serial}")
    entry = filled(seat, team.event, serial, f"队员{serial}")
    if confirms:
        submit_entry(seat, entry)
    return entry


def team_of(entry: Entry) -> Team:
    """Return the team an entry is in."""
    assert entry.team is not None
    return entry.team


def seat_of(desk: Desk, entry: Entry) -> Desk:
    """Seat the owner of an entry, two hours after entries opened."""
    opens = entry.event.entries_open_at
    return at(desk.acting_as(Actor(entry.account_id)), opens + 120 * MINUTE)


def whole(desk: Desk, event: Event, name: str = "海燕队", first: int = 1, size: int = 2) -> Entry:
    """Found a team, fill it and hand it in; returns the captain's entry."""
    captain = founded(desk, event, name, first)
    for serial in range(first + 1, first + size):
        joined(desk, team_of(captain), serial)
    submit_entry(seat_of(desk, captain), captain)
    return captain


def told(desk: Desk, entry: Entry) -> list[str]:
    """List the kinds of what the owner of an entry was told, in order."""
    query = select(Message.kind).filter_by(account_id=entry.account_id)
    return list(desk.session.scalars(query.order_by(Message.id)))


def follower(desk: Desk, captain: Entry, number: int = 1) -> Entry:
    """Return a member who is not the captain."""
    return members_of(desk.session, team_of(captain))[number]


def accepted(desk: Desk, size: int = 2, **changes: int) -> Entry:
    """Return the captain's entry of a team that was accepted."""
    event = team_event(desk, **changes)
    captain = whole(desk, event, size=size)
    accept_entry(reviewer(desk, event), captain)
    return captain
