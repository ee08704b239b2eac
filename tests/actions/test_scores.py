"""Marks: appended, corrected with a reason, chained, signed, and only from the own seat."""

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from actions.desk import Desk
from actions.ledgers import root_of, verify_event, verify_sheet
from actions.scores import (
    MarkEntry,
    absences,
    disputes_of,
    enter_mark,
    gaps_of,
    mark_presence,
    read_marks,
    release_sheet,
    sign_sheet,
    signing_reasons,
)
from models.judging import cell_of
from models.scores import LedgerRow
from rules.errors import Blocked, Invalid, NotPermitted, Stale, WrongMoment
from rules.states import EventState, SheetState
from rules.terms import LedgerKind
from tests.contest_world import at
from tests.result_world import Stage, marked_event, scoring_event


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event with open, empty sheets of three seats."""
    return scoring_event(desk, 2)


def enter(stage: Stage, seat: int, value: str, **more: object) -> LedgerRow:
    values = {"work_code": stage.codes[0], "aspect_code": "A1.2", "client_key": f"k{seat}{value}"}
    moment = more.pop("now", None)
    entry = MarkEntry(value=value, **{**values, **more})  # type: ignore[arg-type]
    return enter_mark(stage.seat(f"judge{seat}", moment), stage.sheets[seat - 1], entry)  # type: ignore[arg-type]


def enter_seq(stage: Stage) -> int:
    """Return the row the first work's judged cell of seat 1 rests on."""
    cell = cell_of(stage.desk.session, stage.sheets[0].id, stage.codes[0], "A1.2")
    assert cell is not None
    return cell.seq


def test_the_same_key_again_returns_the_row_already_written(stage: Stage) -> None:
    first = enter(stage, 1, "2")
    again = enter(stage, 1, "2")

    assert first.id == again.id
    assert stage.sheets[0].seq == 1


def test_a_key_belongs_to_one_sheet_and_is_never_missing(stage: Stage) -> None:
    enter(stage, 1, "2", client_key="mine")

    with pytest.raises(Invalid, match="belongs to another mark"):
        enter(stage, 2, "2", client_key="mine")
    with pytest.raises(Invalid, match="without a key"):
        enter(stage, 2, "2", client_key="")


def test_a_change_is_a_new_row_and_both_stay(stage: Stage) -> None:
    first = enter(stage, 1, "2")
    second = enter(stage, 1, "3", based_on=first.seq)

    assert (first.value, second.value) == ("2", "3")
    assert (second.kind, second.reason) == (LedgerKind.SCORE, "")
    assert second.prev_hash == first.hash
    assert verify_sheet(stage.desk.session, stage.sheets[0]) is None


def test_after_ten_minutes_a_correction_names_its_reason(stage: Stage) -> None:
    first = enter(stage, 1, "2")
    late = stage.desk.now + dt.timedelta(minutes=11)

    with pytest.raises(Invalid, match="with a reason"):
        enter(stage, 1, "3", based_on=first.seq, now=late)
    row = enter(stage, 1, "3", based_on=first.seq, now=late, reason="看错行")

    assert (row.kind, row.reason) == (LedgerKind.CORRECTION, "看错行")


def test_the_second_of_two_tablets_is_told(stage: Stage) -> None:
    first = enter(stage, 1, "2")
    enter(stage, 1, "3", based_on=first.seq)

    with pytest.raises(Stale, match="now holds 3, you typed 1"):
        enter(stage, 1, "1", based_on=first.seq)


def test_clearing_leaves_a_gap_not_a_zero(stage: Stage) -> None:
    first = enter(stage, 1, "2")
    row = enter(stage, 1, " ", based_on=first.seq, client_key="clear")

    assert (row.kind, row.value) == (LedgerKind.CLEARED, None)
    assert (stage.codes[0], "A1.2") in gaps_of(stage.seat("judge1"), stage.sheets[0])
    with pytest.raises(Invalid, match="nothing to clear"):
        enter(stage, 2, "", client_key="empty")


@pytest.mark.parametrize("value", ["4", "2.5", "x", "-1"])
def test_a_value_the_aspect_cannot_have_is_refused(stage: Stage, value: str) -> None:
    with pytest.raises(Invalid):
        enter(stage, 1, value)

    assert stage.sheets[0].seq == 0


def test_only_the_own_sheet_and_the_own_columns(stage: Stage) -> None:
    entry = MarkEntry(stage.codes[0], "A1.2", "2", "foreign")
    with pytest.raises(NotPermitted, match="another seat"):
        enter_mark(stage.seat("judge2"), stage.sheets[0], entry)
    with pytest.raises(NotPermitted):
        enter_mark(stage.seat("organizer"), stage.sheets[0], entry)
    with pytest.raises(Invalid, match="does not enter"):
        enter(stage, 2, "3", aspect_code="A1.1")
    with pytest.raises(Invalid, match="no work"):
        enter(stage, 1, "2", work_code="ZZZZ")


