"""Results for staff: who sees what and when, the ceremony, ties, publication, the workbook."""

import dataclasses
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as events
from sqlalchemy import select

from actions.desk import Desk
from actions.results import lock_results, result_of
from adapters.passwords import hash_password
from adapters.workbooks import read_workbook
from models.audit import AuditLine
from rules.rulesets import AwardKind, AwardRule
from rules.states import EventState
from tests.contest_world import RULES
from tests.result_world import (
    MARKS,
    NAMES,
    OFFICER_SLIP,
    WITNESS_SLIP,
    Stage,
    decoded_event,
    marked_event,
    posted_event,
)
from tests.support import sign_in
from web.db import db

PASSWORD = "supervisor of a test"
ONE_SECOND = dataclasses.replace(
    RULES,
    award=AwardRule(
        AwardKind.FIXED, levels=(("first", Decimal(1)), ("second", Decimal(1))), minimum_field=1
    ),
)
TIED = (("5", "333"), ("4", "222"), ("4", "222"), ("1", "111"))


def url(stage: Stage, path: str = "") -> str:
    return f"/admin/events/{stage.event.id}/results/{path}"


def enter(app: Flask, client: FlaskClient, stage: Stage, who: str) -> None:
    sign_in(app, client, stage.desk, stage.accounts[who])


def ceremony(stage: Stage, **changes: str) -> dict[str, str]:
    account = stage.accounts["supervisor"]
    account.password_hash = hash_password(PASSWORD)
    stage.desk.session.commit()
    return {
        "officer_slip": OFFICER_SLIP,
        "witness_handle": account.username or "",
        "witness_password": PASSWORD,
        "witness_slip": WITNESS_SLIP,
        **changes,
    }


def deeds(stage: Stage) -> list[str]:
    thing = f"event:{stage.event.id}"
    query = select(AuditLine).where(AuditLine.thing == thing).order_by(AuditLine.id)
    lines = stage.desk.session.scalars(query)
    return [line.deed for line in lines]


