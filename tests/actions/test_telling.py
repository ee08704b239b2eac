"""Who hears of places, deadlines, results, certificates and seats on a panel."""

import datetime as dt

from sqlalchemy import select

from actions.awards import award_event
from actions.certificates import replace_certificate, revoke_certificate
from actions.desk import Desk
from actions.events import move_event
from actions.extensions import grant_extension
from actions.panels import assign_judge
from actions.reviews import accept_entry
from actions.submissions import withdraw_entry
from models.certificates import Certificate
from models.entries import Entry
from models.messages import Message
from rules.message_shapes import NAMING
from tests.actions.test_waiting import crowd, owner
from tests.contest_world import at
from tests.entry_world import open_event, reviewer
from tests.result_world import final_event, posted_event
from tests.support import make_account


def told(desk: Desk, kind: str) -> list[Message]:
    rows = desk.session.scalars(select(Message).filter_by(kind=kind).order_by(Message.id))
    return list(rows)


def test_the_waiting_list_hears_of_every_turn(desk: Desk) -> None:
    event = open_event(desk, quota=1)
    first, second, third = crowd(desk, event, 1, 2)
    assert [row.account_id for row in told(desk, "entry_waiting")] == [
        second.account_id,
        third.account_id,
    ]

    withdraw_entry(owner(desk, first), first, reason="出差")
    assert [row.account_id for row in told(desk, "entry_placed")] == [second.account_id]

    accept_entry(reviewer(desk, event), second)
    closed = at(desk, event.entries_close_at)
    move_event(closed, event, "close")
    move_event(closed, event, "list")
    assert [row.account_id for row in told(desk, "entry_lapsed")] == [third.account_id]
    assert [row.account_id for row in told(desk, "list_published")] == [second.account_id]


def test_a_later_deadline_is_told_to_whom_it_is_for(desk: Desk) -> None:
    event = open_event(desk)
    account = make_account(desk.session)
    until = event.entries_close_at + dt.timedelta(days=1)

    grant_extension(desk, event, handle=account.username or "", until=until, reason="住院证明已核")

    row = told(desk, "deadline_extended")[0]
    assert (row.account_id, row.params["closes"]) == (account.id, until.isoformat())
    assert "住院" not in str(row.params), "the ground is the office's own record"


def test_posted_results_reach_every_entrant_with_the_hour_of_appeals(desk: Desk) -> None:
    stage = posted_event(desk)

    rows = told(desk, "results_posted")

    entrants = desk.session.scalars(select(Entry.account_id).order_by(Entry.id)).all()
    assert [row.account_id for row in rows] == list(entrants)
    assert stage.event.appeals_close_at is not None
    assert {row.params["until"] for row in rows} == {stage.event.appeals_close_at.isoformat()}


def test_winners_hear_of_their_certificates_and_of_each_change(desk: Desk) -> None:
    stage = final_event(desk)
    organizer = stage.seat("organizer")
    award_event(organizer, stage.event)
    rows = desk.session.scalars(select(Certificate).order_by(Certificate.serial)).all()
    assert [row.params["number"] for row in told(desk, "certificate_issued")] == [
        row.number for row in rows
    ]

    heir = replace_certificate(organizer, rows[0], ground="姓名有误")
    revoke_certificate(organizer, rows[1], ground="冒名参赛")

    assert len(told(desk, "certificate_issued")) == len(rows), "a heir is told as a replacement"
    changed = told(desk, "certificate_replaced")[0]
    assert (changed.params["old"], changed.params["number"]) == (rows[0].number, heir.number)
    assert changed.thing == f"certificate:{heir.number}"
    assert told(desk, "certificate_revoked")[0].params["reason"] == "冒名参赛"


def test_a_judge_hears_of_the_seat_and_of_nobody_who_competes(desk: Desk) -> None:
    event = open_event(desk)
    judge = make_account(desk.session)

    assign_judge(desk, event, judge, number=1)

    row = told(desk, "panel_seated")[0]
    assert row.account_id == judge.id
    assert not NAMING & set(row.params)
