"""Teams: founded by a captain, joined by a link or an invitation, handed over."""

import datetime as dt
import hashlib
import secrets
from typing import Any, Final, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError

from actions.accounts import find_account
from actions.desk import Desk
from actions.entries import begin_entry
from actions.entry_changes import check_entry_window, check_window, require_owner
from actions.messages import names_of
from actions.team_members import called, hold_team, tell_member
from actions.team_partings import SETTLE, require_captain
from models.accounts import Account
from models.contests import Event
from models.entries import Entry, carrier_of, members_of
from models.messages import Message
from models.teams import Team
from rules.errors import Blocked, NotPermitted, WrongMoment, wrong_field
from rules.states import EntryState
from rules.teams import clean_team_name

LIFE: Final = dt.timedelta(days=14)
MOST_INVITED: Final = 40
"""How many accounts one team may invite by name: the site is no means of writing to strangers."""
NAME_FAULT: Final = "Give the team a name of at most 20 characters."
NAME_TAKEN: Final = "Another team of this event has this name already. Choose another one."


def found_team(desk: Desk, event: Event, *, name: str, form_key: str) -> Entry:
    """Found a team and begin the captain's own entry; a second call returns the same one.

    Raises ``Invalid`` for a name that is none or taken, ``WrongMoment``
    outside the window, ``Blocked`` for who is in a team already.
    """
    if event.team_most == 1:
        raise WrongMoment("This event is entered by single persons. Nothing was founded.")
    entry = begin_entry(desk, event, form_key=form_key)
    _own_turn(desk, entry)
    wanted = clean_team_name(name)
    if not wanted:
        raise wrong_field("name", NAME_FAULT)
    if entry.team is not None and entry.is_captain and entry.team.name == wanted:
        return entry
    _refuse_member(entry)
    check_window(desk, event)
    entry.team, entry.is_captain = _new_team(desk, event, wanted), True
    desk.session.flush()
    desk.send(SETTLE, after=event.entries_close_at - desk.now, event_id=event.id)
    desk.record("found_team", f"team:{entry.team_id}", name=wanted)
    return entry


def token_of(desk: Desk, team: Team) -> str:
    """Derive the token of a team's link; without the site's secret nobody can."""
    return _token(desk, team.key, team.serial)


def renew_link(desk: Desk, carrier: Entry) -> None:
    """Make a new link with a new term; the old one opens nothing any more."""
    carrier = hold_team(desk, carrier)
    require_captain(desk, carrier)
    check_entry_window(desk, carrier)
    team = cast("Team", carrier.team)
    team.serial += 1
    team.token_hash, team.expires_at = _print(token_of(desk, team)), _ends(desk, team.event)
    desk.session.flush()
    desk.record("renew_team_link", f"team:{team.id}")


def find_team(desk: Desk, token: str) -> Team:
    """Find the team a link leads to; raises a refusal that says why it leads nowhere."""
    team = desk.session.scalars(select(Team).filter_by(token_hash=_print(token))).first()
    if team is None:
        raise NotPermitted(
            "This link leads to no team: it was replaced by a newer one or is incomplete. Ask the "
            "captain for the newest link."
        )
    _refuse_ended(team)
    if desk.now >= team.expires_at:
        raise WrongMoment("This link has expired. Ask the captain for a new one.")
    return team


def invite(desk: Desk, carrier: Entry, *, handle: str) -> None:
    """Invite whoever has an account under a phone number, mail address or user name.

    The captain is not told whether there is one. Raises ``Blocked`` after
    forty invitations and for a team that is full.
    """
    carrier = hold_team(desk, carrier)
    require_captain(desk, carrier)
    check_entry_window(desk, carrier)
    team = cast("Team", carrier.team)
    if team.members >= team.places:
        raise Blocked("The team is full. Nobody was invited.")
    invited = _invited(desk, team)
    if len(invited) >= MOST_INVITED:
        raise Blocked("This team has invited forty people. Send the link to anybody else.")
    account = find_account(desk, handle)
    inside = {one.account_id for one in members_of(desk.session, team)}
    if account is not None and account.id not in inside | set(invited):
        desk.tell(
            account.id,
            "team_invited",
            f"team:{team.id}",
            event_id=team.event_id,
            team=team.name,
            captain=called(desk, carrier),
            **names_of(team.event),
        )
    desk.record("invite_member", f"team:{team.id}")


