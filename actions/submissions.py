"""Handing in: a place is taken or waited for, taken back within minutes, given up with a reason."""

import datetime as dt
import re

from actions.conditions import person_of, refuse_failing, verdict_row, verdicts_of
from actions.desk import Desk
from actions.entries import refuse_double
from actions.entry_answers import take_form
from actions.entry_changes import check_entry_window, check_window, require_owner
from actions.messages import tell_entrant
from actions.seats import free_seat, take_seat, waiting
from actions.team_members import disband, hold_team
from actions.team_partings import leave_team
from actions.team_parts import ask_units, confirm_part, refuse_alone, require_complete
from actions.unit_news import tell_unit
from models.contests import Event
from models.entries import Entry
from models.helpers import Helped
from rules.eligibility import Verdict
from rules.errors import Blocked, Invalid, WrongMoment
from rules.lifecycle import ENTRY_STEPS, step
from rules.messages import leaves_at
from rules.numbering import receipt_number
from rules.states import BEFORE_LIST, EntryState
from rules.terms import Channel

RECALL = dt.timedelta(minutes=10)


def submit_entry(desk: Desk, entry: Entry) -> None:
    """Hand the entry in and take a place; a second call returns without a second place.

    A member of a team confirms the own part; the captain hands the team in.
    Raises ``WrongMoment`` outside the window, ``Invalid`` while something is
    missing or a condition fails, ``Blocked`` when all places are taken.
    """
    require_owner(desk, entry)
    _held(desk, entry)
    if entry.state in (EntryState.SUBMITTED, EntryState.JOINED):
        return
    verdicts = ready_verdicts(desk, entry)
    if entry.follows:
        confirm_part(desk, entry, verdicts)
        return
    step(ENTRY_STEPS, entry.state, "submit")
    require_complete(desk, entry)
    ask_units(desk, entry)
    take_seat(desk, entry)
    hand_in(desk, entry, verdicts, "submit")


def join_waiting(desk: Desk, entry: Entry) -> None:
    """Join the waiting list of a full event; a second call changes nothing.

    Raises ``Blocked`` while a place is free, and whatever handing in raises.
    """
    require_owner(desk, entry)
    _held(desk, entry)
    if entry.state is EntryState.WAITING:
        return
    verdicts = ready_verdicts(desk, entry)
    if entry.follows:
        raise Blocked("The captain hands the team in. You confirm your own part.")
    require_complete(desk, entry)
    if not is_full(entry.event):
        raise Blocked("A place is free: hand the entry in instead of waiting.")
    ask_units(desk, entry)
    hand_in(desk, entry, verdicts, "queue")


def is_full(event: Event) -> bool:
    """Whether every place of the event is taken."""
    return event.seats_taken >= event.quota


def waiting_position(desk: Desk, entry: Entry) -> int:
    """Return the place on the waiting list, 1 for who is next; 0 for who does not wait."""
    keys = desk.session.scalars(waiting(entry.event_id).with_only_columns(Entry.id)).all()
    return keys.index(entry.id) + 1 if entry.id in keys else 0


def ready_verdicts(desk: Desk, entry: Entry) -> list[Verdict]:
    """Return the verdicts of an entry that lacks nothing, or refuse it."""
    _refuse_late(desk, entry)
    refuse_alone(entry)
    person = person_of(entry)
    if entry.photo_id is None or not entry.answers or person.id_number_mark is None:
        raise Invalid("The entry is not complete: fill in the steps that are still open.")
    take_form(desk, entry)
    refuse_double(desk, entry, person)
    verdicts = verdicts_of(desk, entry)
    refuse_failing(verdicts)
    return verdicts


def hand_in(desk: Desk, entry: Entry, verdicts: list[Verdict], verb: str) -> None:
    """Keep what was found true, give the receipt and take the step."""
    entry.verdicts = [verdict_row(verdict) for verdict in verdicts]
    entry.submitted_at, entry.remarks = desk.now, {}
    entry.receipt_no = entry.receipt_no or receipt_number(
        desk.now.year, letters_of(entry.event), entry.id
    )
    entry.move(verb)
    desk.session.flush()
    desk.record(f"{verb}_entry", f"entry:{entry.id}", receipt=entry.receipt_no)
    kind = "entry_waiting" if verb == "queue" else "entry_submitted"
    tell_entrant(desk, entry, kind, receipt=entry.receipt_no)
    if desk.session.get(Helped, entry.id) is not None:
        desk.send("tell_helped", after=leaves_at(Channel.SMS, desk.now) - desk.now, entry=entry.id)


def recall_entry(desk: Desk, entry: Entry) -> None:
    """Take a submitted entry back within ten minutes; its place is free again.

    Not after the window has closed: a draft could not be handed in any more.
    """
    require_owner(desk, entry)
    if not may_recall(desk, entry):
        raise WrongMoment("An entry can be taken back within ten minutes of handing it in.")
    check_window(desk, entry.event)
    entry.move("recall")
    entry.submitted_at = None
    free_seat(desk, entry)
    desk.record("recall_entry", f"entry:{entry.id}")


def may_recall(desk: Desk, entry: Entry) -> bool:
    """Whether an entry was handed in within the last ten minutes and waits to be checked."""
    sent = entry.submitted_at
    return entry.state is EntryState.SUBMITTED and sent is not None and desk.now - sent <= RECALL


def withdraw_entry(desk: Desk, entry: Entry, *, reason: str) -> None:
    """Withdraw from the event with a reason; the place is free for somebody else."""
    require_owner(desk, entry)
    if not reason.strip():
        sentence = "Say in a few words why you withdraw."
        raise Invalid(sentence, {"reason": [sentence]})
    if entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The list is published: call the office to withdraw.")
    if entry.follows:
        leave_team(desk, entry)
    entry.move("withdraw")
    free_seat(desk, entry)
    disband(desk, entry)
    tell_unit(desk, entry, "entry_withdrawn")
    desk.record("withdraw_entry", f"entry:{entry.id}", reason=reason.strip())


def letters_of(event: Event) -> str:
    """Return the two to four capital letters an event has in receipt numbers."""
    letters = re.sub("[^A-Z]", "", f"{event.slug}".upper()) or "SX"
    return (letters + "SX")[:2] if len(letters) < 2 else letters[:3]  # noqa: PLR2004


def _held(desk: Desk, entry: Entry) -> None:
    """Hold the entry until the commit, in a team its captain's first, and read it as it is now."""
    hold_team(desk, entry)
    desk.session.flush()
    desk.session.refresh(entry, with_for_update={"of": Entry})


def _refuse_late(desk: Desk, entry: Entry) -> None:
    """Drafts keep the window; what was returned is mended until the list is published."""
    if entry.state is EntryState.DRAFT:
        check_entry_window(desk, entry)
    elif entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The list is published: nothing can be handed in any more.")
