"""Members of a team: held against races, told of it, let go with a draft of their own."""

from sqlalchemy import select, update

from actions.desk import Desk
from actions.messages import names_of
from models.accounts import Account
from models.entries import Entry, carrier_of, members_of
from models.teams import Team
from rules.states import EntryState


def hold_team(desk: Desk, entry: Entry) -> Entry:
    """Return the entry that holds the place, in a team held until the commit and read anew."""
    carrier = carrier_of(desk.session, entry)
    if entry.team_id is not None:
        desk.session.flush()
        desk.session.refresh(carrier, with_for_update={"of": Entry})
        anew = select(Entry).where(Entry.team_id == entry.team_id)
        desk.session.scalars(anew.execution_options(populate_existing=True)).all()
    return carrier


def called(desk: Desk, entry: Entry) -> str:
    """Return a member's name; before the first step it is the account's."""
    if entry.person is not None:
        return entry.person.name
    return desk.session.get_one(Account, entry.account_id).display_name


def tell_member(desk: Desk, team: Team, entry: Entry, kind: str, **params: object) -> None:
    """Tell a member something about the team; the link leads to it, or to who left's own entry."""
    thing = f"team:{team.id}" if entry.team_id == team.id else f"entry:{entry.id}"
    named = {**names_of(team.event), "team": team.name, **params}
    desk.tell(entry.account_id, kind, thing, event_id=team.event_id, **named)


def let_go(desk: Desk, team: Team, entry: Entry) -> None:
    """Take a member out of a team; what was filled in is a draft of the member's own."""
    if entry.state is EntryState.JOINED:
        entry.move("let_go")
        entry.submitted_at = None
    entry.team = None
    desk.session.flush()
    desk.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.members > 1)
        .values(members=Team.members - 1)
        .execution_options(synchronize_session=False)
    )
    desk.session.expire(team, ["members"])


def disband(desk: Desk, carrier: Entry, kind: str = "team_dissolved") -> None:
    """Let everybody go whose captain's entry has ended; an entry without a team changes nothing."""
    team = carrier.team
    if team is None or not carrier.is_captain or team.dissolved_at is not None:
        return
    team.dissolved_at = desk.now
    others = [one for one in members_of(desk.session, team) if one is not carrier]
    for member in others:
        let_go(desk, team, member)
        tell_member(desk, team, member, kind)
    desk.record("dissolve_team", f"team:{team.id}", members=[one.id for one in others])
