"""The public window: who agreed is shown, what the register says is said, nothing else."""

import dataclasses

import pytest
from sqlalchemy.orm import Session

from actions.craftsmen import hide_craftsman, record_apprenticeship
from actions.desk import Desk
from actions.honours import revoke_honour
from actions.notices import withdraw_notice
from actions.stories import move_story
from actions.studios import move_studio
from models.craftsmen import Craftsman
from models.public import contests, craftsmen, office, pictures, stories
from rules.states import EventState
from rules.terms import HonourKind, NoticeKind
from tests import public_world as world
from tests.contest_world import announced_event, draft_event


def slugs(session: Session) -> set[str]:
    return {card.slug for card in craftsmen.cards(session)}


def test_who_agreed_and_is_public_is_shown(desk: Desk, session: Session) -> None:
    shown = world.craftsman(desk, "贺定波")
    silent = world.craftsman(desk, "林澈", consent=False)
    hidden = world.craftsman(desk, "查国华")
    hide_craftsman(desk, hidden)

    assert slugs(session) == {shown.slug}
    assert craftsmen.page(session, silent.slug) is None
    assert craftsmen.page(session, hidden.slug) is None


def test_a_card_says_what_the_register_says(desk: Desk, session: Session) -> None:
    row = world.craftsman(desk, town=world.make_town(desk))
    world.honour(desk, row, "技能竞赛第一名", kind=HonourKind.RESULT, year=2025, place=1)
    world.honour(desk, row, "定海名匠", year=2024)
    world.story(desk, row, themes=["绝技绝活", "技能成才"])

    (card,) = craftsmen.cards(session, with_themes=True)

    assert card.best is not None
    assert card.best.title == "定海名匠"
    assert card.themes == ("绝技绝活", "技能成才")
    assert card.plate is not None
    assert card.plate.is_public
    with pytest.raises(dataclasses.FrozenInstanceError):
        card.name = "别人"  # type: ignore[misc]


def test_a_revoked_honour_stays_as_revoked_and_is_nobodys_best(
    desk: Desk, session: Session
) -> None:
    row = world.craftsman(desk)
    revoke_honour(desk, world.honour(desk, row), ground="查实不符")

    (card,) = craftsmen.cards(session)

    assert [honour.revoked for honour in card.honours] == [True]
    assert card.best is None


def test_a_private_picture_is_never_public(desk: Desk, session: Session) -> None:
    world.craftsman(desk, plate=world.picture(desk, is_public=False))

    (card,) = craftsmen.cards(session)

    assert card.plate is None
    assert pictures.plates_of_trades(session) == {}


def test_masters_and_apprentices_lead_to_pages_and_the_hidden_are_masked(
    desk: Desk, session: Session
) -> None:
    me, master = world.craftsman(desk, "贺定波"), world.craftsman(desk, "孙师傅")
    gone = world.craftsman(desk, "林不见", consent=False)
    record_apprenticeship(desk, master=master.person, apprentice=me.person, since=1996)
    record_apprenticeship(desk, master=me.person, apprentice=gone.person)
    record_apprenticeship(desk, master=me.person, apprentice="小周")

    page = craftsmen.page(session, me.slug)

    assert page is not None
    assert [(row.name, row.slug, row.since) for row in page.masters] == [
        ("孙师傅", master.slug, 1996)
    ]
    assert [(row.name, row.slug) for row in page.apprentices] == [("林＊见", None), ("小周", None)]


def test_a_story_is_shown_while_published_and_agreed_to(desk: Desk, session: Session) -> None:
    about = world.craftsman(desk)
    told = world.story(desk, about)
    world.story(desk, world.craftsman(desk, "林澈", consent=True))
    silent = world.craftsman(desk, "查国华")
    world.story(desk, silent)
    silent.is_public = False

    page = stories.page(session, told.slug)

    assert page is not None
    assert page.text == "他弯腰看 熔池 。 夜里 再焊一遍。"
    assert page.card.minutes == 1
    assert len(stories.cards(session)) == 2
    assert len(stories.cards(session, limit=1)) == 1
    assert stories.of_craftsman(session, about.slug) == page
    assert stories.of_craftsman(session, silent.slug) is None
    move_story(desk, told, "withdraw")
    assert stories.page(session, told.slug) is None


def test_drafts_of_contests_and_of_events_stay_inside(desk: Desk, session: Session) -> None:
    draft_event(desk)
    event = announced_event(desk)
    assert [row.slug for row in contests.contests(session)[0].events] == [event.slug]
    event.rules_frozen_at = None
    session.flush()

    (row,) = contests.contests(session)

    assert row.slug == event.contest.slug
    assert row.events == ()
    assert contests.event(session, row.slug, event.slug) is None
    assert contests.contest(session, "unknown") is None
    assert contests.event(session, "unknown", event.slug) is None


def test_an_open_event_tells_its_places_and_hides_its_scheme(desk: Desk, session: Session) -> None:
    event = announced_event(desk)
    event.state, event.seats_taken = EventState.OPEN, 1
    session.flush()

    row = contests.event(session, event.contest.slug, event.slug)

    assert row is not None
    assert (row.seats_left, row.has_results) == (2, False)
    assert contests.accepted(session, row.key) == 0
    assert contests.published_scheme(session, row) is None
    event.state = EventState.FINAL
    session.flush()
    after = contests.event(session, event.contest.slug, event.slug)
    assert after is not None
    assert contests.published_scheme(session, after) is not None


def test_a_studio_is_public_from_its_plate_to_its_end(desk: Desk, session: Session) -> None:
    leader, gone = world.craftsman(desk, "贺定波"), world.craftsman(desk, "林不见")
    members = [
        {"person": leader.slug, "name": "贺定波", "role": "member", "since": 2009},
        {"person": gone.slug, "name": "林不见", "role": "apprentice"},
        {"name": "小周", "role": "apprentice"},
    ]
    row = world.studio(desk, leader, members=members)
    hide_craftsman(desk, gone)

    (shown,) = office.studios(session)

    assert (shown.leader, shown.leader_slug) == ("贺定波", leader.slug)
    assert [member.name for member in shown.members] == ["贺定波", "林＊见", "小周"]
    assert [member.slug for member in shown.members] == [leader.slug, None, None]
    assert shown.apprentices == 2
    assert office.count_studios(session) == 1
    hide_craftsman(desk, leader)
    assert office.studios(session, [row.slug])[0].leader == "贺＊波"
    move_studio(desk, row, "close")
    assert office.studios(session) == []
    assert office.count_studios(session) == 0


def test_a_notice_is_public_until_withdrawn(desk: Desk, session: Session) -> None:
    row = world.notice(desk, body="## 一\n\n共 24 人。", kind=NoticeKind.RESULT)

    (shown,) = office.notices(session, row.number)

    assert shown.text == "一 共 24 人。"
    withdraw_notice(desk, row, ground="有误")
    assert office.notices(session) == []


def test_rows_are_read_in_a_fixed_number_of_statements(desk: Desk, session: Session) -> None:
    def read() -> int:
        session.expire_all()
        with world.statements(session) as seen:
            craftsmen.cards(session)
            stories.pages(session)
            office.studios(session)
            office.notices(session)
            contests.contests(session)
        return len(seen)

    def add() -> Craftsman:
        row = world.craftsman(desk)
        world.honour(desk, row)
        world.story(desk, row)
        world.studio(desk, row, members=[{"person": row.slug, "name": "贺定波"}])
        world.notice(desk)
        announced_event(desk)
        return row

    add()
    one = read()
    add()
    add()
    assert read() == one
