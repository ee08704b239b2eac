"""Mending the own record: at once where nothing rests on it, through the office where it does."""

import pytest
from sqlalchemy import select

from actions.corrections import (
    Mended,
    decline_correction,
    grant_correction,
    mend_record,
    wished_number,
    wishes,
)
from actions.desk import Desk
from actions.exports import Wish, export_entries
from actions.merges import merge_people, merge_plan
from actions.people import Identity, enter_person, find_by_id_number, own_identity
from actions.records import export_record, own_record
from actions.submissions import submit_entry
from models.audit import AuditLine
from models.corrections import Correction
from models.looks import TakenNumber
from models.messages import Message
from models.people import Person
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.list_terms import ExportKind
from rules.permits import NOBODY, Role
from rules.states import CorrectionState
from rules.views import View
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.support import actor_of, give, make_account

PHONE, WHY = "13800001234", "登记时写错一位"


@pytest.fixture
def seat(desk: Desk) -> Desk:
    """Whoever has handed in an entry: name and number are settled."""
    event = open_event(desk)
    made = contestant(desk, event)
    submit_entry(made, filled(made, event))
    return own(made)


def office(desk: Desk) -> Desk:
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, Role.HOST_OFFICE)
    return desk.acting_as(actor_of(desk.session, account))


def person_of(seat: Desk) -> Person:
    return seat.session.get_one(Person, seat.actor.person_id)


def wish(seat: Desk, name: str = "贺选首", number: str = sample_id(1)) -> Correction:
    made = mend_record(seat, Mended(Identity(name, number, PHONE), "", WHY))
    assert made is not None
    return made


def test_telephone_and_mail_change_at_once_and_are_on_record(seat: Desk) -> None:
    said = Mended(Identity("贺选手", sample_id(1), " 138 0000 4321 "), "He@Example.cn")

    assert mend_record(seat, said) is None
    assert mend_record(seat, said) is None

    assert own_identity(seat, person_of(seat)) == (sample_id(1), "13800004321")
    assert person_of(seat).email == "he@example.cn"
    lines = seat.session.scalars(select(AuditLine).filter_by(deed="mend_contact")).all()
    assert len(lines) == 1, "the second click changed nothing"


def test_who_has_handed_in_nothing_mends_name_and_number_alone(desk: Desk) -> None:
    event = open_event(desk)
    made = contestant(desk, event)
    filled(made, event)
    free = own(made)

    assert mend_record(free, Mended(Identity("贺选首", sample_id(2), PHONE))) is None
    assert person_of(free).name == "贺选首"
    assert own_identity(free, person_of(free))[0] == sample_id(2)


def test_what_is_settled_goes_to_the_office_sealed_with_a_reason(desk: Desk, seat: Desk) -> None:
    with pytest.raises(Invalid) as refusal:
        mend_record(seat, Mended(Identity("贺选首", sample_id(2), PHONE)))
    assert list(refusal.value.fields) == ["reason"]

    row = wish(seat, number=sample_id(2))

    assert person_of(seat).name == "贺选手"
    assert sample_id(2).encode() not in (row.id_number_sealed or b"")
    at = office(desk)
    assert wishes(at) == [row]
    assert wished_number(at, row) == sample_id(2)
    assert [one.state for one in own_record(seat).corrections] == [CorrectionState.WISHED]
    with pytest.raises(WrongMoment, match="already"):
        wish(seat)


def test_the_office_puts_it_right_once_and_the_person_is_told(desk: Desk, seat: Desk) -> None:
    row, at = wish(seat, number=sample_id(2)), office(desk)

    grant_correction(at, row)
    grant_correction(at, row)

    assert (row.state, row.id_number_sealed) == (CorrectionState.PUT_RIGHT, None)
    assert person_of(seat).name == "贺选首"
    assert find_by_id_number(desk, sample_id(2)) is person_of(seat)
    assert find_by_id_number(desk, sample_id(1)) is None
    assert own_identity(seat, person_of(seat))[1] == PHONE
    told = seat.session.scalars(select(Message).filter_by(kind="record_put_right")).all()
    assert [message.account_id for message in told] == [seat.actor.account_id]
    with pytest.raises(WrongMoment):
        decline_correction(at, row, answer="晚了")
    wish(seat, "贺选手", sample_id(2))


