"""A notice is scanned before it is public and never edited afterwards."""

import datetime as dt

import pytest

from actions.desk import Desk
from actions.notices import NoticeText, edit_notice, publish_notice, withdraw_notice, write_notice
from models.contests import Contest
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Actor, Grant, Role, Scope
from rules.states import NoticeState
from rules.terms import ContestClass, ContestLevel, NoticeKind


def text(body: str = "现予公示。", **more: object) -> NoticeText:
    values = {"number": "2026-001", "title": "公示", "kind": NoticeKind.RESULT, "body": body}
    return NoticeText(**{**values, **more})  # type: ignore[arg-type]


def test_a_notice_goes_public_and_is_withdrawn_on_a_ground(desk: Desk) -> None:
    notice = write_notice(desk, text())
    edit_notice(desk, notice, text("改过的正文。"))
    publish_notice(desk, notice, at=desk.now - dt.timedelta(days=1))

    assert notice.state is NoticeState.PUBLISHED
    assert "改过的正文" in notice.body_html
    with pytest.raises(Blocked):
        edit_notice(desk, notice, text())
    with pytest.raises(Invalid):
        withdraw_notice(desk, notice, ground="")
    withdraw_notice(desk, notice, ground="印错了")
    assert notice.state is NoticeState.WITHDRAWN


def test_a_phone_number_in_the_text_stops_publication(desk: Desk) -> None:
    notice = write_notice(desk, text("联系人 13800000000"))

    with pytest.raises(Blocked, match="personal numbers"):
        publish_notice(desk, notice)

    assert notice.state is NoticeState.DRAFT


def test_an_empty_notice_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        write_notice(desk, text(" "))


def test_an_organizer_writes_notices_of_the_own_contest_only(desk: Desk) -> None:
    contest = Contest(
        slug="c",
        name="赛",
        year=2026,
        level=ContestLevel.DISTRICT,
        contest_class=ContestClass.ONE,
        created_at=desk.now,
    )
    desk.session.add(contest)
    desk.session.flush()
    own = desk.acting_as(Actor(None, None, (Grant(Role.ORGANIZER, Scope.CONTEST, contest.id),)))

    notice = write_notice(own, text(contest=contest))
    publish_notice(own, notice)

    with pytest.raises(NotPermitted):
        write_notice(own, text(number="2026-002"))


def test_days_out_of_order_are_refused(desk: Desk) -> None:
    day = dt.date(2026, 3, 1)
    with pytest.raises(Invalid) as refusal:
        write_notice(desk, text(effective_on=day, lapses_on=day - dt.timedelta(days=1)))

    assert "lapses_on" in refusal.value.fields


def test_nobody_replaces_a_notice_that_is_not_theirs(desk: Desk) -> None:
    old = write_notice(desk, text())
    publish_notice(desk, old)
    contest = Contest(
        slug="c",
        name="竞赛",
        year=2026,
        level=ContestLevel.DISTRICT,
        contest_class=ContestClass.TWO,
        created_at=desk.now,
    )
    desk.session.add(contest)
    desk.session.flush()
    grant = Grant(Role.ORGANIZER, Scope.CONTEST, contest.id)
    organizer = desk.acting_as(Actor(None, None, (grant,)))

    with pytest.raises(NotPermitted):
        write_notice(organizer, text(number="2026-002", contest=contest, replaces=old))
