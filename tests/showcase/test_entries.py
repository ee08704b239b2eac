"""The contestant's pages: five steps on a phone, kept at every one, and what comes after."""

import datetime as dt
import io
from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session
from werkzeug.test import TestResponse

from actions.desk import Desk
from actions.events import move_event
from actions.reviews import accept_entry, reject_entry, return_entry
from actions.submissions import submit_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.people import Consent
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import ConsentPurpose
from tests.admin.office import counted
from tests.contest_world import at, draft_contest, draft_event
from tests.entry_world import filled, open_event, picture, reviewer, sample_id
from tests.support import actor_of, make_account, sign_in
from web.clock import now

WHO = {"name": "贺选手", "id_number": sample_id(1), "phone": "13800001234", "consent": "y"}
WORK = {
    "organization": "0",
    "town": "0",
    "employer": "示例船厂",
    "in_trade_since": "2012",
    "skill_level": "three",
}


def running(desk: Desk, quota: int = 2) -> Event:
    """Announce an event whose window holds the present moment."""
    row = open_event(desk, quota)
    row.entries_open_at, row.entries_close_at = now() - dt.timedelta(1), now() + dt.timedelta(5)
    desk.session.flush()
    return row


@pytest.fixture
def event(desk: Desk) -> Event:
    return running(desk)


@pytest.fixture
def account(app: Flask, client: FlaskClient, desk: Desk) -> Account:
    row = make_account(desk.session, "贺选手")
    sign_in(app, client, desk, row)
    return row


def seat(desk: Desk, account: Account) -> Desk:
    return at(desk.acting_as(actor_of(desk.session, account)), now())


def begin_url(event: Event) -> str:
    return f"/account/entries/new/{event.contest.slug}/{event.slug}"


def begun(client: FlaskClient, event: Event) -> Entry:
    client.post(begin_url(event), data={"form_key": "k"})
    session = object_session(event)
    assert session is not None
    return session.scalars(select(Entry)).one()


def post(client: FlaskClient, entry: Entry, page: str, data: Mapping[str, object]) -> TestResponse:
    return client.post(f"/account/entries/{entry.id}/{page}", data=data)


def work(event: Event, **changes: str) -> dict[str, object]:
    return {**WORK, "occupation": str(event.occupation_id), **changes}


def ready(client: FlaskClient, event: Event) -> Entry:
    entry = begun(client, event)
    post(client, entry, "step/1", dict(WHO))
    post(client, entry, "step/2", work(event))
    post(client, entry, "step/3", {"photo": (io.BytesIO(picture()), "me.jpg")})
    post(client, entry, "conditions", {})
    return entry


def test_five_steps_lead_to_a_receipt(client: FlaskClient, event: Event, account: Account) -> None:
    assert "开始填写" in client.get(begin_url(event)).text
    entry = ready(client, event)

    page = client.get(f"/account/entries/{entry.id}/review").text
    for words in ("贺选手", f"990001********{WHO['id_number'][-4:]}", "138****1234", "示例船厂"):
        assert words in page
    assert WHO["id_number"] not in page
    assert client.get(f"/account/entries/{entry.id}/step/5").location.endswith("/review")
    answer = post(client, entry, "review", {})

    assert answer.status_code == 302
    shown = client.get(answer.location).text
    assert str(entry.receipt_no) in shown
    assert "撤回" in shown
    assert post(client, entry, "review", {}).location.endswith(f"/{entry.id}")
    assert event.seats_taken == 1


def test_a_form_sent_twice_begins_one_entry(
    client: FlaskClient, event: Event, account: Account, session: Session
) -> None:
    first = client.post(begin_url(event), data={"form_key": "k"})
    again = client.post(begin_url(event), data={"form_key": "k"})

    assert first.location == again.location
    assert len(session.scalars(select(Entry)).all()) == 1


