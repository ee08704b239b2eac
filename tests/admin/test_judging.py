"""The judge's tablet: the pledge, the grid, each mark, absence, the signature."""

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as events
from sqlalchemy import select

from actions.desk import Desk
from actions.scores import MarkEntry, enter_mark
from adapters.passwords import hash_password
from models.panels import PanelSeat
from models.scores import LedgerRow
from rules.states import SheetState
from tests.result_world import Stage, listed_event, scoring_event
from tests.support import sign_in
from web.db import db

PASSWORD = "the tide of a summer morning"


@pytest.fixture
def stage(app: Flask, client: FlaskClient, desk: Desk) -> Stage:
    """Two works to be marked, judge 1 signed in."""
    made = scoring_event(desk, 2)
    sign_in(app, client, desk, made.accounts["judge1"])
    return made


def url(stage: Stage, tail: str = "") -> str:
    return f"/judge/{stage.event.id}/{tail}"


def send(client: FlaskClient, stage: Stage, **changes: Any) -> Any:  # noqa: ANN401 (JSON)
    change = {"code": stage.codes[0], "aspect": "A1.2", "value": "2", "key": "k1", "based_on": 0}
    return client.post(url(stage, "mark"), json={**change, **changes})


def rows(stage: Stage) -> list[LedgerRow]:
    query = select(LedgerRow).where(LedgerRow.sheet_id == stage.sheets[0].id)
    return list(stage.desk.session.scalars(query.order_by(LedgerRow.seq)))


def test_the_list_shows_seats_and_events_one_leads(
    app: Flask, client: FlaskClient, stage: Stage
) -> None:
    assert "1 号席" in client.get("/judge/").text
    sign_in(app, client, stage.desk, stage.accounts["chief"])
    page = client.get("/judge/").text
    assert "我任裁判长的赛项" in page
    sign_in(app, client, stage.desk, stage.accounts["organizer"])
    assert client.get("/judge/").status_code == 403


def test_no_work_before_the_pledge(client: FlaskClient, stage: Stage) -> None:
    stage.sheets[0].seat.pledged_at = None
    stage.desk.session.commit()

    assert client.get(url(stage)).location == url(stage, "pledge")
    refused = client.post(url(stage, "pledge"), data={})
    assert stage.codes[0] not in refused.text
    assert client.post(url(stage, "pledge"), data={"sure": "y"}).location == url(stage)
    assert stage.codes[0] in client.get(url(stage)).text


def test_the_grid_has_heads_levels_scales_and_the_own_columns(
    app: Flask, client: FlaskClient, stage: Stage
) -> None:
    page = client.get(url(stage)).text

    assert [code in page for code in stage.codes] == [True, True]
    assert "测量" in page
    assert "很整齐" in page
    assert page.count('class="cellin"') == 4
    sign_in(app, client, stage.desk, stage.accounts["judge2"])
    assert client.get(url(stage)).text.count('class="cellin"') == 2


def test_a_mark_is_taken_and_told(client: FlaskClient, stage: Stage) -> None:
    answer = send(client, stage, value="3")

    assert answer.json == {"ok": True, "seq": 1, "value": "3", "points": "5.00", "flag": ""}
    assert send(client, stage, value="3").json["seq"] == 1
    assert len(rows(stage)) == 1


def test_nothing_measured_is_flagged_not_refused(client: FlaskClient, stage: Stage) -> None:
    answer = send(client, stage, aspect="A1.1", value="0")

    assert answer.json["flag"] == "out"
    assert "0 分" in client.get(url(stage)).text


def test_the_last_of_three_seats_is_told_of_a_spread(client: FlaskClient, stage: Stage) -> None:
    for seat, value in ((2, "0"), (3, "1")):
        entry = MarkEntry(stage.codes[0], "A1.2", value, f"s{seat}")
        enter_mark(stage.seat(f"judge{seat}"), stage.sheets[seat - 1], entry)
    stage.desk.session.commit()

    assert send(client, stage, value="3").json["flag"] == "sp"
    page = client.get(url(stage)).text
    assert "分差" in page
    assert re.findall(r'class="cellin"[^>]* value="(\d+)"', page) == ["3"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"value": "4"}, 422),
        ({"code": "ZZZZ"}, 422),
        ({"aspect": "Z9"}, 422),
        ({"key": None}, 422),
        ({"value": ["2"], "based_on": "x"}, 422),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: FlaskClient, stage: Stage, changes: dict[str, Any], status: int
) -> None:
    answer = send(client, stage, **changes)

    assert (answer.status_code, answer.json["kind"]) == (status, "refused")
    assert answer.json["words"].endswith("。")
    assert rows(stage) == []


def test_what_is_no_json_object_is_refused(client: FlaskClient, stage: Stage) -> None:
    assert client.post(url(stage, "mark"), json=["x"]).status_code == 422
    assert client.post(url(stage, "mark"), data="{").status_code == 422


def test_a_stale_mark_gets_what_stands_there(client: FlaskClient, stage: Stage) -> None:
    send(client, stage, value="3")

    answer = send(client, stage, value="1", key="k2")

    assert answer.status_code == 409
    assert {key: answer.json[key] for key in ("kind", "value", "seq")} == {
        "kind": "stale",
        "value": "3",
        "seq": 1,
    }


