"""Accounts: one refusal for every wrong login, a lock, sessions the server ends."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from actions.accounts import (
    close_account,
    create_staff_account,
    live_session,
    register_account,
    sign_in,
    sign_out,
)
from actions.desk import Desk
from actions.roles import grant_role, revoke_role
from models.audit import AuditLine
from rules.accounts import IDLE_LIMIT, MAX_FAILURES
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import NOBODY, Actor, Role

PASSWORD = "a short sentence"


def later(desk: Desk, span: dt.timedelta) -> Desk:
    return dataclasses.replace(desk, now=desk.now + span)


def test_a_contestant_signs_in_by_phone_however_it_is_typed(desk: Desk) -> None:
    account = register_account(desk, name="贺示例", handle="13800001234", password=PASSWORD)

    token = sign_in(desk, handle="138 0000 1234", password=PASSWORD, address="127.0.0.1")

    row = live_session(desk, token)
    assert row is not None
    assert row.account_id == account.id


def test_unknown_name_and_wrong_password_are_refused_in_the_same_words(desk: Desk) -> None:
    register_account(desk, name="贺示例", handle="he@example.cn", password=PASSWORD)

    with pytest.raises(NotPermitted) as wrong:
        sign_in(desk, handle="he@example.cn", password="something else", address="a")
    with pytest.raises(NotPermitted) as unknown:
        sign_in(desk, handle="nobody@example.cn", password=PASSWORD, address="a")

    assert str(wrong.value) == str(unknown.value)


def test_five_wrong_passwords_lock_the_account_and_time_opens_it(desk: Desk) -> None:
    register_account(desk, name="贺示例", handle="he@example.cn", password=PASSWORD)
    for _ in range(MAX_FAILURES[0]):
        with pytest.raises(NotPermitted):
            sign_in(desk, handle="he@example.cn", password="wrong one", address="a")

    with pytest.raises(NotPermitted, match="Too many wrong passwords"):
        sign_in(desk, handle="HE@example.cn", password=PASSWORD, address="b")
    assert sign_in(
        later(desk, dt.timedelta(minutes=16)),
        handle="he@example.cn",
        password=PASSWORD,
        address="b",
    )


def test_a_session_ends_by_sign_out_and_by_idling(desk: Desk) -> None:
    register_account(desk, name="贺示例", handle="he@example.cn", password=PASSWORD)
    token = sign_in(desk, handle="he@example.cn", password=PASSWORD, address="a")
    assert live_session(later(desk, IDLE_LIMIT), token) is not None
    assert live_session(later(desk, IDLE_LIMIT + dt.timedelta(seconds=1)), token) is None

    sign_out(desk, token)

    assert live_session(desk, token) is None


def test_the_trail_says_who_registered_signed_in_and_out(desk: Desk) -> None:
    nobody = desk.acting_as(NOBODY)
    account = register_account(nobody, name="贺示例", handle="he@example.cn", password=PASSWORD)
    token = sign_in(nobody, handle="he@example.cn", password=PASSWORD, address="a")
    sign_out(nobody, token)

    lines = desk.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()

    assert [line.deed for line in lines] == ["register_account", "sign_in", "sign_out"]
    assert {line.account_id for line in lines} == {account.id}


def test_the_same_handle_twice_names_the_field(desk: Desk) -> None:
    register_account(desk, name="贺示例", handle="he@example.cn", password=PASSWORD)

    with pytest.raises(Invalid) as refusal:
        register_account(desk, name="别人", handle=" He@Example.cn ", password=PASSWORD)

    assert list(refusal.value.fields) == ["handle"]


def test_staff_sign_in_with_longer_passwords(desk: Desk) -> None:
    with pytest.raises(Invalid, match="at least 12"):
        create_staff_account(desk, name="邵示例", handle="shao", password="nine char")

    assert create_staff_account(desk, name="邵示例", handle="shao", password=PASSWORD).id


def test_nobody_closes_the_account_in_use(desk: Desk) -> None:
    account = create_staff_account(desk, name="邵示例", handle="shao", password=PASSWORD)
    grants = desk.actor.grants
    own = dataclasses.replace(desk, actor=Actor(account_id=account.id, grants=grants))

    with pytest.raises(Blocked, match="signed in"):
        close_account(own, account)
    assert account.is_active


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.SECADMIN])
def test_the_last_keeper_stays(desk: Desk, role: Role) -> None:
    first, second = (
        create_staff_account(desk, name="邵示例", handle=handle, password=PASSWORD)
        for handle in ("shao", "shan")
    )
    grant = grant_role(desk, account_id=first.id, role=role)
    with pytest.raises(Blocked, match="last account"):
        revoke_role(desk, grant)
    with pytest.raises(Blocked, match="last account"):
        close_account(desk, first)

    grant_role(desk, account_id=second.id, role=role)
    close_account(desk, second)
    with pytest.raises(Blocked, match="last account"):
        close_account(desk, first)
