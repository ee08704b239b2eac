"""The office writes to entrants: from a text, previewed, held, released once, copies followed."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.announcements import AnnouncementText, hold_announcement
from actions.desk import Desk
from actions.messages import claim_delivery, deliver, note_trouble
from actions.reviews import accept_entry
from actions.submissions import submit_entry
from models.announcements import Announcement, MessageTemplate
from models.contests import Event
from models.messages import Delivery, Message
from rules.permits import Role, Scope
from rules.states import AnnouncementState, DeliveryState
from rules.terms import Audience, Channel
from tests.admin.office import counted, staff
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, own, reviewer
from tests.showcase.pages import words
from tests.support import NOW, give, make_account, sign_in

FORM = {"audience": "accepted", "entry_id": "0", "subject": "{event}须知", "body": "{name}，您好"}


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event with two accepted entrants and a draft."""
    made = open_event(desk, quota=9)
    for serial, name in enumerate(("贺通过", "林通过", "周草稿"), 1):
        seat = contestant(desk, made)
        entry = filled(seat, made, serial, name)
        if serial < 3:
            submit_entry(own(seat), entry)
            accept_entry(reviewer(desk, made), entry)
    desk.session.commit()
    return made


@pytest.fixture
def office(app: Flask, desk: Desk, event: Event) -> FlaskClient:
    """An organizer's browser."""
    return staff(app, desk, Role.ORGANIZER)


def base(event: Event) -> str:
    return f"/admin/events/{event.id}/messages/"


def announcements(desk: Desk) -> list[Announcement]:
    desk.session.expire_all()
    return list(desk.session.scalars(select(Announcement).order_by(Announcement.id)))


def told(desk: Desk) -> list[str]:
    rows = desk.session.scalars(
        select(Message).where(Message.kind == "announcement").order_by(Message.id)
    )
    return [row.params["body"] for row in rows]


def test_from_a_text_to_the_inboxes(office: FlaskClient, desk: Desk, event: Event) -> None:
    assert "还没有给这个赛项的选手写过通知" in words(office, base(event))
    assert "赛前须知" in words(office, f"{base(event)}new?text=b0")

    shown = office.post(f"{base(event)}new", data=FORM, follow_redirects=True)
    row = announcements(desk)[0]
    assert row.state is AnnouncementState.HELD
    assert told(desk) == []
    assert "贺通过，您好" in shown.text
    assert "林通过，您好" in words(office, f"{base(event)}{row.id}/?at=2")
    assert "林通过，您好" in words(office, f"{base(event)}{row.id}/?at=99")

    first = office.post(f"{base(event)}{row.id}/release", follow_redirects=True)
    again = office.post(f"{base(event)}{row.id}/release", follow_redirects=True)

    assert "已发给 2 人" in first.text
    assert "没有重复发送" in again.text
    assert told(desk) == ["贺通过，您好", "林通过，您好"]
    assert "已告知 2 站内已读 0" in words(office, f"{base(event)}{row.id}/")
    assert f"{event.name}须知" in words(office, base(event))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"body": "{phone}"}, "花括号里的内容不是占位符"),
        ({"body": ""}, "请写正文"),
        ({"subject": "长" * 61}, "最多 60 个字符"),
        ({"audience": "drafts", "body": "{pass_no}"}, "只有通过审核的选手才有"),
        ({"audience": "one"}, "请选定收件的那一位选手"),
        ({"audience": "one", "entry_id": "99999"}, ""),
        ({"audience": "all the world"}, ""),
    ],
)
def test_a_wrong_text_is_refused_and_kept_in_the_form(
    office: FlaskClient, desk: Desk, event: Event, change: dict[str, str], says: str
) -> None:
    answer = office.post(f"{base(event)}new", data={**FORM, **change})

    assert answer.status_code == 422
    assert says in answer.text
    assert announcements(desk) == []
    assert "errsum" in answer.text


