"""Announcements: held, previewed person by person, released once to whoever is meant."""

import pytest
from sqlalchemy import select

from actions.announcements import (
    AnnouncementText,
    TemplateText,
    discard_announcement,
    edit_announcement,
    hold_announcement,
    keep_template,
    recipients_of,
    release_announcement,
    remove_template,
    templates_of,
    values_for,
)
from actions.desk import Desk
from actions.reviews import accept_entry
from actions.submissions import submit_entry
from models.contests import Event
from models.entries import Entry
from models.messages import Message
from rules.announcements import BUILT_IN, fill
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Role, Scope
from rules.states import AnnouncementState
from rules.terms import Audience
from tests.entry_world import contestant, filled, open_event, own, reviewer
from tests.support import actor_of, give, make_account

TEXT = AnnouncementText(Audience.EVERYONE, "{event}通知", "{name}，{held_on}见。")


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event with one accepted entrant, one who waits, and one draft."""
    made = open_event(desk, quota=5)
    for serial, name in enumerate(("贺通过", "林待审", "周草稿"), 1):
        seat = contestant(desk, made)
        entry = filled(seat, made, serial, name)
        if serial < 3:
            submit_entry(own(seat), entry)
        if serial == 1:
            accept_entry(reviewer(desk, made), entry)
    return made


def released(desk: Desk) -> list[Message]:
    return list(
        desk.session.scalars(
            select(Message).where(Message.thing.startswith("announcement:")).order_by(Message.id)
        )
    )


def entry_named(desk: Desk, event: Event, name: str) -> Entry:
    entries = desk.session.scalars(select(Entry).filter_by(event_id=event.id))
    return next(row for row in entries if row.person and row.person.name == name)


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.ACCEPTED, ["贺通过"]),
        (Audience.DRAFTS, ["周草稿"]),
        (Audience.RETURNED, []),
        (Audience.EVERYONE, ["贺通过", "林待审", "周草稿"]),
    ],
)
def test_a_group_is_who_is_in_it_now(
    desk: Desk, event: Event, audience: Audience, names: list[str]
) -> None:
    row = hold_announcement(desk, event, AnnouncementText(audience, "通知", "正文"))

    assert [person.name for person in recipients_of(desk, row)] == names


def test_one_person_is_one_person(desk: Desk, event: Event) -> None:
    entry = entry_named(desk, event, "林待审")
    text = AnnouncementText(Audience.ONE, "通知", "正文", entry=entry)

    row = hold_announcement(desk, event, text)

    assert [person.name for person in recipients_of(desk, row)] == ["林待审"]


def test_staff_read_the_name_of_a_draft_masked_and_its_owner_reads_it_whole(
    desk: Desk, event: Event
) -> None:
    text = AnnouncementText(Audience.DRAFTS, "通知", "{name}，您好")
    row = hold_announcement(desk, event, text)
    person = recipients_of(desk, row)[0]

    assert fill(row.body, values_for(event, person, shown=True)) == "周＊稿，您好"
    release_announcement(desk, row)
    assert released(desk)[0].params["body"] == "周草稿，您好"


def test_a_release_tells_each_once_however_often_it_is_asked(desk: Desk, event: Event) -> None:
    row = hold_announcement(desk, event, TEXT)

    assert release_announcement(desk, row) == 3
    assert release_announcement(desk, row) == 0

    told = released(desk)
    assert [message.params["body"] for message in told] == [
        f"{name}，{event.held_on.year}年{event.held_on.month}月{event.held_on.day}日见。"
        for name in ("贺通过", "林待审", "周草稿")
    ]
    assert told[0].params["subject"] == f"{event.name}通知"
    assert (row.recipients, row.state) == (3, AnnouncementState.RELEASED)


def test_urgent_goes_by_sms_too(desk: Desk, event: Event) -> None:
    text = AnnouncementText(Audience.ACCEPTED, "改地点", "改到 3 号楼", urgent=True)

    release_announcement(desk, hold_announcement(desk, event, text))

    assert [message.kind for message in released(desk)] == ["urgent_announcement"]


def test_an_empty_group_keeps_the_message_held(desk: Desk, event: Event) -> None:
    row = hold_announcement(desk, event, AnnouncementText(Audience.RETURNED, "通知", "正文"))

    with pytest.raises(Blocked, match="Nobody"):
        release_announcement(desk, row)

    assert row.state is AnnouncementState.HELD


def test_what_was_released_or_discarded_stands_still(desk: Desk, event: Event) -> None:
    gone = hold_announcement(desk, event, TEXT)
    discard_announcement(desk, gone)
    sent = hold_announcement(desk, event, TEXT)
    release_announcement(desk, sent)

    for deed in (
        lambda: release_announcement(desk, gone),
        lambda: edit_announcement(desk, gone, TEXT),
        lambda: edit_announcement(desk, sent, TEXT),
        lambda: discard_announcement(desk, sent),
    ):
        with pytest.raises(Blocked):
            deed()
    assert len(released(desk)) == 3


def test_one_person_needs_an_entry_here_with_what_the_text_names(desk: Desk, event: Event) -> None:
    other = open_event(desk)
    entry = entry_named(desk, event, "林待审")
    draft = entry_named(desk, event, "周草稿")
    wrong = [
        (event, AnnouncementText(Audience.ONE, "通知", "正文"), "entry_id"),
        (other, AnnouncementText(Audience.ONE, "通知", "正文", entry=entry), "entry_id"),
        (event, AnnouncementText(Audience.ONE, "通知", "正文", entry=draft), "entry_id"),
        (event, AnnouncementText(Audience.ACCEPTED, "通知", "正文", entry=entry), "entry_id"),
        (event, AnnouncementText(Audience.ONE, "通知", "{pass_no}", entry=entry), "body"),
    ]
    for place, text, field in wrong:
        with pytest.raises(Invalid) as refused:
            hold_announcement(desk, place, text)
        assert list(refused.value.fields) == [field]


def test_who_works_for_another_contest_may_not_write(desk: Desk, event: Event) -> None:
    account = make_account(desk.session)
    give(desk.session, account, Role.HOST_OFFICE, Scope.CONTEST, event.contest_id + 1000)
    seat = desk.acting_as(actor_of(desk.session, account))
    row = hold_announcement(desk, event, TEXT)

    with pytest.raises(NotPermitted):
        hold_announcement(seat, event, TEXT)
    with pytest.raises(NotPermitted):
        release_announcement(seat, row)

    assert released(desk) == []


def test_texts_are_kept_under_names_of_their_own(desk: Desk) -> None:
    text = TemplateText("停车", Audience.ACCEPTED, "停车安排", "{name}，请走东门。")
    keep_template(desk, text)
    row = templates_of(desk)[0]
    keep_template(desk, TemplateText("停车", Audience.EVERYONE, "停车", "西门"), row)

    assert [(one.name, one.body) for one in templates_of(desk)] == [("停车", "西门")]
    for name in ("停车", BUILT_IN[0].name, "", "长" * 41):
        with pytest.raises(Invalid) as refused:
            keep_template(desk, TemplateText(name, Audience.EVERYONE, "停车", "西门"))
        assert list(refused.value.fields) == ["name"]
    with pytest.raises(Invalid):
        keep_template(desk, TemplateText("别的", Audience.EVERYONE, "停车", "{phone}"))
    remove_template(desk, row)
    desk.session.flush()
    assert templates_of(desk) == []