def test_a_refusal_says_why_and_changes_nothing(desk: Desk, seat: Desk) -> None:
    row, at = wish(seat), office(desk)
    with pytest.raises(Invalid):
        decline_correction(at, row, answer=" ")

    decline_correction(at, row, answer="与身份证复印件不符")
    decline_correction(at, row, answer="又说一次")

    assert person_of(seat).name == "贺选手"
    told = seat.session.scalars(select(Message).filter_by(kind="record_not_changed")).one()
    assert told.params == {"reason": "与身份证复印件不符"}


def test_a_number_of_somebody_else_is_never_given_twice(desk: Desk, seat: Desk) -> None:
    enter_person(desk, Identity("别人", sample_id(2), "13800002222"))
    row = wish(seat, number=sample_id(2))

    with pytest.raises(Blocked, match="somebody else"):
        grant_correction(office(desk), row)

    assert row.state is CorrectionState.WISHED


def test_strangers_and_the_office_about_itself_are_refused(desk: Desk, seat: Desk) -> None:
    row = wish(seat)
    with pytest.raises(NotPermitted):
        grant_correction(seat, row)
    with pytest.raises(NotPermitted):
        wishes(seat)
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, Role.OFFICER)
    itself = actor_of(desk.session, account)
    row.person_id = enter_person(desk, Identity("赛务员", sample_id(50), PHONE)).id
    account.person_id = row.person_id
    desk.session.flush()
    with pytest.raises(NotPermitted, match="your own"):
        grant_correction(desk.acting_as(actor_of(desk.session, account)), row)
    assert itself.person_id is None
    with pytest.raises(NotPermitted, match="nothing to mend"):
        mend_record(desk.acting_as(NOBODY), Mended(Identity("贺", sample_id(1), PHONE)))


def test_bad_input_is_named_and_changes_nothing(seat: Desk) -> None:
    for said, field in (
        (Mended(Identity("贺选手", sample_id(1), "12"), ""), "phone"),
        (Mended(Identity("贺选手", "1", PHONE), ""), "id_number"),
        (Mended(Identity("贺选手", sample_id(1), PHONE), "no address"), "email"),
        (Mended(Identity("贺选首", sample_id(1), PHONE), "", f"应为 {sample_id(2)}"), "reason"),
    ):
        with pytest.raises(Invalid) as refusal:
            mend_record(seat, said)
        assert list(refusal.value.fields) == [field]
    assert person_of(seat).email is None


def test_two_records_with_a_wish_each_are_not_merged(desk: Desk, seat: Desk) -> None:
    wish(seat)
    other = enter_person(desk, Identity("贺选手", sample_id(9), PHONE))
    desk.session.add(
        Correction(
            key="k",
            person_id=other.id,
            account_id=seat.actor.account_id or 0,
            name="贺",
            reason=WHY,
            asked_at=seat.now,
        )
    )
    desk.session.flush()
    at = office(desk)

    said = [str(reason) for reason in merge_plan(at, person_of(seat), other).obstacles]
    assert said == ["Both have asked for a correction. Answer one of the two first."]


def test_a_file_with_whole_numbers_is_told_to_everybody_in_it(desk: Desk, seat: Desk) -> None:
    entry = own_record(seat).participations[0].entry
    at, contest = reviewer(desk, entry.event), entry.event.contest
    today = seat.now.date()
    masked = Wish(ExportKind.SUMMARY, "保险投保")
    export_entries(at, contest, View(), masked, today=today)
    assert own_record(seat).looks == ()

    whole = Wish(ExportKind.SUMMARY, "保险投保", whole=True)
    export_entries(at, contest, View(), whole, today=today)

    looks = own_record(seat).looks
    assert [(look.by, look.reason, look.in_file) for look in looks] == [
        ("审核员", "保险投保", True)
    ]
    data = export_record(seat)
    assert data["looks_at_the_id_number"][0]["in_a_file"] is True


def test_what_a_merged_record_kept_is_handed_out_too(desk: Desk, seat: Desk) -> None:
    gone = enter_person(desk, Identity("贺旧档", sample_id(9), PHONE))
    merge_people(office(desk), kept=person_of(seat), gone=gone, reason=WHY)

    data = export_record(seat)

    assert data["merged_records"][0]["name"] == "贺旧档"
    assert data["merged_records"][0]["id_number"] == sample_id(9)
    assert desk.session.scalars(select(TakenNumber)).all() == []
