"""One's own record: all of it to the person, nothing of it to anybody else."""

import json

import pytest
from sqlalchemy import select

from actions.craftsmen import give_consent
from actions.desk import Desk
from actions.people import reveal_identity
from actions.records import export_record, own_record
from models.accounts import Account
from models.audit import AuditLine
from rules.errors import NotPermitted
from rules.permits import NOBODY
from rules.terms import ConsentPurpose
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.result_world import NAMES, decoded_event, final_event
from tests.support import actor_of, make_account


def test_an_entry_its_consent_and_every_look_are_there(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    reveal_identity(reviewer(desk, event), entry, reason="核对社保")

    record = own_record(own(seat))

    (one,) = record.participations
    assert (one.entry, one.line) == (entry, None)
    assert [(look.by, look.reason) for look in record.looks] == [("审核员", "核对社保")]
    assert [row.purpose for row in record.consents] == [ConsentPurpose.REGISTRATION]
    assert record.person is entry.person


def test_a_result_is_shown_once_it_is_public(desk: Desk) -> None:
    stage = decoded_event(desk)
    account = desk.session.scalars(select(Account).filter_by(person_id=stage.people[0].id)).one()
    seat = desk.acting_as(actor_of(desk.session, account))
    assert own_record(seat).participations[0].line is None

    other = final_event(desk)
    account = desk.session.scalars(select(Account).filter_by(person_id=other.people[0].id)).one()
    line = own_record(desk.acting_as(actor_of(desk.session, account))).participations[0].line

    assert line is not None
    assert line.place == 1


def test_the_export_holds_the_own_numbers_and_nobody_elses_name(desk: Desk) -> None:
    stage = final_event(desk)
    event = open_event(desk)
    seat = contestant(desk, event)
    filled(seat, event, 7, "林澈示例")
    person = own_record(own(seat)).person
    assert person is not None
    give_consent(own(seat), person, ConsentPurpose.STORY, text_version="2026-11")

    text = json.dumps(export_record(own(seat)), ensure_ascii=False)

    assert sample_id(7) in text
    assert "13800001234" in text
    assert "示例船厂" in text
    assert "sealed" not in text
    assert not any(name in text for name in NAMES if name != "林澈")
    assert stage.people[0].name not in text
    deeds = desk.session.scalars(select(AuditLine.deed)).all()
    assert "export_record" in deeds


def test_an_account_without_a_person_has_an_empty_record(desk: Desk) -> None:
    account = make_account(desk.session, "新人")
    seat = desk.acting_as(actor_of(desk.session, account))

    record = own_record(seat)
    data = export_record(seat)

    assert (record.person, record.participations, record.looks) == (None, (), ())
    assert (data["person"], data["account"]["name"]) == (None, "新人")
    with pytest.raises(NotPermitted):
        own_record(desk.acting_as(NOBODY))
