"""Entries: filled in step by step, one live entry a person, a place only while there is one."""

import datetime as dt
import io

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.contests import announce_contest
from actions.desk import Desk
from actions.entries import (
    Work,
    begin_entry,
    confirm_conditions,
    recall_entry,
    save_photo,
    save_who,
    save_work,
    submit_entry,
    verdicts_of,
    withdraw_entry,
)
from actions.events import move_event
from actions.people import Identity, masked_id, own_identity, reveal_identity
from actions.reviews import accept_entries, accept_entry, reject_entry, return_entry
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.people import Consent
from rules.eligibility import Rule, RuleKind
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.identity import check_digit
from rules.permits import Actor, Role
from rules.states import EntryState
from rules.terms import ConsentPurpose, SkillLevel
from tests.contest_world import announced_event, at
from tests.support import actor_of, give, make_account

ADULT = (Rule("E1", RuleKind.MIN_AGE, "18", "年满 18 周岁"),)


def picture() -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (600, 800), "navy")
    exif = Image.Exif()
    exif[0x010F] = "示例相机"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sample_id(serial: int, born: str = "19900102") -> str:
    first = f"990001{born}{serial % 1000:03d}"
    return first + check_digit(first)


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event whose entries are open."""
    row = announced_event(desk, quota=2, eligibility=ADULT)
    move_event(at(desk, row.entries_open_at), row, "open")
    return row


def contestant(desk: Desk, event: Event) -> Desk:
    account = make_account(desk.session, "贺选手")
    return at(desk.acting_as(Actor(account.id)), event.entries_open_at + dt.timedelta(hours=1))


def own(seat: Desk) -> Desk:
    """Return the desk with the person the account belongs to by now."""
    from models.accounts import Account

    account = seat.session.get_one(Account, seat.actor.account_id)
    return seat.acting_as(actor_of(seat.session, account))


def filled(seat: Desk, event: Event, serial: int = 1, name: str = "贺选手") -> Entry:
    entry = begin_entry(seat, event, form_key=f"k{serial}")
    save_who(seat, entry, Identity(name, sample_id(serial), "13800001234"), consents=True)
    save_work(seat, entry, Work(SkillLevel.THREE, 2012, employer="示例船厂"))
    save_photo(seat, entry, picture())
    confirm_conditions(seat, entry)
    return entry


def reviewer(desk: Desk, event: Event) -> Desk:
    account = make_account(desk.session, "审核员")
    give(desk.session, account, Role.REVIEWER)
    return at(desk.acting_as(actor_of(desk.session, account)), event.entries_open_at)


def test_an_entry_is_handed_in_and_holds_one_place(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)

    submit_entry(seat, entry)
    submit_entry(seat, entry)

    assert entry.state is EntryState.SUBMITTED
    assert event.seats_taken == 1
    assert entry.receipt_no is not None
    assert entry.verdicts[0]["state"] == "pass"


def test_numbers_lie_sealed_and_never_in_the_answers(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    person = entry.person
    assert person is not None
    assert person.id_number_sealed is not None

    assert sample_id(1) not in str(entry.answers)
    assert sample_id(1).encode() not in person.id_number_sealed
    assert masked_id(desk, person) == f"990001********{sample_id(1)[-4:]}"
    assert own_identity(own(seat), person) == (sample_id(1), "13800001234")
    with pytest.raises(NotPermitted):
        own_identity(desk, person)


def test_beginning_twice_gives_one_entry(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)

    assert begin_entry(seat, event, form_key="a") is begin_entry(seat, event, form_key="b")
    with pytest.raises(NotPermitted):
        begin_entry(desk, event, form_key="c")


def test_the_same_id_number_from_another_account_is_caught(desk: Desk, event: Event) -> None:
    filled(contestant(desk, event), event)

    with pytest.raises(Invalid) as refusal:
        filled(contestant(desk, event), event)

    assert list(refusal.value.fields) == ["id_number"]
    assert "贺选手" not in str(refusal.value)


def test_wrong_details_name_their_fields(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")

    with pytest.raises(Invalid) as refusal:
        save_who(seat, entry, Identity(" ", "110105194912310021", "123"), consents=True)

    assert set(refusal.value.fields) == {"name", "id_number", "phone"}
    with pytest.raises(Invalid, match="consent"):
        save_who(seat, entry, Identity("贺", sample_id(1), "13800001234"), consents=False)
    with pytest.raises(Invalid, match="first step"):
        save_work(seat, entry, Work(None, 2012, employer="厂"))


def test_work_needs_a_unit_and_a_sensible_year(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")
    save_who(
        seat, entry, Identity("贺选手", sample_id(1), "13800001234"), consents=True, shows=True
    )

    with pytest.raises(Invalid, match="unit"):
        save_work(seat, entry, Work(None, 2012))
    with pytest.raises(Invalid, match="year"):
        save_work(seat, entry, Work(None, 1985, employer="厂"))
    purposes = set(desk.session.scalars(select(Consent.purpose)))
    assert purposes == {ConsentPurpose.REGISTRATION, ConsentPurpose.STORY}


def test_a_failing_condition_stops_the_entry_and_keeps_the_draft(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")
    child = sample_id(3, "20150101")
    save_who(seat, entry, Identity("小示例", child, "13800001234"), consents=True)
    save_work(seat, entry, Work(None, 2024, employer="厂"))
    save_photo(seat, entry, picture())

    with pytest.raises(Blocked) as refusal:
        confirm_conditions(seat, entry)
    with pytest.raises(Blocked):
        submit_entry(seat, entry)

    assert len(refusal.value.reasons) == 1
    assert verdicts_of(seat, entry)[0].state.value == "fail"
    assert entry.state is EntryState.DRAFT


def test_an_unfinished_entry_is_not_handed_in(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")
    save_who(seat, entry, Identity("贺选手", sample_id(1), "13800001234"), consents=True)

    with pytest.raises(Invalid, match="not complete"):
        submit_entry(seat, entry)


def test_no_place_is_sold_twice(desk: Desk, event: Event) -> None:
    seats = [contestant(desk, event) for _ in range(3)]
    entries = [filled(seat, event, serial) for serial, seat in enumerate(seats, start=1)]
    for seat, entry in zip(seats[:2], entries[:2], strict=True):
        submit_entry(seat, entry)

    with pytest.raises(Blocked, match="All places"):
        submit_entry(seats[2], entries[2])

    withdraw_entry(seats[0], entries[0], reason="出海")
    submit_entry(seats[2], entries[2])
    assert event.seats_taken == 2


def test_the_window_is_judged_by_the_moment_of_arrival(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    second = dt.timedelta(seconds=1)

    with pytest.raises(WrongMoment, match="closed"):
        submit_entry(at(seat, event.entries_close_at), entry)
    submit_entry(at(seat, event.entries_close_at - second), entry)

    assert entry.state is EntryState.SUBMITTED


def test_taking_back_works_for_ten_minutes(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)

    with pytest.raises(WrongMoment, match="not changed"):
        save_photo(seat, entry, picture())
    with pytest.raises(WrongMoment):
        recall_entry(at(seat, seat.now + dt.timedelta(minutes=11)), entry)
    recall_entry(at(seat, seat.now + dt.timedelta(minutes=10)), entry)

    assert (entry.state, event.seats_taken) == (EntryState.DRAFT, 0)


def test_withdrawing_names_a_reason_and_ends_with_the_list(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)

    with pytest.raises(Invalid):
        withdraw_entry(seat, entry, reason=" ")
    with pytest.raises(NotPermitted):
        withdraw_entry(contestant(desk, event), entry, reason="别人的")
    accept_entry(reviewer(desk, event), entry)
    late = at(desk, event.entries_close_at)
    move_event(late, event, "close")
    move_event(late, event, "list")
    with pytest.raises(WrongMoment, match="published"):
        withdraw_entry(seat, entry, reason="太迟")


def test_a_reviewer_accepts_returns_and_rejects(desk: Desk, event: Event) -> None:
    seat, office = contestant(desk, event), reviewer(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)

    with pytest.raises(Invalid):
        return_entry(office, entry, remarks={"photo": " "})
    return_entry(office, entry, remarks={"photo": "太暗", "": "请补"})
    assert (entry.state, entry.remarks) == (EntryState.RETURNED, {"photo": "太暗", "": "请补"})
    submit_entry(seat, entry)
    accept_entry(office, entry)
    assert entry.pass_no is not None
    with pytest.raises(WrongMoment):
        reject_entry(office, entry, reason="来不及")

    other = filled(contestant(desk, event), event, 7)
    submit_entry(contestant_of(desk, other), other)
    with pytest.raises(Invalid):
        reject_entry(office, other, reason="")
    reject_entry(office, other, reason="材料不实")
    assert event.seats_taken == 1


def contestant_of(desk: Desk, entry: Entry) -> Desk:
    opens = entry.event.entries_open_at
    return at(desk.acting_as(Actor(entry.account_id)), opens + dt.timedelta(hours=1))


def test_bulk_acceptance_tells_of_each(desk: Desk, event: Event) -> None:
    first = filled(contestant(desk, event), event, 1)
    second = filled(contestant(desk, event), event, 2)
    submit_entry(contestant_of(desk, first), first)

    outcome = accept_entries(reviewer(desk, event), [first, second])

    assert [refusal is None for _, refusal in outcome] == [True, False]


def test_a_reviewer_of_the_same_unit_steps_back(desk: Desk, event: Event) -> None:
    from tests.actions.gallery import make_organization, make_person

    unit = make_organization(desk)
    seat = contestant(desk, event)
    entry = begin_entry(seat, event, form_key="k")
    save_who(seat, entry, Identity("贺选手", sample_id(1), "13800001234"), consents=True)
    save_work(seat, entry, Work(None, 2012, organization=unit))
    save_photo(seat, entry, picture())
    submit_entry(seat, entry)
    colleague = make_person(desk, "审核员")
    colleague.organization_id = unit.id
    office = reviewer(desk, event)
    own_unit = office.acting_as(Actor(office.actor.account_id, colleague.id, office.actor.grants))

    with pytest.raises(Blocked, match="own unit"):
        accept_entry(own_unit, entry)


def test_whole_numbers_are_shown_for_a_reason_on_record(desk: Desk, event: Event) -> None:
    entry = filled(contestant(desk, event), event)
    office = reviewer(desk, event)

    with pytest.raises(Invalid):
        reveal_identity(office, entry, reason=" ")
    assert reveal_identity(office, entry, reason="核对社保") == (sample_id(1), "13800001234")

    line = desk.session.scalars(select(AuditLine).filter_by(deed="reveal_identity")).one()
    assert line.detail["reason"] == "核对社保"
    assert sample_id(1) not in str(line.detail)


def test_announcing_needs_no_entry(desk: Desk, session: Session) -> None:
    row = announced_event(desk)

    with pytest.raises(WrongMoment):
        begin_entry(contestant(desk, row), row, form_key="early")
    with pytest.raises(WrongMoment):
        announce_contest(desk, row.contest)
