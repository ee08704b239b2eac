"""Contests: a second person approves, what is announced stands still, nothing is lost."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from actions.contests import (
    announce_contest,
    approval_reasons,
    approve_contest,
    archive_contest,
    cancel_contest,
    create_contest,
    edit_contest,
    reopen_contest,
)
from actions.desk import Desk
from actions.events import create_event, move_event
from models.audit import AuditLine
from models.outbox import Errand
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import NOBODY, Actor, Role
from rules.states import ContestState, EventState
from tests.contest_world import (
    DAY,
    TEXT,
    announced_event,
    at,
    draft_contest,
    draft_event,
    plan,
    second,
)
from tests.support import NOW, actor_of, give, make_account


def test_a_slug_is_made_from_name_and_year_and_stands_once(desk: Desk) -> None:
    first, other = draft_contest(desk), draft_contest(desk)
    dated = draft_contest(desk, name="技能赛 2026")
    bare = draft_contest(desk, name="？？")

    assert first.slug == "ji-ying-ding-hai-liang-you-sai-shi-li-2026"
    assert other.slug == f"{first.slug}-2"
    assert dated.slug == "ji-neng-sai-2026"
    assert bare.slug == "contest-2026"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"year": 26}, "year"),
        ({"starts_on": NOW.date(), "ends_on": (NOW - DAY).date()}, "ends_on"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        draft_contest(desk, **changes)

    assert list(refusal.value.fields) == [field]


def test_only_an_organizer_drafts(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        create_contest(desk.acting_as(NOBODY), TEXT)


def test_whoever_drafted_it_does_not_approve(desk: Desk) -> None:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    give(desk.session, account, Role.OFFICER)
    mine = desk.acting_as(actor_of(desk.session, account))
    event = draft_event(mine)

    with pytest.raises(NotPermitted, match="second person"):
        approve_contest(mine, event.contest)
    with pytest.raises(NotPermitted, match="second person"):
        approve_contest(desk, event.contest)

    approve_contest(second(desk), event.contest)
    assert event.contest.state is ContestState.APPROVED
    assert event.contest.approved_at == NOW


def test_approval_waits_until_number_event_and_scheme_are_there(desk: Desk) -> None:
    contest = draft_contest(desk, approval_no="")
    with pytest.raises(Blocked) as refusal:
        approve_contest(second(desk), contest)
    assert len(refusal.value.reasons) == 2
    assert contest.state is ContestState.DRAFT

    create_event(desk, contest, plan(desk.session))

    assert [str(reason) for reason in approval_reasons(desk, contest)] == [
        "The number of the approval document is missing.",
        "“粮油储运” has no marking scheme yet.",
    ]


def test_an_approved_contest_is_changed_only_after_going_back(desk: Desk) -> None:
    contest = draft_event(desk).contest
    approve_contest(second(desk), contest)
    renamed = dataclasses.replace(TEXT, name="另一个名字")
    with pytest.raises(Blocked, match="Send it back"):
        edit_contest(desk, contest, renamed)

    reopen_contest(desk, contest)
    edit_contest(desk, contest, renamed)

    assert (contest.name, contest.approved_by, contest.approved_at) == ("另一个名字", None, None)


def test_announcing_freezes_the_rules_and_sets_the_timers(desk: Desk) -> None:
    event = announced_event(desk)
    errands = desk.session.scalars(select(Errand).order_by(Errand.id)).all()

    assert event.contest.state is ContestState.ANNOUNCED
    assert event.rules_frozen_at == NOW
    assert [(row.kind, row.due_at - NOW) for row in errands] == [
        ("open_entries", DAY),
        ("close_entries", 11 * DAY),
        ("remind_closing", 4 * DAY),
        ("remind_closing", 8 * DAY),
        ("remind_closing", 10 * DAY),
        ("remind_day", 17 * DAY - dt.timedelta(hours=1)),
        ("remind_day", 19 * DAY - dt.timedelta(hours=1)),
        ("index", 0 * DAY),
    ]


def test_a_window_that_has_passed_is_not_announced(desk: Desk) -> None:
    contest = draft_event(desk).contest
    approve_contest(second(desk), contest)

    with pytest.raises(Blocked) as refusal:
        announce_contest(at(desk, NOW + 11 * DAY), contest)

    assert "粮油储运" in str(refusal.value.reasons[0])
    assert contest.state is ContestState.APPROVED


def test_after_the_announcement_only_place_supporters_and_summary_change(desk: Desk) -> None:
    contest = announced_event(desk).contest

    edit_contest(desk, contest, dataclasses.replace(TEXT, place="体育馆（示例）"))
    with pytest.raises(Blocked, match="Nothing was changed"):
        edit_contest(desk, contest, dataclasses.replace(TEXT, year=2027))

    assert (contest.place, contest.year) == ("体育馆（示例）", 2026)


def test_cancelling_needs_a_ground_and_takes_the_events_along(desk: Desk) -> None:
    event = announced_event(desk)
    with pytest.raises(Invalid) as refusal:
        cancel_contest(desk, event.contest, ground=" ")
    assert list(refusal.value.fields) == ["ground"]

    cancel_contest(desk, event.contest, ground="台风")

    assert event.contest.state is ContestState.CANCELLED
    assert event.state is EventState.CANCELLED
    line = desk.session.scalars(select(AuditLine).filter_by(deed="cancel_contest")).one()
    assert line.detail == {"ground": "台风"}
    with pytest.raises(WrongMoment):
        cancel_contest(desk, event.contest, ground="台风")


def test_a_draft_without_number_can_be_cancelled(desk: Desk) -> None:
    contest = draft_contest(desk, approval_no="")

    cancel_contest(desk, contest, ground="不办了")
    desk.session.flush()

    assert contest.state is ContestState.CANCELLED


def test_a_contest_being_marked_is_not_cancelled(desk: Desk) -> None:
    event = announced_event(desk)
    event.state = EventState.SCORING

    with pytest.raises(Blocked, match="being marked"):
        cancel_contest(desk, event.contest, ground="台风")

    assert event.contest.state is ContestState.ANNOUNCED


def test_a_contest_is_archived_when_every_event_is_settled(desk: Desk) -> None:
    event = announced_event(desk)
    with pytest.raises(Blocked) as refusal:
        archive_contest(desk, event.contest)
    assert len(refusal.value.reasons) == 1

    move_event(desk, event, "cancel", ground="报名不足")
    archive_contest(desk, event.contest)

    assert event.contest.state is ContestState.ARCHIVED


def test_an_approver_is_a_person(desk: Desk) -> None:
    contest = draft_event(desk).contest

    with pytest.raises(NotPermitted, match="Your role"):
        approve_contest(desk.acting_as(Actor(7)), contest)
