"""Lists of workers: looked through without effect, mended, taken whole once, taken back."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from actions.desk import Desk
from actions.submissions import submit_entry
from actions.unit_places import left_of
from actions.unit_quotas import set_quota
from actions.workers import (
    StillWrong,
    check_workers,
    commit_workers,
    forget_workers,
    mend_workers,
    rows_of,
    undo_workers,
)
from models.audit import AuditLine
from models.contests import Event
from models.organizations import Organization
from models.outbox import Errand
from models.people import Person
from models.units import Invitation, WorkerImport
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.states import EventState, ImportState, InvitationState
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, sample_id
from tests.unit_world import cells, contact, make_unit, sheet


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


@pytest.fixture
def clerk(desk: Desk, unit: Organization, event: Event) -> Desk:
    return contact(desk, unit, event)


def sent(clerk: Desk, event: Event, unit: Organization, *rows: dict[str, str]) -> WorkerImport:
    key = f"{clerk.session.query(WorkerImport).count() + 1:032x}"
    return check_workers(clerk, event, unit, sheet(*rows), key=key, file_name="名单.xlsx")


def invited(clerk: Desk) -> int:
    query = select(func.count()).where(Invitation.state == InvitationState.OPEN)
    return clerk.session.scalar(query) or 0


def wrong(batch: WorkerImport) -> list[tuple[int, str]]:
    return [(fault["at"], fault["column"]) for fault in batch.faults]


def test_looking_through_enters_nobody(clerk: Desk, event: Event, unit: Organization) -> None:
    people = clerk.session.query(Person).count()

    batch = sent(clerk, event, unit, cells(1), cells(2))

    assert (batch.rows, batch.bad_rows, batch.faults) == (2, 0, [])
    assert invited(clerk) == 0
    assert clerk.session.query(Person).count() == people


def test_numbers_and_phones_lie_sealed(clerk: Desk, event: Event, unit: Organization) -> None:
    batch = sent(clerk, event, unit, cells(1, phone="77"))

    kept = f"{batch.rows_sealed!r} {batch.faults}"
    assert sample_id(1) not in kept
    assert rows_of(clerk, batch)[0][1]["id_number"] == sample_id(1)
    assert all(sample_id(1) not in str(line.detail) for line in clerk.session.query(AuditLine))


def test_the_same_form_twice_is_one_list(clerk: Desk, event: Event, unit: Organization) -> None:
    first = check_workers(clerk, event, unit, sheet(cells(1)), key="a" * 32)

    assert check_workers(clerk, event, unit, b"", key="a" * 32) is first


def test_faults_stand_at_their_row_and_column(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event, 9, "已报名")
    submit_entry(seat, entry)

    batch = sent(
        clerk,
        event,
        unit,
        cells(1),
        cells(2, phone="1", skill_level="八级工"),
        cells(3, id_number=sample_id(1), gender=""),
        cells(9, name="已报名"),
    )

    assert batch.bad_rows == 3
    assert wrong(batch) == [
        (3, "phone"),
        (3, "skill_level"),
        (4, "id_number"),
        (5, "id_number"),
    ]


def test_a_name_that_the_register_knows_otherwise_is_a_fault(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    filled(contestant(desk, open_event_again(desk)), open_event_again(desk), 9, "在册者")

    batch = sent(clerk, event, unit, cells(9, name="别的名"))

    assert wrong(batch) == [(2, "name")]
    assert "在册者" not in str(batch.faults)


def open_event_again(desk: Desk) -> Event:
    """Return one other open event."""
    found = desk.session.scalars(select(Event).where(Event.state == EventState.OPEN)).all()
    return found[1] if len(found) > 1 else open_event(desk, quota=4)


def test_taking_invites_everybody_once(clerk: Desk, event: Event, unit: Organization) -> None:
    batch = sent(clerk, event, unit, cells(1), cells(2), cells(3))

    commit_workers(clerk, batch)
    commit_workers(clerk, batch)

    assert batch.state is ImportState.COMMITTED
    assert batch.rows_sealed is None
    rows = clerk.session.query(Invitation).filter_by(import_id=batch.id).all()
    assert sorted(row.name for row in rows) == sorted(cells(n)["name"] for n in (1, 2, 3))
    assert len({row.token_hash for row in rows}) == 3
    assert all(sample_id(1).encode() not in row.sealed for row in rows)
    with pytest.raises(WrongMoment):
        rows_of(clerk, batch)


def test_a_list_with_a_wrong_row_is_not_taken_at_all(
    clerk: Desk, event: Event, unit: Organization
) -> None:
    batch = sent(clerk, event, unit, cells(1), cells(2, phone="1"))

    with pytest.raises(StillWrong, match="1 rows"):
        commit_workers(clerk, batch)

    assert (invited(clerk), batch.state) == (0, ImportState.CHECKED)


def test_two_clerks_with_the_same_list_make_one(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    other = contact(desk, unit, event)
    first, second = sent(clerk, event, unit, cells(1)), sent(other, event, unit, cells(1))
    commit_workers(clerk, first)

    with pytest.raises(StillWrong):
        commit_workers(other, second)

    assert invited(clerk) == 1
    assert wrong(second) == [(2, "id_number")]


def test_mended_rows_take_the_place_of_the_wrong_ones(
    clerk: Desk, event: Event, unit: Organization
) -> None:
    batch = sent(clerk, event, unit, cells(1), cells(2, phone="1"), cells(3, town="别处"))
    assert batch.bad_rows == 2

    mend_workers(clerk, batch, sheet(cells(2), cells(3, town="别处")))
    assert (batch.rows, batch.bad_rows) == (3, 1)
    mend_workers(clerk, batch, sheet(cells(1), cells(2), cells(3)))
    assert (batch.rows, batch.bad_rows) == (3, 0)

    commit_workers(clerk, batch)
    assert invited(clerk) == 3
    with pytest.raises(WrongMoment):
        mend_workers(clerk, batch, sheet(cells(4)))


def test_the_quota_of_the_unit_is_taken_with_the_list_and_free_after_undoing(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    set_quota(desk, event, unit, 2)
    batch = sent(clerk, event, unit, cells(1), cells(2), cells(3))
    assert wrong(batch) == [(4, "row")]

    batch = sent(clerk, event, unit, cells(1), cells(2))
    commit_workers(clerk, batch)
    assert left_of(clerk, event.id, unit.id) == 0

    undo_workers(clerk, batch)
    undo_workers(clerk, batch)

    assert batch.state is ImportState.UNDONE
    assert left_of(clerk, event.id, unit.id) == 2
    assert invited(clerk) == 0
    assert all(row.sealed == b"" for row in clerk.session.query(Invitation))
    again = sent(clerk, event, unit, cells(1))
    commit_workers(clerk, again)


def test_a_quota_that_shrank_meanwhile_stops_the_list(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    batch = sent(clerk, event, unit, cells(1), cells(2))
    set_quota(desk, event, unit, 1)

    with pytest.raises(StillWrong):
        commit_workers(clerk, batch)

    assert left_of(clerk, event.id, unit.id) == 1


def test_a_list_some_have_begun_on_is_not_undone(
    clerk: Desk, event: Event, unit: Organization
) -> None:
    batch = sent(clerk, event, unit, cells(1), cells(2))
    commit_workers(clerk, batch)
    row = clerk.session.query(Invitation).filter_by(import_id=batch.id).first()
    assert row is not None
    row.state = InvitationState.WITHDRAWN

    with pytest.raises(Blocked, match="1 workers"):
        undo_workers(clerk, batch)


@pytest.mark.parametrize("days", [-2, 30])
def test_outside_the_window_nothing_is_taken(
    clerk: Desk, event: Event, unit: Organization, days: int
) -> None:
    batch = sent(clerk, event, unit, cells(1))
    late = at(clerk, event.entries_open_at + dt.timedelta(days=days))

    with pytest.raises(WrongMoment):
        commit_workers(late, batch)
    with pytest.raises(WrongMoment):
        mend_workers(late, batch, sheet(cells(1)))
    with pytest.raises(WrongMoment):
        check_workers(late, event, unit, sheet(cells(1)), key="b" * 32)
    assert invited(clerk) == 0


def test_a_contact_of_another_unit_touches_nothing(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    batch = sent(clerk, event, unit, cells(1, phone="1"))
    stranger = contact(desk, make_unit(desk), event)
    deeds: list[Any] = [
        lambda: check_workers(stranger, event, unit, sheet(cells(5)), key="c" * 32),
        lambda: check_workers(stranger, event, unit, sheet(cells(5)), key=batch.key),
        lambda: rows_of(stranger, batch),
        lambda: mend_workers(stranger, batch, sheet(cells(1))),
        lambda: commit_workers(stranger, batch),
        lambda: undo_workers(stranger, batch),
    ]
    for deed in deeds:
        with pytest.raises(NotPermitted):
            deed()
    assert (batch.rows, batch.bad_rows) == (1, 1)


def test_a_file_that_is_no_list_leaves_nothing(
    clerk: Desk, event: Event, unit: Organization
) -> None:
    with pytest.raises(Invalid):
        check_workers(clerk, event, unit, b"no", key="d" * 32)

    assert clerk.session.query(WorkerImport).count() == 0


def test_a_list_nobody_took_is_forgotten_and_a_taken_one_is_not(
    clerk: Desk, event: Event, unit: Organization
) -> None:
    untaken, batch = sent(clerk, event, unit, cells(1)), sent(clerk, event, unit, cells(2))
    commit_workers(clerk, batch)
    errands = clerk.session.query(Errand).filter_by(kind="forget_workers").all()
    assert [one.payload["import_id"] for one in errands] == [untaken.id, batch.id]
    assert errands[0].due_at == clerk.now + dt.timedelta(days=7)

    for errand in errands:
        forget_workers(dataclasses.replace(clerk, now=errand.due_at), errand.payload["import_id"])

    assert [row.id for row in clerk.session.query(WorkerImport)] == [batch.id]
