"""The list of events: narrowed by trade, date and place; who may enter, and whether oneself may."""

import datetime as dt

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.entries import begin_entry
from models.contests import Event
from rules.eligibility import Rule, RuleKind
from rules.permits import Actor
from rules.states import EntryState, EventState
from tests import public_world as world
from tests.contest_world import announced_event, at, draft_contest
from tests.showcase.pages import MOST_QUERIES, queries, words
from tests.support import make_account, sign_in

ADULT = Rule("E1", RuleKind.MIN_AGE, "18", clause="年满 18 周岁")


def open_event(desk: Desk) -> Event:
    event = announced_event(desk, eligibility=(ADULT,))
    event.state = EventState.OPEN
    event.contest.place = "舟山技师学院（示例）"
    desk.session.flush()
    return event


def test_an_open_event_tells_days_place_and_conditions(desk: Desk, client: FlaskClient) -> None:
    event = open_event(desk)

    page = words(client, "/events/")

    assert "年满 18 周岁" in page
    assert "报名中，剩" in page
    assert "舟山技师学院（示例）" in page
    begin = f"/account/entries/new/{event.contest.slug}/{event.slug}"
    assert f'href="{begin}"' in client.get("/events/").text


def test_filters_leave_what_answers_to_all(desk: Desk, client: FlaskClient) -> None:
    event = open_event(desk)
    month = event.held_on.strftime("%Y-%m")

    for query in (f"month={month}", f"trade={event.occupation.name}", "phase=open"):
        assert "找到 1 个赛项" in words(client, f"/events/?{query}"), query
    both = f"/events/?phase=open&month={month}&place=舟山技师学院（示例）"
    assert "找到 1 个赛项" in words(client, both)
    nothing = words(client, "/events/?phase=over")
    assert "没有赛项同时符合这些条件" in nothing


def test_drafts_are_not_listed(desk: Desk, client: FlaskClient) -> None:
    contest = draft_contest(desk)

    assert contest.name not in client.get("/events/").text


def test_whoever_is_signed_in_reads_the_own_chances(
    app: Flask, desk: Desk, client: FlaskClient, session: Session
) -> None:
    event = open_event(desk)
    reader = make_account(session)
    child = event.held_on.replace(year=event.held_on.year - 17)
    reader.person = world.craftsman(desk).person
    reader.person.birth_date = child
    session.commit()
    sign_in(app, client, desk, reader)

    assert "你暂时不能报" in words(client, "/events/")

    reader.person.birth_date = dt.date(1990, 1, 1)
    session.commit()
    assert "你可以报名" in words(client, "/events/")

    reader.person.birth_date = None
    session.commit()
    assert "有条件需要核实" in words(client, "/events/")

    owner = at(desk, event.entries_open_at).acting_as(Actor(reader.id))
    entry = begin_entry(owner, event, form_key="k")
    entry.person, entry.state = reader.person, EntryState.RETURNED
    entry.submitted_at, entry.receipt_no = owner.now, "R-1"
    session.commit()
    page = words(client, "/events/")
    assert "你已报名" in page
    assert "有条件需要核实" not in page


def test_the_list_asks_as_often_whatever_its_length(
    desk: Desk, client: FlaskClient, session: Session
) -> None:
    open_event(desk)

    assert queries(session, client, "/events/") <= MOST_QUERIES
