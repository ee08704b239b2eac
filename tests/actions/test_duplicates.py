"""Finding duplicates: what looks alike, what was told apart, what speaks against it."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.duplicates import ask_again, ids_apart, suspicions, suspicions_of, tell_apart
from actions.people import Identity, enter_person
from actions.submissions import submit_entry
from models.audit import AuditLine
from models.duplicates import NotSame
from models.organizations import Organization
from models.people import Person
from rules.errors import Invalid, NotPermitted
from rules.permits import Role
from rules.terms import Likeness, OrganizationKind
from tests.entry_world import contestant, filled, open_event, reviewer, sample_id
from tests.support import actor_of, give, make_account


def person(desk: Desk, serial: int, name: str, phone: str, born: str = "19900102") -> Person:
    return enter_person(desk, Identity(name, sample_id(serial, born), phone))


def office(desk: Desk) -> Desk:
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, Role.OFFICER)
    return desk.acting_as(actor_of(desk.session, account))


def test_likenesses_are_found_with_the_likeliest_first(desk: Desk) -> None:
    unit = Organization(name="示例船厂", short_name="", kind=OrganizationKind.EMPLOYER)
    desk.session.add(unit)
    one = person(desk, 1, "贺一", "13800000001")
    two = person(desk, 2, "贺一", "13800000002", "19901231")
    three = person(desk, 3, "林二", "13800000001", "19800102")
    bare = Person(key="bare", name="贺一", organization=unit, created_at=desk.now)
    one.organization = unit
    desk.session.add(bare)
    desk.session.flush()

    found = suspicions(office(desk))

    assert [(pair.low, pair.high, pair.reasons, pair.ids_differ) for pair in found] == [
        (one.id, bare.id, [Likeness.NAME_UNIT], False),
        (one.id, two.id, [Likeness.NAME_YEAR], True),
        (one.id, three.id, [Likeness.PHONE], True),
    ]


def test_a_pair_told_apart_is_remembered_with_its_reason_and_can_be_asked_again(
    desk: Desk,
) -> None:
    one, two = person(desk, 1, "贺一", "13800000001"), person(desk, 2, "林二", "13800000001")
    at = office(desk)

    row = tell_apart(at, two, one, reason=" 父子  共用一个号码 ")
    assert tell_apart(at, one, two, reason="又说一次") is row

    assert row.reason == "父子 共用一个号码"
    assert suspicions(at) == []
    line = desk.session.scalars(select(AuditLine).filter_by(deed="tell_apart")).one()
    assert line.detail["reason"] == row.reason
    ask_again(at, row)
    desk.session.flush()
    assert len(suspicions(at)) == 1
    assert desk.session.scalars(select(NotSame)).all() == []


def test_a_reason_is_asked_for_and_holds_no_numbers(desk: Desk) -> None:
    one, two = person(desk, 1, "贺一", "13800000001"), person(desk, 2, "林二", "13800000001")
    at = office(desk)
    for reason in ("  ", "手机 13800000001 是父亲的", "长" * 201):
        with pytest.raises(Invalid) as refusal:
            tell_apart(at, one, two, reason=reason)
        assert list(refusal.value.fields) == ["reason"]
    assert desk.session.scalars(select(NotSame)).all() == []


def test_numbers_are_compared_without_being_shown(desk: Desk) -> None:
    one, two = person(desk, 1, "贺一", "13800000001"), person(desk, 2, "贺一", "13800000001")
    bare = Person(key="bare", name="贺一", created_at=desk.now)
    desk.session.add(bare)
    desk.session.flush()
    at = office(desk)
    differing = sum(a != b for a, b in zip(sample_id(1), sample_id(2), strict=True))

    assert ids_apart(at, one, two) == differing
    assert ids_apart(at, one, bare) is None


def test_the_reviewer_of_the_entry_is_told_and_nobody_else(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)
    other = person(desk, 9, "贺选手", "13800009999")

    pairs = suspicions_of(reviewer(desk, event), entry)

    assert [(pair.low, pair.high) for pair in pairs] == [(entry.person_id, other.id)]
    with pytest.raises(NotPermitted):
        suspicions_of(seat, entry)
    with pytest.raises(NotPermitted):
        suspicions(reviewer(desk, event))
