"""The team of a unit: the head contact keeps colleagues' accounts, for the own unit alone."""

import pytest

from actions.accounts import change_password, create_staff_account, live_session, sign_in
from actions.desk import Desk
from actions.roles import grant_role
from actions.units import (
    close_colleague,
    first_password,
    is_head,
    open_colleague,
    reset_colleague,
    team_of,
)
from models.accounts import Account
from models.contests import Event
from models.organizations import Organization
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Actor, Permit, Place, Role, Scope, may
from tests.entry_world import open_event
from tests.support import actor_of, make_account
from tests.unit_world import contact, make_unit

OWN = "仓里一盏灯照着粮堆呢"


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


@pytest.fixture
def head(desk: Desk, unit: Organization, event: Event) -> Desk:
    return contact(desk, unit, event)


def opened(head: Desk, unit: Organization) -> tuple[Account, str]:
    return open_colleague(head, unit, name="丁同事", handle="ding-colleague")


def test_a_colleague_acts_for_this_unit_only_and_keeps_no_accounts(
    desk: Desk, head: Desk, unit: Organization
) -> None:
    account, _password = opened(head, unit)
    seat = head.acting_as(actor_of(desk.session, account))

    assert may(seat.actor, Permit.UNIT_ENTER, Place(organization_id=unit.id))
    assert not may(seat.actor, Permit.UNIT_ENTER, Place(organization_id=make_unit(desk).id))
    assert not is_head(seat)
    assert is_head(head)
    with pytest.raises(NotPermitted, match="head contact"):
        open_colleague(seat, unit, name="第三人", handle="third")
    assert [one.id for one in team_of(desk, unit)][-1] == account.id


def test_the_first_password_must_be_replaced_by_a_long_one(head: Desk, unit: Organization) -> None:
    account, password = opened(head, unit)
    assert account.must_change_password
    assert len(password) == 19
    own = head.acting_as(Actor(account.id))
    sign_in(own, handle="ding-colleague", password=password, address="::1")

    for new in ("短", "八个字符够不够呀", password):
        with pytest.raises(Invalid):
            change_password(own, account, old=password, new=new)
    with pytest.raises(Invalid, match="password in force"):
        change_password(own, account, old="x", new=OWN + OWN)
    with pytest.raises(NotPermitted):
        change_password(head, account, old=password, new=OWN + OWN)
    assert account.must_change_password

    change_password(own, account, old=password, new=OWN + OWN)
    assert not account.must_change_password


def test_a_contestant_keeps_to_the_short_rule(desk: Desk) -> None:
    from actions.accounts import register_account

    account = register_account(desk, name="选手", handle="13912345678", password="八个字符足够了呀")
    own = desk.acting_as(Actor(account.id))

    change_password(own, account, old="八个字符足够了呀", new="另外的八个字符呢")

    assert not account.must_change_password


def test_accounts_that_the_office_opens_have_a_first_password_too(desk: Desk) -> None:
    account = create_staff_account(desk, name="邵", handle="shao", password="twelve chars long")

    assert account.must_change_password


def test_a_new_first_password_and_a_closed_account_end_what_is_open(
    head: Desk, unit: Organization
) -> None:
    account, password = opened(head, unit)
    token = sign_in(head, handle="ding-colleague", password=password, address="::1")
    assert live_session(head, token) is not None

    renewed = reset_colleague(head, unit, account)

    assert renewed != password
    assert live_session(head, token) is None
    token = sign_in(head, handle="ding-colleague", password=renewed, address="::1")
    close_colleague(head, unit, account)
    assert live_session(head, token) is None
    assert not account.is_active


def test_others_accounts_are_out_of_reach(
    desk: Desk, head: Desk, unit: Organization, event: Event
) -> None:
    other = make_unit(desk)
    stranger = contact(desk, other, event)
    theirs, _ = open_colleague(stranger, other, name="外人", handle="outsider")
    own = desk.session.get_one(Account, head.actor.account_id)
    plain = make_account(desk.session)

    for account in (theirs, own, plain):
        with pytest.raises(NotPermitted):
            close_colleague(head, unit, account)
        with pytest.raises(NotPermitted):
            reset_colleague(head, unit, account)
    with pytest.raises(NotPermitted):
        open_colleague(head, other, name="甲", handle="jia")
    assert theirs.is_active


def test_a_name_that_is_taken_is_refused(head: Desk, unit: Organization) -> None:
    opened(head, unit)

    with pytest.raises(Invalid, match="already an account"):
        opened(head, unit)


def test_a_contact_of_a_unit_is_named_for_a_unit(desk: Desk, head: Desk, event: Event) -> None:
    account = make_account(desk.session)
    with pytest.raises(Invalid, match="choose it as the place"):
        grant_role(desk, account_id=account.id, role=Role.UNIT_CONTACT)
    with pytest.raises(Invalid, match="choose it as the place"):
        grant_role(
            desk,
            account_id=account.id,
            role=Role.UNIT_CONTACT,
            scope=Scope.EVENT,
            scope_id=event.id,
        )
    with pytest.raises(NotPermitted):
        grant_role(
            head,
            account_id=account.id,
            role=Role.UNIT_CONTACT,
            scope=Scope.ORGANIZATION,
            scope_id=make_unit(desk).id,
        )
    with pytest.raises(NotPermitted):
        grant_role(head, account_id=account.id, role=Role.ORGANIZER)


def test_a_colleague_who_tries_to_close_the_own_account_is_refused(
    desk: Desk, head: Desk, unit: Organization
) -> None:
    account, _ = opened(head, unit)
    account.opened_by_id = head.actor.account_id
    own = desk.session.get_one(Account, head.actor.account_id)
    own.opened_by_id = None
    seat = head.acting_as(actor_of(desk.session, account))

    with pytest.raises((Blocked, NotPermitted)):
        close_colleague(seat, unit, account)


def test_first_passwords_can_be_read_out() -> None:
    made = {first_password() for _ in range(50)}

    assert len(made) == 50
    assert all(not set("il1o0") & set(one) for one in made)
