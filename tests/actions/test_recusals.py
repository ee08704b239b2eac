"""Stepping aside from a work: blocked at once in entry, grid, statistics and result alike."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.ledgers import verify_event
from actions.panels import assign_judge, declare_recusal
from actions.recusals import call_substitute, step_aside
from actions.results import decode_event, lock_reasons, lock_results, result_of
from actions.scores import (
    MarkEntry,
    absences,
    disputes_of,
    enter_mark,
    gaps_of,
    mark_presence,
    read_marks,
    sign_sheet,
)
from actions.sheets import recusal_faults
from admin.judging.grid import grid_of
from admin.judging.overview import overview_of
from models.judging import cell_of, duties_of
from models.messages import Message
from models.panels import PanelSeat, WorkRecusal
from models.people import Person
from models.scores import ScoreSheet
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.states import SheetState
from tests.result_world import Stage, listed_event, marked_event, scoring_event
from tests.support import make_account


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose three sheets are signed."""
    return marked_event(desk)


def aside(stage: Stage, number: int, code: str) -> WorkRecusal:
    seat = stage.sheets[number - 1].seat
    return step_aside(
        stage.seat(f"judge{number}"), stage.event, seat, code, reason="认出是徒弟的手法"
    )


def substitute(stage: Stage, row: WorkRecusal, name: str = "sub") -> ScoreSheet:
    """Call a substitute who has signed the pledge."""
    if name not in stage.accounts:
        stage.accounts[name] = make_account(stage.desk.session, name)
    seat = call_substitute(stage.seat("organizer"), stage.event, row, stage.accounts[name])
    seat.pledged_at = stage.desk.now
    return stage.desk.session.scalars(select(ScoreSheet).filter_by(seat_id=seat.id)).one()


def enter(stage: Stage, who: str, sheet: ScoreSheet, *cell: str) -> None:
    code, aspect, value = cell
    entry = MarkEntry(code, aspect, value, f"{who}-{code}-{aspect}"[:40])
    enter_mark(stage.seat(who), sheet, entry)


def test_marks_are_cleared_in_the_chain_and_the_signature_falls(stage: Stage) -> None:
    code = stage.codes[0]
    aside(stage, 2, code)

    cell = cell_of(stage.desk.session, stage.sheets[1].id, code, "A1.2")
    assert cell is not None
    assert cell.value is None
    assert stage.sheets[1].state is SheetState.OPEN
    assert stage.sheets[0].state is SheetState.SIGNED
    assert verify_event(stage.desk.session, stage.event) == []
    assert recusal_faults(stage.desk.session, stage.event) == ()


def test_nothing_of_the_work_is_taken_or_shown_any_more(stage: Stage) -> None:
    code, other = stage.codes[0], stage.codes[1]
    aside(stage, 2, code)

    with pytest.raises(NotPermitted, match="stepped aside"):
        enter(stage, "judge2", stage.sheets[1], code, "A1.2", "3")
    rows = {row.code: row for row in grid_of(stage.desk, stage.sheets[1]).rows}
    assert rows[code].aside
    assert rows[code].total is None
    assert not rows[other].aside
    assert all(cell.value == "" for cell in rows[code].cells)
    marks = read_marks(stage.desk.session, stage.event.id)
    assert {mark[2] for mark in marks if mark[0] == code} == {"1", "3"}
    assert gaps_of(stage.desk, stage.sheets[1]) == []
    view = overview_of(stage.desk, stage.event)
    assert view.percent == 100
    assert [(one.row.work_code, one.seat) for one in view.asides] == [(code, 2)]


def test_statistics_do_not_count_the_seat_for_the_work(desk: Desk) -> None:
    """The levels 0, 3, 3 lie apart; without the seat of the 0 nothing is left to settle."""
    stage = scoring_event(desk, 2)
    code = stage.codes[0]
    for number, level in enumerate("033", 1):
        enter(stage, f"judge{number}", stage.sheets[number - 1], code, "A1.2", level)
    assert disputes_of(desk.session, stage.event.id) == [(code, "A1.2")]

    aside(stage, 1, code)

    assert disputes_of(desk.session, stage.event.id) == []
    assert overview_of(desk, stage.event).apart == ()


