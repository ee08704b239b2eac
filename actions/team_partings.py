"""Partings: a member leaves or is taken out, a team falls short, and time runs out for it."""

import datetime as dt
from typing import Final

from sqlalchemy import select

from actions.desk import Desk
from actions.entry_changes import (
    STANDING,
    check_entry_window,
    require_owner,
    review_anew,
    undecided,
)
from actions.seats import free_seat
from actions.team_members import called, disband, hold_team, let_go, tell_member
from actions.team_parts import faults_of_team
from models.contests import Event
from models.entries import Entry, followers_of, members_of
from models.extensions import Extension
from models.teams import Team
from rules.errors import Blocked, NotPermitted, WrongMoment
from rules.states import BEFORE_LIST, EntryState, EventState

SHORT: Final = "The team has fewer members than the event asks for."
LATE: Final = "The team was not complete when entries closed."
SETTLE: Final = "settle_teams"
HELD: Final = frozenset({EntryState.SUBMITTED, EntryState.ACCEPTED})


def leave_team(desk: Desk, entry: Entry) -> None:
    """Leave a team with the own draft; the captain is told.

    A captain hands over first, or withdraws the team as a whole.
    """
    require_owner(desk, entry)
    if entry.is_captain:
        raise Blocked(
            "A captain does not leave alone: make somebody else captain first, or withdraw the "
            "team as a whole."
        )
    carrier, team = _parted(desk, entry)
    tell_member(desk, team, carrier, "team_left", member=called(desk, entry))
    desk.record("leave_team", f"team:{team.id}", entry=entry.id)


def remove_member(desk: Desk, entry: Entry) -> None:
    """Take a member out, as the captain and before entries close; the member is told."""
    carrier = hold_team(desk, entry)
    require_captain(desk, carrier)
    check_entry_window(desk, entry)
    if entry is carrier:
        raise Blocked("A captain does not take out the own entry. Nothing was changed.")
    _, team = _parted(desk, entry)
    tell_member(desk, team, entry, "team_removed")
    desk.record("remove_member", f"team:{team.id}", entry=entry.id)


def require_captain(desk: Desk, carrier: Entry) -> None:
    """Refuse anybody but the captain of a team that still exists."""
    if not carrier.is_captain or carrier.account_id != desk.actor.account_id:
        raise NotPermitted("Only the captain of a team does this.")
    if carrier.team is None or carrier.team.dissolved_at is not None:
        raise WrongMoment("This team is dissolved. Nothing was changed.")


def settle_teams(desk: Desk, event: Event) -> None:
    """Tell incomplete teams that time has run out, and pass their places on.

    On behalf of the clock; a later deadline, of all or of one captain, is waited for.
    """
    if event.state not in BEFORE_LIST:
        return
    if event.state is EventState.OPEN and desk.now < event.entries_close_at:
        desk.send(SETTLE, after=event.entries_close_at - desk.now, event_id=event.id)
        return
    later = _later_deadlines(desk, event)
    for carrier in _carriers(desk, event):
        until = later.get(carrier.account_id)
        if until is not None:
            desk.send(SETTLE, after=until - desk.now, event_id=event.id)
        elif faults_of_team(desk, carrier):
            _run_out(desk, carrier)


def _parted(desk: Desk, entry: Entry) -> tuple[Entry, Team]:
    carrier = hold_team(desk, entry)
    team, counted = carrier.team, entry.state is EntryState.JOINED
    if team is None:
        raise WrongMoment("This entry belongs to no team. Nothing was changed.")
    if entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The list is published: call the office.")
    let_go(desk, team, entry)
    if counted:
        _look_again(desk, carrier)
    return carrier, team


def _look_again(desk: Desk, carrier: Entry) -> None:
    """Let a team that was handed in be looked at anew, or fall short of the least."""
    confirmed = 1 + len(followers_of(desk.session, carrier))
    if confirmed >= carrier.event.team_least:
        if carrier.state in STANDING:
            review_anew(desk, carrier)
    elif carrier.state is not EntryState.DRAFT:
        _fall_short(desk, carrier)


def _fall_short(desk: Desk, carrier: Entry) -> None:
    if carrier.state is EntryState.WAITING:
        carrier.move("recall")
        carrier.submitted_at = None
    elif carrier.state in HELD:
        undecided(desk, carrier)
        carrier.move("return")
        carrier.remarks = {"": SHORT}
    desk.session.flush()
    desk.record("fall_short", f"entry:{carrier.id}", team=carrier.team_id)
    try:
        check_entry_window(desk, carrier)
    except WrongMoment:
        _run_out(desk, carrier)
    else:
        _tell_all(desk, carrier, "team_short")


def _run_out(desk: Desk, carrier: Entry) -> None:
    """End a team that held a place; one that was never handed in is told, once."""
    if carrier.state is EntryState.RETURNED:
        carrier.move("lapse")
        carrier.remarks = {"": LATE}
        carrier.decided_at = desk.now
        free_seat(desk, carrier)
        desk.record("lapse_entry", f"entry:{carrier.id}")
    if carrier.team is not None:
        tell_member(desk, carrier.team, carrier, "team_incomplete")
    disband(desk, carrier, "team_incomplete")
    if carrier.state is EntryState.DRAFT:
        carrier.team, carrier.is_captain = None, False


def _tell_all(desk: Desk, carrier: Entry, kind: str) -> None:
    if carrier.team is not None:
        for member in members_of(desk.session, carrier.team):
            tell_member(desk, carrier.team, member, kind)


def _carriers(desk: Desk, event: Event) -> list[Entry]:
    """List the captains' entries that may still be incomplete."""
    waiting = (EntryState.DRAFT, EntryState.RETURNED)
    return list(
        desk.session.scalars(
            select(Entry)
            .join(Entry.team)
            .where(Team.event_id == event.id, Team.dissolved_at.is_(None))
            .where(Entry.is_captain, Entry.state.in_(waiting))
            .order_by(Entry.id)
            .with_for_update(of=Entry)
        )
    )


def _later_deadlines(desk: Desk, event: Event) -> dict[int, dt.datetime]:
    rows = desk.session.execute(
        select(Extension.account_id, Extension.until).where(
            Extension.event_id == event.id, Extension.until > desk.now
        )
    )
    found: dict[int, dt.datetime] = {}
    for account_id, until in rows:
        found[account_id] = max(until, found.get(account_id, until))
    return found
