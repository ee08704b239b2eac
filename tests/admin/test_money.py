"""The money of a contest on the staff's face."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from actions.desk import Desk
from actions.money import add_line, set_award_sum
from models.money import Booking, BudgetLine
from rules.permits import Role
from rules.terms import Award, BudgetKind
from tests.admin.office import counted, staff
from tests.contest_world import announced_event, draft_contest
from tests.result_world import final_event


def key_of(page: str) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    """A browser of the organizer."""
    return staff(app, desk, Role.ORGANIZER, name="励组委")


def test_a_budget_is_planned_paid_overdrawn_and_corrected(office: FlaskClient, desk: Desk) -> None:
    contest = announced_event(desk).contest
    base = f"/admin/contests/{contest.id}/money/"
    assert base in office.get(f"/admin/contests/{contest.id}/").text
    assert "还没有预算科目" in office.get(base).text

    data = {"kind": "printing", "title": "证书印制", "planned": "1.2万"}
    assert "12,000.00" in office.post(base, data=data, follow_redirects=True).text
    line = f"{base}lines/{desk.session.scalars(select(BudgetLine.id)).one()}"
    payment = {
        "form_key": key_of(office.get(line).text), "amount": "12,000.50", "booked_on": "2026-01-05",
        "payee": "贺定波", "voucher": "V-1", "note": "",
    }  # fmt: skip
    page = office.post(line, data=payment, follow_redirects=True).text
    office.post(line, data=payment)
    assert "支出超过预算，超出 0.50 元" in page
    assert "贺＊波" in page
    assert "贺定波" not in page

    (booking,) = desk.session.scalars(select(Booking.id)).all()
    back = f"{base}bookings/{booking}/reverse"
    reason = {"form_key": key_of(office.get(back).text), "note": "重复付款"}
    done = office.post(back, data=reason, follow_redirects=True).text
    assert "已冲销" in done
    assert "-12,000.50" in done
    assert "支出超过预算" not in done
    office.post(line, data={"plan-planned": "20000"})
    assert "20,000.00" in office.get(base).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"amount": "一百"}, "请用数字填写金额"),
        ({"amount": "1.234"}, "金额最小到分"),
        ({"booked_on": "2999-01-01"}, "不能晚于今天"),
        ({"payee": ""}, "请填写收款方"),
        ({"note": "账号 6222021234567890123"}, "不保存身份证号、电话和银行账号"),
        ({"form_key": ""}, ""),
    ],
)
def test_a_wrong_payment_is_said_beside_its_field(
    office: FlaskClient, desk: Desk, data: dict[str, str], words: str
) -> None:
    contest = announced_event(desk).contest
    row = add_line(desk, contest, BudgetKind.PRINTING, title="证书印制", planned="1000")
    desk.session.commit()
    good = {"form_key": "k" * 32, "amount": "5", "booked_on": "2026-01-05", "payee": "示例印刷厂"}

    address = f"/admin/contests/{contest.id}/money/lines/{row.id}"
    reply = office.post(address, data=good | data)

    assert reply.status_code == 422
    assert words in reply.text
    assert desk.session.scalars(select(Booking)).all() == []


def test_wrong_plans_and_reasons_are_said_too(office: FlaskClient, desk: Desk) -> None:
    contest = announced_event(desk).contest
    row = add_line(desk, contest, BudgetKind.PRINTING, title="证书印制", planned="1000")
    desk.session.commit()
    base = f"/admin/contests/{contest.id}/money/"

    plan = office.post(f"{base}lines/{row.id}", data={"plan-planned": "许多"})
    twice = office.post(base, data={"kind": "printing", "title": "证书印制", "planned": "5"})
    assert (plan.status_code, "请用数字填写金额" in plan.text) == (422, True)
    assert (twice.status_code, "预算里已有这个科目" in twice.text) == (422, True)
    assert office.get(f"{base}lines/999999").status_code == 404
    assert office.get(f"{base}bookings/999999/reverse").status_code == 404
    assert office.get(f"{base}awards/999999").status_code == 404


def test_award_money_is_set_and_paid(office: FlaskClient, desk: Desk) -> None:
    stage = final_event(desk)
    base = f"/admin/contests/{stage.event.contest_id}/money/"
    address = f"{base}awards/{stage.event.id}"
    data = {"sum-award": "first", "sum-amount": "3,000", "sum-places": "1"}
    page = office.post(address, data=data, follow_redirects=True).text
    assert "待发放" in page
    assert [person.name for person in stage.people if person.name in page] == []

    entry = re.search(r'<option value="(\d+)">[^<]*一等奖', page)
    assert entry
    pay = {"form_key": key_of(page), "entry_id": entry[1], "booked_on": "2026-01-05"}
    paid = office.post(address, data=pay, follow_redirects=True).text
    assert "已发放" in paid
    assert "3,000.00" in office.get(base).text
    again = office.post(address, data={**pay, "form_key": "n" * 32})
    assert again.status_code == 422
    changed = office.post(address, data={**data, "sum-amount": "1"})
    assert (changed.status_code, "标准不能改" in changed.text) == (422, True)


def test_the_workbook_holds_plan_and_bookings(office: FlaskClient, desk: Desk) -> None:
    stage = final_event(desk)
    contest = stage.event.contest
    add_line(desk, contest, BudgetKind.PRINTING, title="证书印制", planned="1000.50")
    set_award_sum(desk, stage.event, Award.FIRST, amount="3000", places=2)
    desk.session.commit()
    base = f"/admin/contests/{contest.id}/money/export"
    assert office.post(base, data={"purpose": ""}).status_code == 422
    assert office.post(base, data={"purpose": "x"}).status_code == 422

    reply = office.post(base, data={"purpose": "年度审计"})

    assert reply.headers["Content-Disposition"].startswith("attachment; filename=money-")
    book = CalamineWorkbook.from_filelike(io.BytesIO(reply.data))
    rows = book.get_sheet_by_name("经费总览").to_python()
    assert rows[1][:3] == ["印刷和奖牌证书", "证书印制", 1000.5]
    assert rows[-1][2] == 7000.5
    assert book.sheet_names == ["经费总览", "支出明细"]


def test_others_find_no_money(app: Flask, desk: Desk) -> None:
    contest = announced_event(desk).contest
    browser = staff(app, desk, Role.HOST_OFFICE)

    assert browser.get(f"/admin/contests/{contest.id}/money/").status_code == 403
    assert "/money/" not in browser.get(f"/admin/contests/{contest.id}/").text


def test_an_empty_draft_has_a_page(office: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk)

    assert office.get(f"/admin/contests/{contest.id}/money/").status_code == 200


def test_more_lines_cost_no_more_reads(office: FlaskClient, desk: Desk) -> None:
    contest = announced_event(desk).contest
    base = f"/admin/contests/{contest.id}/money/"
    add_line(desk, contest, BudgetKind.OTHER, title="第一", planned="1")
    office.get(base)
    with counted() as few:
        office.get(base)
    merged = desk.session.merge(contest)
    for number in range(4):
        add_line(desk, merged, BudgetKind.OTHER, title=f"第 {number} 项", planned="1")
    with counted() as many:
        office.get(base)

    assert len(many) == len(few) <= 12
