"""Check-in: once, in time, undone with a reason, closed; absent is not zero."""

import dataclasses

import pytest

import actions.check_ins
from actions.check_ins import (
    Seen,
    check_in,
    close_check_in,
    find_placement,
    missing_of,
    reopen_check_in,
    standing_of,
    undo_check_in,
)
from actions.computing import entrants_of
from actions.desk import Desk
from actions.placements import place_all
from actions.sittings import create_sitting
from models.audit import AuditLine
from models.check_ins import CheckIn
from models.sittings import Placement
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role
from rules.states import EntryState, EventState, SittingState
from rules.terms import Attendance, SittingPart
from tests.contest_world import at
from tests.sitting_world import MINUTE, STARTS, Hall, hall, plan


def code_of(placement: Placement) -> str:
    return f"JP:{placement.entry.event_id}:{placement.entry.pass_no}"


def test_a_code_or_a_number_finds_the_entrant(desk: Desk) -> None:
    made = hall(desk)
    row = made.placements[1]

    assert find_placement(made.door(), made.sitting, code_of(row)) is row
    assert find_placement(made.door(), made.sitting, " p-001 ") is row


def test_what_is_no_pass_of_this_sitting_is_refused_in_words(desk: Desk) -> None:
    made = hall(desk)
    door = made.door()
    second = create_sitting(desk, made.event, plan(made.venue, name="实操第二场"))
    theory = create_sitting(
        desk, made.event, plan(made.venue, name="理论", part=SittingPart.THEORY)
    )

    with pytest.raises(Invalid, match="another event"):
        find_placement(door, made.sitting, f"JP:{made.event.id + 1}:P-001")
    with pytest.raises(Invalid, match="P-777"):
        find_placement(door, made.sitting, "P-777")
    with pytest.raises(Blocked, match="expected in “实操” at 11:00"):
        find_placement(door, second, "P-001")
    with pytest.raises(Blocked, match="no place in this sitting"):
        find_placement(door, theory, "P-001")
    made.placements[1].entry.state = EntryState.WITHDRAWN
    with pytest.raises(Blocked, match="withdrawn"):
        find_placement(door, made.sitting, "P-001")


@pytest.mark.parametrize(
    ("minutes", "seen"), [(-30, Seen.IN_TIME), (0, Seen.IN_TIME), (1, Seen.LATE), (15, Seen.LATE)]
)
def test_who_comes_within_the_hours_is_in(desk: Desk, minutes: int, seen: Seen) -> None:
    made = hall(desk)
    door = made.door(minutes)
    outcome = check_in(door, made.sitting, made.placements[0], key="k")

    assert outcome.seen is seen
    assert (outcome.check_in.at, outcome.check_in.checked_by) == (door.now, door.actor.account_id)
    assert made.placements[0].entry.attendance is None, "to be there is not to have finished"


@pytest.mark.parametrize(
    ("minutes", "refusal", "words"),
    [(-31, WrongMoment, "begins at 10:30"), (16, Blocked, "more than 15 minutes")],
)
def test_who_comes_early_or_too_late_is_not(
    desk: Desk, minutes: int, refusal: type[Exception], words: str
) -> None:
    made = hall(desk)

    with pytest.raises(refusal, match=words):
        check_in(made.door(minutes), made.sitting, made.placements[0], key="k")
    assert desk.session.query(CheckIn).count() == 0


def test_the_host_office_lets_in_late_with_a_reason_in_words(desk: Desk) -> None:
    made = hall(desk)
    row = made.placements[0]
    with pytest.raises(NotPermitted):
        check_in(
            made.door(20, Role.VENUE_MANAGER), made.sitting, row, key="k", late_reason="公交停运"
        )
    with pytest.raises(Blocked, match="in words"):
        check_in(made.door(20), made.sitting, row, key="k", late_reason="JP:1:P-002")

    outcome = check_in(made.door(20), made.sitting, row, key="k", late_reason="公交停运")

    assert (outcome.seen, outcome.check_in.late_reason) == (Seen.ADMITTED, "公交停运")


def test_a_reason_of_somebody_in_time_is_not_kept(desk: Desk) -> None:
    made = hall(desk)
    outcome = check_in(made.door(), made.sitting, made.placements[0], key="k", late_reason="x")

    assert (outcome.seen, outcome.check_in.late_reason) == (Seen.IN_TIME, "")


def test_twice_shows_the_first_and_a_retry_is_no_second(desk: Desk) -> None:
    made = hall(desk)
    row, door = made.placements[0], made.door()
    first = check_in(door, made.sitting, row, key="form-1")

    retry = check_in(made.door(20), made.sitting, row, key="form-1")
    again = check_in(made.door(), made.sitting, row, key="form-2")

    assert (retry.seen, retry.check_in) == (Seen.IN_TIME, first.check_in)
    assert (again.seen, again.check_in) == (Seen.AGAIN, first.check_in)
    assert desk.session.query(CheckIn).count() == 1
    assert desk.session.query(AuditLine).filter_by(deed="check_in").count() == 1


def test_one_form_sent_for_two_people_checks_both_in(desk: Desk) -> None:
    """A number that was corrected after the network failed keeps its form's key."""
    made = hall(desk)
    for row in made.placements[:2]:
        assert check_in(made.door(), made.sitting, row, key="form-1").seen is Seen.IN_TIME


