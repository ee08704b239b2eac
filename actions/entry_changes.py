"""Changing an entry: by whom and until when, what a return opens, what is told of a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from actions.conditions import refuse_failing, verdict_row, verdicts_of
from actions.desk import Desk
from actions.extensions import extended
from actions.people import masked_id, masked_phone
from actions.replies import answers_of, files_of, questions
from models.contests import Event
from models.entries import Entry, carrier_of
from models.people import Person
from models.reviews import Review
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor
from rules.registration_answers import check_answers, unlocked, visible
from rules.registration_forms import OPTIONAL_CORE, Form
from rules.states import BEFORE_LIST, EntryState, EventState

EDITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})
"""Filled in step by step and handed in when it is done."""
STANDING = frozenset(
    {EntryState.JOINED, EntryState.WAITING, EntryState.SUBMITTED, EntryState.ACCEPTED}
)
"""Changed in place, each change whole by itself, until entries close."""
SETTLED = frozenset({"name", "id_number"})
"""What stays once an entry was handed in: the office puts it right."""


@dataclass(frozen=True)
class Fact:
    """What stands in a field: the value two times are compared by, and what is kept of it.

    Two different values of a ``blurred`` field can be kept alike: a masked number, a file's name.
    """

    value: str
    kept: Any
    blurred: bool = False


@contextmanager
def changing(desk: Desk, entry: Entry) -> Iterator[None]:
    """Let the owner change an entry inside this block: all of it, or nothing when refused.

    What a reviewer did not name stays as it is in an entry that was
    returned. An entry that waits or was accepted must hold afterwards as
    well; it goes back to the reviewer with its place and its pass number.
    """
    require_changeable(desk, entry)
    before = {} if entry.state is EntryState.DRAFT else facts_of(desk, entry)
    answered = answers_of(desk, entry)
    with desk.session.begin_nested():
        yield
        desk.session.flush()
        if entry.state is not EntryState.DRAFT:
            _settle(desk, entry, before, answered)


def require_changeable(desk: Desk, entry: Entry) -> None:
    """Refuse anybody but the owner, and an entry that is decided for good or whose time is over."""
    require_owner(desk, entry)
    if entry.state in STANDING:
        check_entry_window(desk, entry)
    elif entry.state not in EDITABLE:
        raise WrongMoment("This entry is closed and is not changed any more.")


def may_change(desk: Desk, entry: Entry) -> bool:
    """Whether the owner may change an entry that was handed in, as things stand."""
    try:
        check_entry_window(desk, entry)
    except WrongMoment:
        return False
    return entry.state in STANDING


def require_owner(desk: Desk, entry: Entry) -> None:
    """Refuse anybody but the owner."""
    if desk.actor.account_id != entry.account_id:
        raise NotPermitted("This entry belongs to another account.")


def check_window(desk: Desk, event: Event) -> None:
    """Refuse what arrives outside the published window; the hour of arrival alone counts.

    One person's extension holds until the list is published.
    """
    if event.state in BEFORE_LIST and extended(desk, event):
        return
    if event.state is not EventState.OPEN or desk.now < event.entries_open_at:
        raise WrongMoment("Entries for this event are not open.")
    if desk.now >= event.entries_close_at:
        raise WrongMoment("Entries for this event have closed. What you saved is kept.")


def check_entry_window(desk: Desk, entry: Entry) -> None:
    """Refuse what comes too late for an entry; in a team the captain's deadline is everybody's.

    The members of a team that was returned mend their parts as long as its captain may.
    """
    carrier = carrier_of(desk.session, entry)
    returned = carrier is not entry and carrier.state is EntryState.RETURNED
    if returned and entry.event.state in BEFORE_LIST:
        return
    check_window(desk.acting_as(Actor(carrier.account_id)), entry.event)


def open_fields(entry: Entry, form: Form, answers: dict[str, str]) -> frozenset[str] | None:
    """Return the fields that may be changed, or None where every field may.

    A return that names no field opens the whole entry.
    """
    named = {name for name in entry.remarks if name}
    if entry.state is not EntryState.RETURNED or not named:
        return None
    return unlocked(form, named, answers)


def refuse_unanswered(desk: Desk, entry: Entry, form: Form | None = None) -> None:
    """Raise ``Blocked`` while a question of the event is still open."""
    asked = questions(desk, entry) if form is None else form
    faults = check_answers(asked, answers_of(desk, entry))
    if faults:
        raise Blocked(
            "The questions of this event are not all answered yet. What you saved is kept.",
            tuple(reason for reasons in faults.values() for reason in reasons),
        )


def facts_of(desk: Desk, entry: Entry) -> dict[str, Fact]:
    """Read every field of an entry, by the names remarks use."""
    form, answers = questions(desk, entry), answers_of(desk, entry)
    names = {str(file.id): file.name for file in files_of(desk, entry)} if form.fields else {}
    facts = _core(desk, entry, entry.person) if entry.person else {}
    for field in form.fields:
        values = [answers.get(slot, "") for slot in field.slots]
        kept = [
            names.get(value, "") if slot == field.file_slot else entry.replies.get(slot, "")
            for slot, value in zip(field.slots, values, strict=True)
        ]
        facts[field.code] = Fact("\n".join(values), kept, blurred=field.file_slot is not None)
    return facts


@dataclass(frozen=True)
class Change:
    """What an owner changed in a field since the last decision; a sealed text is not shown."""

    name: str
    before: str
    after: str
    is_sealed: bool = False


def changes_of(desk: Desk, entry: Entry) -> list[Change]:
    """List what was changed since the last decision, in the order of the entry."""
    if not entry.changes:
        return []
    now = facts_of(desk, entry)
    return [
        Change(name, _words(entry.changes[name]), _words(fact.kept), _has_seal(fact.kept))
        for name, fact in now.items()
        if name in entry.changes
    ]


def _words(kept: Any) -> str:  # noqa: ANN401  # as stored
    texts = kept if isinstance(kept, list) else [kept]
    return " ".join(text for text in texts if isinstance(text, str) and text)


def _has_seal(kept: Any) -> bool:  # noqa: ANN401  # as stored
    return isinstance(kept, list) and any(isinstance(one, dict) for one in kept)


def _core(desk: Desk, entry: Entry, person: Person) -> dict[str, Fact]:
    unit = person.organization.name if person.organization else entry.answers.get("employer", "")
    texts = {
        "name": person.name,
        "employer": unit,
        "town": person.town.name if person.town else "",
        "occupation": person.occupation.name if person.occupation else "",
        "position": person.position,
        "in_trade_since": str(person.in_trade_since or ""),
        "skill_level": person.skill_level.value if person.skill_level else "",
        "certificate_no": entry.answers.get("certificate_no", ""),
    }
    return {name: Fact(text, text) for name, text in texts.items()} | {
        "id_number": Fact(person.id_number_mark or "", masked_id(desk, person), blurred=True),
        "phone": Fact(person.phone_mark or "", masked_phone(desk, person), blurred=True),
        "photo": Fact(str(entry.photo_id or ""), "", blurred=True),
    }


def _settle(desk: Desk, entry: Entry, before: dict[str, Fact], answered: dict[str, str]) -> None:
    desk.session.expire(entry, ["person", "photo"])
    if entry.person:
        desk.session.expire(entry.person, ["organization", "town", "occupation"])
    form, after = questions(desk, entry), facts_of(desk, entry)
    changed = {
        name for name in after if name not in before or after[name].value != before[name].value
    }
    if not changed:
        return
    if entry.state is EntryState.RETURNED:
        _refuse_locked(desk, entry, form, answered, changed)
    entry.changes = _merged(entry.changes, before, after, changed)
    if entry.state in STANDING:
        _back_to_review(desk, entry, form, changed)


def _refuse_locked(
    desk: Desk, entry: Entry, form: Form, answered: dict[str, str], changed: set[str]
) -> None:
    """Refuse changes nobody asked for; what a mended answer hides goes with it."""
    opened = open_fields(entry, form, answered)
    hidden = {field.code for field in form.fields} - visible(form, answers_of(desk, entry))
    locked = set() if opened is None else changed - opened - hidden
    if locked:
        sentence = "Only what the reviewer named is mended here. The rest stays as it was."
        raise Invalid(sentence, {name: [sentence] for name in sorted(locked)})


def _merged(
    earlier: dict[str, Any], before: dict[str, Fact], after: dict[str, Fact], changed: set[str]
) -> dict[str, Any]:
    """Keep what stood there at the last decision, whatever was tried in between."""
    kept = dict(earlier)
    for name in changed:
        kept.setdefault(name, before[name].kept if name in before else "")
        if not after[name].blurred and kept[name] == after[name].kept:
            del kept[name]
    return kept


def _back_to_review(desk: Desk, entry: Entry, form: Form, changed: set[str]) -> None:
    refuse_unanswered(desk, entry, form)
    verdicts = verdicts_of(desk, entry)
    refuse_failing(verdicts)
    was = entry.state
    entry.verdicts = [verdict_row(verdict) for verdict in verdicts]
    review_anew(desk, entry)
    desk.session.flush()
    desk.record("change_entry", f"entry:{entry.id}", fields=sorted(changed), before=was.value)


def review_anew(desk: Desk, entry: Entry) -> None:
    """Let the reviewer look once more at an entry that stands, and at the team it belongs to."""
    carrier = carrier_of(desk.session, entry)
    if carrier is not entry:
        entry.move("change")
        desk.session.flush()
        desk.session.refresh(carrier, with_for_update={"of": Entry})
    if carrier.state in STANDING:
        undecided(desk, carrier)
        carrier.move("change")


def undecided(desk: Desk, entry: Entry) -> None:
    """Drop a decision, a held one too: it was made about the entry as it was."""
    entry.decided_at = entry.decided_by = None
    review = desk.session.get(Review, entry.id)
    if review is not None:
        review.held = review.held_by = review.held_at = None
        review.reason = ""


def asked_core(form: Form) -> frozenset[str]:
    """Return which of the optional usual questions this form asks."""
    return frozenset(OPTIONAL_CORE) - set(form.core_off)
