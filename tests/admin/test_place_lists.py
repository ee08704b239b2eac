"""Lists of one event and of one unit as files: for the people of that place alone, masked."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.reviews import accept_entry
from actions.submissions import submit_entry
from models.audit import AuditLine
from models.contests import Event
from models.organizations import Organization
from rules.permits import Role
from tests.admin.office import staff
from tests.admin.test_messages import failed_copy
from tests.admin.test_units import handed_in, signed_in, upload
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.result_world import NAMES, final_event
from tests.support import sign_in
from tests.unit_world import cells, contact_account, make_unit
from web.clock import now

ASK = {"kind": "csv", "purpose": "单位存档"}


@pytest.fixture
def event(desk: Desk) -> Event:
    row = open_event(desk, quota=9)
    row.entries_open_at = now().replace(year=now().year - 1)
    row.entries_close_at = now().replace(year=now().year + 1)
    row.needs_endorsement = True
    desk.session.commit()
    return row


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


@pytest.fixture
def clerk(app: Flask, desk: Desk, unit: Organization) -> FlaskClient:
    return signed_in(app, desk, contact_account(desk, unit))


def table(browser: FlaskClient, name: str, query: str) -> list[list[str]]:
    answer = browser.post(f"/admin/lists/{name}/export?{query}", data=ASK)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


def test_a_units_lists_are_its_own_and_masked(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    handed_in(desk, event, unit)
    home = upload(clerk, unit, event, cells(9))
    clerk.post(f"{home}/commit")
    here = f"unit={unit.id}"

    (person,) = table(clerk, "unit-people", here)
    assert person[0] == "选手4"
    assert person[2] == f"{sample_id(4)[:6]}********{sample_id(4)[-4:]}"
    (invited,) = table(clerk, "unit-workers", f"{here}&state=open")
    assert invited[:2] == [cells(9)["name"], event.name]
    assert cells(9)["phone"] not in "".join(invited)
    assert table(clerk, "unit-endorsements", f"{here}&state=asked")[0][0] == "选手4"
    assert table(clerk, "unit-lists", here)[0][:2] == ["一班.xlsx", event.name]

    for path, name in (("people", "unit-people"), ("workers", "unit-workers")):
        assert f"/admin/lists/{name}/export?{here}" in clerk.get(f"/unit/{unit.id}/{path}/").text
    page = clerk.get(f"/admin/lists/unit-workers/export?{here}").text
    assert 'aria-current="page">邀请' in page
    other = signed_in(app, desk, contact_account(desk, make_unit(desk)))
    names = ("unit-people", "unit-workers", "unit-endorsements", "unit-lists")
    for name in names:
        assert other.post(f"/admin/lists/{name}/export?{here}", data=ASK).status_code == 403
        assert (
            staff(app, desk, Role.OFFICER).get(f"/admin/lists/{name}/export?{here}").status_code
            == 403
        )
    lines = desk.session.scalars(select(AuditLine).filter_by(deed="export_list")).all()
    assert [line.detail["list"] for line in lines] == list(names)
    assert {line.thing for line in lines} == {f"organization:{unit.id}"}


def test_copies_of_messages_keep_their_addresses_masked(app: Flask, desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event, 1, "贺通过")
    submit_entry(own(seat), entry)
    accept_entry(reviewer(desk, event), entry)
    failed_copy(desk)
    organizer, here = staff(app, desk, Role.ORGANIZER), f"event={event.id}"

    (row,) = table(organizer, "messages", f"{here}&state=failed")

    assert row[1] == "贺通过"
    assert "****" in row[2]
    assert row[5] == "410 停机"
    assert row in table(organizer, "messages", f"{here}&about=0")
    page = organizer.get(f"/admin/events/{event.id}/messages/?state=failed").text
    assert f"/admin/lists/messages/export?state=failed&amp;{here}" in page
    empty = organizer.post(f"/admin/lists/messages/export?{here}&state=sent", data=ASK)
    assert empty.status_code == 422


def test_certificates_of_an_event(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = final_event(desk)
    desk.session.commit()
    sign_in(app, client, desk, stage.accounts["organizer"])
    page = f"/admin/events/{stage.event.id}/certificates/"
    assert "/admin/lists/certificates/" not in client.get(page).text
    client.post(f"{page}award")
    assert f"/admin/lists/certificates/export?event={stage.event.id}" in client.get(page).text

    rows = table(client, "certificates", f"event={stage.event.id}")

    assert [row[0] for row in rows] == list(NAMES[:4])
    assert {row[3] for row in rows} == {"有效"}
