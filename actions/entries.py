"""Entries: begun, filled in step by step, submitted for a place, recalled, withdrawn."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.conditions import DEAD, person_of, refuse_failing, verdict_row, verdicts_of
from actions.craftsmen import standing_consents, withdraw_consent
from actions.desk import Desk
from actions.media import take_portrait
from actions.messages import tell_entrant
from actions.people import Identity, identify, record_consent
from actions.seats import free_seat, take_seat
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Person
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.lifecycle import ENTRY_STEPS, step
from rules.numbering import receipt_number
from rules.states import EntryState, EventState
from rules.terms import ConsentPurpose, SkillLevel

CONSENT_VERSION = "2026-11"
RECALL = dt.timedelta(minutes=10)
STEPS = 5
WHO, WORK, PHOTO, CONDITIONS, CHECK = range(1, STEPS + 1)
BEFORE_LIST = frozenset({EventState.OPEN, EventState.CLOSED})
EDITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})


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
    key = f"{account.id}-{event.id}-{form_key}"[:40]
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
    return _by_form(desk, key) or _begun(desk, event, account, key)


def save_who(
    desk: Desk, entry: Entry, identity: Identity, *, consents: bool, shows: bool | None = None
) -> None:
    """Save name, ID number and phone; nothing is kept without the consent to it.

    ``shows`` is the separate consent to a public page should an award be won;
    None leaves what was said before.
    """
    _require_editable(desk, entry)
    if not consents:
        sentence = "Without your consent we may not keep these numbers, and there is no entry."
        raise Invalid(sentence, {"consent": [sentence]})
    person = identify(desk, _own_account(desk), identity)
    _refuse_double(desk, entry, person)
    record_consent(desk, person, ConsentPurpose.REGISTRATION, text_version=CONSENT_VERSION)
    entry.person = person
    if shows:
        record_consent(desk, person, ConsentPurpose.STORY, text_version=CONSENT_VERSION)
    elif shows is False:
        _take_back_showing(desk, person)
    _reach(desk, entry, WORK, "save_who")


def save_work(desk: Desk, entry: Entry, work: Work) -> None:
    """Save the working life."""
    _require_editable(desk, entry)
    person = person_of(entry)
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
    person_of(entry)
    entry.photo_id = take_portrait(desk, data).id
    _reach(desk, entry, CONDITIONS, "save_photo")


def confirm_conditions(desk: Desk, entry: Entry) -> None:
    """Go on to the last step once no condition fails."""
    _require_editable(desk, entry)
    refuse_failing(verdicts_of(desk, entry))
    _reach(desk, entry, CHECK, "confirm_conditions")


def submit_entry(desk: Desk, entry: Entry) -> None:
    """Hand the entry in and take a place; a second call returns without a second place.

    Raises ``WrongMoment`` outside the window, ``Invalid`` while something is
    missing or a condition fails, ``Blocked`` when all places are taken.
    """
    _require_owner(desk, entry)
    desk.session.flush()
    desk.session.refresh(entry, with_for_update={"of": Entry})
    if entry.state is EntryState.SUBMITTED:
        return
    _refuse_late(desk, entry)
    person = person_of(entry)
    if entry.photo_id is None or not entry.answers or person.id_number_mark is None:
        raise Invalid("The entry is not complete: fill in the steps that are still open.")
    _refuse_double(desk, entry, person)
    verdicts = verdicts_of(desk, entry)
    refuse_failing(verdicts)
    step(ENTRY_STEPS, entry.state, "submit")
    take_seat(desk, entry)
    entry.verdicts = [verdict_row(verdict) for verdict in verdicts]
    entry.submitted_at, entry.remarks = desk.now, {}
    entry.receipt_no = entry.receipt_no or receipt_number(
        desk.now.year, letters_of(entry.event), entry.id
    )
    entry.move("submit")
    desk.session.flush()
    desk.record("submit_entry", f"entry:{entry.id}", receipt=entry.receipt_no)
    tell_entrant(desk, entry, "entry_submitted", receipt=entry.receipt_no)


def recall_entry(desk: Desk, entry: Entry) -> None:
    """Take a submitted entry back within ten minutes; its place is free again.

    Not after the window has closed: a draft could not be handed in any more.
    """
    _require_owner(desk, entry)
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
    _require_owner(desk, entry)
    if not reason.strip():
        sentence = "Say in a few words why you withdraw."
        raise Invalid(sentence, {"reason": [sentence]})
    if entry.event.state not in BEFORE_LIST:
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


def _by_form(desk: Desk, key: str) -> Entry | None:
    return desk.session.scalars(select(Entry).filter_by(form_key=key)).first()


def _begun(desk: Desk, event: Event, account: Account, key: str) -> Entry:
    entry = Entry(
        event_id=event.id,
        account_id=account.id,
        person_id=None,
        form_key=key,
        started_at=desk.now,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(entry)
    except IntegrityError:  # the same form, sent twice at once, was faster
        twin = _by_form(desk, key)
        if twin is None:
            raise
        return twin
    desk.record("begin_entry", f"entry:{entry.id}", event=event.id)
    return entry


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


def _reach(desk: Desk, entry: Entry, reached: int, deed: str) -> None:
    entry.step = max(entry.step, reached)
    desk.record(deed, f"entry:{entry.id}")


def _take_back_showing(desk: Desk, person: Person) -> None:
    own = desk.acting_as(replace(desk.actor, person_id=person.id))
    standing = desk.session.scalars(standing_consents(person, ConsentPurpose.STORY)).all()
    for consent in standing:
        withdraw_consent(own, consent)


def _refuse_late(desk: Desk, entry: Entry) -> None:
    """Drafts keep the window; what was returned is mended until the list is published."""
    if entry.state is EntryState.DRAFT:
        check_window(desk, entry.event)
    elif entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The list is published: nothing can be handed in any more.")


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
