"""Entries: filled in step by step, one live entry a person, a place only while there is one."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.conditions import verdicts_of
from actions.contests import announce_contest
from actions.desk import Desk
from actions.entries import Work, begin_entry, confirm_conditions, save_photo, save_who, save_work
from actions.events import move_event
from actions.people import Identity, masked_id, own_identity, reveal_identity
from actions.reviews import accept_entries, accept_entry, reject_entry, return_entry
from actions.submissions import recall_entry, submit_entry, withdraw_entry
from models.audit import AuditLine
from models.contests import Event
from models.people import Consent
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import ConsentPurpose
from tests.actions.gallery import make_organization, make_person
from tests.contest_world import announced_event, at
from tests.entry_world import (
    contestant,
    contestant_of,
    filled,
    open_event,
    own,
    picture,
    reviewer,
    sample_id,
)


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event whose entries are open."""
    return open_event(desk)


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
        confirm_conditions(seat, entry)
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


def test_bulk_acceptance_tells_of_each(desk: Desk, event: Event) -> None:
    first = filled(contestant(desk, event), event, 1)
    second = filled(contestant(desk, event), event, 2)
    submit_entry(contestant_of(desk, first), first)

    outcome = accept_entries(reviewer(desk, event), [first, second])

    assert [refusal is None for _, refusal in outcome] == [True, False]


def test_a_reviewer_of_the_same_unit_steps_back(desk: Desk, event: Event) -> None:
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


def test_a_form_sent_again_after_withdrawing_makes_no_second_entry(
    desk: Desk, event: Event
) -> None:
    seat = contestant(desk, event)
    first = begin_entry(seat, event, form_key="a")
    withdraw_entry(seat, first, reason="临时有事")

    assert begin_entry(seat, event, form_key="a") is first
    assert begin_entry(seat, event, form_key="b") is not first


def test_the_same_form_sent_twice_at_once_makes_one_entry(
    desk: Desk, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = contestant(desk, event)
    first = begin_entry(seat, event, form_key="a")
    withdraw_entry(seat, first, reason="临时有事")
    looks = iter((None, first))
    monkeypatch.setattr("actions.entries._by_form", lambda _desk, _key: next(looks))

    assert begin_entry(seat, event, form_key="a") is first

    looks = iter((None, None))
    with pytest.raises(IntegrityError):
        begin_entry(seat, event, form_key="a")


def test_what_was_returned_is_mended_until_the_list_is_published(desk: Desk, event: Event) -> None:
    first, second = contestant(desk, event), contestant(desk, event)
    mended, forgotten = filled(first, event, 1), filled(second, event, 2)
    office = reviewer(desk, event)
    for seat, entry in ((first, mended), (second, forgotten)):
        submit_entry(seat, entry)
        return_entry(office, entry, remarks={"photo": "太暗"})
    late = at(desk, event.entries_close_at)
    move_event(late, event, "close")

    submit_entry(at(first, late.now), mended)
    accept_entry(at(office, late.now), mended)
    move_event(late, event, "list")

    with pytest.raises(WrongMoment, match="list is published"):
        submit_entry(at(second, late.now), forgotten)
    assert forgotten.state is EntryState.RETURNED
    with pytest.raises(WrongMoment, match="entries are decided"):
        reject_entry(at(office, late.now), forgotten, reason="太迟")


def test_nothing_is_taken_back_into_a_closed_window(desk: Desk, event: Event) -> None:
    last = event.entries_close_at - dt.timedelta(seconds=1)
    seat = at(contestant(desk, event), last)
    entry = filled(seat, event)
    submit_entry(seat, entry)

    with pytest.raises(WrongMoment, match="have closed"):
        recall_entry(at(seat, event.entries_close_at), entry)

    assert (entry.state, event.seats_taken) == (EntryState.SUBMITTED, 1)


def test_nobody_decides_an_entry_of_their_own_or_of_their_typed_unit(
    desk: Desk, event: Event
) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)
    office = reviewer(desk, event)
    grants = office.actor.grants

    with pytest.raises(Blocked, match="your own entry"):
        accept_entry(office.acting_as(Actor(entry.account_id, None, grants)), entry)

    unit = make_organization(desk)
    unit.name = "示例 船厂"
    colleague = make_person(desk, "审核员")
    colleague.organization = unit
    with pytest.raises(Blocked, match="own unit"):
        accept_entry(office.acting_as(Actor(office.actor.account_id, colleague.id, grants)), entry)
