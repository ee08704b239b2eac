"""The chief judge's room: completeness, spreads with figures, the lock, a sheet opened again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.panels import assign_chief, assign_judge, declare_recusal
from actions.scores import MarkEntry, enter_mark
from models.panels import WorkRecusal
from rules.states import EventState, SheetState
from tests.admin.test_judging import queries_of
from tests.result_world import Stage, listed_event, marked_event, scoring_event
from tests.support import make_account, sign_in


@pytest.fixture
def stage(app: Flask, client: FlaskClient, desk: Desk) -> Stage:
    """Signed sheets of five works, the chief signed in."""
    made = marked_event(desk)
    sign_in(app, client, desk, made.accounts["chief"])
    return made


def url(stage: Stage, tail: str) -> str:
    return f"/judge/{stage.event.id}/{tail}"


def test_what_is_missing_and_apart_is_listed(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = scoring_event(desk, 2)
    for seat, level in ((1, "0"), (2, "3"), (3, "3")):
        entry = MarkEntry(stage.codes[0], "A1.2", level, f"s{seat}")
        enter_mark(stage.seat(f"judge{seat}"), stage.sheets[seat - 1], entry)
    sign_in(app, client, desk, stage.accounts["chief"])

    page = client.get(url(stage, "chief")).text

    assert "还不能锁定" in page
    assert "0 · 3 · 3" in page
    assert "1 / 4" in page
    assert f"{stage.codes[1]} A1.2" in page
    assert client.post(url(stage, "lock"), data={}).status_code == 409


def test_the_whole_sheet_is_locked_and_opened_again(client: FlaskClient, stage: Stage) -> None:
    assert "可以锁定" in client.get(url(stage, "chief")).text
    assert "锁定成绩" in client.get(url(stage, "lock")).text

    assert client.post(url(stage, "lock"), data={}).location == url(stage, "chief")

    assert stage.event.state is EventState.LOCKED
    page = client.get(url(stage, "chief")).text
    assert "成绩根值" in page
    assert client.post(url(stage, "unlock"), data={"reason": ""}).status_code == 422
    client.post(url(stage, "unlock"), data={"reason": "录错一件"})
    assert stage.event.state is EventState.SCORING


def test_a_signed_sheet_is_opened_with_a_reason(client: FlaskClient, stage: Stage) -> None:
    first = stage.sheets[0]
    assert client.post(url(stage, f"release/{first.id}"), data={}).status_code == 422
    assert first.state is SheetState.SIGNED

    client.post(url(stage, f"release/{first.id}"), data={"reason": "A1.2 看错行"})

    assert first.state is SheetState.OPEN
    assert "待签名" in client.get(url(stage, "chief")).text
    other = scoring_event(stage.desk, 1)
    stage.desk.session.commit()
    foreign = url(stage, f"release/{other.sheets[0].id}")
    assert client.post(foreign, data={"reason": "x"}).status_code == 404


def test_before_marking_the_room_is_empty(app: Flask, client: FlaskClient, desk: Desk) -> None:
    from tests.result_world import _draw

    stage = listed_event(desk, 2)
    _draw(stage)
    sign_in(app, client, desk, stage.accounts["chief"])

    assert "还没开始录分" in client.get(url(stage, "chief")).text


def test_judges_and_strangers_stay_outside(app: Flask, client: FlaskClient, stage: Stage) -> None:
    for who in ("judge1", "organizer", "officer"):
        sign_in(app, client, stage.desk, stage.accounts[who])
        assert client.get(url(stage, "chief")).status_code == 403
    other = scoring_event(stage.desk, 1)
    sign_in(app, client, stage.desk, other.accounts["chief"])
    assert client.get(url(stage, "chief")).status_code == 403


def test_the_room_reads_as_often_for_many_works_as_for_one(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    counts = []
    for works in (1, 3):
        stage = scoring_event(desk, works)
        sign_in(app, client, desk, stage.accounts["chief"])
        counts.append(queries_of(client, url(stage, "chief")))

    assert counts[0] == counts[1] > 0


def test_who_stepped_aside_is_on_the_chief_s_page_at_once(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    code = stage.codes[0]
    sign_in(app, client, desk, stage.accounts["judge2"])
    path = f"/judge/{stage.event.id}/aside"
    assert code in client.get(path).text
    assert client.post(path, data={"code": "ZZZZ", "reason": "认识"}).status_code == 422
    assert client.post(path, data={"code": code}).status_code == 422
    assert client.post(path, data={"code": code, "reason": "是我徒弟做的"}).status_code == 302
    grid = client.get(f"/judge/{stage.event.id}/").text
    assert "你已回避这件作品" in grid
    assert f'name="{code}:' not in grid
    assert client.post(f"/judge/{stage.event.id}/", data={f"{code}:A1.2": "3"}).status_code == 302
    assert code not in client.get(path).text

    sign_in(app, client, desk, stage.accounts["chief"])
    page = client.get(f"/judge/{stage.event.id}/chief").text
    assert "是我徒弟做的" in page
    assert "尚未指定" in page
    assert "需请候补裁判" in page

    sign_in(app, client, desk, stage.accounts["organizer"])
    panel = f"/admin/events/{stage.event.id}/panel/"
    assert "是我徒弟做的" in client.get(panel).text
    row = desk.session.scalars(select(WorkRecusal)).one()
    helper = make_account(desk.session, "候补")
    desk.session.commit()
    call = f"{panel}asides/{row.id}/substitute"
    assert client.post(call, data={"handle": "nobody"}).status_code == 422
    assert client.post(call, data={"handle": helper.username}).status_code == 302
    assert client.post(call, data={"handle": helper.username}).status_code == 409
    assert "候补" in client.get(panel).text


def test_who_stepped_down_is_on_the_chief_s_page_too(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = listed_event(desk)
    organizer = stage.seat("organizer")
    assign_chief(organizer, stage.event, stage.accounts["chief"])
    seat = assign_judge(organizer, stage.event, stage.accounts["judge1"], number=1)
    declare_recusal(stage.seat("judge1"), stage.event, seat, reason="表弟参赛")
    desk.session.commit()

    sign_in(app, client, desk, stage.accounts["chief"])

    assert "表弟参赛" in client.get(f"/judge/{stage.event.id}/chief").text
