"""Codes to sign in: once, ten minutes, five tries; the same for everybody who asks."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from actions.accounts import live_session, sign_in
from actions.codes import ask_code, claim_code, code_of, sign_in_by_code
from actions.desk import Desk
from actions.people import Identity, enter_person
from models.accounts import Account
from models.audit import AuditLine
from models.codes import LoginCode
from models.outbox import Errand
from rules.codes import HOUR, LIFE, MAX_TRIES, SENDS
from rules.errors import Invalid, NotPermitted
from rules.permits import NOBODY, Role
from tests.contest_world import at
from tests.entry_world import sample_id
from tests.support import give, make_account

PHONE = "13800001234"
HERE = "10.0.0.9"


@pytest.fixture
def door(desk: Desk) -> Desk:
    """Nobody's desk, as before signing in."""
    return desk.acting_as(NOBODY)


@pytest.fixture
def owner(desk: Desk) -> Account:
    return make_account(desk.session, "贺选手", phone_mark=desk.vault.mark(PHONE))


def asked(door: Desk, phone: str = PHONE) -> LoginCode:
    ask_code(door, phone=phone, address=HERE)
    return door.session.scalars(select(LoginCode).order_by(LoginCode.id.desc())).first() or fail()


def fail() -> LoginCode:
    raise AssertionError("no code was made")


def tried(door: Desk, code: str, phone: str = PHONE) -> str:
    return sign_in_by_code(door, phone=phone, code=code, address=HERE, agent="tests")


def wrong(door: Desk, row: LoginCode) -> str:
    return f"{(int(code_of(door, row)) + 1) % 10**6:06d}"


def test_a_code_signs_in_once_and_says_so_in_the_audit(door: Desk, owner: Account) -> None:
    row = asked(door, " 138 0000 1234 ")
    code = code_of(door, row)

    token = tried(door, f"{code[:3]} {code[3:]}")

    session = live_session(door, token)
    assert session is not None
    assert session.account is owner
    line = door.session.scalars(select(AuditLine).filter_by(deed="sign_in")).one()
    assert (line.account_id, line.detail) == (owner.id, {"by": "code"})
    with pytest.raises(NotPermitted, match="does not fit"):
        tried(door, code)


def test_the_code_stands_nowhere_and_the_number_only_until_it_has_left(
    door: Desk, owner: Account
) -> None:
    row = asked(door)
    code = code_of(door, row)
    kept = [str(getattr(row, column.key)) for column in LoginCode.__table__.columns]
    errand = door.session.scalars(select(Errand).filter_by(kind="send_code")).one()

    assert errand.payload == {"code": row.key}
    assert [text for text in kept if code in text or PHONE in text] == []
    assert claim_code(door, row) == (owner, PHONE)
    assert row.phone_sealed is None
    assert claim_code(door, row) is None, "an errand carried twice sends once"


def test_with_and_without_an_account_the_same_happens(door: Desk, owner: Account) -> None:
    del owner
    mine, nobodys = asked(door), asked(door, "13900000000")

    errands = door.session.scalars(select(Errand).filter_by(kind="send_code")).all()
    lines = door.session.scalars(select(AuditLine).filter_by(deed="ask_code")).all()
    assert len(errands) == len(lines) == 2
    assert claim_code(door, nobodys) is None
    assert nobodys.phone_sealed is None
    refusals = []
    for row, phone in ((mine, PHONE), (nobodys, "13900000000")):
        with pytest.raises(NotPermitted) as refusal:
            tried(door, wrong(door, row), phone)
        refusals.append(str(refusal.value))
    with pytest.raises(NotPermitted) as refusal:
        tried(door, code_of(door, nobodys), "13900000000")
    assert {*refusals, str(refusal.value)} == {refusals[0]}


def test_ten_minutes_and_not_a_moment_longer(door: Desk, owner: Account) -> None:
    del owner
    row = asked(door)
    code = code_of(door, row)

    with pytest.raises(NotPermitted):
        tried(at(door, door.now + LIFE), code)
    assert claim_code(at(door, door.now + LIFE), row) is None
    assert tried(at(door, door.now + LIFE - dt.timedelta(seconds=1)), code)


def test_the_newest_code_counts_alone(door: Desk, owner: Account) -> None:
    del owner
    first = code_of(door, asked(door))
    second = code_of(door, asked(door))

    with pytest.raises(NotPermitted):
        tried(door, first)
    assert tried(door, second)


def test_five_wrong_tries_end_the_code_and_lock_the_number(door: Desk, owner: Account) -> None:
    del owner
    row = asked(door)
    for _ in range(MAX_TRIES):
        with pytest.raises(NotPermitted, match="does not fit"):
            tried(door, wrong(door, row))
    with pytest.raises(NotPermitted, match="Too many wrong"):
        tried(door, code_of(door, row))
    with pytest.raises(NotPermitted, match="Too many wrong"):
        sign_in(door, handle=PHONE, password="a short sentence", address=HERE)

    row.expires_at = door.now + HOUR
    after = at(door, door.now + dt.timedelta(minutes=16))
    with pytest.raises(NotPermitted, match="does not fit"):
        tried(after, code_of(after, row))
    assert row.tries == MAX_TRIES


def test_so_many_codes_an_hour_for_a_number_and_for_an_address(door: Desk) -> None:
    for _ in range(SENDS[0]):
        asked(door)
    with pytest.raises(NotPermitted, match="61 minutes"):
        asked(door)
    assert asked(at(door, door.now + HOUR))

    for number in range(SENDS[1]):
        ask_code(door, phone=f"139{number:08d}", address="10.0.0.10")
    with pytest.raises(NotPermitted, match="Too many codes"):
        ask_code(door, phone="13911111111", address="10.0.0.10")
    ask_code(door, phone="13911111111", address="10.0.0.11")


def test_what_is_no_number_is_refused_and_nothing_is_kept(door: Desk) -> None:
    for text in ("", "12345678901", "he@example.cn"):
        with pytest.raises(Invalid) as refusal:
            ask_code(door, phone=text, address=HERE)
        assert list(refusal.value.fields) == ["phone"]
    assert door.session.scalars(select(LoginCode)).all() == []


@pytest.mark.parametrize("role", [Role.JUDGE, Role.OFFICER, Role.UNIT_CONTACT, Role.SYSADMIN])
def test_staff_judges_and_contacts_keep_to_their_password(
    door: Desk, owner: Account, role: Role
) -> None:
    give(door.session, owner, role)
    row = asked(door)

    with pytest.raises(NotPermitted, match="does not fit"):
        tried(door, code_of(door, row))


def test_a_number_its_owner_has_given_up_opens_nothing(door: Desk, owner: Account) -> None:
    owner.person = enter_person(door, Identity("贺选手", sample_id(1), "13800009999"))
    row = asked(door)
    assert claim_code(door, row) is None
    with pytest.raises(NotPermitted):
        tried(door, code_of(door, row))

    owner.person.phone_mark = door.vault.mark(PHONE)
    assert tried(door, code_of(door, row))


def test_a_closed_account_is_not_signed_in(door: Desk, owner: Account) -> None:
    row = asked(door)
    owner.is_active = False

    with pytest.raises(NotPermitted):
        tried(door, code_of(door, row))


def test_old_codes_are_swept_away(door: Desk) -> None:
    first = asked(door).key
    later = dataclasses.replace(door, now=door.now + dt.timedelta(days=2))
    asked(later)

    door.session.expire_all()
    assert first not in door.session.scalars(select(LoginCode.key)).all()
