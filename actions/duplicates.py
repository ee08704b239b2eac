"""Duplicates: which records look like one person, and who was found to be two."""

from sqlalchemy.exc import IntegrityError

from actions.desk import Desk
from actions.people import numbers_of
from models.duplicates import NotSame, alike, told_apart
from models.entries import Entry
from models.people import Person
from rules.duplicates import Suspicion, pair_of, places_apart
from rules.errors import Invalid, NotPermitted, WrongMoment, wrong_field
from rules.permits import Permit
from rules.privacy import leak_scan

REASON_MAX = 200


def suspicions(desk: Desk) -> list[Suspicion]:
    """List the pairs of records that may be one person, the likeliest first."""
    desk.require(Permit.PERSON_MERGE)
    return alike(desk.session)


def suspicions_of(desk: Desk, entry: Entry) -> list[Suspicion]:
    """List the records that may be the same person as an entry's, for its reviewer."""
    desk.require(Permit.ENTRY_REVIEW, entry.event.where)
    return alike(desk.session, entry.person_id) if entry.person_id else []


def tell_apart(desk: Desk, one: Person, other: Person, *, reason: str) -> NotSame:
    """Keep that two records are two people; saying it twice keeps what was said first."""
    desk.require(Permit.PERSON_MERGE)
    refuse_merged(one, other)
    words = checked_reason(reason)
    known = told_apart(desk.session, one.id, other.id)
    if known is not None:
        return known
    low, high = pair_of(one.id, other.id)
    row = NotSame(
        low_id=low,
        high_id=high,
        reason=words,
        decided_at=desk.now,
        decided_by=desk.actor.account_id,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(row)
    except IntegrityError:  # a colleague said so in the same moment
        twin = told_apart(desk.session, one.id, other.id)
        if twin is None:
            raise
        return twin
    desk.record("tell_apart", f"person:{one.key}", other=other.key, reason=words)
    return row


def ask_again(desk: Desk, row: NotSame) -> None:
    """Take back that two records are two people: the pair is shown again."""
    desk.require(Permit.PERSON_MERGE)
    desk.session.delete(row)
    desk.record("ask_again", f"person:{row.low.key}", other=row.high.key, reason=row.reason)


def ids_apart(desk: Desk, one: Person, other: Person) -> int | None:
    """Count the characters in which two ID numbers differ; None where one is not known."""
    desk.require(Permit.PERSON_MERGE)
    numbers = [numbers_of(desk, person, whole=True)[0] for person in (one, other)]
    return places_apart(*numbers) if all(numbers) else None


def refuse_merged(*people: Person) -> None:
    """Refuse a record that is part of another one by now."""
    if any(person.merged_into_id is not None for person in people):
        raise WrongMoment(
            "One of the two records was merged meanwhile. Nothing was changed; go back to the list."
        )


def refuse_own(desk: Desk, *people: Person) -> None:
    """Refuse to decide about oneself."""
    if desk.actor.person_id in {person.id for person in people}:
        raise NotPermitted(
            "One of the two records is your own. A colleague decides; nothing was changed."
        )


def checked_reason(reason: str) -> str:
    """Return a reason as it is kept on record; raises ``Invalid`` with what is wrong."""
    words = " ".join(reason.split())
    if not words:
        raise wrong_field("reason", "Say in a few words how you know; it is kept on record.")
    if len(words) > REASON_MAX:
        raise wrong_field("reason", "Keep the reason within 200 characters.")
    if leak_scan(words):
        raise Invalid(
            "The reason is kept on record: write it without ID or telephone numbers.",
            {"reason": ["The reason is kept on record: write it without ID or telephone numbers."]},
        )
    return words
