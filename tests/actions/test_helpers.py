"""Entering somebody else: recorded as such, told to the person, theirs as soon as they want it."""

import dataclasses

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import Work, begin_entry, save_who, save_work
from actions.helped_people import entered_identity
from actions.helpers import (
    MOST,
    MOST_TRIES,
    WrongEnd,
    begin_for,
    entered_for_others,
    find_helped,
    is_to_be_told,
    object_to,
    own_phone,
    refuse_taken,
    take_over,
    token_of,
)
from actions.people import Identity, enter_person, own_identity
from actions.records import own_record
from actions.reviews import accept_entry
from actions.submissions import submit_entry
from models.accounts import Account
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.helpers import Helped
from models.outbox import Errand
from models.people import Consent, Person
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import Relation, SkillLevel
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.helper_world import MOTHER, PHONE, entered
from tests.support import make_account


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def helper(desk: Desk, event: Event) -> Desk:
    return contestant(desk, event)


def row_of(desk: Desk, entry: Entry) -> Helped:
    return desk.session.get_one(Helped, entry.id)


def newcomer(helper: Desk, name: str = "应母亲") -> Desk:
    return helper.acting_as(Actor(make_account(helper.session, name).id))


def test_a_helper_enters_somebody_and_oneself_and_it_is_on_record(
    desk: Desk, helper: Desk, event: Event
) -> None:
    mothers = entered(helper, event)
    mine = filled(helper, event)
    submit_entry(helper, mine)

    account = desk.session.get_one(Account, helper.actor.account_id)
    assert mothers.person is not None
    assert mothers.person.name == "应母亲"
    assert account.person is mine.person
    assert begin_entry(helper, event, form_key="again") is mine, "not the one for somebody else"
    row = row_of(desk, mothers)
    assert (row.helper, row.relation) == (account, Relation.ELDER)
    line = desk.session.scalars(select(AuditLine).filter_by(deed="begin_for")).one()
    assert (line.account_id, line.detail) == (account.id, {"relation": "elder"})
    consent = desk.session.scalars(select(Consent).filter_by(person_id=mothers.person.id)).one()
    assert consent.withdrawn_at is None
    assert [one.entry for one in own_record(own(helper)).participations] == [mine]
    assert entered_for_others(helper) == [row]


def test_nothing_begins_without_the_persons_agreement_or_for_too_many(
    desk: Desk, helper: Desk, event: Event
) -> None:
    with pytest.raises(Invalid) as refusal:
        begin_for(helper, event, relation=Relation.OTHER, agreed=False, form_key="k")
    assert list(refusal.value.fields) == ["agreed"]
    assert desk.session.scalars(select(Entry)).all() == []

    first = begin_for(helper, event, relation=Relation.OTHER, agreed=True, form_key="0")
    again = begin_for(helper, event, relation=Relation.OTHER, agreed=True, form_key="0")
    assert again is first
    for number in range(1, MOST):
        begin_for(helper, event, relation=Relation.OTHER, agreed=True, form_key=str(number))
    with pytest.raises(Blocked, match="5 people"):
        begin_for(helper, event, relation=Relation.OTHER, agreed=True, form_key="more")
    late = at(helper, event.entries_close_at)
    with pytest.raises(WrongMoment, match="closed"):
        begin_for(late, event, relation=Relation.OTHER, agreed=True, form_key="late")


def test_a_helper_never_gets_hold_of_somebody_on_record(
    desk: Desk, helper: Desk, event: Event
) -> None:
    known = enter_person(desk, Identity("林在册", sample_id(20), "13800002020"))
    known.created_at = event.entries_open_at
    entry = begin_for(helper, event, relation=Relation.COLLEAGUE, agreed=True, form_key="k")

    for name, phone in (("林在册", "13800009999"), ("林别人", "13800002020")):
        with pytest.raises(Invalid, match="on record"):
            save_who(helper, entry, Identity(name, sample_id(20), phone), consents=True)
    assert entry.person is None

    save_who(helper, entry, Identity("林在册", sample_id(20), "13800002020"), consents=True)
    assert entry.person is known
    with pytest.raises(Invalid, match="on record"):
        save_who(helper, entry, Identity("林在册", sample_id(20), "13800009999"), consents=True)
    with pytest.raises(Invalid, match="on record"):
        save_who(helper, entry, Identity("林在册", sample_id(21), "13800002020"), consents=True)

    make_account(desk.session, "林在册", person_id=known.id)
    other = begin_for(helper, event, relation=Relation.COLLEAGUE, agreed=True, form_key="j")
    with pytest.raises(Invalid, match="on record"):
        save_who(helper, other, Identity("林在册", sample_id(20), "13800002020"), consents=True)
    with pytest.raises(NotPermitted):
        entered_identity(helper, entry)


