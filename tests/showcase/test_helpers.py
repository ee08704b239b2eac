"""The pages of entering somebody else, and of the person it is about."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.helpers import begin_for, token_of
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.helpers import Helped
from rules.permits import Actor, Role
from rules.states import EntryState
from rules.terms import Relation
from tests.admin.office import counted, staff
from tests.contest_world import at
from tests.entry_world import contestant, open_event, sample_id
from tests.helper_world import entered
from tests.support import make_account, sign_in
from web.clock import now

LAST = sample_id(8)[-4:]


@pytest.fixture
def event(desk: Desk) -> Event:
    row = open_event(desk, quota=9)
    row.entries_open_at = now().replace(year=now().year - 1)
    row.entries_close_at = now().replace(year=now().year + 1)
    desk.session.flush()
    return row


@pytest.fixture
def entry(desk: Desk, event: Event) -> Entry:
    """An entry handed in for somebody else."""
    seat = at(contestant(desk, event), now())
    row = entered(seat, event)
    desk.session.commit()
    return row


def browser_of(app: Flask, desk: Desk, account: Account) -> FlaskClient:
    browser = app.test_client()
    sign_in(app, browser, desk, account)
    return browser


def helper_of(app: Flask, desk: Desk, entry: Entry) -> FlaskClient:
    return browser_of(app, desk, desk.session.get_one(Helped, entry.id).helper)


def url(desk: Desk, entry: Entry) -> str:
    return f"/account/helped/{token_of(desk, entry.id)}"


def test_a_helper_begins_states_consent_and_fills_in_for_somebody(
    app: Flask, desk: Desk, event: Event
) -> None:
    browser = browser_of(app, desk, make_account(desk.session, "贺帮手"))
    slug = f"{event.contest.slug}/{event.slug}"
    here = f"/account/entries/for/{slug}"
    assert here in browser.get(f"/account/entries/new/{slug}").text

    page = browser.get(here)
    assert "代他人报名" in page.text
    refused = browser.post(here, data={"form_key": "k", "relation": "elder"})
    assert refused.status_code == 422
    assert "知情并同意" in refused.text
    sent = {"form_key": "k", "relation": "elder", "agreed": "y"}
    begun = browser.post(here, data=sent)
    assert browser.post(here, data=sent).location == begun.location, "sent twice, begun once"
    who = browser.get(begun.location)
    assert "正在替他人填写" in who.text
    assert 'name="shows"' not in who.text
    said = {"name": "应母亲", "id_number": sample_id(8), "phone": "13800007777", "consent": "y"}
    assert browser.post(begun.location, data=said).status_code == 302

    assert "代应母亲" in browser.get("/account/entries/").text
    assert desk.session.query(Helped).one().entry.person.name == "应母亲"


def test_the_reviewer_sees_who_entered_whom(app: Flask, desk: Desk, entry: Entry) -> None:
    office = staff(app, desk, Role.REVIEWER)

    page = office.get(f"/admin/events/{entry.event_id}/entries/{entry.id}").text

    assert "由贺选手代应母亲报名" in page
    assert "家中长辈" in page


def test_the_link_says_who_and_what_masked_and_the_person_takes_over(
    app: Flask, client: FlaskClient, desk: Desk, entry: Entry
) -> None:
    here = url(desk, entry)
    page = client.get(here)
    assert "贺选手替你报了" in page.text
    for secret in (sample_id(8), LAST, "13800007777"):
        assert secret not in page.text
    assert client.post(here).location.startswith("/account/login")

    mother = browser_of(app, desk, make_account(desk.session, "应母亲"))
    wrong = mother.post(here, data={"last": "0000", "consent": "y"})
    assert wrong.status_code == 422
    assert desk.session.get_one(Helped, entry.id).wrong_tries == 1
    silent = mother.post(here, data={"last": LAST})
    assert silent.status_code == 422
    assert mother.post(here, data={"last": "1", "consent": "y"}).status_code == 422
    taken = mother.post(here, data={"last": LAST, "consent": "y"})
    assert taken.location == f"/account/entries/{entry.id}"

    assert "由贺选手代你填写" in mother.get(taken.location).text
    assert mother.get(here).location == taken.location
    helper = helper_of(app, desk, entry)
    assert helper.get(taken.location).status_code == 404
    assert "本人接手" in helper.get("/account/entries/").text
    assert client.get(here).status_code == 409


def test_the_helper_is_told_on_the_page_to_leave_the_link_to_the_person(
    app: Flask, desk: Desk, entry: Entry
) -> None:
    helper = helper_of(app, desk, entry)

    told = helper.post(url(desk, entry), data={"last": LAST, "consent": "y"})

    assert told.status_code == 422
    assert "代填" in told.text
    assert "请转告本人" in helper.get(f"/account/entries/{entry.id}").text


def test_an_objection_withdraws_and_the_helper_sees_it(
    app: Flask, client: FlaskClient, desk: Desk, entry: Entry
) -> None:
    here = f"{url(desk, entry)}/object"

    assert client.post(here, data={}).status_code == 422
    assert client.post(here, data={"object-last": "0000"}).status_code == 422
    assert client.post(here, data={"object-last": LAST}).status_code == 302

    assert desk.session.get_one(Entry, entry.id).state is EntryState.WITHDRAWN
    assert "本人有异议" in helper_of(app, desk, entry).get("/account/entries/").text
    assert client.get(url(desk, entry)).status_code == 409
    assert client.get("/account/helped/nonsense").status_code == 403


def test_the_list_of_entries_asks_as_often_for_one_as_for_three(
    app: Flask, desk: Desk, entry: Entry
) -> None:
    event_id, helper = entry.event_id, helper_of(app, desk, entry)
    account_id = entry.account_id
    helper.get("/account/entries/")
    with counted() as few:
        helper.get("/account/entries/")
    seat = at(desk.acting_as(Actor(account_id)), now())
    event = desk.session.get_one(Event, event_id)
    for key in ("a", "b"):
        begin_for(seat, event, relation=Relation.CHILD, agreed=True, form_key=key)
    with counted() as many:
        helper.get("/account/entries/")

    assert len(few) == len(many)
