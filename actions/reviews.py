"""Reviewing entries: accepted with a pass number, returned with remarks, rejected with a reason."""

from sqlalchemy import func, select

from actions.desk import Desk
from actions.endorsements import require_endorsed
from actions.messages import tell_entrant
from actions.seats import free_seat
from actions.team_members import disband
from models.contests import Event
from models.entries import Entry, followers_of
from models.helpers import Helped
from models.organizations import Organization
from models.people import Person
from models.registration_forms import questions_of
from rules.errors import Blocked, Invalid, Refusal, WrongMoment
from rules.lifecycle import ENTRY_STEPS, step
from rules.permits import Permit
from rules.states import EventState

OPEN_FOR_REVIEW = frozenset({EventState.OPEN, EventState.CLOSED})


def accept_entry(desk: Desk, entry: Entry) -> None:
    """Accept an entry and give it the event's next pass number."""
    check_reviewer(desk, entry)
    step(ENTRY_STEPS, entry.state, "accept")
    for one in (entry, *followers_of(desk.session, entry)):
        require_endorsed(desk, one)
        one.changes = {}
    entry.pass_no = entry.pass_no or _next_pass(desk, entry)
    entry.move("accept")
    _decided(desk, entry, "accept_entry")
    held_on = entry.event.held_on.isoformat()
    tell_entrant(desk, entry, "entry_accepted", pass_no=entry.pass_no, held_on=held_on)


def accept_entries(desk: Desk, entries: list[Entry]) -> list[tuple[Entry, Refusal | None]]:
    """Accept many; each row tells what became of it, and a refusal touches its row alone."""
    outcome: list[tuple[Entry, Refusal | None]] = []
    for entry in entries:
        try:
            accept_entry(desk, entry)
        except Refusal as refusal:
            outcome.append((entry, refusal))
        else:
            outcome.append((entry, None))
    return outcome


def return_entry(desk: Desk, entry: Entry, *, remarks: dict[str, str]) -> None:
    """Return an entry with remarks by field; its place stays held."""
    check_reviewer(desk, entry)
    kept = {name: text.strip() for name, text in remarks.items() if text.strip()}
    if not kept:
        sentence = "Say at least at one field what is to be mended."
        raise Invalid(sentence, {"general": [sentence]})
    entry.move("return")
    entry.remarks = kept
    for one in (entry, *followers_of(desk.session, entry)):
        one.changes = {}
    _decided(desk, entry, "return_entry", fields=sorted(kept))
    asked = {field.code: field.label for field in questions_of(entry.form).fields}
    named = {asked.get(name, name): text for name, text in kept.items()}
    tell_entrant(desk, entry, "entry_returned", remarks=named)


def reject_entry(desk: Desk, entry: Entry, *, reason: str) -> None:
    """Reject an entry with a reason; its place is free again."""
    check_reviewer(desk, entry)
    if not reason.strip():
        sentence = "The entrant is told why: write the reason."
        raise Invalid(sentence, {"reason": [sentence]})
    entry.move("reject")
    entry.remarks = {"": reason.strip()}
    free_seat(desk, entry)
    _decided(desk, entry, "reject_entry")
    tell_entrant(desk, entry, "entry_rejected", reason=reason.strip())
    disband(desk, entry)


def check_reviewer(desk: Desk, entry: Entry) -> None:
    """Refuse who may not decide this entry: strangers, its owner, colleagues of the entrant."""
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    if entry.event.state not in OPEN_FOR_REVIEW:
        raise WrongMoment("The list of this event is published: entries are decided.")
    helped = desk.session.get(Helped, entry.id)
    team = (entry, *followers_of(desk.session, entry))
    own = {one.account_id for one in team}
    if desk.actor.account_id in own | {helped.helper_id if helped else None}:
        raise Blocked("This is your own entry. A colleague decides it.")
    reviewer = desk.session.get(Person, desk.actor.person_id) if desk.actor.person_id else None
    unit = reviewer.organization if reviewer else None
    if unit is not None and any(_works_at(one, unit) for one in team):
        raise Blocked("This entrant works in your own unit. A colleague decides this entry.")


def _works_at(entry: Entry, unit: Organization) -> bool:
    chosen = entry.person.organization_id if entry.person else None
    typed = "".join(entry.answers.get("employer", "").split())
    return chosen == unit.id or typed == "".join(unit.name.split())


def _decided(desk: Desk, entry: Entry, deed: str, **detail: object) -> None:
    entry.decided_at, entry.decided_by = desk.now, desk.actor.account_id
    desk.session.flush()
    desk.record(deed, f"entry:{entry.id}", **detail)


def _next_pass(desk: Desk, entry: Entry) -> str:
    """Number passes within the event; the event's row is held, so that two never get one number."""
    desk.session.execute(select(Event.id).where(Event.id == entry.event_id).with_for_update())
    given = desk.session.scalar(
        select(func.count(Entry.pass_no)).where(Entry.event_id == entry.event_id)
    )
    return f"{entry.event_id:02d}{(given or 0) + 1:03d}"
