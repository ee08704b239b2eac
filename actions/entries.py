"""Entries: begun, filled in step by step, submitted for a place, recalled, withdrawn."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from actions.desk import Desk
from actions.media import take_portrait
from actions.people import Identity, identify, record_consent
from actions.seats import free_seat, take_seat
from models.accounts import Account
from models.contests import Event
from models.craftsmen import Honour
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Person
from rules import eligibility
from rules.eligibility import Facts, State, Verdict
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.lifecycle import ENTRY_STEPS, step
from rules.numbering import receipt_number
from rules.states import EntryState, EventState, HonourState
from rules.terms import ConsentPurpose, SkillLevel

CONSENT_VERSION = "2026-11"
RECALL = dt.timedelta(minutes=10)
STEPS = 5
WHO, WORK, PHOTO, CONDITIONS, CHECK = range(1, STEPS + 1)
EDITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})
DEAD = frozenset({EntryState.WITHDRAWN, EntryState.REJECTED})


@dataclass(frozen=True)
class Work:
    """Where and since when a person works; ``employer`` is typed when no unit fits."""

    skill_level: SkillLevel | None
    in_trade_since: int
    town: Town | None = None
    organization: Organization | None = None
    employer: str = ""
    occupation: Occupation | None = None
    position: str = ""
    certificate_no: str = ""


def begin_entry(desk: Desk, event: Event, *, form_key: str) -> Entry:
    """Begin an entry, or return the one this account has begun or this form has made."""
    account = _own_account(desk)
    known = desk.session.scalars(
        select(Entry).where(
            Entry.event_id == event.id,
            Entry.account_id == account.id,
            Entry.state.not_in(DEAD),
        )
    ).first()
    if known is not None:
        return known
    check_window(desk, event)
    entry = Entry(
        event_id=event.id,
        account_id=account.id,
        person_id=None,
        form_key=f"{account.id}-{form_key}"[:40],
        started_at=desk.now,
    )
    desk.session.add(entry)
    desk.session.flush()
    desk.record("begin_entry", f"entry:{entry.id}", event=event.id)
    return entry


def save_who(
    desk: Desk, entry: Entry, identity: Identity, *, consents: bool, shows: bool = False
) -> None:
    """Save name, ID number and phone; nothing is kept without the consent to it.

    ``shows`` is the separate consent to a public page should an award be won.
    """
    _require_editable(desk, entry)
    if not consents:
        sentence = "Without your consent we may not keep these numbers, and there is no entry."
        raise Invalid(sentence, {"consent": [sentence]})
    person = identify(desk, _own_account(desk), identity)
    _refuse_double(desk, entry, person)
    record_consent(desk, person, ConsentPurpose.REGISTRATION, text_version=CONSENT_VERSION)
    if shows:
        record_consent(desk, person, ConsentPurpose.STORY, text_version=CONSENT_VERSION)
    entry.person_id = person.id
    _reach(desk, entry, WORK, "save_who")


def save_work(desk: Desk, entry: Entry, work: Work) -> None:
    """Save the working life."""
    _require_editable(desk, entry)
    person = _person(entry)
    if not work.organization and not work.employer.strip():
        sentence = "Choose your unit from the list, or write its name."
        raise Invalid(sentence, {"employer": [sentence]})
    born = person.birth_date.year if person.birth_date else 1900
    if not born < work.in_trade_since <= desk.now.year:
        sentence = "Write the year you began in this trade, such as 2016."
        raise Invalid(sentence, {"in_trade_since": [sentence]})
    person.town_id = work.town.id if work.town else None
    person.organization_id = work.organization.id if work.organization else None
    person.occupation_id = work.occupation.id if work.occupation else None
    person.position, person.skill_level = work.position, work.skill_level
    person.in_trade_since = work.in_trade_since
    entry.answers = {
        **entry.answers,
        "employer": "" if work.organization else work.employer.strip(),
        "certificate_no": work.certificate_no,
    }
    _reach(desk, entry, PHOTO, "save_work")


def save_photo(desk: Desk, entry: Entry, data: bytes) -> None:
    """Save the portrait; it is re-encoded and stays private."""
    _require_editable(desk, entry)
    _person(entry)
    entry.photo_id = take_portrait(desk, data).id
    _reach(desk, entry, CONDITIONS, "save_photo")


def confirm_conditions(desk: Desk, entry: Entry) -> None:
    """Go on to the last step once no condition fails."""
    _require_editable(desk, entry)
    _refuse_failing(verdicts_of(desk, entry))
    _reach(desk, entry, CHECK, "confirm_conditions")


def verdicts_of(desk: Desk, entry: Entry) -> list[Verdict]:
    """Answer every eligibility rule of the event for this entrant."""
    person, event = _person(entry), entry.event
    since = person.in_trade_since
    facts = Facts(
        event_day=event.held_on,
        birth_date=person.birth_date,
        level=person.skill_level,
        years_in_trade=None if since is None else Decimal(event.held_on.year - since),
        employed_in_district=True if person.organization_id else None,
        group=event.entry_group,
        honours=_honours(desk, person),
        other_events=_other_events(desk, entry),
    )
    return eligibility.check(eligibility.rules_from_json(event.eligibility), facts)


def submit_entry(desk: Desk, entry: Entry) -> None:
    """Hand the entry in and take a place; a second call returns without a second place.

    Raises ``WrongMoment`` outside the window, ``Invalid`` while something is
    missing or a condition fails, ``Blocked`` when all places are taken.
    """
    _require_owner(desk, entry)
    if entry.state is EntryState.SUBMITTED:
        return
    if entry.state is EntryState.DRAFT:
        check_window(desk, entry.event)
    person = _person(entry)
    if entry.photo_id is None or not entry.answers or person.id_number_mark is None:
        raise Invalid("The entry is not complete: fill in the steps that are still open.")
    _refuse_double(desk, entry, person)
    verdicts = verdicts_of(desk, entry)
    _refuse_failing(verdicts)
    step(ENTRY_STEPS, entry.state, "submit")
    take_seat(desk, entry)
    entry.verdicts = [_verdict_row(verdict) for verdict in verdicts]
    entry.submitted_at, entry.remarks = desk.now, {}
    entry.receipt_no = entry.receipt_no or receipt_number(
        desk.now.year, letters_of(entry.event), entry.id
    )
    entry.move("submit")
    desk.session.flush()
    desk.record("submit_entry", f"entry:{entry.id}", receipt=entry.receipt_no)


def recall_entry(desk: Desk, entry: Entry) -> None:
    """Take a submitted entry back within ten minutes; its place is free again."""
    _require_owner(desk, entry)
    if entry.submitted_at is None or desk.now - entry.submitted_at > RECALL:
        raise WrongMoment("An entry can be taken back within ten minutes of handing it in.")
    entry.move("recall")
    free_seat(desk, entry)
    desk.record("recall_entry", f"entry:{entry.id}")


def withdraw_entry(desk: Desk, entry: Entry, *, reason: str) -> None:
    """Withdraw from the event with a reason; the place is free for somebody else."""
    _require_owner(desk, entry)
    if not reason.strip():
        sentence = "Say in a few words why you withdraw."
        raise Invalid(sentence, {"reason": [sentence]})
    if entry.event.state not in (EventState.OPEN, EventState.CLOSED):
        raise WrongMoment("The list is published: call the office to withdraw.")
    entry.move("withdraw")
    free_seat(desk, entry)
    desk.record("withdraw_entry", f"entry:{entry.id}", reason=reason.strip())


def check_window(desk: Desk, event: Event) -> None:
    """Refuse what arrives outside the published window; the hour of arrival alone counts."""
    if event.state is not EventState.OPEN or desk.now < event.entries_open_at:
        raise WrongMoment("Entries for this event are not open.")
    if desk.now >= event.entries_close_at:
        raise WrongMoment("Entries for this event have closed. What you saved is kept.")


def letters_of(event: Event) -> str:
    """Return the two to four capital letters an event has in receipt numbers."""
    letters = re.sub("[^A-Z]", "", f"{event.slug}".upper()) or "SX"
    return (letters + "SX")[:2] if len(letters) < 2 else letters[:3]  # noqa: PLR2004


def _honours(desk: Desk, person: Person) -> frozenset[str]:
    titles = desk.session.scalars(
        select(Honour.title).filter_by(person_id=person.id, state=HonourState.VALID)
    )
    return frozenset(titles)


def _other_events(desk: Desk, entry: Entry) -> int:
    return (
        desk.session.scalar(
            select(func.count())
            .select_from(Entry)
            .join(Event, Event.id == Entry.event_id)
            .where(
                Event.contest_id == entry.event.contest_id,
                Entry.event_id != entry.event_id,
                Entry.person_id == entry.person_id,
                Entry.state.not_in(DEAD | {EntryState.DRAFT}),
            )
        )
        or 0
    )


def _refuse_double(desk: Desk, entry: Entry, person: Person) -> None:
    other = desk.session.scalars(
        select(Entry.id).where(
            Entry.event_id == entry.event_id,
            Entry.person_id == person.id,
            Entry.id != entry.id,
            Entry.state.not_in(DEAD),
        )
    ).first()
    if other is not None:
        sentence = "There is already an entry for this event under this ID number."
        raise Invalid(sentence, {"id_number": [sentence]})


def _refuse_failing(verdicts: list[Verdict]) -> None:
    failing = tuple(verdict.reason for verdict in verdicts if verdict.state is State.FAIL)
    if failing:
        raise Blocked("You do not meet every condition of this event. Your draft is kept.", failing)


def _verdict_row(verdict: Verdict) -> dict[str, object]:
    return {
        "code": verdict.rule.code,
        "clause": verdict.rule.clause,
        "state": verdict.state.value,
        "message": verdict.reason.message,
        "params": dict(verdict.reason.params),
    }


def _reach(desk: Desk, entry: Entry, reached: int, deed: str) -> None:
    entry.step = max(entry.step, reached)
    desk.record(deed, f"entry:{entry.id}")


def _person(entry: Entry) -> Person:
    if entry.person is None:
        raise Invalid("Begin with the first step: who you are.")
    return entry.person


def _own_account(desk: Desk) -> Account:
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is None:
        raise NotPermitted("Sign in to enter a contest.")
    return account


def _require_owner(desk: Desk, entry: Entry) -> None:
    if desk.actor.account_id != entry.account_id:
        raise NotPermitted("This entry belongs to another account.")


def _require_editable(desk: Desk, entry: Entry) -> None:
    _require_owner(desk, entry)
    if entry.state not in EDITABLE:
        raise WrongMoment("An entry that was handed in is not changed. Take it back first.")
