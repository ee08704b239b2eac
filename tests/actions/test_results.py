"""Results: who locks, decodes and posts, in which order, and what stands against it."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from actions.computing import known_codes, marked_by
from actions.desk import Desk
from actions.events import create_event
from actions.results import (
    Ceremony,
    blocked_by,
    decode_event,
    finalise_results,
    lock_reasons,
    lock_results,
    post_results,
    refuse_decoding,
    result_of,
    unlock_results,
    withdraw_results,
)
from actions.scores import release_sheet
from models.audit import AuditLine
from models.contests import Event
from models.outbox import Errand
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import NOBODY
from rules.states import EventState, SheetState
from rules.terms import Attendance, Award
from tests.contest_world import announced_event, draft_contest, plan, second
from tests.result_world import (
    MARKS,
    OFFICER_SLIP,
    WITNESS_SLIP,
    Stage,
    decoded_event,
    marked_event,
    posted_event,
)


def places(stage: Stage) -> list[tuple[str, int | None, str | None, Award | None]]:
    return [
        (line.entry.person.name if line.entry.person else "", line.place, line.total, line.award)
        for line in result_of(stage.desk, stage.event).lines
    ]


def deeds(session: Session, event: Event) -> list[str]:
    rows = session.scalars(select(AuditLine).where(AuditLine.thing == f"event:{event.id}"))
    return [row.deed for row in rows]


def test_the_chief_locks_and_gets_the_root_in_eight_groups(desk: Desk) -> None:
    stage = marked_event(desk)

    spelled = lock_results(stage.seat("chief"), stage.event)

    assert len(spelled.split()) == 8
    assert spelled.replace(" ", "") == stage.event.locked_root
    assert stage.event.state is EventState.LOCKED
    assert {sheet.state for sheet in stage.sheets} == {SheetState.LOCKED}


def test_nobody_but_the_chief_of_this_event_locks(desk: Desk) -> None:
    stage = marked_event(desk)

    for who in ("organizer", "officer", "supervisor", "judge1"):
        with pytest.raises(NotPermitted):
            lock_results(stage.seat(who), stage.event)
    assert stage.event.state is EventState.SCORING


def test_a_lock_waits_for_every_signature_and_says_whose(desk: Desk) -> None:
    stage = marked_event(desk)
    release_sheet(stage.seat("chief"), stage.sheets[1], reason="改错行", client_key="r1")

    with pytest.raises(Blocked) as refusal:
        lock_results(stage.seat("chief"), stage.event)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "Seat 2 has not signed; 0 cells are empty."
    ]


def test_a_lock_waits_for_disputes_and_for_a_whole_ledger(desk: Desk) -> None:
    stage = marked_event(desk, (("5", "332"), ("4", "222")))
    stage.event.rules = {**stage.event.rules, "spread_limit": 0}
    stage.sheets[2].head_hash = "f" * 64

    reasons = [str(reason) for reason in lock_reasons(stage.desk, stage.event)]

    assert reasons[0] == "1 cells lie too far apart between judges."
    assert len(reasons) == 2


def test_the_chief_opens_the_marks_again_with_a_reason_before_decoding(desk: Desk) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    with pytest.raises(Invalid, match="Say why"):
        unlock_results(stage.seat("chief"), stage.event, reason=" ")

    unlock_results(stage.seat("chief"), stage.event, reason="漏记一项")

    assert (stage.event.state, stage.event.locked_root) == (EventState.SCORING, None)
    assert {sheet.state for sheet in stage.sheets} == {SheetState.SIGNED}
    lock_results(stage.seat("chief"), stage.event)
    decode_event(stage.seat("officer"), stage.event, stage.ceremony)
    with pytest.raises(WrongMoment):
        unlock_results(stage.seat("chief"), stage.event, reason="太晚")


def test_two_people_decode_and_the_result_is_computed(desk: Desk) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)

    sheet = decode_event(stage.seat("officer"), stage.event, stage.ceremony)

    assert stage.event.state is EventState.DECODED
    assert (sheet.number, sheet.blocked, blocked_by(sheet)) == (1, [], ())
    assert sheet.ledger_root == stage.event.locked_root
    assert places(stage) == [
        ("贺定波", 1, "10.00", Award.FIRST),
        ("林澈", 2, "9.00", Award.SECOND),
        ("钟离秋水", 3, "7.33", Award.THIRD),
        ("乐平", 4, "6.33", Award.THIRD),
        ("应海梅", 5, "3.67", None),
    ]
    first = sheet.lines[0]
    assert first.explanation["exact"] == "10"
    assert first.parts == {"practice": "10.00"}


def test_an_absent_entrant_has_no_place_and_counts_for_no_award(desk: Desk) -> None:
    stage = decoded_event(desk, (*MARKS[:3], None))

    last = result_of(stage.desk, stage.event).lines[-1]
    assert (last.attendance, last.place, last.total) == (Attendance.ABSENT, None, None)


def test_before_the_lock_nothing_is_decoded(desk: Desk) -> None:
    stage = marked_event(desk)

    with pytest.raises(WrongMoment):
        decode_event(stage.seat("officer"), stage.event, stage.ceremony)


def test_officer_and_supervisor_are_two_people_with_these_roles(desk: Desk) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    ceremony = stage.ceremony

    for witness in (NOBODY, stage.seat("officer").actor):
        with pytest.raises(NotPermitted, match="two people"):
            decode_event(
                stage.seat("officer"), stage.event, dataclasses.replace(ceremony, witness=witness)
            )
    organizer = stage.seat("organizer").actor
    with pytest.raises(NotPermitted, match="not a supervisor"):
        decode_event(
            stage.seat("officer"), stage.event, dataclasses.replace(ceremony, witness=organizer)
        )
    with pytest.raises(NotPermitted):
        decode_event(stage.seat("chief"), stage.event, ceremony)
    assert stage.event.state is EventState.LOCKED


@pytest.mark.parametrize(
    ("officer", "witness"),
    [(WITNESS_SLIP, WITNESS_SLIP), (OFFICER_SLIP, OFFICER_SLIP), ("no slip", WITNESS_SLIP)],
)
def test_wrong_slips_open_nothing(desk: Desk, officer: str, witness: str) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)

    with pytest.raises(Invalid):
        decode_event(
            stage.seat("officer"),
            stage.event,
            Ceremony(officer, witness, stage.seat("supervisor").actor),
        )

    assert stage.event.state is EventState.LOCKED


def test_an_event_without_a_draw_is_not_decoded(desk: Desk) -> None:
    stage = marked_event(desk)
    bare = announced_event(desk, name="未抽签")
    bare.state = EventState.LOCKED

    ceremony = dataclasses.replace(stage.ceremony, witness=second(desk).actor)

    with pytest.raises(WrongMoment, match="never drawn"):
        decode_event(desk, bare, ceremony)


def test_marks_changed_after_the_lock_are_not_decoded(desk: Desk) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    stage.event.locked_root = "0" * 64

    with pytest.raises(Blocked, match="no longer those"):
        decode_event(stage.seat("officer"), stage.event, stage.ceremony)


def test_a_row_changed_behind_the_guards_is_found_at_decoding(desk: Desk) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    if desk.session.get_bind().dialect.name != "sqlite":
        desk.session.execute(text("ALTER TABLE ledger_row DISABLE TRIGGER ALL"))
    else:
        desk.session.execute(text("DROP TRIGGER ledger_row_never_UPDATE"))
    sheet = stage.sheets[0].id
    desk.session.execute(
        text("UPDATE ledger_row SET value = '5' WHERE sheet_id = :s AND seq = 3"), {"s": sheet}
    )

    with pytest.raises(Blocked, match="no longer those") as refusal:
        decode_event(stage.seat("officer"), stage.event, stage.ceremony)

    assert len(refusal.value.reasons) == 1


def test_without_scheme_or_result_there_is_nothing_to_compute_from(desk: Desk) -> None:
    bare = create_event(desk, draft_contest(desk), plan(desk.session))

    with pytest.raises(WrongMoment, match="no marking scheme"):
        marked_by(desk, bare)
    with pytest.raises(WrongMoment, match="no result yet"):
        known_codes(desk, bare)


def test_a_refused_decoding_stays_on_record(desk: Desk) -> None:
    stage = marked_event(desk)

    refuse_decoding(stage.seat("officer"), stage.event, WrongMoment("Too early."))
    desk.session.flush()

    assert deeds(desk.session, stage.event)[-1] == "decode_refused"


def test_results_are_posted_with_their_hours_for_appeals(desk: Desk) -> None:
    stage = decoded_event(desk)

    post_results(stage.seat("organizer"), stage.event)

    assert stage.event.state is EventState.POSTED
    assert stage.event.appeals_close_at == desk.now + dt.timedelta(hours=2)
    kinds = {row.payload.get("key") for row in desk.session.scalars(select(Errand))}
    assert f"contest:{stage.event.contest.slug}" in kinds


def test_only_who_publishes_posts_and_only_after_decoding(desk: Desk) -> None:
    stage = marked_event(desk)
    with pytest.raises(WrongMoment):
        post_results(stage.seat("organizer"), stage.event)
    with pytest.raises(NotPermitted):
        post_results(stage.seat("chief"), stage.event)
    with pytest.raises(WrongMoment, match="no result yet"):
        result_of(desk, stage.event)


def test_a_phone_number_in_a_published_text_stops_the_posting(desk: Desk) -> None:
    stage = decoded_event(desk)
    stage.event.contest.host = "咨询 13800001234"

    with pytest.raises(Blocked, match="personal numbers") as refusal:
        post_results(stage.seat("organizer"), stage.event)

    assert "138******34" in str(refusal.value.reasons[0])
    assert stage.event.state is EventState.DECODED


def test_posted_results_are_taken_back_with_a_reason(desk: Desk) -> None:
    stage = posted_event(desk)
    with pytest.raises(Invalid):
        withdraw_results(stage.seat("organizer"), stage.event, reason="")

    withdraw_results(stage.seat("organizer"), stage.event, reason="抄错单位")

    assert (stage.event.state, stage.event.posted_at) == (EventState.DECODED, None)
    post_results(stage.seat("organizer"), stage.event)


def test_results_become_final_when_the_hours_are_over(desk: Desk) -> None:
    stage = posted_event(desk)
    with pytest.raises(WrongMoment, match="still running"):
        finalise_results(stage.seat("organizer"), stage.event)

    assert stage.event.appeals_close_at is not None
    finalise_results(stage.seat("organizer", stage.event.appeals_close_at), stage.event)

    assert stage.event.state is EventState.FINAL