def test_the_chief_is_told_at_once_without_the_work(stage: Stage) -> None:
    aside(stage, 3, stage.codes[2])

    told = stage.desk.session.scalars(select(Message).filter_by(kind="judge_aside")).all()
    assert [row.account_id for row in told] == [stage.accounts["chief"].id]
    assert stage.codes[2] not in str(told[0].params)


def test_stepping_down_tells_the_chief_too(stage: Stage, desk: Desk) -> None:
    listed = listed_event(desk)
    organizer = listed.seat("organizer")
    from actions.panels import assign_chief

    assign_chief(organizer, listed.event, listed.accounts["chief"])
    seat = assign_judge(organizer, listed.event, listed.accounts["judge1"], number=1)
    declare_recusal(listed.seat("judge1"), listed.event, seat, reason="亲属参赛")

    told = desk.session.scalars(select(Message).filter_by(kind="judge_aside")).all()
    assert [row.account_id for row in told] == [listed.accounts["chief"].id]


def test_the_lock_waits_for_the_substitute_who_completes_the_panel(stage: Stage) -> None:
    code = stage.codes[0]
    row = aside(stage, 2, code)
    sign_sheet(stage.seat("judge2"), stage.sheets[1], client_key="again-2")
    assert [str(one) for one in lock_reasons(stage.desk, stage.event)] == [
        f"Work {code} has 2 of 3 judges; a substitute is needed."
    ]

    sheet = substitute(stage, row)
    assert [line.code for line in grid_of(stage.desk, sheet).rows] == [code]
    with pytest.raises(Invalid, match="does not enter"):
        enter(stage, "sub", sheet, stage.codes[1], "A1.2", "3")
    with pytest.raises(Invalid, match="does not enter"):
        enter(stage, "sub", sheet, code, "A1.1", "5")
    enter(stage, "sub", sheet, code, "A1.2", "2")
    sign_sheet(stage.seat("sub"), sheet, client_key="sub-sign")
    lock_results(stage.seat("chief"), stage.event)
    decode_event(stage.seat("officer"), stage.event, stage.ceremony)

    first = result_of(stage.desk, stage.event).lines[0]
    assert first.work_code == code
    # 5 measured, and the levels 3, 3 of seats 1 and 3 with the substitute's 2: 8/9 of 5
    assert first.total == "9.44"


def test_when_seat_one_steps_aside_the_next_seat_measures(stage: Stage) -> None:
    code = stage.codes[1]
    aside(stage, 1, code)

    assert duties_of(stage.desk.session, stage.event.id).group_seat(code) == 2
    assert stage.sheets[1].state is SheetState.OPEN
    assert gaps_of(stage.desk, stage.sheets[1]) == [(code, "A1.1")]
    view = grid_of(stage.desk, stage.sheets[1])
    mine = {row.code: [cell.aspect for cell in row.cells if cell.mine] for row in view.rows}
    assert mine[code] == ["A1.1", "A1.2"]
    assert mine[stage.codes[0]] == ["A1.2"]
    enter(stage, "judge2", stage.sheets[1], code, "A1.1", "4")
    with pytest.raises(Invalid, match="does not enter"):
        enter(stage, "judge2", stage.sheets[1], stage.codes[0], "A1.1", "4")
    with pytest.raises(NotPermitted):
        mark_presence(
            stage.seat("judge2"), stage.sheets[1], stage.codes[0], absent=True, client_key="x1"
        )
    mark_presence(stage.seat("judge2"), stage.sheets[1], code, absent=True, client_key="x2")
    assert absences(stage.desk.session, stage.event.id) == {code}


