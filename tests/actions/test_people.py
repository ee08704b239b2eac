"""Persons: one identity each, claimed only by whom it belongs to, settled once it counts."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import begin_entry, save_who
from actions.people import (
    Identity,
    enter_person,
    find_by_id_number,
    identify,
    masked_id,
    masked_phone,
    own_identity,
    reveal_identity,
)
from actions.submissions import submit_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.people import Consent
from rules.errors import Invalid, NotPermitted
from rules.permits import Actor
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.support import make_account

PHONE = "13800001234"


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk)


def account_of(seat: Desk) -> Account:
    return seat.session.get_one(Account, seat.actor.account_id)


def newcomer(desk: Desk, name: str = "贺选手") -> tuple[Desk, Account]:
    account = make_account(desk.session, name)
    return desk.acting_as(Actor(account.id)), account


def test_a_number_is_found_however_it_is_written_and_kept_once(desk: Desk) -> None:
    number = sample_id(5)
    person = enter_person(desk, Identity("贺选手", number, PHONE))

    assert find_by_id_number(desk, f" {number[:6]} {number[6:14]} {number[14:]}") is person
    assert person.birth_date is not None
    assert person.gender is not None
    with pytest.raises(Invalid, match="already in the register"):
        enter_person(desk, Identity("另一人", number, PHONE))


def test_masks_show_nothing_where_nothing_is_kept(desk: Desk) -> None:
    seat, account = newcomer(desk)
    person = identify(seat, account, Identity("贺选手", sample_id(5), PHONE))
    assert masked_phone(desk, person) == "138****1234"

    person.id_number_sealed = person.id_number_mark = None
    person.phone_sealed = person.phone_mark = None

    assert (masked_id(desk, person), masked_phone(desk, person)) == ("", "")
    assert own_identity(own(seat), person) == ("", "")


def test_a_registered_person_is_claimed_by_name_number_and_phone_together(desk: Desk) -> None:
    known = enter_person(desk, Identity("贺选手", sample_id(5), PHONE))
    seat, account = newcomer(desk)

    for name, phone in (("别人", PHONE), ("贺选手", "13800009999")):
        with pytest.raises(Invalid, match="another account"):
            identify(seat, account, Identity(name, sample_id(5), phone))
    assert account.person is None
    assert identify(seat, account, Identity("贺选手", sample_id(5), PHONE)) is known

    with pytest.raises(Invalid, match="another account"):
        identify(*newcomer(desk), Identity("贺选手", sample_id(5), PHONE))


def test_a_slip_of_the_pen_is_mended_while_nothing_rests_on_it(desk: Desk) -> None:
    seat, account = newcomer(desk)
    person = identify(seat, account, Identity("贺选手", sample_id(5), PHONE))

    again = identify(seat, account, Identity("贺选首", sample_id(6), "13800004321"))

    assert again is person
    assert own_identity(own(seat), person) == (sample_id(6), "13800004321")


def test_whoever_handed_in_or_was_honoured_stays_who_they_are(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    submit_entry(seat, filled(seat, event))
    account = account_of(seat)

    with pytest.raises(Invalid, match="Ask in your record"):
        identify(seat, account, Identity("别人", sample_id(1), PHONE))
    with pytest.raises(Invalid, match="Ask in your record"):
        identify(seat, account, Identity("贺选手", sample_id(2), PHONE))
    changed = identify(seat, account, Identity("贺选手", sample_id(1), "13800004321"))
    assert own_identity(own(seat), changed)[1] == "13800004321"


def test_a_draft_without_a_person_reveals_nothing(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")

    with pytest.raises(Invalid, match="names nobody"):
        reveal_identity(reviewer(desk, event), entry, reason="核对")
    with pytest.raises(NotPermitted):
        reveal_identity(seat, entry, reason="核对")


def test_two_drafts_of_one_event_never_name_the_same_person(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    identity = Identity("贺选手", sample_id(1), PHONE)
    first = begin_entry(seat, event, form_key="a")
    save_who(seat, first, identity, consents=True)
    save_who(seat, first, identity, consents=True)
    twin = Entry(
        event=event, account_id=first.account_id, form_key="twin", started_at=seat.now, answers={}
    )
    desk.session.add(twin)
    desk.session.flush()

    with pytest.raises(Invalid, match="already an entry"):
        save_who(seat, twin, identity, consents=True)
    assert len(desk.session.scalars(select(Consent)).all()) == 1