def test_before_decoding_the_page_shows_no_name_to_anybody(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    for who in ("chief", "officer", "supervisor", "organizer"):
        enter(app, client, stage, who)
        page = client.get(url(stage))
        assert page.status_code == 200
        assert not any(name in page.text for name in NAMES)


def test_a_judge_and_a_stranger_do_not_find_the_results(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = decoded_event(desk)
    assert client.get(url(stage)).status_code == 302
    enter(app, client, stage, "judge1")

    for path in ("", "summary.xlsx", f"{result_of(desk, stage.event).lines[0].id}", "lock"):
        assert client.get(url(stage, path)).status_code == 403
    export = f"/admin/lists/results/export?event={stage.event.id}"
    assert client.get(export).status_code == 403


def test_the_chief_locks_unlocks_and_locks_again(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    enter(app, client, stage, "chief")
    assert "锁定成绩" in client.get(url(stage, "lock")).text

    page = client.post(url(stage, "lock"), follow_redirects=True)

    assert stage.event.locked_root is not None
    assert stage.event.locked_root[:8] in page.text
    assert client.post(url(stage, "lock")).status_code == 409
    assert client.get(url(stage, "unlock")).status_code == 200
    assert client.post(url(stage, "unlock"), data={"reason": ""}).status_code == 422
    client.post(url(stage, "unlock"), data={"reason": "漏记"})
    assert stage.event.state is EventState.SCORING


def test_a_lock_page_lists_what_is_missing(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = marked_event(desk)
    stage.sheets[0].head_hash = "0" * 64
    desk.session.commit()
    enter(app, client, stage, "chief")

    assert "还不能锁定" in client.get(url(stage)).text
    assert "还不能锁定" in client.get(url(stage, "lock")).text
    assert client.post(url(stage, "lock")).status_code == 409


def test_officer_and_supervisor_decode_at_one_screen(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    data = ceremony(stage)
    enter(app, client, stage, "officer")
    assert client.get(url(stage, "decode")).status_code == 200

    page = client.post(url(stage, "decode"), data=data, follow_redirects=True)

    assert all(name in page.text for name in NAMES)
    assert stage.event.state is EventState.DECODED


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"witness_password": "wrong"}, 403),
        ({"officer_slip": WITNESS_SLIP}, 422),
        ({"witness_slip": "nothing of the kind"}, 422),
    ],
)
def test_a_wrong_ceremony_opens_nothing_and_stays_on_record(
    app: Flask, client: FlaskClient, desk: Desk, changes: dict[str, str], status: int
) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    data = ceremony(stage, **changes)
    enter(app, client, stage, "officer")

    page = client.post(url(stage, "decode"), data=data)

    assert page.status_code == status
    assert 'class="errsum"' in page.text
    assert stage.event.state is EventState.LOCKED
    assert deeds(stage)[-1] == "decode_refused"


def test_a_decoding_before_the_lock_is_refused_and_logged(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    data = ceremony(stage)
    enter(app, client, stage, "officer")

    page = client.post(url(stage, "decode"), data=data)

    assert page.status_code == 409
    assert deeds(stage)[-1] == "decode_refused"
    assert not any(name in page.text for name in NAMES)


def test_a_changed_ledger_is_said_with_its_reasons(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    stage.sheets[0].head_hash = "0" * 64
    data = ceremony(stage)
    enter(app, client, stage, "officer")

    assert client.post(url(stage, "decode"), data=data).status_code == 409


def test_an_empty_ceremony_is_asked_for_again(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = marked_event(desk)
    enter(app, client, stage, "officer")

    assert client.post(url(stage, "decode"), data={}).status_code == 422


def test_guessing_the_supervisors_password_locks_the_name(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = marked_event(desk)
    lock_results(stage.seat("chief"), stage.event)
    enter(app, client, stage, "officer")
    for _ in range(6):
        client.post(url(stage, "decode"), data=ceremony(stage, witness_password="wrong"))

    page = client.post(url(stage, "decode"), data=ceremony(stage))

    assert page.status_code == 403
    assert stage.event.state is EventState.LOCKED


def test_the_supervisor_has_a_record_to_sign(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = marked_event(desk)
    enter(app, client, stage, "supervisor")
    assert "还没有锁定" in client.get(url(stage, "record")).text

    lock_results(stage.seat("chief"), stage.event)
    desk.session.commit()

    assert (stage.event.locked_root or "")[:8] in client.get(url(stage, "record")).text


def test_a_tie_is_shown_by_name_and_decided(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = decoded_event(desk, TIED, ONE_SECOND)
    desk.session.commit()
    enter(app, client, stage, "organizer")
    page = client.get(url(stage))
    assert "还不能公布" in page.text
    assert client.post(url(stage, "post")).status_code == 409
    assert client.get(url(stage, "ties/9")).status_code == 404
    assert NAMES[1] in client.get(url(stage, "ties/2")).text

    same = {"kind": "draw", "reason": "抽签", "rank_0": "1", "rank_1": "1"}
    assert client.post(url(stage, "ties/2"), data=same).status_code == 422
    assert client.post(url(stage, "ties/2"), data={**same, "kind": "vote"}).status_code == 422
    done = client.post(url(stage, "ties/2"), data={**same, "rank_0": "2"}, follow_redirects=True)

    assert "还不能公布" not in done.text
    lines = {line.work_code: line.award for line in result_of(desk, stage.event).lines}
    first, second = sorted(stage.codes[1:3])
    assert (lines[first], lines[second]) == (None, "second")


def test_a_decision_without_a_reason_is_asked_again(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = decoded_event(desk, TIED, ONE_SECOND)
    desk.session.commit()
    enter(app, client, stage, "organizer")
    blank = {"kind": "add", "reason": "\n", "rank_0": "1", "rank_1": "2"}

    assert client.post(url(stage, "ties/2"), data=blank).status_code == 422


def test_the_organizer_posts_withdraws_and_makes_final(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = decoded_event(desk)
    desk.session.commit()
    enter(app, client, stage, "organizer")
    seen = []
    for path, data in (
        ("post", {}),
        ("withdraw", {"reason": "更正单位"}),
        ("post", {}),
        ("finalise", {}),
    ):
        if path != "finalise":
            assert client.get(url(stage, path)).status_code == 200
        client.post(url(stage, path), data=data)
        seen.append(stage.event.state)
    stage.event.appeals_close_at = stage.event.posted_at
    desk.session.commit()

    page = client.post(url(stage, "finalise"), follow_redirects=True)

    assert seen == [EventState.POSTED, EventState.DECODED, EventState.POSTED, EventState.POSTED]
    assert stage.event.state is EventState.FINAL
    assert "成绩已定" in page.text


def test_each_line_is_explained_to_staff(app: Flask, client: FlaskClient, desk: Desk) -> None:
    stage = decoded_event(desk, TIED, ONE_SECOND)
    desk.session.commit()
    enter(app, client, stage, "chief")
    lines = result_of(desk, stage.event).lines

    page = client.get(url(stage, str(lines[1].id)))

    assert page.status_code == 200
    assert all(words in page.text for words in ("含水率", NAMES[2], "7.33"))
    assert client.get(url(stage, "999999")).status_code == 404


def test_the_summary_is_a_workbook_of_texts_and_numbers(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = posted_event(desk)
    stage.people[0].name = "=1+1"
    desk.session.commit()
    enter(app, client, stage, "organizer")

    export = f"/admin/lists/results/export?event={stage.event.id}"
    assert client.get(url(stage, "summary.xlsx")).location == export
    assert f'href="{export}"' in client.get(url(stage)).text
    taken = client.post(export, data={"kind": "xlsx", "purpose": "上报"})
    (sheet,) = read_workbook(taken.data)

    texts = [[cell.text for cell in row] for row in sheet.rows]
    assert texts[0][:3] == ["名次", "姓名", "单位"]
    assert texts[1][:2] == ["1", "=1+1"]
    assert not sheet.rows[1][1].is_formula
    assert "10" in texts[1]
    assert len(texts) == 6
    assert (
        client.post(export, data={"kind": "pdf", "purpose": "上报"}).mimetype == "application/pdf"
    )


def test_the_page_asks_as_often_for_three_lines_as_for_one(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    counts = []
    for marks in (MARKS[:1], MARKS[:3]):
        stage = posted_event(desk, marks)
        enter(app, client, stage, "organizer")
        counts.append(_statements(client, url(stage)))

    assert counts[0] == counts[1]


def _statements(client: FlaskClient, address: str) -> int:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    engine = db.engine
    db.session.expire_all()
    events.listen(engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    events.remove(engine, "before_cursor_execute", note)
    return len(seen)
