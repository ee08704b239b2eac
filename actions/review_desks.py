"""The review desk: notes, tags, colleagues; decisions held, looked through and applied once."""

from collections.abc import Iterable

from sqlalchemy import select

from actions.desk import Desk
from actions.reviews import accept_entry, check_reviewer, reject_entry, return_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.reviews import Review, ReviewNote
from models.roles import RoleGrant
from rules.errors import Refusal, wrong_field
from rules.lifecycle import ENTRY_STEPS, step
from rules.permits import GRANTS, Permit, Role
from rules.reviews import clean_tags
from rules.terms import Decision

Outcome = list[tuple[Entry, Refusal | None]]
NOTE_LENGTH = 500
REVIEWING = [role for role in Role if Permit.ENTRY_REVIEW in GRANTS[role]]


def review_of(desk: Desk, entry: Entry) -> Review:
    """Return what is kept beside an entry, made empty the first time."""
    row = desk.session.get(Review, entry.id)
    if row is None:
        row = Review(entry=entry)
        desk.session.add(row)
        desk.session.flush()
    return row


def add_note(desk: Desk, entry: Entry, text: str) -> ReviewNote:
    """Add a note for colleagues."""
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    if not text.strip() or len(text) > NOTE_LENGTH:
        raise wrong_field("note", "A note has between 1 and 500 characters.")
    note = ReviewNote(
        entry_id=entry.id,
        author_id=desk.actor.account_id,
        text=text.strip(),
        written_at=desk.now,
    )
    desk.session.add(note)
    desk.session.flush()
    desk.record("note_entry", f"entry:{entry.id}")
    return note


def arrange(desk: Desk, entry: Entry, *, tags: str, assignee_id: int | None) -> None:
    """Set the tags of an entry and the colleague who looks at it.

    Raises ``Invalid`` for a colleague who may not review this event.
    """
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    colleague = desk.session.get(Account, assignee_id) if assignee_id else None
    if assignee_id and colleague not in reviewers_of(desk, entry.event):
        raise wrong_field("assignee", "This colleague does not review this event.")
    row = review_of(desk, entry)
    row.tags, row.assignee_id = list(clean_tags(tags)), assignee_id
    desk.record("arrange_entry", f"entry:{entry.id}", tags=row.tags, assignee=assignee_id)


def reviewers_of(desk: Desk, event: Event) -> list[Account]:
    """List the accounts that may review this event."""
    rows = desk.session.execute(
        select(RoleGrant, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role.in_(REVIEWING), Account.is_active)
        .order_by(Account.id)
    )
    found = {account.id: account for grant, account in rows if event.where.covers(grant.as_grant())}
    return list(found.values())


def hold(desk: Desk, entries: Iterable[Entry], decision: Decision, *, reason: str = "") -> Outcome:
    """Hold one decision for many entries; each row tells what became of it.

    Nothing reaches an entrant before the decisions are applied. Raises
    ``Invalid`` for a return or rejection without words.
    """
    if decision is not Decision.ACCEPT and not reason.strip():
        raise wrong_field("reason", "The entrant is told why: choose a reason or write one.")
    return [(entry, _hold(desk, entry, decision, reason.strip())) for entry in entries]


def let_go(desk: Desk, entry: Entry) -> None:
    """Take back a held decision; the entry waits again."""
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    row = review_of(desk, entry)
    row.held = row.held_by = row.held_at = None
    row.reason = ""
    desk.record("let_go_decision", f"entry:{entry.id}")


def held_of(desk: Desk, event: Event) -> list[Review]:
    """List the held decisions of an event, the oldest first."""
    desk.require(Permit.ENTRY_REVIEW, event.where)
    return list(
        desk.session.scalars(
            select(Review)
            .join(Entry, Entry.id == Review.entry_id)
            .where(Entry.event_id == event.id, Review.held.is_not(None))
            .order_by(Review.held_at, Review.entry_id)
        )
    )


def apply_held(desk: Desk, event: Event) -> Outcome:
    """Apply every held decision once; what is refused stays held and says why."""
    outcome: Outcome = []
    for row in held_of(desk, event):
        try:
            with desk.session.begin_nested():
                _apply(desk, row)
        except Refusal as refusal:
            outcome.append((row.entry, refusal))
        else:
            outcome.append((row.entry, None))
    return outcome


def _hold(desk: Desk, entry: Entry, decision: Decision, reason: str) -> Refusal | None:
    try:
        check_reviewer(desk, entry)
        step(ENTRY_STEPS, entry.state, decision.value)
    except Refusal as refusal:
        return refusal
    row = review_of(desk, entry)
    row.held, row.reason = decision, reason
    row.held_by, row.held_at = desk.actor.account_id, desk.now
    desk.record("hold_decision", f"entry:{entry.id}", decision=decision.value)
    return None


def _apply(desk: Desk, row: Review) -> None:
    decision, reason = row.held, row.reason
    row.held = row.held_by = row.held_at = None
    row.reason = ""
    if decision is Decision.ACCEPT:
        accept_entry(desk, row.entry)
    elif decision is Decision.RETURN:
        return_entry(desk, row.entry, remarks={"": reason})
    else:
        reject_entry(desk, row.entry, reason=reason)
    desk.session.flush()
