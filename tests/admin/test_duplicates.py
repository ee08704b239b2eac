"""The office's pages of records that look like one person."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.craftsmen import Profile, create_craftsman, give_consent, show_craftsman
from actions.desk import Desk
from actions.merges import merge_people
from actions.people import Identity, enter_person
from actions.submissions import submit_entry
from models.duplicates import NotSame
from models.people import Person
from rules.permits import Role, Scope
from rules.terms import ConsentPurpose, Family
from tests.admin.office import counted, staff
from tests.entry_world import contestant, filled, open_event, sample_id
from tests.support import give, make_account, sign_in
from web.db import db

WHY = {"reason": "本人持身份证原件到场核对"}


@pytest.fixture
def pair(desk: Desk) -> tuple[Person, Person]:
    return person(desk, 1), person(desk, 2)


def person(desk: Desk, serial: int, name: str = "贺双份", phone: str = "13800001234") -> Person:
    return enter_person(desk, Identity(name, sample_id(serial), phone))


def merge_url(kept: Person, gone: Person) -> str:
    return f"/admin/duplicates/{kept.key}/keep/{gone.key}"


def test_a_pair_is_listed_with_why_compared_masked_and_merged(
    app: Flask, desk: Desk, pair: tuple[Person, Person]
) -> None:
    one, two = pair
    office = staff(app, desk, Role.OFFICER)

    listed = office.get("/admin/duplicates/").text
    assert "手机号相同" in listed
    assert "但身份证号不同" in listed
    side = office.get(f"/admin/duplicates/{two.key}/{one.key}").text
    assert "138****1234" in side
    assert "13800001234" not in side
    assert sample_id(1) not in side
    assert "像是笔误" in side
    plan = office.get(merge_url(one, two))
    assert "身份证号不同" in plan.text

    assert office.post(merge_url(one, two), data=WHY).status_code == 302
    again = office.post(merge_url(one, two), data=WHY)
    assert again.status_code == 302
    assert db.session.get_one(Person, two.id).merged_into_id == one.id
    assert "没有看起来重复的档案" in office.get("/admin/duplicates/").text
    for url in (merge_url(one, two), f"/admin/duplicates/{one.key}/{two.key}"):
        assert office.get(url).status_code == 302


def test_a_merging_without_reason_or_in_the_way_says_so_and_changes_nothing(
    app: Flask, desk: Desk
) -> None:
    event = open_event(desk)
    first = filled(contestant(desk, event), event, 1)
    second = filled(contestant(desk, event), event, 2)
    kept, gone = first.person, second.person
    assert kept is not None
    assert gone is not None
    office = staff(app, desk, Role.OFFICER)

    silent = office.post(merge_url(kept, gone), data={"reason": ""})
    assert silent.status_code == 422
    told = office.post(merge_url(kept, gone), data=WHY)

    assert told.status_code == 422
    assert event.name in told.text
    assert "还不能合并" in told.text
    assert db.session.get_one(Person, gone.id).merged_into_id is None


def test_two_people_are_told_apart_with_a_reason_and_can_be_asked_again(
    app: Flask, desk: Desk, pair: tuple[Person, Person]
) -> None:
    one, two = pair
    office = staff(app, desk, Role.OFFICER)
    url = f"/admin/duplicates/{one.key}/{two.key}/apart"

    assert office.post(url, data={"reason": " "}).status_code == 422
    leaking = office.post(url, data={"reason": "手机 13800001234 是他父亲的"})
    assert leaking.status_code == 422
    assert office.post(url, data={"reason": "父子共用手机"}).status_code == 302

    listed = office.get("/admin/duplicates/").text
    assert "父子共用手机" in listed
    assert "没有看起来重复的档案" in listed
    assert "曾认定为两个人" in office.get(f"/admin/duplicates/{one.key}/{two.key}").text
    row = db.session.query(NotSame).one()
    office.post(f"/admin/duplicates/apart/{row.id}/again")
    assert "手机号相同" in office.get("/admin/duplicates/").text


def test_the_page_is_closed_to_an_office_of_one_contest_and_to_reviewers(
    app: Flask, desk: Desk, client: FlaskClient, pair: tuple[Person, Person]
) -> None:
    event = open_event(desk)
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, Role.HOST_OFFICE, Scope.CONTEST, event.contest_id)
    sign_in(app, client, desk, account)
    urls = (
        "/admin/duplicates/",
        f"/admin/duplicates/{pair[0].key}/{pair[1].key}",
        merge_url(*pair),
    )

    assert [client.get(url).status_code for url in urls] == [403] * 3
    reviewer = staff(app, desk, Role.REVIEWER)
    assert [reviewer.get(url).status_code for url in urls] == [403] * 3
    assert staff(app, desk, Role.OFFICER).get("/admin/duplicates/x/y").status_code == 404


def test_a_reviewer_is_told_of_a_likely_double_and_led_there_with_the_right(
    app: Flask, desk: Desk
) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)
    twin = person(desk, 9, "贺选手", "13800009999")
    desk.session.commit()
    url = f"/admin/events/{event.id}/entries/{entry.id}"
    assert entry.person is not None
    link = f"/admin/duplicates/{entry.person.key}/{twin.key}"

    plain = staff(app, desk, Role.REVIEWER).get(url).text
    led = staff(app, desk, Role.HOST_OFFICE, name="赛务").get(url).text

    assert ("可能重复建档" in plain, link in plain) == (True, False)
    assert link in led


def test_a_merged_profile_leads_to_the_one_that_stays(
    app: Flask, desk: Desk, client: FlaskClient, pair: tuple[Person, Person]
) -> None:
    for slug, one in zip(("he", "he-2"), pair, strict=True):
        give_consent(desk, one, ConsentPurpose.STORY, text_version="t")
        one.occupation_id = open_event(desk).occupation_id if slug == "he" else None
        one.occupation_id = one.occupation_id or pair[0].occupation_id
        show_craftsman(desk, create_craftsman(desk, one, Profile(Family.SHIP), slug=slug))
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, Role.HOST_OFFICE)
    merge_people(desk, kept=pair[0], gone=pair[1], reason=WHY["reason"])
    desk.session.commit()

    answer = client.get("/craftsmen/he-2")

    assert (answer.status_code, answer.location) == (301, "/craftsmen/he")
    assert client.get("/craftsmen/he").status_code == 200
    assert client.get("/craftsmen/nobody").status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_pair_and_for_three(
    app: Flask, desk: Desk, pair: tuple[Person, Person]
) -> None:
    office = staff(app, desk, Role.OFFICER)
    office.get("/admin/duplicates/")
    with counted() as few:
        office.get("/admin/duplicates/")
    person(desk, 3)
    with counted() as many:
        office.get("/admin/duplicates/")

    assert len(few) == len(many)
