"""Quotas of units: every way into an event counts, and no quota is ever oversold."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.reviews import reject_entry
from actions.submissions import join_waiting, recall_entry, submit_entry, withdraw_entry
from actions.unit_places import (
    free_places,
    left_of,
    quota_of,
    take_places,
    used_by_units,
)
from actions.unit_quotas import set_quota
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.contests import Event
from models.entries import Entry
from models.everything import METADATA
from models.organizations import Organization
from models.units import UnitQuota
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import NOBODY, SYSTEM
from rules.states import EntryState
from tests.entry_world import contestant, contestant_of, filled, open_event, reviewer
from tests.support import NOW
from tests.unit_world import contact, make_unit


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


def ready(desk: Desk, event: Event, unit: Organization | None, serial: int) -> tuple[Desk, Entry]:
    """Fill an entry in for somebody of the unit."""
    seat = contestant(desk, event)
    entry = filled(seat, event, serial, f"选手{serial}")
    assert entry.person is not None
    entry.person.organization_id = unit.id if unit else None
    return seat, entry


def taken(desk: Desk, event: Event, unit: Organization) -> int:
    row = quota_of(desk, event.id, unit.id)
    assert row is not None
    return row.taken


def test_without_a_quota_nothing_is_counted(desk: Desk, event: Event, unit: Organization) -> None:
    seat, entry = ready(desk, event, unit, 1)

    submit_entry(seat, entry)

    assert entry.unit_quota_id is None
    assert left_of(desk, event.id, unit.id) is None
    assert used_by_units(desk, event.id) == {unit.id: 1}


def test_the_last_place_of_a_unit_goes_to_one(desk: Desk, event: Event, unit: Organization) -> None:
    set_quota(desk, event, unit, 1)
    (one, first), (two, second) = (ready(desk, event, unit, number) for number in (1, 2))
    submit_entry(one, first)

    with pytest.raises(Blocked, match="0 of its 1 places"):
        submit_entry(two, second)

    assert taken(desk, event, unit) == 1
    assert event.seats_taken == 1
    assert not second.holds_seat


def test_somebody_of_another_unit_is_not_counted(
    desk: Desk, event: Event, unit: Organization
) -> None:
    set_quota(desk, event, unit, 0)
    (one, first), (two, second) = (
        ready(desk, event, make_unit(desk), 1),
        ready(desk, event, None, 2),
    )

    submit_entry(one, first)
    submit_entry(two, second)

    assert taken(desk, event, unit) == 0


def test_every_way_out_gives_the_place_back(desk: Desk, event: Event, unit: Organization) -> None:
    set_quota(desk, event, unit, 3)
    rows = [ready(desk, event, unit, number) for number in (1, 2, 3)]
    for seat, entry in rows:
        submit_entry(seat, entry)
    assert left_of(desk, event.id, unit.id) == 0

    recall_entry(*rows[0])
    withdraw_entry(contestant_of(desk, rows[1][1]), rows[1][1], reason="值班")
    reject_entry(reviewer(desk, event), rows[2][1], reason="不符")

    assert taken(desk, event, unit) == 0
    submit_entry(*rows[0])
    assert taken(desk, event, unit) == 1


def test_who_waits_behind_a_full_unit_is_not_held_up(desk: Desk, unit: Organization) -> None:
    event = open_event(desk, quota=1)
    set_quota(desk, event, unit, 0)
    holder, waits, other = (
        ready(desk, event, who, n) for n, who in ((1, None), (2, unit), (3, None))
    )
    submit_entry(*holder)
    join_waiting(*waits)
    join_waiting(*other)

    withdraw_entry(contestant_of(desk, holder[1]), holder[1], reason="值班")
    assert (waits[1].state, other[1].state) == (EntryState.WAITING, EntryState.SUBMITTED)
    assert not waits[1].holds_seat

    withdraw_entry(contestant_of(desk, other[1]), other[1], reason="值班")
    assert event.seats_taken == 0
    set_quota(desk, event, unit, 1)
    assert waits[1].state is EntryState.SUBMITTED
    assert (taken(desk, event, unit), event.seats_taken) == (1, 1)


def test_a_full_event_leaves_the_units_place_untouched(desk: Desk, unit: Organization) -> None:
    event = open_event(desk, quota=1)
    set_quota(desk, event, unit, 3)
    submit_entry(*ready(desk, event, None, 1))

    with pytest.raises(Blocked, match="All places"):
        submit_entry(*ready(desk, event, unit, 2))

    assert taken(desk, event, unit) == 0


def test_changing_the_unit_moves_the_place(desk: Desk, event: Event, unit: Organization) -> None:
    other = make_unit(desk)
    set_quota(desk, event, unit, 1)
    set_quota(desk, event, other, 1)
    seat, entry = ready(desk, event, unit, 1)
    submit_entry(seat, entry)
    recall_entry(seat, entry)
    assert entry.person is not None
    entry.person.organization_id = other.id

    submit_entry(seat, entry)

    assert (taken(desk, event, unit), taken(desk, event, other)) == (0, 1)


def test_a_quota_set_late_counts_who_is_in_already(
    desk: Desk, event: Event, unit: Organization
) -> None:
    rows = [ready(desk, event, unit, number) for number in (1, 2)]
    for seat, entry in rows:
        submit_entry(seat, entry)

    with pytest.raises(Blocked, match="2 of this unit"):
        set_quota(desk, event, unit, 1)
    set_quota(desk, event, unit, 2)
    assert taken(desk, event, unit) == 2
    with pytest.raises(Blocked, match="2 of this unit"):
        set_quota(desk, event, unit, 1)
    set_quota(desk, event, unit, 5)
    assert left_of(desk, event.id, unit.id) == 3

    set_quota(desk, event, unit, None)
    desk.session.flush()
    assert quota_of(desk, event.id, unit.id) is None
    assert rows[0][1].unit_quota_id is None
    set_quota(desk, event, unit, None)


def test_only_who_runs_the_contest_sets_quotas(
    desk: Desk, event: Event, unit: Organization
) -> None:
    for seat in (contact(desk, unit, event), desk.acting_as(NOBODY)):
        with pytest.raises(NotPermitted):
            set_quota(seat, event, unit, 3)
    with pytest.raises(Invalid):
        set_quota(desk, event, unit, -1)
    assert quota_of(desk, event.id, unit.id) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    places=st.integers(0, 6),
    steps=st.lists(st.tuples(st.sampled_from(["take", "free"]), st.integers(0, 4)), max_size=20),
)
def test_taken_never_leaves_its_bounds(
    desk: Desk, event: Event, places: int, steps: list[tuple[str, int]]
) -> None:
    unit = make_unit(desk)
    set_quota(desk, event, unit, places)
    key = take_places(desk, event.id, unit.id, 0)
    held = 0
    for verb, count in steps:
        if verb == "free":
            free_places(desk, key, count)
            held -= count if count <= held else 0
        elif count > places - held:
            with pytest.raises(Blocked):
                take_places(desk, event.id, unit.id, count)
        else:
            take_places(desk, event.id, unit.id, count)
            held += count
        assert taken(desk, event, unit) == held
        assert left_of(desk, event.id, unit.id) == places - held


def test_many_at_once_take_exactly_the_quota(engine: Engine, tmp_path: Path) -> None:
    METADATA.create_all(engine)
    with Session(engine) as session:
        desk = Desk(session, SYSTEM, NOW, Vault("race"), Shelf(tmp_path))
        event = open_event(desk, quota=9)
        unit = make_unit(desk)
        set_quota(desk, event, unit, 5)
        session.commit()
        keys = event.id, unit.id

    def grab(_number: int) -> bool:
        with Session(engine) as session:
            seat = Desk(session, SYSTEM, NOW + dt.timedelta(days=1), Vault("race"), Shelf(tmp_path))
            try:
                take_places(seat, *keys, 1)
            except Blocked:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(grab, range(24)))

    assert sum(got) == 5
    with Session(engine) as session:
        assert session.query(UnitQuota).one().taken == 5
