"""What entrants sent along, as one zip: for reviewers, by safe names, with a purpose on record."""

import contextvars
import dataclasses
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.replies import files_of, place_of
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.registration_forms import RegistrationForm
from rules.permits import Role, Scope
from rules.registration_forms import DataClass, form_from_json, form_to_json
from tests.actions.test_entry_changes import handed_in
from tests.admin.office import counted, staff
from tests.entry_world import open_event
from tests.form_world import SECRET_FILE, asking
from tests.support import give, make_account, sign_in

ASK = {"kind": "files", "purpose": "核对证明材料"}


@pytest.fixture
def event(desk: Desk) -> Event:
    made = open_event(desk, quota=9)
    asking(desk, made)
    return made


@pytest.fixture
def entry(desk: Desk, event: Event) -> Entry:
    _, made = handed_in(desk, event)
    desk.session.commit()
    return made


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER)


def url(event: Event, query: str = "") -> str:
    return f"/admin/contests/{event.contest_id}/entries/export{query}"


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_the_zip_holds_what_was_sent_under_names_of_the_entry(
    office: FlaskClient, desk: Desk, event: Event, entry: Entry
) -> None:
    assert "报名材料（zip）" in office.get(url(event)).text

    answer = office.post(url(event), data=ASK)

    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=files-")
    (name,) = names(answer.data)
    assert name == f"{entry.receipt_no}-在职证明-1.jpg"
    packed = zipfile.ZipFile(io.BytesIO(answer.data)).read(name)
    assert packed[:2] == b"\xff\xd8"
    assert SECRET_FILE.encode() not in answer.data
    line = desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).one()
    assert (line.detail["kind"], line.detail["purpose"]) == ("files", "核对证明材料")
    assert (line.detail["rows"], line.detail["whole"]) == (1, False)


def test_names_and_sensitive_files_only_where_whole_is_asked_for(
    office: FlaskClient, desk: Desk, event: Event, entry: Entry
) -> None:
    assert entry.person is not None
    entry.person.name = "../贺:定波"
    desk.session.commit()
    answer = office.post(url(event), data={**ASK, "whole": "y"})
    assert names(answer.data) == [f"{entry.receipt_no}-贺定波-在职证明-1.jpg"]

    make_sensitive(desk, event)
    assert names(office.post(url(event), data=ASK).data) == []
    answer = office.post(url(event), data={**ASK, "whole": "y"})
    assert len(names(answer.data)) == 1


def make_sensitive(desk: Desk, event: Event) -> None:
    """Let the question of the file be a sensitive one."""
    row = desk.session.scalars(select(RegistrationForm).filter_by(event_id=event.id)).one()
    form = form_from_json(row.body)
    pages = tuple(
        dataclasses.replace(
            page,
            fields=tuple(
                dataclasses.replace(field, data_class=DataClass.SENSITIVE)
                if field.code == "proof"
                else field
                for field in page.fields
            ),
        )
        for page in form.pages
    )
    row.body = form_to_json(dataclasses.replace(form, pages=pages))
    desk.session.commit()


def test_it_is_for_reviewers_of_these_events(
    app: Flask, desk: Desk, event: Event, entry: Entry
) -> None:
    organizer = staff(app, desk, Role.ORGANIZER)
    assert "报名材料（zip）" not in organizer.get(url(event)).text
    refused = organizer.post(url(event), data=ASK)
    assert refused.status_code == 422
    assert entry.receipt_no not in refused.text
    assert staff(app, desk, Role.JUDGE).post(url(event), data=ASK).status_code == 403
    stranger = make_account(desk.session)
    give(desk.session, stranger, Role.REVIEWER, Scope.CONTEST, event.contest_id + 1)
    browser = app.test_client()
    sign_in(app, browser, desk, stranger)
    assert browser.post(url(event), data=ASK).status_code == 403
    assert desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).all() == []


def test_without_a_file_or_a_purpose_nothing_is_made(
    office: FlaskClient, desk: Desk, event: Event, entry: Entry
) -> None:
    assert office.post(url(event), data={**ASK, "purpose": ""}).status_code == 422
    empty = office.post(url(event, "?state=rejected"), data=ASK)
    assert (empty.status_code, "列表是空的" in empty.text) == (422, True)
    for file in files_of(desk, entry):
        desk.session.delete(file)
    desk.session.commit()
    none = office.post(url(event), data=ASK)
    assert none.status_code == 422
    assert "没有人随报名提交材料" in none.text


def test_a_lost_file_is_left_out_and_the_rest_is_sent(
    office: FlaskClient, desk: Desk, event: Event, entry: Entry
) -> None:
    _, other = handed_in(desk, event, 2)
    desk.session.commit()
    (file,) = files_of(desk, entry)
    desk.shelf.drop(place_of(file.key))
    here = url(event)

    answer = contextvars.Context().run(lambda: office.post(here, data=ASK).data)

    assert names(answer) == [f"{other.receipt_no}-在职证明-1.jpg"]


def test_more_entries_cost_no_more_queries(
    office: FlaskClient, desk: Desk, event: Event, entry: Entry
) -> None:
    key, here = entry.event_id, url(event)
    with counted() as one:
        assert len(names(office.post(here, data=ASK).data)) == 1
    for serial in (2, 3, 4):
        handed_in(desk, desk.session.get_one(Event, key), serial)
    with counted() as many:
        assert len(names(office.post(here, data=ASK).data)) == 4
    assert len(many) == len(one)
