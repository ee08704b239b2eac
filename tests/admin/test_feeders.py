"""Feeder contests on the staff's face."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from models.feeders import feeders_of
from rules.permits import Role
from tests.contest_world import announced_event, draft_contest, draft_event
from tests.result_world import final_event
from tests.support import give, make_account, sign_in


@pytest.fixture
def organizer(app: Flask, client: FlaskClient, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    return client


def test_a_feeder_is_added_counted_and_taken_away(organizer: FlaskClient, desk: Desk) -> None:
    source = final_event(desk).event
    event = draft_event(desk, draft_contest(desk, name="市级决赛"))
    address = f"/admin/events/{event.id}/feeders/"
    assert "没有选拔赛" in organizer.get(address).text

    data = {"source_id": str(source.id), "places": "3", "per_unit": "1"}
    page = organizer.post(address, data=data, follow_redirects=True).text

    (feeder,) = feeders_of(desk.session, event.id)
    assert (feeder.places, feeder.per_unit) == (3, 1)
    assert '<td class="r num">3</td><td class="r num">1</td><td class="r num">3</td>' in page
    again = organizer.post(address, data=data)
    assert again.status_code == 422
    assert "已经是它的选拔赛" in again.text

    organizer.post(f"{address}{feeder.id}/remove")
    assert feeders_of(desk.session, event.id) == []


def test_an_announced_contest_shows_its_feeders_without_a_form(
    organizer: FlaskClient, desk: Desk
) -> None:
    event = announced_event(desk)

    page = organizer.get(f"/admin/events/{event.id}/feeders/").text

    assert "没有选拔赛" in page
    assert "添加选拔赛" not in page


def test_an_occupation_of_its_own_has_nobody_to_feed_it(organizer: FlaskClient, desk: Desk) -> None:
    event = draft_event(desk)

    assert "还没有同一职业" in organizer.get(f"/admin/events/{event.id}/feeders/").text