def test_who_may_step_aside_and_from_what(stage: Stage) -> None:
    seat, event = stage.sheets[0].seat, stage.event
    with pytest.raises(NotPermitted, match="judge alone"):
        step_aside(stage.seat("judge2"), event, seat, stage.codes[0], reason="不是我")
    with pytest.raises(Invalid, match="few words"):
        step_aside(stage.seat("judge1"), event, seat, stage.codes[0], reason=" ")
    with pytest.raises(Invalid, match="no work"):
        step_aside(stage.seat("judge1"), event, seat, "ZZZZ", reason="认识")
    first = aside(stage, 1, stage.codes[0])
    assert aside(stage, 1, stage.codes[0]).id == first.id


def test_after_the_lock_it_is_too_late(stage: Stage) -> None:
    lock_results(stage.seat("chief"), stage.event)

    with pytest.raises(WrongMoment, match="Tell the chief"):
        aside(stage, 1, stage.codes[0])


def test_before_the_first_mark_it_is_possible(desk: Desk) -> None:
    from tests.result_world import _draw

    stage = listed_event(desk)
    _draw(stage)
    seat = desk.session.scalars(select(PanelSeat).filter_by(number=2)).one()
    step_aside(stage.seat("judge2"), stage.event, seat, stage.codes[0], reason="认识")

    assert duties_of(desk.session, stage.event.id).seats(stage.codes[0]) == (1, 3)
    with pytest.raises(WrongMoment, match="while the works are marked"):
        call_substitute(
            stage.seat("organizer"),
            stage.event,
            desk.session.scalars(select(WorkRecusal)).one(),
            make_account(desk.session),
        )


def test_a_substitute_is_free_of_conflicts_and_not_on_the_work(stage: Stage) -> None:
    session, code = stage.desk.session, stage.codes[0]
    row = aside(stage, 2, code)
    colleague = Person(
        key="kol",
        name="同事",
        created_at=stage.desk.now,
        organization_id=stage.people[0].organization_id,
    )
    session.add(colleague)
    session.flush()
    organizer = stage.seat("organizer")
    with pytest.raises(Blocked, match="same unit"):
        call_substitute(
            organizer, stage.event, row, make_account(session, "同事", person_id=colleague.id)
        )
    for name in ("judge1", "judge2"):
        with pytest.raises(Blocked, match="already, or has stepped aside"):
            call_substitute(organizer, stage.event, row, stage.accounts[name])
    with pytest.raises(NotPermitted):
        call_substitute(stage.seat("chief"), stage.event, row, make_account(session))
    substitute(stage, row)
    with pytest.raises(WrongMoment, match="named already"):
        call_substitute(organizer, stage.event, row, make_account(session))


def test_a_substitute_marks_further_works_and_may_step_aside_too(stage: Stage) -> None:
    one, two = stage.codes[:2]
    sheet = substitute(stage, aside(stage, 2, one))
    again = substitute(stage, aside(stage, 3, two))
    assert again.id == sheet.id
    step_aside(stage.seat("sub"), stage.event, sheet.seat, one, reason="也认识")

    duties = duties_of(stage.desk.session, stage.event.id)
    assert duties.seats(one) == (1, 3)
    assert duties.seats(two) == (1, 2, 4)


def test_a_recusal_slipped_into_the_table_is_noticed(stage: Stage) -> None:
    """Whoever writes the row alone, to lose a mark, stands against the ledger."""
    session = stage.desk.session
    session.add(
        WorkRecusal(
            event_id=stage.event.id,
            account_id=stage.accounts["judge2"].id,
            work_code=stage.codes[0],
            reason="造出来的",
            declared_at=stage.desk.now,
        )
    )
    session.flush()

    words = [str(one) for one in lock_reasons(stage.desk, stage.event)]

    assert f"Seat 2 stepped aside from work {stage.codes[0]} but has marks for it." in words