def test_a_step_says_how_many_things_are_wrong_and_keeps_what_was_typed(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = begun(client, event)

    bad = dict(WHO, id_number="110105194912310021", phone="123")
    answer = post(client, entry, "step/1", bad)

    assert answer.status_code == 422
    assert "<title>有 2 处需要改" in answer.text
    assert 'href="#id_number"' in answer.text
    assert 'value="123"' in answer.text
    assert entry.person is None
    refused = post(client, entry, "step/1", {k: v for k, v in WHO.items() if k != "consent"})
    assert (refused.status_code, entry.person) == (422, None)


def test_nobody_runs_ahead_and_everybody_resumes(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = begun(client, event)
    for page in ("step/3", "step/9", "conditions", "review"):
        assert client.get(f"/account/entries/{entry.id}/{page}").location.endswith("/step/1")
    post(client, entry, "step/1", dict(WHO))
    post(client, entry, "step/2", work(event))

    assert client.get(f"/account/entries/{entry.id}/review").location.endswith("/step/3")
    page = client.get(f"/account/entries/{entry.id}/step/2").text
    assert "示例船厂" in page
    assert 'value="2012"' in page
    again = client.get(f"/account/entries/{entry.id}/step/1")
    assert WHO["id_number"] in again.text
    assert again.headers["Cache-Control"] == "private, no-store"
    assert "接着填" in client.get(f"/account/entries/{entry.id}").text


def test_a_portrait_is_asked_once_and_stays_private(
    app: Flask, client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = begun(client, event)
    post(client, entry, "step/1", dict(WHO))
    post(client, entry, "step/2", work(event))
    assert post(client, entry, "step/3", {}).status_code == 422
    text = (io.BytesIO(b"not a picture"), "me.jpg")
    assert post(client, entry, "step/3", {"photo": text}).status_code == 422
    post(client, entry, "step/3", {"photo": (io.BytesIO(picture()), "me.jpg")})
    assert entry.photo is not None

    page = client.get(f"/account/entries/{entry.id}/step/3").text
    source = f"/media/private/{entry.photo.stem}-240.webp"
    assert source in page
    with client.get(source) as answer:
        sent = answer.data
    assert b"Exif" not in sent
    assert "示例相机".encode() not in sent
    kept = entry.photo_id
    assert post(client, entry, "step/3", {}).location.endswith("/conditions")
    assert entry.photo_id == kept
    stranger = app.test_client()
    sign_in(app, stranger, desk, make_account(desk.session))
    assert stranger.get(source).status_code == 404


def test_a_failing_condition_is_shown_with_its_clause(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = begun(client, event)
    child = dict(WHO, id_number=sample_id(3, "20150101"))
    post(client, entry, "step/1", dict(child))
    post(client, entry, "step/2", work(event, in_trade_since="2024"))
    post(client, entry, "step/3", {"photo": (io.BytesIO(picture()), "me.jpg")})

    assert client.get(f"/account/entries/{entry.id}/step/4").location.endswith("/conditions")
    page = client.get(f"/account/entries/{entry.id}/conditions")
    assert "年满 18 周岁" in page.text
    assert "不符合" in page.text
    refused = post(client, entry, "conditions", {})
    assert (refused.status_code, entry.state) == (422, EntryState.DRAFT)


def test_the_last_place_gone_is_said_and_the_draft_is_kept(
    client: FlaskClient, event: Event, account: Account
) -> None:
    entry = ready(client, event)
    event.quota = event.seats_taken = 1
    answer = post(client, entry, "review", {})

    assert answer.status_code == 422
    assert "名额" in answer.text
    assert entry.state is EntryState.DRAFT


def test_showing_a_page_is_agreed_to_apart_and_taken_back(
    client: FlaskClient, event: Event, account: Account, session: Session
) -> None:
    entry = begun(client, event)
    standing = select(Consent.purpose).where(Consent.withdrawn_at.is_(None))
    post(client, entry, "step/1", {**WHO, "shows": "y"})
    assert set(session.scalars(standing)) == {ConsentPurpose.REGISTRATION, ConsentPurpose.STORY}

    post(client, entry, "step/1", dict(WHO))

    assert list(session.scalars(standing)) == [ConsentPurpose.REGISTRATION]


def test_what_was_returned_names_its_fields(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = ready(client, event)
    submit_entry(seat(desk, account), entry)
    return_entry(reviewer(desk, event), entry, remarks={"photo": "太暗了", "general": "请补"})

    page = client.get(f"/account/entries/{entry.id}").text
    assert "太暗了" in page
    assert f"/account/entries/{entry.id}/step/3" in page
    assert "太暗了" in client.get(f"/account/entries/{entry.id}/step/3").text
    assert "太暗了" not in client.get(f"/account/entries/{entry.id}/step/2").text
    post(client, entry, "review", {})
    assert (entry.state, entry.remarks) == (EntryState.SUBMITTED, {})


def test_taking_back_and_withdrawing(client: FlaskClient, event: Event, account: Account) -> None:
    entry = ready(client, event)
    post(client, entry, "review", {})
    assert post(client, entry, "recall", {}).location.endswith("/review")
    assert entry.state is EntryState.DRAFT
    post(client, entry, "review", {})

    assert "让给" in client.get(f"/account/entries/{entry.id}/withdraw").text
    assert post(client, entry, "withdraw", {"reason": ""}).status_code == 422
    assert post(client, entry, "withdraw", {"reason": "临时出海"}).status_code == 302
    assert (entry.state, event.seats_taken) == (EntryState.WITHDRAWN, 0)
    assert client.get(f"/account/entries/{entry.id}/step/1").location.endswith(f"/{entry.id}")


def test_an_accepted_entry_has_a_pass_for_paper(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = ready(client, event)
    submit_entry(seat(desk, account), entry)
    desk.session.commit()
    for page in ("pass", "pass.svg"):
        assert client.get(f"/account/entries/{entry.id}/{page}").status_code == 404
    accept_entry(reviewer(desk, event), entry)

    sheet = client.get(f"/account/entries/{entry.id}/pass").text
    assert str(entry.pass_no) in sheet
    assert "pass.css" in sheet
    code = client.get(f"/account/entries/{entry.id}/pass.svg")
    assert code.mimetype == "image/svg+xml"
    assert "style=" not in code.text
    assert "参赛证" in client.get(f"/account/entries/{entry.id}").text


def test_a_rejection_says_why(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = ready(client, event)
    submit_entry(seat(desk, account), entry)
    reject_entry(reviewer(desk, event), entry, reason="材料不实")

    assert "材料不实" in client.get(f"/account/entries/{entry.id}").text


def test_entries_are_their_owners_alone(
    app: Flask, client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = ready(client, event)
    stranger = app.test_client()
    assert stranger.get(f"/account/entries/{entry.id}").status_code == 302
    sign_in(app, stranger, desk, make_account(desk.session))

    for page in ("", "/step/1", "/conditions", "/review", "/withdraw", "/pass"):
        assert stranger.get(f"/account/entries/{entry.id}{page}").status_code == 404
    assert stranger.post(f"/account/entries/{entry.id}/recall").status_code == 404


def test_my_entries_ask_the_database_no_more_for_more_rows(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    empty = client.get("/account/entries/")
    assert "/contests/" in empty.text
    counts, owner = [], account.id
    for rows in (1, 3):
        while len(desk.session.scalars(select(Entry)).all()) < rows:
            filled_draft(desk, owner, draft_event(desk, draft_contest(desk)))
        with counted() as reads:
            client.get("/account/entries/")
        counts.append(len(reads))

    assert counts[0] == counts[1]


def filled_draft(desk: Desk, owner: int, event: Event) -> None:
    key = f"row-{event.id}"
    desk.session.add(
        Entry(event=event, account_id=owner, form_key=key, started_at=desk.now, answers={})
    )
    desk.session.flush()


def test_a_closed_window_refuses_in_words(
    client: FlaskClient, event: Event, account: Account, desk: Desk
) -> None:
    entry = ready(client, event)
    move_event(at(desk, event.entries_close_at), event, "close")

    refused = client.post(f"/account/entries/{entry.id}/review")
    assert refused.status_code == 422
    assert entry.state is EntryState.DRAFT
    other = filled(at(desk.acting_as(Actor(account.id)), now()), event)
    assert other is entry
