"""Helpers: entering somebody else, telling that person, handing the entry over to them."""

import hashlib
import secrets
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from actions.conditions import DEAD
from actions.desk import Desk
from actions.entries import CONSENT_VERSION, begun, own_account
from actions.entry_changes import check_window
from actions.people import hand_over, record_consent
from actions.seats import free_seat
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.helpers import Helped, in_foreign_hands
from models.people import Person
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment, wrong_field
from rules.states import BEFORE_LIST, EntryState
from rules.terms import ConsentPurpose, Relation
from rules.text import clean_line

MOST: Final = 5
"""So many live entries one account enters for others in one event; units have their own desk."""
LAST: Final = 4
"""How many characters at the end of the ID number prove who opens the link."""
MOST_TRIES: Final = 5


class WrongEnd(Invalid):
    """The characters that prove who opens the link do not fit; the try was counted."""


def begin_for(
    desk: Desk, event: Event, *, relation: Relation, agreed: bool, form_key: str
) -> Entry:
    """Begin an entry for somebody else; the same form sent twice is one entry.

    ``agreed`` states that the person knows and agrees, or that one is the guardian.
    """
    account = own_account(desk)
    if not agreed:
        raise wrong_field("agreed", "Enter somebody only who knows of it and agrees.")
    check_window(desk, event)
    entry = begun(desk, event, account, f"for-{account.id}-{event.id}-{form_key}"[:40])
    if desk.session.get(Helped, entry.id) is not None:
        return entry
    if _helped_by(desk, event, account) >= MOST:
        raise Blocked(
            "You have entered %(count)s people for this event; more is a matter for their unit. "
            "Its contact enters whole lists. Nothing was begun.",
            count=MOST,
        )
    row = Helped(
        entry_id=entry.id,
        helper_id=account.id,
        relation=relation,
        text_version=CONSENT_VERSION,
        stated_at=desk.now,
        token_hash=_print(token_of(desk, entry.id)),
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(row)
    except IntegrityError:  # the same form, sent twice at once, was faster
        return entry
    desk.record("begin_for", f"entry:{entry.id}", relation=relation.value)
    return entry


def token_of(desk: Desk, entry_id: int) -> str:
    """Derive the token of the person's link; without the site's secret nobody can."""
    return desk.vault.mark(f"helped:{entry_id}")[:40]


def find_helped(desk: Desk, token: str) -> Helped:
    """Find the entry a link leads to; raises a refusal that says why it leads nowhere."""
    row = desk.session.scalars(select(Helped).filter_by(token_hash=_print(token))).first()
    if row is None or row.entry.person is None:
        raise NotPermitted("This link opens nothing: it is incomplete. Call the office.")
    if row.objected_at is not None:
        raise WrongMoment("You have objected to this entry; it was withdrawn.")
    return row


def own_phone(desk: Desk, row: Helped) -> str:
    """Return the telephone the entered person is told by, or nothing where it is the helper's."""
    person, helper = row.entry.person, row.helper
    if person is None or person.phone_sealed is None:
        return ""
    helpers = {helper.phone_mark, helper.person.phone_mark if helper.person else None}
    if person.phone_mark in helpers:
        return ""
    return desk.vault.open(person.phone_sealed, bound_to=f"{person.key}:phone")


def is_to_be_told(row: Helped) -> bool:
    """Whether the person has not been told yet and there is something to be told of."""
    live = row.entry.state not in {*DEAD, EntryState.DRAFT}
    return live and row.told_at is None and row.taken_at is None


def take_over(desk: Desk, row: Helped, *, last: str, consents: bool) -> Entry:
    """Make the entry the own one of the person it names; a second call changes nothing.

    Raises ``WrongEnd`` when ``last`` does not fit: the caller commits, for tries are counted.
    """
    desk.session.refresh(row, with_for_update={"of": Helped})
    account, person = own_account(desk), _person(row)
    if row.taken_at is not None and account.person_id == person.id:
        return row.entry
    refuse_taken(row)
    if not consents:
        raise wrong_field(
            "consent", "Without your consent we may not keep these numbers, and there is no entry."
        )
    _check_last(desk, row, last)
    if account.id == row.helper_id:
        raise Blocked(
            "You entered this person yourself. The link is for them: sign out and let them open it."
        )
    holder = desk.session.scalars(select(Account.id).filter_by(person_id=person.id)).first()
    if holder not in {None, account.id} or account.person_id not in {None, person.id}:
        raise Blocked(
            "This account belongs to somebody else than the person entered. Sign in with your own "
            "account, or open one. Nothing was changed."
        )
    account.person = person
    record_consent(desk, person, ConsentPurpose.REGISTRATION, text_version=CONSENT_VERSION)
    desk.session.flush()
    hand_over(desk, person, account)
    desk.session.refresh(row)
    return row.entry


def object_to(desk: Desk, row: Helped, *, last: str) -> None:
    """Withdraw an entry somebody was entered by without knowing; needs no account.

    Raises ``WrongEnd`` like :func:`take_over`, ``WrongMoment`` once the list is published.
    """
    desk.session.refresh(row, with_for_update={"of": Helped})
    refuse_taken(row)
    _check_last(desk, row, last)
    entry = row.entry
    if entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The list is published: call the office to withdraw.")
    row.objected_at = desk.now
    if entry.state not in DEAD:
        entry.move("withdraw")
        free_seat(desk, entry)
    desk.record("object_to_entry", f"entry:{entry.id}")


def entered_for_others(desk: Desk) -> list[Helped]:
    """List the entries the visitor began for others, newest first, those taken over too."""
    return list(
        desk.session.scalars(
            select(Helped)
            .where(Helped.helper_id == desk.actor.account_id)
            .options(
                joinedload(Helped.entry).joinedload(Entry.event),
                joinedload(Helped.entry).joinedload(Entry.person),
            )
            .order_by(Helped.entry_id.desc())
        )
    )


def _helped_by(desk: Desk, event: Event, account: Account) -> int:
    query = (
        select(func.count())
        .select_from(Helped)
        .join(Helped.entry)
        .where(
            Helped.helper_id == account.id,
            Entry.event_id == event.id,
            Entry.state.not_in(DEAD),
            Entry.id.in_(in_foreign_hands()),
        )
    )
    return desk.session.scalar(query) or 0


def _person(row: Helped) -> Person:
    if row.entry.person is None:
        raise WrongMoment("This entry names nobody yet.")
    return row.entry.person


def refuse_taken(row: Helped) -> None:
    """Refuse a link whose entry is in the hands of the person it names."""
    if row.taken_at is not None:
        raise WrongMoment("This entry was taken over; sign in with that account to see it.")


def _check_last(desk: Desk, row: Helped, last: str) -> None:
    if row.wrong_tries >= MOST_TRIES:
        raise WrongMoment("The link is closed after five wrong tries. Call the office.")
    person = _person(row)
    sealed = person.id_number_sealed or b""
    number = desk.vault.open(sealed, bound_to=f"{person.key}:id_number")
    said = clean_line(last).upper().encode()
    if not secrets.compare_digest(said, number[-LAST:].encode()):
        row.wrong_tries += 1
        desk.session.flush()
        sentence = (
            "These are not the last four characters of the ID number in the entry. If the number "
            "is wrong, ask who entered you."
        )
        raise WrongEnd(sentence, {"last": [sentence]})


def _print(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