def test_a_held_message_is_changed_or_discarded(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(f"{base(event)}new", data=FORM)
    row = announcements(desk)[0]
    assert "{name}，您好" in office.get(f"{base(event)}{row.id}/edit").text

    office.post(f"{base(event)}{row.id}/edit", data={**FORM, "body": "改好了", "urgent": "y"})
    assert (announcements(desk)[0].body, announcements(desk)[0].urgent) == ("改好了", True)
    wrong = office.post(f"{base(event)}{row.id}/edit", data={**FORM, "body": "{oops}"})
    assert wrong.status_code == 422
    gone = office.post(f"{base(event)}{row.id}/discard", follow_redirects=True)

    assert "已作废" in gone.text
    assert office.post(f"{base(event)}{row.id}/release").status_code == 409
    assert told(desk) == []


def test_drafts_are_previewed_under_masked_names(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    office.post(f"{base(event)}new", data={**FORM, "audience": "drafts"})
    page = office.get(f"{base(event)}{announcements(desk)[0].id}/").text

    assert "周＊稿，您好" in page
    assert "周草稿" not in page


def test_an_empty_group_cannot_be_released(office: FlaskClient, desk: Desk, event: Event) -> None:
    office.post(f"{base(event)}new", data={**FORM, "audience": "returned"})
    row = announcements(desk)[0]

    assert "这一组现在没有人" in words(office, f"{base(event)}{row.id}/")
    assert office.post(f"{base(event)}{row.id}/release").status_code == 409


def failed_copy(desk: Desk) -> Delivery:
    """Let the SMS of the last acceptance fail for good."""
    message = desk.session.scalars(
        select(Message).filter_by(kind="entry_accepted").order_by(Message.id.desc())
    ).first()
    assert message is not None
    morning = at(desk, NOW + dt.timedelta(days=2))
    deliver(morning, message.key)
    desk.session.flush()
    row = desk.session.scalars(select(Delivery).filter_by(channel=Channel.SMS)).one()
    claim_delivery(morning, row.key)
    note_trouble(morning, row.key, "410 停机", final=True)
    desk.session.commit()
    return row


def test_copies_are_listed_masked_and_sent_again(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    row = failed_copy(desk)
    page = words(office, f"{base(event)}?state=failed")
    assert "林通过 138****1234" in page
    assert "410 停机" in page
    assert "13800001234" not in page

    office.post(f"{base(event)}copies/{row.id}/resend", follow_redirects=True)
    desk.session.expire_all()
    assert row.state is DeliveryState.WAITING
    assert office.post(f"{base(event)}copies/{row.id}/resend").status_code == 409
    assert "没有这种状态的副本" in words(office, f"{base(event)}?state=failed")


def test_all_failed_ones_are_sent_again_at_once(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    row = failed_copy(desk)

    done = office.post(f"{base(event)}copies/resend", follow_redirects=True)

    assert "正在重发 1 份" in done.text
    desk.session.expire_all()
    assert row.state is DeliveryState.WAITING


def test_another_event_reaches_neither_message_nor_copy(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    row = hold_announcement(desk, event, AnnouncementText(Audience.ACCEPTED, "通知", "正文"))
    copy = failed_copy(desk)
    other = open_event(desk)
    desk.session.commit()

    assert office.get(f"{base(other)}{row.id}/").status_code == 404
    assert office.post(f"{base(other)}{row.id}/release").status_code == 404
    assert office.post(f"{base(other)}copies/{copy.id}/resend").status_code == 404
    assert told(desk) == []


def test_the_host_office_writes_for_its_own_contest_only(
    app: Flask, desk: Desk, event: Event
) -> None:
    other = open_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.HOST_OFFICE, Scope.CONTEST, event.contest_id)
    client = app.test_client()
    sign_in(app, client, desk, account)

    assert client.get(base(event)).status_code == 200
    assert client.get(base(other)).status_code == 403
    assert client.post(f"{base(other)}new", data=FORM).status_code == 403
    assert client.get("/admin/message-texts/").status_code == 200
    assert client.get("/admin/message-texts/new").status_code == 403
    assert "新增范文" not in client.get("/admin/message-texts/").text


def test_reviewers_do_not_write(app: Flask, desk: Desk, event: Event) -> None:
    client = staff(app, desk, Role.REVIEWER)

    assert client.get(base(event)).status_code == 403
    assert "通知选手" not in client.get(f"/admin/events/{event.id}/").text


def test_texts_of_the_office_are_kept_used_and_removed(
    office: FlaskClient, desk: Desk, event: Event
) -> None:
    text = {"name": "停车", "audience": "accepted", "subject": "停车安排", "body": "请走东门"}
    assert "本单位还没有存范文" in words(office, "/admin/message-texts/")
    office.post("/admin/message-texts/new", data=text)
    row = desk.session.scalars(select(MessageTemplate)).one()

    twin = office.post("/admin/message-texts/new", data=text)
    assert twin.status_code == 422
    assert "不与别的范文重复" in twin.text
    office.post(f"/admin/message-texts/{row.id}", data={**text, "body": "请走西门"})
    assert "请走西门" in office.get(f"{base(event)}new?text={row.id}").text
    office.post(f"/admin/message-texts/{row.id}/remove", follow_redirects=True)

    assert desk.session.scalars(select(MessageTemplate)).all() == []
    assert office.get(f"{base(event)}new?text={row.id}").status_code == 200
    assert office.get(f"{base(event)}new?text=b99").status_code == 200


def test_a_long_list_of_copies_asks_little(office: FlaskClient, desk: Desk, event: Event) -> None:
    for message in desk.session.scalars(select(Message)).all():
        deliver(desk, message.key)
    desk.session.commit()

    address, event_id = base(event), event.id
    with counted() as few:
        office.get(address)
    entry = desk.session.scalars(select(Message).filter_by(kind="entry_accepted")).first()
    assert entry is not None
    for _number in range(30):
        desk.tell(entry.account_id, "urgent_announcement", "announcement:0",
                  event_id=event_id, subject="通知", body="正文")  # fmt: skip
    desk.session.flush()
    for message in desk.session.scalars(select(Message).filter_by(thing="announcement:0")).all():
        deliver(desk, message.key)
    desk.session.commit()
    with counted() as many:
        office.get(address)

    assert len(many) == len(few) <= 15
