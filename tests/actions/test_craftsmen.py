"""Profiles rest on consent: without it they stay hidden, when it goes they go."""

import pytest
from sqlalchemy import select

from actions.craftsmen import (
    Profile,
    create_craftsman,
    edit_craftsman,
    give_consent,
    hide_craftsman,
    record_apprenticeship,
    show_craftsman,
    withdraw_consent,
)
from actions.desk import Desk
from actions.stories import StoryText, move_story, write_story
from models.outbox import Errand
from models.people import Consent
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import NOBODY, Actor
from rules.states import StoryState
from rules.terms import ConsentPurpose, Family
from tests.actions.gallery import make_craftsman, make_person


def test_a_profile_without_consent_is_not_shown(desk: Desk) -> None:
    craftsman = make_craftsman(desk, consent=False)

    with pytest.raises(Blocked, match="not agreed"):
        show_craftsman(desk, craftsman)

    assert craftsman.is_public is False


def test_showing_hiding_and_editing_reach_the_index(desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    show_craftsman(desk, craftsman)
    assert craftsman.is_public
    edit_craftsman(desk, craftsman, Profile(family=Family.FISH, feat="三刀剖鲞"))
    hide_craftsman(desk, craftsman)
    desk.session.flush()

    keys = [row.payload["key"] for row in desk.session.scalars(select(Errand))]

    assert (craftsman.feat, craftsman.is_public) == ("三刀剖鲞", False)
    assert keys == [f"craftsman:{craftsman.slug}"] * 3


def test_people_of_one_name_get_different_addresses(desk: Desk) -> None:
    first, second = make_craftsman(desk, "单示例"), make_craftsman(desk, "单示例")

    assert first.slug.startswith("shan-")
    assert second.slug == f"{first.slug}-2"


def test_one_person_has_one_profile(desk: Desk) -> None:
    craftsman = make_craftsman(desk)

    with pytest.raises(Invalid, match="already has a profile"):
        create_craftsman(desk, craftsman.person, Profile(family=Family.SHIP))


def test_withdrawn_consent_takes_profile_and_story_down_at_once(desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    show_craftsman(desk, craftsman)
    story = write_story(desk, craftsman, StoryText(title="一条焊缝", body="正文"))
    for verb in ("confirm", "edit"):
        move_story(desk, story, verb)
    for verb in ("review", "publish"):
        move_story(desk, story, verb)
    consent = desk.session.scalars(select(Consent)).one()

    withdraw_consent(desk.acting_as(Actor(None, craftsman.person_id)), consent)
    withdraw_consent(desk, consent)

    assert craftsman.is_public is False
    assert story.state is StoryState.WITHDRAWN
    assert consent.withdrawn_at == desk.now


def test_withdrawing_the_portrait_alone_leaves_the_story(desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    show_craftsman(desk, craftsman)
    portrait = give_consent(desk, craftsman.person, ConsentPurpose.PORTRAIT, text_version="t")

    withdraw_consent(desk, portrait)

    assert craftsman.is_public


def test_withdrawing_before_there_is_a_profile_is_enough(desk: Desk) -> None:
    person = make_person(desk)
    consent = give_consent(desk, person, ConsentPurpose.STORY, text_version="t")

    withdraw_consent(desk, consent)

    assert consent.withdrawn_at is not None


def test_nobody_else_gives_consent_for_a_person(desk: Desk) -> None:
    person = make_person(desk)

    with pytest.raises(NotPermitted):
        give_consent(
            desk.acting_as(Actor(1, person.id + 1)), person, ConsentPurpose.STORY, text_version="t"
        )


def test_masters_and_apprentices(desk: Desk) -> None:
    master, apprentice = make_person(desk, "何师傅"), make_person(desk, "林徒弟")

    line = record_apprenticeship(desk, master=master, apprentice=apprentice, since=2016)
    outside = record_apprenticeship(desk, master="何守义", apprentice=master)

    assert (line.master_name, line.apprentice_name, line.since) == ("何师傅", "林徒弟", 2016)
    assert (outside.master_id, outside.master_name) == (None, "何守义")
    with pytest.raises(Invalid):
        record_apprenticeship(desk, master="甲", apprentice="乙")
    with pytest.raises(Invalid):
        record_apprenticeship(desk, master=master, apprentice=master)


def test_who_holds_no_role_opens_no_profile(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        create_craftsman(desk.acting_as(NOBODY), make_person(desk), Profile(family=Family.SHIP))
