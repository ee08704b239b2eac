"""Contests and events: the year, what is open, the rules in words, what became of it."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.contests import cancel_contest
from actions.desk import Desk
from models.contests import Event
from models.public import contests as window
from rules.eligibility import Rule, RuleKind
from rules.states import EventState
from rules.terms import Family
from showcase.contests import span
from tests import public_world as world
from tests.contest_world import announced_event, draft_contest
from tests.result_world import NAMES, posted_event
from tests.showcase.pages import MOST_QUERIES, queries, words


def address(event: Event) -> str:
    return f"/contests/{event.contest.slug}/{event.slug}/"


def open_event(desk: Desk) -> Event:
    rule = Rule("E1", RuleKind.MIN_AGE, "18", clause="年满 18 周岁")
    event = announced_event(desk, eligibility=(rule,))
    event.state = EventState.OPEN
    return event


def test_a_year_without_contests_says_so(client: FlaskClient, session: Session) -> None:
    page = words(client, "/contests/")

    assert "全年 0 场" in page
    assert "0 场竞赛" in page


def test_open_events_tell_places_days_and_conditions(desk: Desk, client: FlaskClient) -> None:
    event = open_event(desk)
    world.craftsman(desk, family=Family.GRAIN)
    page = client.get("/contests/?year=2026").text

    assert "0 / 3 个名额" in page
    assert "年满 18 周岁" in page
    assert f'href="{address(event)}"' in page
    assert "报名中，剩" in page
    assert "<img" in page


def test_a_contest_called_off_is_shown_and_not_counted(desk: Desk, client: FlaskClient) -> None:
    contest = announced_event(desk).contest
    assert "全年 1 场" in words(client, "/contests/?year=2026")

    cancel_contest(desk, contest, ground="台风过境，赛场停用")
    page = words(client, "/contests/?year=2026")

    assert "全年 0 场" in page
    assert contest.name in page


def test_drafts_are_nobodys_business(desk: Desk, client: FlaskClient) -> None:
    contest = draft_contest(desk)

    assert contest.name not in client.get("/contests/").text
    words(client, f"/contests/{contest.slug}/", 404)
    words(client, f"/contests/{contest.slug}/any/", 404)


def test_an_announced_contest_that_is_called_off_stays_readable(
    desk: Desk, client: FlaskClient
) -> None:
    event = announced_event(desk)
    cancel_contest(desk, event.contest, ground="台风")
    never = draft_contest(desk, name="没发过通知的竞赛")
    cancel_contest(desk, never, ground="不办了")

    assert "本场竞赛已取消" in words(client, f"/contests/{event.contest.slug}/")
    assert event.contest.name in words(client, f"/contests/?year={event.contest.year}")
    words(client, f"/contests/{never.slug}/", 404)


def test_a_contest_lists_its_events(desk: Desk, client: FlaskClient) -> None:
    event = announced_event(desk)
    page = client.get(f"/contests/{event.contest.slug}/").text

    assert event.contest.approval_no in page
    assert f'href="{address(event)}"' in page
    event.rules_frozen_at = None
    assert "赛项还在筹备" in words(client, f"/contests/{event.contest.slug}/")


def test_an_event_offers_what_its_state_allows(desk: Desk, client: FlaskClient) -> None:
    event = open_event(desk)
    page = client.get(address(event)).text

    assert f"/account/entries/begin/{event.contest.slug}/{event.slug}" in page or "我要报名" in page
    assert "实操 100 %" in page
    assert "年满 18 周岁" in page
    assert "/draw" not in page
    assert "/results" not in page
    assert "A1.1" not in page
    words(client, f"/contests/{event.contest.slug}/unknown/", 404)


def test_the_scheme_is_shown_after_the_event(desk: Desk, client: FlaskClient) -> None:
    stage = posted_event(desk)
    page = client.get(address(stage.event)).text

    assert "A1.1" in page
    assert f"{address(stage.event)}results" in page
    assert f"{address(stage.event)}draw" in page
    listing = words(client, f"/contests/?year={stage.event.contest.year}")
    assert NAMES[0] in listing
    assert NAMES[-1] not in listing


def test_a_bar_stands_where_the_year_is(desk: Desk, session: Session) -> None:
    event = announced_event(desk)
    event.entries_open_at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    event.held_on = dt.date(2026, 5, 1)
    event.contest.year = 2026
    session.flush()
    (row,) = window.contests(session)

    start, width, held, length = span(row)
    assert (start, held, length) == (20.3, 40.3, 2.0)
    assert start + width == held
    event.entries_open_at = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    event.held_on = dt.date(2027, 1, 5)
    session.flush()
    (row,) = window.contests(session)
    assert span(row)[:3] == (0.0, 120.0, 120.0)


def test_a_contest_without_days_has_no_bar(desk: Desk, session: Session) -> None:
    event = announced_event(desk)
    event.rules_frozen_at = None
    session.flush()
    (row,) = window.contests(session)

    assert span(row) == (0, 0, 0, 0)


def test_contests_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    stage = posted_event(desk)
    addresses = (
        f"/contests/?year={stage.event.contest.year}",
        f"/contests/{stage.event.contest.slug}/",
        address(stage.event),
    )
    one = [queries(session, client, each) for each in addresses]
    for _ in range(2):
        open_event(desk)
    assert [queries(session, client, each) for each in addresses] == one
    assert max(one) <= MOST_QUERIES
