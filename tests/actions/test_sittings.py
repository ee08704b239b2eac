"""Sittings are planned, people placed in them, workplaces given after the draw."""

import datetime as dt

import pytest

from actions.check_ins import check_in
from actions.desk import Desk
from actions.placements import (
    give_workplaces,
    place_all,
    place_entry,
    placements_of,
    set_workplace,
    unplace_entry,
)
from actions.sittings import create_sitting, edit_sitting, remove_sitting
from actions.venues import move_workplace
from models.draws import Station
from models.entries import Entry
from models.messages import Message
from models.sittings import Placement, Sitting
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role
from rules.states import EntryState, EventState, SittingState
from rules.terms import SittingPart
from tests.contest_world import at
from tests.result_world import listed_event
from tests.sitting_world import MINUTE, STARTS, Hall, hall, plan, venue_of
from tests.support import actor_of, give, make_account


def drawn(made: Hall) -> None:
    """Draw the stations against the order of the passes."""
    rows = made.placements
    made.stage.desk.session.add_all(
        Station(event_id=made.event.id, entry_id=row.entry_id, number=len(rows) - at)
        for at, row in enumerate(rows)
    )
    made.stage.desk.session.flush()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reports_at": STARTS + MINUTE}, "reports_at"),
        ({"ends_at": STARTS}, "ends_at"),
        ({"late_minutes": 241}, "late_minutes"),
        ({"part": SittingPart.MODULE}, "module"),
        ({"module": "A"}, "module"),
        ({"name": "实操"}, "name"),
    ],
)
def test_a_wrong_plan_names_its_field(desk: Desk, changes: dict[str, object], field: str) -> None:
    made = hall(desk)

    with pytest.raises(Invalid) as refused:
        create_sitting(desk, made.event, plan(made.venue, **{"name": "二", **changes}))

    assert list(refused.value.fields) == [field]
    assert desk.session.query(Sitting).count() == 1


def test_only_the_office_plans(desk: Desk) -> None:
    made = hall(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER)
    reviewer = desk.acting_as(actor_of(desk.session, account))

    with pytest.raises(NotPermitted):
        create_sitting(reviewer, made.event, plan(made.venue, name="二"))
    with pytest.raises(NotPermitted):
        place_all(reviewer, made.event)


def test_a_locked_event_keeps_its_timetable(desk: Desk) -> None:
    made = hall(desk)
    made.event.state = EventState.LOCKED

    with pytest.raises(WrongMoment, match="stands"):
        edit_sitting(desk, made.sitting, plan(made.venue))


def test_another_venue_frees_the_workplaces_and_the_calendar_moves_on(desk: Desk) -> None:
    made = hall(desk)
    other = venue_of(desk, made.event.contest, "二号车间（示例）")
    set_workplace(desk, made.placements[0], 1)
    later = at(desk, desk.now + dt.timedelta(days=1))

    edit_sitting(later, made.sitting, plan(other, starts_at=STARTS + 5 * MINUTE))

    assert made.placements[0].workplace_id is None
    assert made.sitting.changed_at == later.now


def test_who_is_expected_hears_of_new_hours_once_the_list_is_public(desk: Desk) -> None:
    made = hall(desk)
    edit_sitting(desk, made.sitting, plan(made.venue, name="实操上午场"))
    assert desk.session.query(Message).count() == 0, "a name is no reason to write"

    edit_sitting(desk, made.sitting, plan(made.venue, starts_at=STARTS + 5 * MINUTE))

    told = desk.session.query(Message).filter_by(kind="sitting_moved").all()
    assert {row.account_id for row in told} == {row.entry.account_id for row in made.placements}
    assert told[0].params["starts"] == "2026-11-24T03:05:00+00:00"
    made.event.state = EventState.CLOSED
    edit_sitting(desk, made.sitting, plan(made.venue))
    assert desk.session.query(Message).count() == len(told)


def test_entrants_are_dealt_evenly_and_only_once(desk: Desk) -> None:
    made = hall(desk, 5)
    rows = made.placements
    second = create_sitting(desk, made.event, plan(made.venue, name="实操第二场"))
    for row in rows[3:]:
        desk.session.delete(row)
    desk.session.flush()

    assert place_all(desk, made.event) == 0
    assert place_all(desk, made.event) == 0
    assert [len(placements_of(desk, one)) for one in (made.sitting, second)] == [3, 2]


def test_each_part_has_its_own_sitting(desk: Desk) -> None:
    made = hall(desk)
    theory = create_sitting(
        desk, made.event, plan(made.venue, name="理论", part=SittingPart.THEORY)
    )
    place_all(desk, made.event)

    assert len(placements_of(desk, theory)) == len(made.placements) == 3