def test_two_doors_at_once_make_one_check_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hall(desk)
    row, looked = made.placements[0], []

    def blind(at_desk: Desk, placement: Placement) -> CheckIn | None:
        """See nothing the first time, as the slower of two transactions does."""
        looked.append(placement)
        return None if len(looked) == 1 else standing_of(at_desk, placement)

    first = check_in(made.door(), made.sitting, row, key="a").check_in
    monkeypatch.setattr(actions.check_ins, "standing_of", blind)
    outcome = check_in(made.door(), made.sitting, row, key="b")

    assert (outcome.seen, outcome.check_in) == (Seen.AGAIN, first)


def test_undone_with_a_reason_it_stays_on_record(desk: Desk) -> None:
    made = hall(desk)
    row = made.placements[0]
    outcome = check_in(made.door(), made.sitting, row, key="k")
    with pytest.raises(Invalid, match="Say why"):
        undo_check_in(made.door(), outcome.check_in, reason=" ")

    undo_check_in(made.door(), outcome.check_in, reason="拿错了参赛证")

    assert standing_of(desk, row) is None
    assert len(missing_of(desk, made.sitting)) == 3
    with pytest.raises(WrongMoment, match="before"):
        undo_check_in(made.door(), outcome.check_in, reason="再来")
    with pytest.raises(WrongMoment, match="Reload"):
        check_in(made.door(), made.sitting, row, key="k")
    assert check_in(made.door(), made.sitting, row, key="k2").seen is Seen.IN_TIME


def test_closing_makes_whoever_is_missing_absent_and_absent_is_not_zero(desk: Desk) -> None:
    made = hall(desk)
    here, *gone = made.placements
    check_in(made.door(), made.sitting, here, key="k")
    with pytest.raises(WrongMoment, match="may still come"):
        close_check_in(made.door(15), made.sitting)

    assert close_check_in(made.door(16), made.sitting) == 2

    assert here.entry.attendance is None
    assert {row.entry.attendance for row in gone} == {Attendance.ABSENT}
    by_code = {f"C{row.id}": row.entry_id for row in (here, *gone)}
    entries = {row.entry_id: row.entry for row in (here, *gone)}
    statuses = {one.status for one in entrants_of(desk, made.event, by_code, entries)}
    assert statuses == {Attendance.FINISHED, Attendance.ABSENT}
    with pytest.raises(WrongMoment, match="closed"):
        check_in(made.door(17), made.sitting, gone[0], key="l", late_reason="晚了")
    with pytest.raises(WrongMoment, match="closed"):
        close_check_in(made.door(17), made.sitting)


def test_reopening_lifts_the_absences_of_this_sitting_alone(desk: Desk) -> None:
    made = hall(desk)
    theory = create_sitting(
        desk, made.event, plan(made.venue, name="理论", part=SittingPart.THEORY)
    )
    place_all(desk, made.event)
    first, second, third = made.placements
    for sitting in (made.sitting, theory):
        at_door = find_placement(made.door(), sitting, "P-000")
        check_in(made.door(), sitting, at_door, key=f"{sitting.id}")
    check_in(made.door(), theory, find_placement(made.door(), theory, "P-001"), key="t")
    for sitting in (made.sitting, theory):
        close_check_in(made.door(16), sitting)
    assert second.entry.attendance is third.entry.attendance is Attendance.ABSENT

    with pytest.raises(NotPermitted):
        reopen_check_in(made.door(20, Role.VENUE_MANAGER), made.sitting, reason="误关")
    with pytest.raises(Invalid):
        reopen_check_in(made.door(20), made.sitting, reason=" ")
    reopen_check_in(made.door(20), made.sitting, reason="名单有误")

    assert made.sitting.state is SittingState.OPEN
    assert first.entry.attendance is None
    assert second.entry.attendance is None
    assert third.entry.attendance is Attendance.ABSENT, "the theory paper was missed too"


@pytest.mark.parametrize("state", [EventState.CLOSED, EventState.LOCKED, EventState.AWARDED])
def test_nobody_is_checked_in_before_the_list_or_after_the_lock(
    desk: Desk, state: EventState
) -> None:
    made = hall(desk)
    row = check_in(made.door(), made.sitting, made.placements[0], key="k").check_in
    made.event.state = state

    for deed in (
        lambda: check_in(made.door(), made.sitting, made.placements[1], key="l"),
        lambda: undo_check_in(made.door(), row, reason="x"),
        lambda: close_check_in(made.door(20), made.sitting),
        lambda: reopen_check_in(made.door(20), made.sitting, reason="x"),
    ):
        with pytest.raises(WrongMoment, match="between the published list"):
            deed()


def test_judges_and_reviewers_have_no_door(desk: Desk) -> None:
    made = hall(desk)
    for seat in (made.stage.seat("judge1"), made.stage.seat("chief"), reviewer(made)):
        with pytest.raises(NotPermitted):
            find_placement(seat, made.sitting, "P-000")
        with pytest.raises(NotPermitted):
            check_in(seat, made.sitting, made.placements[0], key="k")


def reviewer(made: Hall) -> Desk:
    return at(dataclasses.replace(made.door(role=Role.REVIEWER)), STARTS - MINUTE)