def invited_team(desk: Desk, team_id: int) -> Team:
    """Return a team the account at the desk was invited into by name, not long ago."""
    told = desk.session.scalar(
        select(func.max(Message.created_at)).where(
            Message.account_id == (desk.actor.account_id or 0),
            Message.kind == "team_invited",
            Message.thing == f"team:{team_id}",
        )
    )
    team = desk.session.get(Team, team_id)
    if told is None or team is None:
        raise NotPermitted("You are not in this team, and nobody has invited you into it.")
    _refuse_ended(team)
    if desk.now >= told + LIFE:
        raise WrongMoment("This invitation has expired. Ask the captain for a new one.")
    return team


def join_team(desk: Desk, team: Team, *, form_key: str) -> Entry:
    """Say that one takes part: a place in the team is taken and the own entry begun.

    A second call returns the same entry. Raises ``Blocked`` when the team is
    full or for who is in another one, ``WrongMoment`` outside the window.
    """
    entry = begin_entry(desk, team.event, form_key=form_key)
    _own_turn(desk, entry)
    if entry.team_id == team.id:
        return entry
    _refuse_member(entry)
    check_window(desk, team.event)
    taken = desk.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.members < Team.places, Team.dissolved_at.is_(None))
        .values(members=Team.members + 1)
        .execution_options(synchronize_session=False)
    )
    desk.session.expire(team, ["members", "dissolved_at"])
    if cast("CursorResult[Any]", taken).rowcount != 1:
        _refuse_ended(team)
        raise Blocked("The team is full: somebody else was quicker. Ask its captain, or found one.")
    entry.team = team
    desk.session.flush()
    desk.record("join_team", f"team:{team.id}", entry=entry.id)
    carrier = carrier_of(desk.session, entry)
    tell_member(desk, team, carrier, "team_joined", member=called(desk, entry))
    return entry


def decline(desk: Desk, team: Team) -> None:
    """Say that one does not take part; the captain hears it once."""
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is None:
        raise NotPermitted("Sign in to answer an invitation.")
    members = members_of(desk.session, team)
    if any(one.account_id == account.id for one in members):
        raise Blocked("You take part in this team. Leave it on its page if you wish.")
    key = f"declined:{team.id}:{account.id}"
    if desk.session.scalars(select(Message.id).filter_by(once_key=key)).first() is not None:
        return
    member = account.person.name if account.person else account.display_name
    desk.tell(
        members[0].account_id,
        "team_declined",
        f"team:{team.id}",
        event_id=team.event_id,
        once=key,
        team=team.name,
        member=member,
        **names_of(team.event),
    )
    desk.record("decline_team", f"team:{team.id}")


def _own_turn(desk: Desk, entry: Entry) -> None:
    """Hold the own entry: two taps take turns."""
    require_owner(desk, entry)
    desk.session.flush()
    desk.session.refresh(entry, with_for_update={"of": Entry})


def _refuse_member(entry: Entry) -> None:
    if entry.team is not None:
        raise Blocked(
            "You are in the team “%(team)s” of this event. Leave it first; nothing was changed.",
            team=entry.team.name,
        )
    if entry.state is not EntryState.DRAFT:
        raise WrongMoment("Your entry for this event is handed in. Nothing was changed.")


def _refuse_ended(team: Team) -> None:
    if team.dissolved_at is not None:
        raise WrongMoment("This team is dissolved. Found one of your own, or join another.")


def _new_team(desk: Desk, event: Event, name: str) -> Team:
    key = secrets.token_hex(12)
    team = Team(
        event_id=event.id,
        name=name,
        places=event.team_most,
        key=key,
        token_hash=_print(_token(desk, key, 1)),
        expires_at=_ends(desk, event),
        founded_at=desk.now,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(team)
    except IntegrityError:
        raise wrong_field("name", NAME_TAKEN) from None
    return team


def _invited(desk: Desk, team: Team) -> list[int]:
    query = select(Message.account_id).where(
        Message.kind == "team_invited", Message.thing == f"team:{team.id}"
    )
    return list(desk.session.scalars(query))


def _token(desk: Desk, key: str, serial: int) -> str:
    return desk.vault.mark(f"team:{key}:{serial}")[:40]


def _print(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _ends(desk: Desk, event: Event) -> dt.datetime:
    """End a link with the window; under an extension of the captain's it lives on alone."""
    closes = event.entries_close_at
    return min(desk.now + LIFE, closes) if closes > desk.now else desk.now + LIFE
