"""Entries: begun, filled in step by step, submitted for a place, recalled, withdrawn."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.conditions import DEAD, person_of, refuse_failing, verdicts_of
from actions.craftsmen import standing_consents, withdraw_consent
from actions.desk import Desk
from actions.entry_changes import EDITABLE, asked_core, changing, check_window, require_owner
from actions.helped_people import identify_other
from actions.media import take_portrait
from actions.people import Identity, identify, record_consent
from actions.replies import questions
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.helpers import Helped, in_foreign_hands
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Person
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.terms import ConsentPurpose, SkillLevel

CONSENT_VERSION = "2026-11"
STEPS = 5
WHO, WORK, PHOTO, CONDITIONS, CHECK = range(1, STEPS + 1)


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
    account = own_account(desk)
    key = f"{account.id}-{event.id}-{form_key}"[:40]
    known = desk.session.scalars(
        select(Entry).where(
            Entry.event_id == event.id,
            Entry.account_id == account.id,
            Entry.state.not_in(DEAD),
            Entry.id.not_in(in_foreign_hands()),
        )
    ).first()
    if known is not None:
        return known
    check_window(desk, event)
    return begun(desk, event, account, key)


def save_who(
    desk: Desk, entry: Entry, identity: Identity, *, consents: bool, shows: bool | None = None
) -> None:
    """Save name, ID number and phone; nothing is kept without the consent to it.

    ``shows`` is the separate consent to a public page should an award be won;
    None leaves what was said before.
    """
    require_owner(desk, entry)
    if not consents:
        sentence = "Without your consent we may not keep these numbers, and there is no entry."
        raise Invalid(sentence, {"consent": [sentence]})
    with changing(desk, entry):
        person = _identified(desk, entry, identity)
        refuse_double(desk, entry, person)
        record_consent(desk, person, ConsentPurpose.REGISTRATION, text_version=CONSENT_VERSION)
        entry.person = person
        if shows:
            record_consent(desk, person, ConsentPurpose.STORY, text_version=CONSENT_VERSION)
        elif shows is False:
            _take_back_showing(desk, person)
        _reach(desk, entry, WORK, "save_who")


def save_work(desk: Desk, entry: Entry, work: Work) -> None:
    """Save the working life; what the event's form leaves out stays as the person has it."""
    require_owner(desk, entry)
    person = person_of(entry)
    if not work.organization and not work.employer.strip():
        sentence = "Choose your unit from the list, or write its name."
        raise Invalid(sentence, {"employer": [sentence]})
    born = person.birth_date.year if person.birth_date else 1900
    if not born < work.in_trade_since <= desk.now.year:
        sentence = "Write the year you began in this trade, such as 2016."
        raise Invalid(sentence, {"in_trade_since": [sentence]})
    with changing(desk, entry):
        _keep_work(person, work, asked_core(questions(desk, entry)))
        entry.answers = {
            **entry.answers,
            "employer": "" if work.organization else work.employer.strip(),
            "certificate_no": work.certificate_no,
        }
        _reach(desk, entry, PHOTO, "save_work")


def save_photo(desk: Desk, entry: Entry, data: bytes) -> None:
    """Save the portrait; it is re-encoded and stays private."""
    person_of(entry)
    with changing(desk, entry):
        entry.photo_id = take_portrait(desk, data).id
        _reach(desk, entry, CONDITIONS, "save_photo")


def confirm_conditions(desk: Desk, entry: Entry) -> None:
    """Go on to the last step once no condition fails."""
    require_owner(desk, entry)
    if entry.state not in EDITABLE:
        raise WrongMoment("An entry that was handed in is not changed. Take it back first.")
    refuse_failing(verdicts_of(desk, entry))
    _reach(desk, entry, CHECK, "confirm_conditions")


def _by_form(desk: Desk, key: str) -> Entry | None:
    return desk.session.scalars(select(Entry).filter_by(form_key=key)).first()


def begun(desk: Desk, event: Event, account: Account, key: str) -> Entry:
    """Begin a draft under a form's key, or return the one that key has made; checks are done."""
    known = _by_form(desk, key)
    if known is not None:
        return known
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


def refuse_double(desk: Desk, entry: Entry, person: Person) -> None:
    """Refuse a second live entry of one person for the same event."""
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


def _identified(desk: Desk, entry: Entry, identity: Identity) -> Person:
    """Find or enter whom the entry names: its owner, or whom its owner helps."""
    helped, account = desk.session.get(Helped, entry.id), own_account(desk)
    if helped is None or helped.taken_at is not None:
        return identify(desk, account, identity)
    return identify_other(desk, account, identity, entry.person, since=helped.stated_at)


def _keep_work(person: Person, work: Work, asked: frozenset[str]) -> None:
    kept = {
        "town_id": ("town", work.town.id if work.town else None),
        "organization_id": ("", work.organization.id if work.organization else None),
        "occupation_id": ("occupation", work.occupation.id if work.occupation else None),
        "position": ("position", work.position),
        "skill_level": ("skill_level", work.skill_level),
        "in_trade_since": ("", work.in_trade_since),
    }
    for column, (core, value) in kept.items():
        if not core or core in asked:
            setattr(person, column, value)


def _reach(desk: Desk, entry: Entry, reached: int, deed: str) -> None:
    entry.step = max(entry.step, reached)
    desk.record(deed, f"entry:{entry.id}")


def _take_back_showing(desk: Desk, person: Person) -> None:
    own = desk.acting_as(replace(desk.actor, person_id=person.id))
    standing = desk.session.scalars(standing_consents(person, ConsentPurpose.STORY)).all()
    for consent in standing:
        withdraw_consent(own, consent)


def own_account(desk: Desk) -> Account:
    """Return the account that acts; raises ``NotPermitted`` where nobody is signed in."""
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is None:
        raise NotPermitted("Sign in to enter a contest.")
    return account
