"""Captains: one hands over to another member, and the team's place moves with it."""

from typing import Any, Final

from sqlalchemy import update

from actions.desk import Desk
from actions.entry_changes import check_entry_window, undecided
from actions.team_members import called, hold_team, tell_member
from actions.team_partings import require_captain
from actions.unit_places import free_unit_place, take_unit_place
from models.entries import Entry
from models.reviews import Review, ReviewNote
from rules.errors import Blocked, WrongMoment
from rules.reviews import TAGS_MOST
from rules.states import EntryState

LEADS: Final = {
    EntryState.WAITING: "lead_queue",
    EntryState.SUBMITTED: "lead_in",
    EntryState.ACCEPTED: "lead_in",
}
"""How the new captain's entry takes over; one that was accepted is looked at anew."""
CARRIED: Final = ("receipt_no", "pass_no", "holds_seat", "submitted_at")
"""What belongs to the team's place, not to the person."""


def hand_over(desk: Desk, member: Entry) -> None:
    """Make another member captain; place, receipt and pass number of the team stay.

    Raises ``WrongMoment`` for a team that was returned and waits to be
    mended, ``Blocked`` for a member who has not confirmed a team handed in.
    """
    captain = hold_team(desk, member)
    require_captain(desk, captain)
    check_entry_window(desk, captain)
    if member is captain:
        return
    if captain.state is EntryState.DRAFT:
        _swap_drafts(desk, captain, member)
    elif captain.state not in LEADS:
        raise WrongMoment("The team was returned: mend it and hand it in, then hand over.")
    elif member.state is not EntryState.JOINED:
        raise Blocked("Who becomes captain of a team handed in has confirmed the own part first.")
    else:
        _swap_places(desk, captain, member)
    desk.record("hand_over_team", f"team:{member.team_id}", captain=member.id)
    if member.team is not None:
        tell_member(desk, member.team, member, "team_captain", captain=called(desk, captain))


def _swap_drafts(desk: Desk, captain: Entry, member: Entry) -> None:
    if member.state is EntryState.JOINED:
        member.move("let_go")
        member.submitted_at = None
    captain.is_captain = False
    desk.session.flush()
    member.is_captain = True
    desk.session.flush()


def _swap_places(desk: Desk, captain: Entry, member: Entry) -> None:
    """Move the place from one entry to the other, and what colleagues keep beside it."""
    verb = LEADS[captain.state]
    carried: dict[str, Any] = {name: getattr(captain, name) for name in CARRIED}
    undecided(desk, captain)
    captain.move("follow")
    captain.receipt_no = captain.pass_no = None
    captain.holds_seat, captain.is_captain = False, False
    free_unit_place(desk, captain)
    desk.session.flush()
    member.is_captain = True
    for name, value in carried.items():
        setattr(member, name, value)
    if member.holds_seat:
        take_unit_place(desk, member)
    member.move(verb)
    desk.session.flush()
    _move_reviews(desk, captain, member)


def _move_reviews(desk: Desk, captain: Entry, member: Entry) -> None:
    """Move what colleagues keep beside the place; what they kept beside the member stays too."""
    kept, own = desk.session.get(Review, captain.id), desk.session.get(Review, member.id)
    if kept is not None:
        tags, assignee = kept.tags, kept.assignee_id
        desk.session.delete(kept)
        own = own or Review(entry=member)
        own.tags = list(dict.fromkeys([*tags, *(own.tags or [])]))[:TAGS_MOST]
        own.assignee_id = assignee or own.assignee_id
        desk.session.add(own)
    desk.session.execute(
        update(ReviewNote)
        .where(ReviewNote.entry_id == captain.id)
        .values(entry_id=member.id)
        .execution_options(synchronize_session=False)
    )
    desk.session.flush()
    desk.session.expire_all()