def test_whoever_finds_no_room_is_counted(desk: Desk) -> None:
    stage = listed_event(desk, 3)
    venue = venue_of(desk, stage.event.contest, places=2)
    create_sitting(desk, stage.event, plan(venue))

    assert place_all(desk, stage.event) == 1


def test_without_a_sitting_nobody_is_placed(desk: Desk) -> None:
    with pytest.raises(Blocked, match="Plan a sitting first"):
        place_all(desk, listed_event(desk, 1).event)


def test_placing_by_hand_moves_from_the_parallel_sitting(desk: Desk) -> None:
    made = hall(desk)
    second = create_sitting(desk, made.event, plan(made.venue, name="实操第二场"))
    row = made.placements[0]
    set_workplace(desk, row, 1)

    moved = place_entry(desk, second, row.entry)

    assert moved is row
    assert (moved.sitting_id, moved.workplace_id) == (second.id, None)
    assert place_entry(desk, second, row.entry) is row, "again changes nothing"
    assert len(made.placements) == 2


def test_only_accepted_entrants_of_the_event_are_placed(desk: Desk) -> None:
    made, other = hall(desk), listed_event(desk, 1)
    stranger = desk.session.query(Entry).filter_by(event_id=other.event.id).one()
    with pytest.raises(Invalid):
        place_entry(desk, made.sitting, stranger)

    mine = made.placements[0].entry
    mine.state = EntryState.WITHDRAWN
    desk.session.flush()
    with pytest.raises(Invalid):
        place_entry(desk, made.sitting, mine)
    assert len(made.placements) == 2, "who withdrew is not expected"


def test_workplaces_wait_for_the_draw_and_follow_it(desk: Desk) -> None:
    made = hall(desk)
    with pytest.raises(Blocked, match="follow the draw"):
        give_workplaces(desk, made.sitting)
    drawn(made)
    move_workplace(desk, made.venue.workplaces[1], "break")

    assert give_workplaces(desk, made.sitting) == 0
    numbers = [row.workplace.number for row in made.placements if row.workplace]
    assert numbers == [4, 3, 1], "number 2 is broken, and the last pass was drawn first"
    assert give_workplaces(desk, made.sitting) == 0, "again gives the same"


def test_too_few_workplaces_leave_somebody_without(desk: Desk) -> None:
    made = hall(desk)
    drawn(made)
    for workplace in made.venue.workplaces[2:]:
        move_workplace(desk, workplace, "break")

    assert give_workplaces(desk, made.sitting) == 1


def test_a_theory_paper_needs_no_draw(desk: Desk) -> None:
    made = hall(desk)
    made.sitting.part = SittingPart.THEORY
    desk.session.flush()

    assert give_workplaces(desk, made.sitting) == 0


def test_a_workplace_by_hand_is_usable_and_nobody_else_s(desk: Desk) -> None:
    made = hall(desk)
    first, second, _ = made.placements
    set_workplace(desk, first, 1)
    move_workplace(desk, made.venue.workplaces[1], "break")

    for number in (1, 2, 99):
        with pytest.raises(Invalid) as refused:
            set_workplace(desk, second, number)
        assert list(refused.value.fields) == ["number"]
    set_workplace(desk, first, None)
    set_workplace(desk, second, 1)
    assert second.workplace is not None


def test_who_was_checked_in_stays_on_the_list(desk: Desk) -> None:
    made = hall(desk)
    second = create_sitting(desk, made.event, plan(made.venue, name="实操第二场"))
    row = made.placements[0]
    check_in(made.door(), made.sitting, row, key="k")

    with pytest.raises(Blocked):
        unplace_entry(desk, row)
    with pytest.raises(Blocked):
        place_entry(desk, second, row.entry)
    with pytest.raises(Blocked, match="stays on record"):
        remove_sitting(desk, made.sitting)
    unplace_entry(desk, made.placements[1])
    assert len(made.placements) == 2


def test_a_sitting_goes_with_its_placements(desk: Desk) -> None:
    made = hall(desk)
    remove_sitting(desk, made.sitting)
    desk.session.flush()

    assert desk.session.query(Placement).count() == 0


def test_a_closed_sitting_is_not_changed(desk: Desk) -> None:
    made = hall(desk)
    row = made.placements[0]
    made.sitting.state = SittingState.CLOSED

    for deed in (
        lambda: edit_sitting(desk, made.sitting, plan(made.venue)),
        lambda: place_entry(desk, made.sitting, row.entry),
        lambda: set_workplace(desk, row, 1),
        lambda: unplace_entry(desk, row),
    ):
        with pytest.raises(WrongMoment, match="closed"):
            deed()
