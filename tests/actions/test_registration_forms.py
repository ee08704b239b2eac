"""Versions of a form: begun once, released without faults, frozen by the first entry."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.cloning import Copying, clone_contest, usual_shift
from actions.desk import Desk
from actions.entry_answers import save_answers
from actions.events import move_event
from actions.registration_forms import (
    begin_form,
    change_form,
    release_form,
    renew_form,
    reopen_form,
)
from actions.replies import questions
from actions.submissions import submit_entry
from models.audit import AuditLine
from models.contests import Event
from models.outbox import Errand
from models.registration_forms import form_in_force, newest_form
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.registration_edits import drop_field
from rules.registration_forms import Field, FieldKind, Form, Page
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, reviewer
from tests.form_world import ASKED, asking

STUDENT = {"status": "学生"}


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


def test_a_form_is_begun_once_and_asks_nobody_before_it_is_released(
    desk: Desk, event: Event
) -> None:
    row = begin_form(desk, event, "national")
    assert begin_form(desk, event, "empty") is row
    assert renew_form(desk, event) is row
    assert form_in_force(desk.session, event.id) is None
    with pytest.raises(Invalid):
        begin_form(desk, event, "strange")

    release_form(desk, event, row)
    release_form(desk, event, row)

    assert form_in_force(desk.session, event.id) is row
    lines = desk.session.scalars(select(AuditLine.deed).where(AuditLine.deed.like("%_form"))).all()
    assert lines == ["begin_form", "release_form"]
    with pytest.raises(WrongMoment, match="in use"):
        change_form(desk, event, row, ASKED)


def test_two_who_begin_at_once_get_one_form(
    desk: Desk, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begin_form(desk, event, "national")
    looks = iter((None, row))
    monkeypatch.setattr("actions.registration_forms.newest_form", lambda _s, _e: next(looks))

    assert begin_form(desk, event, "empty") is row

    looks = iter((None, None))
    with pytest.raises(IntegrityError):
        begin_form(desk, event, "empty")


def test_a_form_with_faults_is_not_released(desk: Desk, event: Event) -> None:
    row = begin_form(desk, event, "empty")
    change_form(desk, event, row, Form((Page("一", (Field("x", FieldKind.FILE, "材料"),)),)))

    with pytest.raises(Blocked) as refusal:
        release_form(desk, event, row)

    assert "asks for a file" in str(refusal.value.reasons[0])
    assert row.released_at is None


def test_an_entry_keeps_the_version_it_was_handed_in_with(desk: Desk, event: Event) -> None:
    first = asking(desk, event)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    save_answers(seat, entry, STUDENT)
    submit_entry(seat, entry)
    assert (entry.form, first.frozen_at) == (first, seat.now)
    with pytest.raises(Blocked, match="Begin a new version"):
        reopen_form(desk, event, first)

    second = renew_form(desk, event)
    change_form(desk, event, second, drop_field(ASKED, "motto"))
    other = filled(contestant(desk, event), event, 2)
    assert questions(desk, other).find("motto")
    release_form(desk, event, second)

    assert questions(desk, entry).find("motto")
    assert questions(desk, other).find("motto") is None
    assert second.number == 2


def test_an_unused_version_is_taken_back_and_its_drafts_wait(desk: Desk, event: Event) -> None:
    row = asking(desk, event)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    save_answers(seat, entry, STUDENT)

    reopen_form(desk, event, row)

    assert row.released_at is None
    submit_entry(seat, entry)
    assert entry.form is None


def test_a_version_taken_back_at_the_last_moment_refuses_the_entry(
    desk: Desk, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asking(desk, event)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    save_answers(seat, entry, STUDENT)
    reopen_form(desk, event, row)
    monkeypatch.setattr("actions.entry_answers.form_of", lambda _desk, _entry: row)

    with pytest.raises(WrongMoment, match="being changed"):
        submit_entry(seat, entry)
    assert event.seats_taken == 0


def test_a_clone_takes_the_questions_along_as_a_draft(desk: Desk, event: Event) -> None:
    asking(desk, event)
    begun = renew_form(desk, event)
    change_form(desk, event, begun, Form())

    for takes in (True, False):
        copying = Copying(
            f"次年（{takes}）", 2027, usual_shift(1), frozenset({event.id}), questions=takes
        )
        (made,) = clone_contest(desk, event.contest, copying).events
        row = newest_form(desk.session, made.id)
        assert (row.form if row else None) == (ASKED if takes else None)
        assert form_in_force(desk.session, made.id) is None


def test_questions_stand_still_when_entries_are_closed(desk: Desk, event: Event) -> None:
    row = asking(desk, event)
    late = at(desk, event.entries_close_at)
    move_event(late, event, "close")

    for refused in (
        lambda: renew_form(late, event),
        lambda: reopen_form(late, event, row),
        lambda: change_form(late, event, row, ASKED),
    ):
        with pytest.raises(WrongMoment, match="closed"):
            refused()


def test_only_the_organizer_builds(desk: Desk, event: Event) -> None:
    office = reviewer(desk, event)

    with pytest.raises(NotPermitted):
        begin_form(office, event, "empty")
    assert newest_form(desk.session, event.id) is None
    with pytest.raises(Invalid, match="no form yet"):
        renew_form(desk, event)


def test_releasing_plans_the_day_answers_are_erased(desk: Desk, event: Event) -> None:
    asking(desk, event)

    errand = desk.session.scalars(select(Errand).filter_by(kind="expire_answers")).one()

    assert (errand.due_at.date() - event.held_on).days == 11
    assert errand.payload == {"event_id": event.id}
