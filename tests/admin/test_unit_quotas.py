"""Places by unit on the event's page: set, changed, lifted by who runs the contest."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from models.contests import Event
from models.organizations import Organization
from models.units import UnitQuota
from rules.permits import Role
from tests.admin.office import staff
from tests.entry_world import open_event
from tests.unit_world import make_unit


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


def test_a_quota_is_set_changed_and_lifted(
    app: Flask, desk: Desk, event: Event, unit: Organization
) -> None:
    organizer: FlaskClient = staff(app, desk, Role.ORGANIZER)
    url = f"/admin/events/{event.id}/units/"
    assert "还没有单位报名" in organizer.get(url).text

    assert organizer.post(url, data={"unit": unit.id, "quota": "4"}).status_code == 302
    assert unit.name in organizer.get(url).text
    assert desk.session.query(UnitQuota).one().quota == 4
    for wrong in ("-1", "9999", "many"):
        assert organizer.post(url, data={"unit": unit.id, "quota": wrong}).status_code == 422
    assert organizer.post(url, data={"unit": 0, "quota": "3"}).status_code == 422
    desk.session.query(UnitQuota).one().taken = 2
    desk.session.commit()
    refused = organizer.post(url, data={"unit": unit.id, "quota": "1"})
    assert refused.status_code == 422
    assert "已有 2 人" in refused.text

    organizer.post(url, data={"unit": unit.id, "quota": ""})
    assert desk.session.query(UnitQuota).count() == 0


def test_others_find_no_door(app: Flask, desk: Desk, event: Event, unit: Organization) -> None:
    reviewer = staff(app, desk, Role.REVIEWER)
    url = f"/admin/events/{event.id}/units/"

    assert reviewer.get(url).status_code == 403
    assert reviewer.post(url, data={"unit": unit.id, "quota": "4"}).status_code == 403


def test_an_event_says_that_it_wants_recommendations(app: Flask, desk: Desk, event: Event) -> None:
    event.needs_endorsement = True
    desk.session.commit()

    assert "每份报名都要" in staff(app, desk, Role.ORGANIZER).get(f"/admin/events/{event.id}/").text
