"""The list of a contest's entries: the address is the view, numbers are masked, views are kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from bench.large import fill_here
from models.views import SavedView
from rules.permits import Role, Scope
from tests.admin.office import counted, staff
from tests.entry_list_world import Listed, listed
from tests.support import give, make_account, sign_in

MOST_READS = 15


@pytest.fixture
def world(desk: Desk) -> Listed:
    return listed(desk)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def url(world: Listed, rest: str = "") -> str:
    return f"/admin/contests/{world.contest.id}/entries/{rest}"


def test_the_list_reaches_over_the_events(office: FlaskClient, world: Listed) -> None:
    answer = office.get(url(world))

    for words in ("贺定波", "=1+1", "粮油储运", "制油", "自己写的厂", "当前视图共 6 条报名"):
        assert words in answer.text
    assert "未交人" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    first = world.entries[0]
    assert f"/admin/events/{first.event_id}/entries/{first.id}" in answer.text


def test_the_address_is_the_view(office: FlaskClient, world: Listed) -> None:
    address = url(world, "?state=accepted&columns=name&columns=phone&sort=name&unit=船厂")
    page = office.get(address).text

    assert "林澈" in page
    assert "贺定波" not in page
    assert "138****1201" in page
    assert "13800001201" not in page
    assert 'aria-sort="ascending"' in page
    assert "columns=name,phone" in page or "columns=name%2Cphone" in page
    assert office.get(url(world, "?q=没有此人")).text.count("没有符合条件的报名") == 1


def test_nonsense_in_the_address_is_said(office: FlaskClient, world: Listed) -> None:
    answer = office.get(url(world, "?state=draft&band=x&town=test-town"))

    assert answer.status_code == 422
    assert "state, band" in answer.text
    assert "贺定波" in answer.text


def test_whoever_does_not_review_finds_no_way_to_the_entry(
    app: Flask, desk: Desk, world: Listed
) -> None:
    page = staff(app, desk, Role.ORGANIZER).get(url(world)).text

    assert "贺定波" in page
    assert f"/admin/events/{world.events[0].id}/entries/" not in page


def test_a_host_of_one_event_sees_that_event(app: Flask, desk: Desk, world: Listed) -> None:
    other = world.events[1]
    account = make_account(desk.session, "承办")
    give(desk.session, account, Role.HOST_OFFICE, Scope.EVENT, other.id, other.contest_id)
    browser = app.test_client()
    sign_in(app, browser, desk, account)

    page = browser.get(url(world)).text
    assert "=1+1" in page
    assert "贺定波" not in page
    assert "贺定波" not in browser.get(url(world, f"?event={world.events[0].id}")).text


def test_the_door_is_shut_to_others(
    app: Flask, client: FlaskClient, desk: Desk, world: Listed
) -> None:
    assert client.get(url(world)).status_code == 302
    for role in (
        Role.JUDGE,
        Role.CHIEF_JUDGE,
        Role.OFFICER,
        Role.SYSADMIN,
        Role.ENCRYPTION_OFFICER,
    ):
        browser = staff(app, desk, role)
        assert browser.get(url(world)).status_code == 403
        assert browser.post(url(world, "views"), data={"name": "名单"}).status_code == 403
    account = make_account(desk.session, "别处")
    give(desk.session, account, Role.REVIEWER, Scope.CONTEST, world.contest.id + 1)
    browser = app.test_client()
    sign_in(app, browser, desk, account)
    assert browser.get(url(world)).status_code == 403
    assert staff(app, desk, Role.REVIEWER).get("/admin/contests/9999/entries/").status_code == 404


def test_a_view_is_saved_opened_shared_and_removed(
    app: Flask, office: FlaskClient, desk: Desk, world: Listed
) -> None:
    here = url(world, "views?state=accepted&columns=name")
    refused = office.post(here, data={"name": ""})
    assert refused.status_code == 422
    assert "林澈" in refused.text
    assert "贺定波" not in refused.text
    answer = office.post(here, data={"name": "已通过名单", "shared": "y"})
    assert answer.status_code == 302
    assert "state=accepted" in answer.location
    assert office.post(here, data={"name": "已通过名单"}).status_code == 422

    assert "已通过名单" in office.get(url(world)).text
    saved = desk.session.scalars(select(SavedView)).one()
    colleague = staff(app, desk, Role.REVIEWER, name="同事甲")
    shown = colleague.get(url(world)).text
    assert "已通过名单" in shown
    assert url(world, f"views/{saved.id}") not in shown
    assert colleague.get(url(world, f"views/{saved.id}")).status_code == 404
    assert colleague.post(url(world, f"views/{saved.id}/remove")).status_code == 404

    edit = url(world, f"views/{saved.id}")
    assert "已通过名单" in office.get(edit).text
    assert office.post(edit, data={"name": "长" * 41}).status_code == 422
    assert office.post(edit, data={"name": "改名"}).status_code == 302
    assert "改名" not in colleague.get(url(world)).text
    assert office.post(url(world, f"views/{saved.id}/remove")).status_code == 302
    assert desk.session.scalars(select(SavedView)).all() == []


def test_pages_cost_the_same_however_many_there_are(
    office: FlaskClient, desk: Desk, world: Listed
) -> None:
    small = url(world, "?columns=name,unit,phone")
    with counted() as few:
        assert office.get(small).status_code == 200
    large = fill_here(desk, entries=120, events=3, units=9)
    address = f"/admin/contests/{large.contest_id}/entries/?columns=name,unit,phone"
    with counted() as many:
        page = office.get(f"{address}&page=2").text

    assert "第 2 页" in page
    assert len(few) == len(many) <= MOST_READS


def test_one_step_of_the_review_keeps_to_its_reads(
    office: FlaskClient, desk: Desk, world: Listed
) -> None:
    entry = world.entries[0]
    address = f"/admin/events/{entry.event_id}/entries/{entry.id}"
    with counted() as reads:
        assert office.get(address).status_code == 200

    assert len(reads) <= MOST_READS
