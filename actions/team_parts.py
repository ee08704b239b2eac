"""Parts of a team: each member confirms the own, the captain hands in what is whole."""

from actions.conditions import refuse_failing, verdict_row, verdicts_of
from actions.desk import Desk
from actions.endorsements import ask_endorsement
from actions.entry_changes import STANDING, review_anew
from actions.team_members import called, hold_team, tell_member
from models.entries import Entry, followers_of, members_of
from rules.eligibility import State, Verdict
from rules.errors import Blocked
from rules.phrases import Phrase, phrase
from rules.states import EntryState
from rules.teams import lacking


def refuse_alone(entry: Entry) -> None:
    """Refuse an entry of one person for an event of pairs or teams."""
    if entry.event.team_most > 1 and entry.team_id is None:
        raise Blocked(
            "This event is entered together: found a team, or join one by its captain's link. "
            "Your draft is kept."
        )


def faults_of_team(desk: Desk, carrier: Entry) -> tuple[Phrase, ...]:
    """Say what a team still lacks to be handed in; the captain's own part is not looked at."""
    if carrier.team is None:
        return ()
    members = [
        (called(desk, one), one is carrier or one.state is EntryState.JOINED)
        for one in members_of(desk.session, carrier.team)
    ]
    return lacking(carrier.event.team_least, members)


def require_complete(desk: Desk, carrier: Entry) -> None:
    """Refuse a team that lacks a member, a confirmation, or a condition by now."""
    faults = faults_of_team(desk, carrier)
    if faults:
        raise Blocked("The team is not complete yet. What you filled in is kept.", faults)
    failing = tuple(
        phrase("%(name)s no longer meets every condition.", name=called(desk, one))
        for one in followers_of(desk.session, carrier)
        if any(verdict.state is State.FAIL for verdict in verdicts_of(desk, one))
    )
    if failing:
        raise Blocked("Not everybody in the team may enter. Nothing was handed in.", failing)


def ask_units(desk: Desk, carrier: Entry) -> None:
    """Ask the unit of who enters, in a team of each member; a refusal is asked about anew."""
    for one in (carrier, *followers_of(desk.session, carrier)):
        ask_endorsement(desk, one)


def confirm_part(desk: Desk, entry: Entry, verdicts: list[Verdict]) -> None:
    """Confirm a member's own part; a team that was handed in is looked at anew.

    On behalf of handing in, which has looked the entry through.
    """
    refuse_failing(verdicts)
    carrier = hold_team(desk, entry)
    ask_endorsement(desk, entry)
    entry.verdicts = [verdict_row(verdict) for verdict in verdicts]
    entry.submitted_at, entry.remarks = desk.now, {}
    entry.move("join")
    desk.session.flush()
    desk.record("confirm_part", f"entry:{entry.id}", team=entry.team_id)
    if carrier.state in STANDING:
        review_anew(desk, carrier)
    elif carrier.team is not None and not faults_of_team(desk, carrier):
        tell_member(desk, carrier.team, carrier, "team_complete")
