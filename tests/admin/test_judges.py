"""The pool of judges on screen: found, added, kept, ties told and settled; few statements."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.judges import JudgeText, add_judge
from models.judges import Judge, JudgeTie
from models.organizations import Organization
from models.people import Person
from rules.permits import Role, Scope
from rules.terms import OrganizationKind, SkillLevel
from tests.admin.office import counted, staff
from tests.contest_world import occupation
from tests.support import NOW, give, make_account, sign_in

DAY = dt.date(2026, 12, 12)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    """A browser of the contest office."""
    return staff(app, desk, Role.ORGANIZER)


def person(desk: Desk, name: str) -> Person:
    row = Person(key=f"k-{name}", name=name, created_at=NOW, skill_level=SkillLevel.ONE)
    desk.session.add(row)
    desk.session.flush()
    return row


def judge(desk: Desk, name: str, **text: object) -> Judge:
    row = add_judge(desk, person(desk, name), JudgeText(**text))  # type: ignore[arg-type]
    desk.session.commit()
    return row


def test_a_judge_is_found_in_the_register_and_added(office: FlaskClient, desk: Desk) -> None:
    assert "没有符合条件的人" in office.get("/admin/judges/").text
    row = person(desk, "盛海生")
    desk.session.commit()
    assert "已在裁判库" in office.get("/admin/judges/new?q=没有这人").text
    assert office.post("/admin/judges/new?q=盛", data={}).status_code == 422

    reply = office.post("/admin/judges/new?q=盛", data={"person": row.key})

    made = desk.session.scalars(select(Judge)).one()
    assert reply.headers["Location"].endswith(f"/admin/judges/{made.id}/edit")
    page = office.get("/admin/judges/").text
    assert "盛海生" in page
    assert "没有账号" in page


def test_what_the_pool_says_comes_back_into_the_form(office: FlaskClient, desk: Desk) -> None:
    row, trade = judge(desk, "甲"), occupation(desk.session)
    desk.session.add(Organization(name="旧单位", kind=OrganizationKind.EMPLOYER))
    desk.session.commit()
    form = {
        "trades": str(trade.id),
        "since": "2001",
        "qualifications": "裁判员证 | 示例 01 | 2027-05-01\n考评员证 | 示例 02",
        "days": "2026-12-01 | 2026-12-31",
        "former": "旧单位 | 2025-06-30",
        "is_active": "y",
    }

    assert office.post(f"/admin/judges/{row.id}/edit", data=form).status_code == 302

    page = office.get(f"/admin/judges/{row.id}/edit").text
    for words in (
        "示例 01 | 2027-05-01",
        "考评员证",
        "2026-12-01 | 2026-12-31",
        "旧单位 |",
        "2001",
    ):
        assert words in page
    assert "示例 02" in office.get(f"/admin/judges/{row.id}/").text
    assert row.qualifications[1].valid_until is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": "2026-12-31 | 2026-12-01"}, "早于"),
        ({"days": "明天 | 后天"}, "日期请写成"),
        ({"days": "2026-12-01"}, "第 1 行"),
        ({"former": "没有的单位 | 2025-06-30"}, "单位库里没有"),
        ({"qualifications": f"{'证' * 81} | 1"}, "太长"),
        ({"since": "2099"}, "年份"),
        ({"trades": "999999"}, "error"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    office: FlaskClient, desk: Desk, change: dict[str, str], words: str
) -> None:
    row = judge(desk, "乙", since=1999)

    reply = office.post(f"/admin/judges/{row.id}/edit", data={"since": "2000", **change})

    assert reply.status_code == 422
    assert words in reply.text or words == "error"
    desk.session.refresh(row)
    assert row.since == 1999


def test_the_list_is_narrowed_by_trade_level_and_day(office: FlaskClient, desk: Desk) -> None:
    trade = occupation(desk.session)
    judge(desk, "有工种", trades=(trade,), days=((DAY, DAY),))
    judge(desk, "另一天", days=((DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1)),))
    judge(desk, "哪天都行")
    judge(desk, "歇着", is_active=False)
    names = ("有工种", "另一天", "歇着")
    for query, shown in (
        (f"trade={trade.id}", {"有工种"}),
        ("level=one", set(names)),
        ("level=five", set()),
        (f"on={DAY}", {"有工种"}),
        ("on=nonsense&trade=x&level=y", set(names)),
        ("q=另", {"另一天"}),
        ("q=%25", set()),
    ):
        page = office.get(f"/admin/judges/?{query}").text
        assert {name for name in names if f"<b>{name}</b>" in page} == shown, query


def test_the_list_needs_few_statements(office: FlaskClient, desk: Desk) -> None:
    trade = occupation(desk.session)
    for number in range(30):
        judge(desk, f"裁判{number:02}", trades=(trade,), qualifications=(("证", "1", None),))
    with counted() as seen:
        assert office.get("/admin/judges/").status_code == 200
    assert len(seen) <= 15


def test_a_tie_is_told_settled_and_taken_off(office: FlaskClient, desk: Desk) -> None:
    row, meant = judge(desk, "丙"), person(desk, "徒弟")
    desk.session.commit()
    base = f"/admin/judges/{row.id}/"
    assert office.post(f"{base}ties", data={"kind": "kin"}).status_code == 422
    office.post(f"{base}ties", data={"kind": "pupil", "name": "徒弟", "unit": "某厂"})
    tie = desk.session.scalars(select(JudgeTie)).one()
    assert "所有同名的人" in office.get(base).text
    office.post(f"{base}ties/{tie.id}/link", data={"person": meant.key})
    desk.session.refresh(tie)
    assert tie.person_id == meant.id
    assert office.post(f"{base}ties/{tie.id}/link", data={"person": "none"}).status_code == 404
    assert office.post(f"{base}ties/{tie.id}/drop", data={"reason": " "}).status_code == 422
    assert office.post("/admin/judges/99/ties/1/drop").status_code == 404
    assert office.post(f"{base}ties/{tie.id}/drop", data={"reason": "登记有误"}).status_code == 302
    assert desk.session.scalars(select(JudgeTie)).all() == []


def test_the_pool_belongs_to_no_single_contest(app: Flask, client: FlaskClient, desk: Desk) -> None:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER, Scope.CONTEST, 1)
    sign_in(app, client, desk, account)

    assert client.get("/admin/judges/").status_code == 403
    assert staff(app, desk, Role.OFFICER).get("/admin/judges/").status_code == 403


def test_a_judge_tells_the_own_ties_and_sees_no_more(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    row = judge(desk, "丁")
    account = make_account(desk.session, "丁", person_id=row.person_id)
    sign_in(app, client, desk, account)
    assert "还没有登记任何关系" in client.get("/judge/ties").text
    assert client.post("/judge/ties", data={"kind": "kin", "name": " "}).status_code == 422

    client.post("/judge/ties", data={"kind": "kin", "name": "表弟", "unit": "某船厂"})

    assert "表弟" in client.get("/judge/ties").text
    assert [tie.declared_by for tie in desk.session.scalars(select(JudgeTie))] == [account.id]
    other = make_account(desk.session)
    sign_in(app, client, desk, other)
    assert client.get("/judge/ties").status_code == 403