def test_rows_are_never_changed_or_deleted_in_the_database(stage: Stage) -> None:
    enter(stage, 1, "2")
    session = stage.desk.session
    for statement in ("UPDATE ledger_row SET value = '3'", "DELETE FROM ledger_row"):
        with pytest.raises(DatabaseError, match="never changed"), session.begin_nested():
            session.execute(text(statement))

    assert session.scalars(select(LedgerRow.value)).one() == "2"


def test_levels_too_far_apart_block_the_signature(desk: Desk) -> None:
    stage = scoring_event(desk, 1)
    enter(stage, 1, "5", aspect_code="A1.1", client_key="m")
    for seat, level in ((1, "0"), (2, "3"), (3, "3")):
        enter(stage, seat, level)

    assert disputes_of(desk.session, stage.event.id) == [(stage.codes[0], "A1.2")]
    with pytest.raises(Blocked) as refusal:
        sign_sheet(stage.seat("judge1"), stage.sheets[0], client_key="s")
    assert "too far apart" in str(refusal.value.reasons[0])


def test_a_sheet_with_gaps_is_not_signed_and_says_how_many(stage: Stage) -> None:
    reasons = signing_reasons(stage.seat("judge1"), stage.sheets[0])

    assert [str(reason) for reason in reasons] == ["4 cells are still empty."]


def test_a_signed_sheet_is_read_only_until_the_chief_opens_it(desk: Desk) -> None:
    stage = marked_event(desk)
    sheet = stage.sheets[0]
    with pytest.raises(WrongMoment, match="is signed"):
        enter(stage, 1, "2", client_key="late")
    with pytest.raises(NotPermitted):
        release_sheet(stage.seat("judge1"), sheet, reason="自己", client_key="r")
    with pytest.raises(Invalid):
        release_sheet(stage.seat("chief"), sheet, reason=" ", client_key="r")

    release_sheet(stage.seat("chief"), sheet, reason="A1.2 录错", client_key="r")

    assert (sheet.state, sheet.signed_hash) == (SheetState.OPEN, None)
    seen = enter_seq(stage)
    with pytest.raises(Invalid, match="signed before"):
        enter(stage, 1, "2", client_key="after", based_on=seen)
    changed = enter(stage, 1, "2", client_key="after", based_on=seen, reason="复议后改")
    assert changed.kind is LedgerKind.CORRECTION
    assert verify_sheet(desk.session, sheet) is None
    stage.event.state = EventState.LOCKED
    with pytest.raises(WrongMoment, match="locked"):
        release_sheet(stage.seat("chief"), sheet, reason="再", client_key="r2")


def test_absence_is_recorded_by_seat_one_and_taken_back(stage: Stage) -> None:
    code = stage.codes[1]
    first = stage.seat("judge1")
    row = mark_presence(first, stage.sheets[0], code, absent=True, client_key="a")
    again = mark_presence(first, stage.sheets[0], code, absent=True, client_key="a")
    assert row.id == again.id
    assert absences(stage.desk.session, stage.event.id) == {code}
    assert {mark.work_code for mark in read_marks(stage.desk.session, stage.event.id)} == {
        stage.codes[0]
    }

    with pytest.raises(Invalid, match="recorded as absent"):
        enter(stage, 2, "2", work_code=code)
    stage.sheets[1].state, stage.sheets[1].signed_at = SheetState.SIGNED, stage.desk.now
    stage.sheets[1].signed_hash = stage.sheets[1].head_hash
    with pytest.raises(Blocked, match="have signed without this work"):
        mark_presence(first, stage.sheets[0], code, absent=False, client_key="b")
    stage.sheets[1].state, stage.sheets[1].signed_at = SheetState.OPEN, None
    stage.sheets[1].signed_hash = None
    mark_presence(first, stage.sheets[0], code, absent=False, client_key="b")

    assert absences(stage.desk.session, stage.event.id) == frozenset()
    with pytest.raises(NotPermitted, match="Seat 1"):
        mark_presence(stage.seat("judge2"), stage.sheets[1], code, absent=True, client_key="c")


def test_marks_wait_for_pledge_and_moment(stage: Stage) -> None:
    stage.sheets[1].seat.pledged_at = None
    with pytest.raises(NotPermitted, match="pledge"):
        enter(stage, 2, "2")
    stage.event.state = EventState.LOCKED
    with pytest.raises(WrongMoment, match="not being marked"):
        enter(stage, 1, "2")


def test_the_whole_event_is_verified(desk: Desk) -> None:
    stage = marked_event(desk)
    session, event = desk.session, stage.event
    assert verify_event(session, event) == []

    stage.sheets[0].signed_hash = "f" * 64
    stage.sheets[1].head_hash = "e" * 64
    event.locked_root = "d" * 64

    assert [str(fault) for fault in verify_event(session, event)] == [
        "Seat 1 signed another row.",
        "The chain ends before the row that was signed last.",
        "The marks are no longer those that were locked.",
    ]


def test_every_mark_moves_the_root(stage: Stage) -> None:
    before = root_of(stage.desk.session, stage.event.id)
    enter(stage, 1, "2")

    assert root_of(stage.desk.session, stage.event.id) != before
    assert at(stage.desk, stage.desk.now).now == stage.desk.now