def test_an_old_mark_asks_for_a_reason(client: FlaskClient, stage: Stage) -> None:
    entry = MarkEntry(stage.codes[0], "A1.2", "2", "old")
    early = dataclasses.replace(stage.seat("judge1"), now=stage.desk.now - dt.timedelta(days=400))
    enter_mark(early, stage.sheets[0], entry)
    stage.desk.session.commit()

    assert send(client, stage, value="3", based_on=1).json["kind"] == "reason"
    assert send(client, stage, value="3", based_on=1, reason="看错行").json["ok"]
    assert rows(stage)[-1].reason == "看错行"


def test_without_script_the_whole_form_is_taken(client: FlaskClient, stage: Stage) -> None:
    first, second = stage.codes
    form = {f"{first}:A1.1": "４．５", f"{first}:A1.2": "3", f"{second}:A1.1": "99", "key": "abc"}

    answer = client.post(url(stage), data=form)

    assert answer.status_code == 422
    assert f"{second} A1.1" in answer.text
    assert 'value="99"' in answer.text
    assert [row.value for row in rows(stage)] == ["4.5", "3"]
    assert client.post(url(stage), data={"key": "abd"}).location == url(stage)


def test_absence_is_recorded_and_shown(client: FlaskClient, stage: Stage) -> None:
    form = {"code": stage.codes[1], "absent": "yes"}

    assert client.post(url(stage, "presence"), data=form).location == url(stage)
    page = client.get(url(stage)).text
    assert "缺考，1 号席已登记。" in page
    assert page.count('class="cellin"') == 2
    client.post(url(stage, "presence"), data={**form, "absent": "no"})
    assert client.get(url(stage)).text.count('class="cellin"') == 4


def test_before_marking_begins_the_seat_waits(app: Flask, client: FlaskClient, desk: Desk) -> None:
    from tests.result_world import _draw

    stage = listed_event(desk, 2)
    _draw(stage)
    sign_in(app, client, desk, stage.accounts["judge1"])

    assert "还没开始录分" in client.get(url(stage)).text
    assert client.post(url(stage, "mark"), json={}).status_code == 404


def test_a_conflict_is_declared(app: Flask, client: FlaskClient, desk: Desk) -> None:
    from tests.result_world import _draw

    stage = listed_event(desk, 2)
    _draw(stage)
    sign_in(app, client, desk, stage.accounts["judge1"])

    assert client.post(url(stage, "recuse"), data={"reason": ""}).status_code == 422
    assert client.post(url(stage, "recuse"), data={"reason": "师徒"}).status_code == 302
    assert desk.session.scalars(select(PanelSeat.number)).all() == [2, 3]


@pytest.mark.parametrize("tail", ["", "pledge", "sign", "recuse"])
def test_strangers_find_no_sheet(app: Flask, client: FlaskClient, stage: Stage, tail: str) -> None:
    other = scoring_event(stage.desk, 1)
    sign_in(app, client, stage.desk, other.accounts["judge1"])
    assert client.get(url(stage, tail)).status_code == 403
    sign_in(app, client, stage.desk, stage.accounts["organizer"])
    assert client.get(url(stage, tail)).status_code == 403


def test_a_sheet_is_signed_with_the_own_password(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = scoring_event(desk, 1)
    judge = stage.accounts["judge1"]
    judge.password_hash = hash_password(PASSWORD)
    sign_in(app, client, desk, judge)
    form = {"handle": judge.username, "password": PASSWORD}

    gaps = client.post(url(stage, "sign"), data=form)
    assert gaps.status_code == 422
    assert "还有 2 项未录" in gaps.text
    for aspect in ("A1.1", "A1.2"):
        send(client, stage, aspect=aspect, key=aspect)
    assert "密码" in client.get(url(stage, "sign")).text
    assert client.post(url(stage, "sign"), data={**form, "password": "x"}).status_code == 422
    assert client.post(url(stage, "sign"), data=form).location == url(stage)

    assert stage.sheets[0].state is SheetState.SIGNED
    assert 'class="cellin"' not in client.get(url(stage)).text
    assert send(client, stage, key="late").status_code == 409


def test_nobody_signs_with_another_s_password(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = scoring_event(desk, 1)
    stage.accounts["judge2"].password_hash = hash_password(PASSWORD)
    sign_in(app, client, desk, stage.accounts["judge1"])
    form = {"handle": stage.accounts["judge2"].username, "password": PASSWORD}

    page = client.post(url(stage, "sign"), data=form)

    assert page.status_code == 422
    assert "本人的账号" in page.text


def queries_of(client: FlaskClient, path: str) -> int:
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    engine = db.engine
    events.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        events.remove(engine, "before_cursor_execute", note)
    return count


def test_the_grid_reads_as_often_for_many_works_as_for_one(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    counts = []
    for works in (1, 3):
        stage = scoring_event(desk, works)
        sign_in(app, client, desk, stage.accounts["judge1"])
        counts.append(queries_of(client, url(stage)))

    assert counts[0] == counts[1] > 0