def test_a_helpers_slip_is_mended_and_the_own_number_is_no_other(
    desk: Desk, helper: Desk, event: Event
) -> None:
    filled(helper, event)
    entry = begin_for(helper, event, relation=Relation.CHILD, agreed=True, form_key="k")
    with pytest.raises(Invalid, match="your own ID number"):
        save_who(helper, entry, Identity("贺选手", sample_id(1), "13800001234"), consents=True)

    save_who(helper, entry, MOTHER, consents=True)
    person = entry.person
    save_who(helper, entry, dataclasses.replace(MOTHER, id_number=sample_id(9)), consents=True)

    assert entry.person is person
    assert entered_identity(helper, entry) == (sample_id(9), PHONE)
    with pytest.raises(NotPermitted):
        own_identity(helper, person or Person())
    with pytest.raises(NotPermitted):
        entered_identity(newcomer(helper), entry)


def test_the_person_is_told_once_and_only_by_a_telephone_of_their_own(
    desk: Desk, helper: Desk, event: Event
) -> None:
    filled(helper, event)
    entry = entered(helper, event)
    row = row_of(desk, entry)
    errands = desk.session.scalars(select(Errand).filter_by(kind="tell_helped")).all()
    assert [errand.payload for errand in errands] == [{"entry": entry.id}]
    assert (own_phone(desk, row), is_to_be_told(row)) == (PHONE, True)

    same = dataclasses.replace(MOTHER, id_number=sample_id(30), phone="13800001234")
    shared = entered(helper, event, same, key="shared")
    assert own_phone(desk, row_of(desk, shared)) == ""

    row.told_at = desk.now
    assert not is_to_be_told(row)


def test_the_person_takes_over_with_the_end_of_the_own_number(
    desk: Desk, helper: Desk, event: Event
) -> None:
    entry = entered(helper, event)
    row = find_helped(desk, token_of(desk, entry.id))
    mother = newcomer(helper)

    with pytest.raises(Invalid, match="consent"):
        take_over(mother, row, last=sample_id(8)[-4:], consents=False)
    with pytest.raises(WrongEnd):
        take_over(mother, row, last="0000", consents=True)
    assert take_over(mother, row, last=sample_id(8)[-4:].lower(), consents=True) is entry
    assert take_over(mother, row, last="", consents=True) is entry, "a second click"

    account = desk.session.get_one(Account, mother.actor.account_id)
    assert (entry.account_id, account.person, row.helper_id) == (
        account.id,
        entry.person,
        helper.actor.account_id,
    )
    with pytest.raises(WrongMoment, match="taken over"):
        take_over(newcomer(helper), row, last=sample_id(8)[-4:], consents=True)
    with pytest.raises(WrongMoment, match="taken over"):
        refuse_taken(row)
    with pytest.raises(NotPermitted):
        save_work(helper, entry, Work(SkillLevel.TWO, 2012, employer="别的船厂"))
    assert own_identity(own(mother), entry.person or Person()) == (sample_id(8), PHONE)


def test_a_stranger_the_helper_and_five_wrong_tries_are_refused(
    desk: Desk, helper: Desk, event: Event
) -> None:
    entry = entered(helper, event)
    row, last = row_of(desk, entry), sample_id(8)[-4:]
    stranger = newcomer(helper, "别人")
    theirs = desk.session.get_one(Account, stranger.actor.account_id)
    theirs.person = enter_person(desk, Identity("别人", sample_id(40), "13800004040"))

    with pytest.raises(Blocked, match="entered this person yourself"):
        take_over(helper, row, last=last, consents=True)
    with pytest.raises(Blocked, match="somebody else"):
        take_over(stranger, row, last=last, consents=True)
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongEnd):
            object_to(desk, row, last="9999")
    with pytest.raises(WrongMoment, match="five wrong tries"):
        take_over(newcomer(helper), row, last=last, consents=True)
    with pytest.raises(NotPermitted, match="opens nothing"):
        find_helped(desk, "nonsense")


def test_who_knows_nothing_of_it_objects_without_an_account(
    desk: Desk, helper: Desk, event: Event
) -> None:
    entry = entered(helper, event)
    row = row_of(desk, entry)

    object_to(helper.acting_as(Actor()), row, last=sample_id(8)[-4:])

    assert (entry.state, entry.holds_seat, event.seats_taken) == (EntryState.WITHDRAWN, False, 0)
    assert row.objected_at is not None
    with pytest.raises(WrongMoment, match="objected"):
        find_helped(desk, token_of(desk, entry.id))


def test_who_registers_later_with_the_same_identity_finds_the_entry(
    desk: Desk, helper: Desk, event: Event
) -> None:
    entry = entered(helper, event)
    other = open_event(desk, quota=3)
    mother = newcomer(helper)

    mine = begin_entry(mother, other, form_key="m")
    save_who(mother, mine, MOTHER, consents=True)

    assert entry.account_id == mother.actor.account_id
    assert row_of(desk, entry).taken_at is not None


def test_a_helper_who_reviews_never_decides_what_he_wrote(
    desk: Desk, helper: Desk, event: Event
) -> None:
    seat = reviewer(desk, event)
    seat = at(seat, helper.now)
    entry = entered(seat, event)
    take_over(newcomer(helper), row_of(desk, entry), last=sample_id(8)[-4:], consents=True)

    with pytest.raises(Blocked, match="own entry"):
        accept_entry(seat, entry)
