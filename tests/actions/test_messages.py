"""Deeds tell people once; copies are claimed, sent, given up and sent again."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.contests import cancel_contest
from actions.desk import Desk
from actions.events import move_event
from actions.messages import (
    claim_delivery,
    collect_digest,
    deliver,
    mark_all_read,
    mark_read,
    note_sent,
    note_trouble,
    open_address,
    resend,
    resend_failed,
)
from actions.reviews import accept_entry, reject_entry, return_entry
from actions.submissions import submit_entry
from models.contests import Event
from models.entries import Entry
from models.messages import Delivery, Message, unread_count
from models.outbox import Errand
from rules.errors import NotPermitted, WrongMoment
from rules.permits import Role
from rules.states import DeliveryState
from rules.terms import Channel
from tests.contest_world import at
from tests.entry_world import contestant, contestant_of, filled, open_event, own, reviewer
from tests.support import NOW, actor_of, give, make_account

MINUTE = dt.timedelta(minutes=1)


def told(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    rows = desk.session.scalars(select(Message).order_by(Message.id))
    return [(row.kind, row.params) for row in rows]


def kinds(desk: Desk) -> list[str]:
    return [kind for kind, _ in told(desk)]


def submitted(desk: Desk) -> Entry:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(own(seat), entry)
    return entry


def copy_of(desk: Desk) -> tuple[Message, Desk]:
    """Tell somebody with a mail address and a telephone something, at ten in the morning."""
    entry = submitted(desk)
    assert entry.person is not None
    entry.person.email = "hexuanshou@example.cn"
    return_entry(reviewer(desk, entry.event), entry, remarks={"photo": "太暗"})
    message = desk.session.scalars(select(Message).filter_by(kind="entry_returned")).one()
    morning = at(desk, NOW + dt.timedelta(days=30))
    deliver(morning, message.key)
    desk.session.flush()
    return message, morning


def delivery(desk: Desk, channel: Channel) -> Delivery:
    return desk.session.scalars(select(Delivery).filter_by(channel=channel)).one()


def test_handing_in_and_each_decision_tell_the_owner(desk: Desk) -> None:
    entry = submitted(desk)
    judge = reviewer(desk, entry.event)

    return_entry(judge, entry, remarks={"photo": "太暗", "": "请补合同"})
    submit_entry(at(own(contestant_of(desk, entry)), judge.now), entry)
    accept_entry(judge, entry)

    assert kinds(desk) == ["entry_submitted", "entry_returned", "entry_submitted", "entry_accepted"]
    assert told(desk)[1][1]["remarks"] == {"photo": "太暗", "": "请补合同"}
    assert told(desk)[3][1]["pass_no"] == entry.pass_no
    rows = desk.session.scalars(select(Message)).all()
    assert {(row.account_id, row.thing, row.event_id) for row in rows} == {
        (entry.account_id, f"entry:{entry.id}", entry.event_id)
    }


def test_handing_in_twice_tells_once(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)

    submit_entry(own(seat), entry)
    submit_entry(own(seat), entry)

    assert kinds(desk) == ["entry_submitted"]


def test_a_rejection_tells_its_reason(desk: Desk) -> None:
    entry = submitted(desk)

    reject_entry(reviewer(desk, entry.event), entry, reason=" 年龄不符 ")

    assert told(desk)[-1][1]["reason"] == "年龄不符"


def test_the_list_tells_the_accepted_only(desk: Desk) -> None:
    entry = submitted(desk)
    event = entry.event
    filled(contestant(desk, event), event, 2, name="林草稿")
    accept_entry(reviewer(desk, event), entry)
    closed = at(desk, event.entries_close_at)
    move_event(closed, event, "close")

    move_event(closed, event, "list")

    listed = desk.session.scalars(select(Message).filter_by(kind="list_published")).all()
    assert [row.account_id for row in listed] == [entry.account_id]


def test_a_cancelled_event_tells_who_still_waits(desk: Desk) -> None:
    entry = submitted(desk)
    reject_entry(reviewer(desk, entry.event), entry, reason="年龄不符")
    draft = filled(contestant(desk, entry.event), entry.event, 2, name="林草稿")

    move_event(desk, entry.event, "cancel", ground="设备检修")

    gone = desk.session.scalars(select(Message).filter_by(kind="event_cancelled")).all()
    assert [(row.account_id, row.params["reason"]) for row in gone] == [
        (draft.account_id, "设备检修")
    ]


def test_a_cancelled_contest_tells_each_account_once(desk: Desk) -> None:
    entry = submitted(desk)

    cancel_contest(desk, entry.event.contest, ground="台风")

    assert kinds(desk).count("contest_cancelled") == 1
    assert "event_cancelled" not in kinds(desk)


def test_copies_follow_from_kind_and_addresses(desk: Desk) -> None:
    message, morning = copy_of(desk)

    deliver(morning, message.key)  # carried twice
    rows = desk.session.scalars(select(Delivery).order_by(Delivery.channel)).all()

    assert [(row.channel, open_address(desk, row)) for row in rows] == [
        (Channel.MAIL, "hexuanshou@example.cn"),
        (Channel.SMS, "13800001234"),
    ]
    assert all(b"1380000" not in row.address_sealed for row in rows)


def test_without_an_address_or_with_a_closed_account_the_inbox_is_all(desk: Desk) -> None:
    account = make_account(desk.session)
    desk.tell(account.id, "contest_cancelled", "contest:1", contest="甲", reason="乙")
    closed = make_account(desk.session, email="gone@example.cn", is_active=False)
    desk.tell(closed.id, "contest_cancelled", "contest:1", contest="甲", reason="乙")
    desk.session.flush()

    for row in desk.session.scalars(select(Message)).all():
        deliver(desk, row.key)

    assert desk.session.scalars(select(Delivery)).all() == []
    assert unread_count(desk.session, account.id) == 1


def test_an_unknown_kind_writes_nothing(desk: Desk) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        desk.tell(1, "nonsense", "contest:1")

    assert kinds(desk) == []


def test_a_copy_is_claimed_once_and_sent_once(desk: Desk) -> None:
    _, morning = copy_of(desk)
    row = delivery(desk, Channel.MAIL)

    assert claim_delivery(morning, row.key) is row
    assert claim_delivery(morning, row.key) is None, "somebody has it in hand"
    note_sent(morning, row.key)
    note_sent(at(morning, morning.now + MINUTE), row.key)

    assert (row.state, row.sent_at, row.attempts) == (DeliveryState.SENT, morning.now, 1)
    assert claim_delivery(at(morning, morning.now + 9 * MINUTE), row.key) is None


def test_a_worker_that_died_is_made_up_for_and_not_for_ever(desk: Desk) -> None:
    _, morning = copy_of(desk)
    row = delivery(desk, Channel.MAIL)

    for turn in range(5):
        later = at(morning, morning.now + turn * 5 * MINUTE)
        assert claim_delivery(later, row.key) is row
    assert claim_delivery(at(morning, morning.now + 25 * MINUTE), row.key) is None

    assert (row.state, row.trouble) == (
        DeliveryState.FAILED,
        "the worker was broken off while it sent",
    )


def test_trouble_waits_longer_each_time_then_is_visible(desk: Desk) -> None:
    _, now = copy_of(desk)
    row = delivery(desk, Channel.MAIL)
    waits = []
    for _turn in range(5):
        assert claim_delivery(now, row.key) is row
        note_trouble(now, row.key, "timed out", final=False)
        waits.append((row.due_at - now.now) // MINUTE)
        now = at(now, row.due_at)

    assert waits[:4] == [2, 4, 8, 16]
    assert (row.state, row.attempts, row.trouble) == (DeliveryState.FAILED, 5, "timed out")


def test_a_final_refusal_is_not_tried_again(desk: Desk) -> None:
    _, morning = copy_of(desk)
    row = delivery(desk, Channel.MAIL)
    claim_delivery(morning, row.key)

    note_trouble(morning, row.key, "550 nobody", final=True)
    note_trouble(morning, row.key, "late echo", final=False)

    assert (row.state, row.trouble) == (DeliveryState.FAILED, "550 nobody")


def test_an_sms_waits_for_the_morning_even_if_the_worker_is_late(desk: Desk) -> None:
    _, morning = copy_of(desk)
    row = delivery(desk, Channel.SMS)
    night = at(morning, morning.now + dt.timedelta(hours=12))

    assert claim_delivery(night, row.key) is None
    assert row.due_at == morning.now + dt.timedelta(hours=22)
    assert row.attempts == 0
    assert claim_delivery(at(morning, row.due_at), row.key) is row


def test_a_given_up_copy_goes_to_where_the_person_is_reached_now(desk: Desk) -> None:
    message, morning = copy_of(desk)
    row = delivery(desk, Channel.MAIL)
    claim_delivery(morning, row.key)
    note_trouble(morning, row.key, "550", final=True)
    person = message.account.person
    assert person is not None
    person.email = "new@example.cn"

    event = desk.session.get_one(Event, message.event_id)
    assert resend_failed(morning, event) == 1

    assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)
    assert open_address(desk, row) == "new@example.cn"
    with pytest.raises(WrongMoment):
        resend(morning, row)


def test_only_who_writes_to_entrants_sends_again(desk: Desk) -> None:
    _, morning = copy_of(desk)
    row = delivery(desk, Channel.MAIL)
    claim_delivery(morning, row.key)
    note_trouble(morning, row.key, "550", final=True)
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER)

    with pytest.raises(NotPermitted):
        resend(morning.acting_as(actor_of(desk.session, account)), row)

    assert row.state is DeliveryState.FAILED


def test_the_digest_gathers_the_day_into_one_message(desk: Desk) -> None:
    contact = make_account(desk.session, email="unit@example.cn")
    for worker in ("贺一", "贺二"):
        desk.tell(
            contact.id, "worker_accepted", "entry:1", worker=worker, event="焊工", contest="甲"
        )
    desk.session.flush()
    errands = desk.session.scalars(select(Errand)).all()
    assert {(row.kind, row.due_at) for row in errands} == {
        ("digest", dt.datetime(2026, 11, 25, 0, 30, tzinfo=dt.UTC))
    }
    assert unread_count(desk.session, contact.id) == 0

    morning = replace(desk, now=errands[0].due_at)
    collect_digest(morning, contact.id)
    collect_digest(morning, contact.id)

    digest = desk.session.scalars(select(Message).filter_by(kind="digest")).one()
    assert digest.params["count"] == 2
    assert [line["params"]["worker"] for line in digest.params["lines"]] == ["贺一", "贺二"]
    assert unread_count(desk.session, contact.id) == 1
    gathered = desk.session.scalars(select(Message).filter_by(in_digest=True)).all()
    assert {row.digest_id for row in gathered} == {digest.id}


def test_reading_is_the_owners(desk: Desk) -> None:
    owner, other = make_account(desk.session), make_account(desk.session)
    for account in (owner, owner, other):
        desk.tell(account.id, "contest_cancelled", "contest:1", contest="甲", reason="乙")
    desk.session.flush()
    first = desk.session.scalars(select(Message).order_by(Message.id)).first()
    assert first is not None

    with pytest.raises(NotPermitted):
        mark_read(desk.acting_as(actor_of(desk.session, other)), first)
    seat = desk.acting_as(actor_of(desk.session, owner))
    mark_read(seat, first)
    assert unread_count(desk.session, owner.id) == 1
    mark_all_read(seat)

    assert unread_count(desk.session, owner.id) == 0
    assert unread_count(desk.session, other.id) == 1
