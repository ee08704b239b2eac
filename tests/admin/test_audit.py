"""The audit trail on the auditor's face: narrowed, paged, taken away as a table."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from admin.deeds import DEEDS, THINGS
from models.accounts import Account
from models.audit import AuditLine
from rules.lifecycle import TABLES
from rules.permits import Role
from tests.admin.office import counted, staff
from tests.support import NOW, make_account

DAY = dt.timedelta(days=1)


@pytest.fixture
def auditor(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.AUDITOR)


def write(
    desk: Desk,
    deed: str,
    thing: str,
    account: Account | None = None,
    at: dt.datetime = NOW,
    **detail: object,
) -> None:
    number = account.id if account else None
    line = AuditLine(at=at, account_id=number, deed=deed, thing=thing, detail=detail)
    desk.session.add(line)
    desk.session.flush()


def test_every_deed_the_actions_record_has_words() -> None:
    text = "".join(path.read_text("utf-8") for path in Path("actions").glob("*.py"))
    recorded = set(re.findall(r'\.record\(\s*"([a-z_]+)"', text))
    for noun in ("story", "studio", "round", "candidate"):
        recorded |= {f"{verb}_{noun}" for _, verb in TABLES[noun]}
    assert recorded <= set(DEEDS)
    things = set(re.findall(r'\.record\([^)]*f"([a-z]+):', text))
    assert things <= set(THINGS)


def test_the_trail_is_narrowed_by_thing_deed_person_and_day(
    auditor: FlaskClient, desk: Desk
) -> None:
    zhang = make_account(desk.session, "张示例")
    write(desk, "approve_contest", "contest:a_b", zhang, ground="=HYPERLINK(1)")
    write(desk, "publish_story", "story:he", at=NOW - DAY)
    write(desk, "unheard_of", "box:1", at=NOW + DAY)

    page = auditor.get("/admin/audit/").text
    assert "批准竞赛</td>" in page
    assert "系统</td>" in page
    assert "unheard_of</td>" in page
    for query, seen, unseen in (
        ("thing=contest:a_", "批准竞赛</td>", "发布故事</td>"),
        ("thing=contest:a%25", "没有符合条件的记录", "批准竞赛</td>"),
        ("deed=publish_story", "发布故事</td>", "批准竞赛</td>"),
        ("person=张", "批准竞赛</td>", "发布故事</td>"),
        ("day=2026-11-23", "发布故事</td>", "批准竞赛</td>"),
        ("day=2026-11-24&sort=at", "批准竞赛</td>", "发布故事</td>"),
    ):
        page = auditor.get(f"/admin/audit/?{query}").text
        assert seen in page
        assert unseen not in page


def test_a_day_that_is_none_is_said(auditor: FlaskClient) -> None:
    reply = auditor.get("/admin/audit/?day=yesterday")
    assert reply.status_code == 422
    assert "“yesterday”不是日期" in reply.text


def test_the_table_is_safe_against_formulas(auditor: FlaskClient, desk: Desk) -> None:
    account = make_account(desk.session, "=cmd|示例")
    write(desk, "approve_contest", "contest:a", account, ground="台风")
    write(desk, "sign_in", "account:1")

    former = auditor.get("/admin/audit/audit.csv?thing=contest:")
    assert former.headers["Location"] == "/admin/lists/audit/export?thing=contest:"
    reply = auditor.post(former.headers["Location"], data={"kind": "csv", "purpose": "核查"})

    assert reply.mimetype == "text/csv"
    assert "attachment" in reply.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert rows[0] == ["时间", "操作人", "操作", "对象", "详情"]
    assert rows[1:] == [["2026-11-24 10:00", "'=cmd|示例", "批准竞赛", "contest:a", "ground: 台风"]]


def test_pages_hold_forty_and_cost_the_same(auditor: FlaskClient, desk: Desk) -> None:
    write(desk, "sign_in", "account:1", make_account(desk.session))
    with counted() as one:
        auditor.get("/admin/audit/")
    for number in range(45):
        write(desk, "sign_in", f"account:{number}", make_account(desk.session, f"人{number}"))
    with counted() as many:
        page = auditor.get("/admin/audit/").text

    assert len(one) == len(many)
    assert page.count("登录</td>") == 40
    assert "audit/export?thing=account" in auditor.get("/admin/audit/?thing=account").text
    assert "thing=account&amp;" in auditor.get("/admin/audit/?thing=account").text


def test_only_the_auditor_reads_it(app: Flask, client: FlaskClient, desk: Desk) -> None:
    assert client.get("/admin/audit/").status_code == 302
    for role in (Role.SYSADMIN, Role.SECADMIN, Role.OFFICER):
        browser = staff(app, desk, role)
        assert browser.get("/admin/audit/").status_code == 403
        assert browser.get("/admin/audit/audit.csv").status_code == 403
