"""A contest in figures: they add up, each leads to its list, and a big contest costs no more."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from bench.large import fill_here
from models.contests import Event
from models.dashboards import breakdowns, by_day, by_state
from rules.permits import Role, Scope
from rules.rulesets import AwardKind, AwardRule, EventRules, rules_to_json
from rules.states import EventState
from tests.admin.office import counted, staff
from tests.contest_world import draft_contest
from tests.entry_list_world import TODAY, Listed, listed
from tests.support import give, make_account, sign_in

MOST_READS = 15


@pytest.fixture
def world(desk: Desk) -> Listed:
    return listed(desk)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def url(world: Listed) -> str:
    return f"/admin/contests/{world.contest.id}/dashboard/"


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_figures_add_up(desk: Desk, world: Listed) -> None:
    keys = [event.id for event in world.events]

    counts = by_state(desk.session, keys)
    assert sum(one.entries for one in counts) == 7
    assert sum(one.handed_in for one in counts) == 6
    found = breakdowns(desk.session, keys, TODAY)
    assert found["town"] == {"test-town": 3, "": 1}
    assert found["unit"] == {"示例船厂": 2, "示例船厂二分厂": 1, "": 1}
    assert found["band"] == {"under_25": 2, "25_34": 1, "35_44": 1}
    assert found["level"] == {"three": 3, "": 1}
    assert {sum(kind.values()) for kind in found.values()} == {4}
    assert sum(by_day(desk.session, keys).values()) == 4
    days = sorted(by_day(desk.session, keys))
    assert [day.isoformat() for day in days] == ["2026-11-25", "2026-11-27"]


def test_a_day_is_the_district_s_day(desk: Desk, world: Listed) -> None:
    entry = world.entries[0]
    assert entry.submitted_at is not None
    entry.submitted_at = entry.submitted_at.replace(day=30, hour=16, minute=0)
    desk.session.flush()

    assert max(by_day(desk.session, [entry.event_id])).isoformat() == "2026-12-01"


def test_every_figure_leads_to_the_list_it_counts(office: FlaskClient, world: Listed) -> None:
    page = office.get(url(world)).text

    for words in (
        "开始填写 7",
        "已占名额 4 / 35",
        "示例镇",
        "示例船厂二分厂",
        "未填写",
        "看数据表",
    ):
        assert words in text_of(page)
    row = re.compile(r'<li class="fr"><span><a href="([^"]+)">([^<]+)</a></span>.*?num">(\d+)</b>')
    rows = row.findall(page)
    assert len(rows) > 8
    for address, words, count in rows:
        shown = office.get(address.replace("&amp;", "&")).text
        assert f"当前视图共 {count} 条报名" in shown, words


def test_every_drawing_has_its_table(office: FlaskClient, world: Listed) -> None:
    page = office.get(url(world)).text

    drawings = page.count('class="funnel bars"') + page.count('<figure class="days"')
    assert drawings == page.count("看数据表<") >= 8
    assert 'role="img" aria-labelledby="dy-t dy-d"' in page


def test_the_officer_sees_figures_without_names_or_ways_to_them(
    app: Flask, desk: Desk, world: Listed
) -> None:
    page = staff(app, desk, Role.OFFICER).get(url(world)).text

    assert "开始填写 7" in text_of(page)
    assert "/entries/" not in page
    assert not [name for name in ("贺定波", "林澈", "钟离秋水") if name in page]


def test_a_host_counts_the_own_event_only(app: Flask, desk: Desk, world: Listed) -> None:
    other = world.events[1]
    account = make_account(desk.session, "承办")
    give(desk.session, account, Role.HOST_OFFICE, Scope.EVENT, other.id, other.contest_id)
    browser = app.test_client()
    sign_in(app, browser, desk, account)

    words = text_of(browser.get(url(world)).text)
    assert "开始填写 1" in words
    assert "粮油储运 " not in words.split("各赛项")[1]


def test_the_door_is_shut_to_others(
    app: Flask, client: FlaskClient, desk: Desk, world: Listed
) -> None:
    assert client.get(url(world)).status_code == 302
    for role in (Role.JUDGE, Role.SUPERVISOR, Role.SYSADMIN, Role.AUDITOR, Role.VENUE_MANAGER):
        assert staff(app, desk, role).get(url(world)).status_code == 403


def test_a_field_that_is_too_small_is_told_until_the_list(
    office: FlaskClient, desk: Desk, world: Listed
) -> None:
    award = AwardRule(AwardKind.PERCENT, minimum_field=15)
    event: Event = world.events[1]
    event.rules = rules_to_json(EventRules(award=award))
    desk.session.commit()
    assert "还差 14 人" in office.get(url(world)).text
    event.state = EventState.LISTED
    desk.session.commit()
    assert "还差" not in office.get(url(world)).text


def test_an_empty_contest_says_so(office: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk)
    desk.session.commit()

    words = text_of(office.get(f"/admin/contests/{contest.id}/dashboard/").text)

    for said in ("还没有赛项", "还没有人提交报名", "两天以上", "没有开放报名的赛项"):
        assert said in words
    assert "没有符合条件的报名" in office.get(f"/admin/contests/{contest.id}/entries/").text


def test_a_big_contest_costs_no_more(office: FlaskClient, desk: Desk, world: Listed) -> None:
    small = url(world)
    with counted() as few:
        assert office.get(small).status_code == 200
    large = fill_here(desk, entries=200, events=4, units=40)
    with counted() as many:
        page = office.get(f"/admin/contests/{large.contest_id}/dashboard/").text

    assert "另有" in page
    assert len(few) == len(many) <= MOST_READS
