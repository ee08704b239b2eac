"""The workbench of a unit: lists, links, stamps, people, colleagues; and nobody else's door."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.submissions import submit_entry
from actions.unit_quotas import set_quota
from adapters.workbooks import read_workbook
from adapters.worker_sheets import bad_rows_workbook, read_workers
from models.accounts import Account
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.units import Endorsement, Invitation, WorkerImport
from rules.permits import Role
from rules.states import EndorsementState, ImportState, InvitationState
from tests.admin.office import counted, staff
from tests.entry_world import contestant, filled, open_event, picture, sample_id
from tests.support import sign_in
from tests.unit_world import cells, contact_account, make_unit, sheet
from web.clock import now

KEY = "0123456789abcdef" * 2


@pytest.fixture
def event(desk: Desk) -> Event:
    """An event that is open at the moment the pages ask for."""
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


def signed_in(app: Flask, desk: Desk, account: Account) -> FlaskClient:
    browser = app.test_client()
    sign_in(app, browser, desk, account)
    return browser


def upload(
    clerk: FlaskClient, unit: Organization, event: Event, *rows: dict[str, str], key: str = KEY
) -> str:
    """Send a list and return the address of its page."""
    reply = clerk.post(
        f"/unit/{unit.id}/lists/new/{event.id}",
        data={"file": (io.BytesIO(sheet(*rows)), "一班.xlsx"), "key": key},
    )
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])


def test_a_contact_is_led_to_the_own_unit(
    clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    assert clerk.get("/account/").headers["Location"] == "/unit/"
    assert clerk.get("/unit/").headers["Location"] == f"/unit/{unit.id}/"
    page = clerk.get(f"/unit/{unit.id}/")

    assert event.name in page.text
    assert "不限名额" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_home_page_shows_quota_and_digest(
    desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    set_quota(desk, event, unit, 3)
    handed_in(desk, event, unit)
    desk.session.query(Entry).one().submitted_at = now()
    desk.session.commit()

    page = clerk.get(f"/unit/{unit.id}/").text

    assert "已用 1，剩 2" in page
    assert "选手4" in page
    assert re.search(r"<b>1</b>\s*<span>份报名等单位盖章", page)


def handed_in(desk: Desk, event: Event, unit: Organization) -> Endorsement:
    seat = contestant(desk, event)
    entry = filled(seat, event, 4, "选手4")
    assert entry.person is not None
    entry.person.organization_id = unit.id
    submit_entry(seat, entry)
    desk.session.commit()
    return desk.session.query(Endorsement).one()


def test_thirty_rows_with_four_wrong_are_mended_and_taken(
    desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    rows = [cells(n) for n in range(1, 31)]
    bad = {3: {"phone": "1"}, 9: {"id_number": "12"}, 17: {"town": "别处"}, 29: {"name": ""}}
    sent = [{**row, **bad.get(at, {})} for at, row in enumerate(rows)]

    home = upload(clerk, unit, event, *sent)
    page = clerk.get(home).text
    assert "26 行正确，4 行要改" in page
    assert "手机号" in page
    assert "提交全部" not in page
    assert desk.session.query(Invitation).count() == 0

    back = clerk.get(f"{home}/bad.xlsx")
    assert [at for at, _ in read_workers(back.data)] == [5, 11, 19, 31]
    assert "手机号是 11 位数字" in "".join(
        cell.text for row in read_workbook(back.data)[0].rows for cell in row
    )
    reasons = {at + 2: [""] for at in bad}
    mended = bad_rows_workbook([(at + 2, rows[at]) for at in bad], reasons, [], [])
    reply = clerk.post(f"{home}/mend", data={"file": (io.BytesIO(mended), "改.xlsx")})
    assert reply.status_code == 302
    assert "30 名职工，全部正确" in clerk.get(home).text

    assert clerk.post(f"{home}/commit").status_code == 302
    assert clerk.post(f"{home}/commit").status_code == 302
    assert desk.session.query(Invitation).count() == 30
    assert "把链接发给职工" in clerk.get(home).text

    assert clerk.post(f"{home}/undo").status_code == 302
    assert "已撤回" in clerk.get(home).text
    states = set(desk.session.scalars(select(Invitation.state)))
    assert states == {InvitationState.WITHDRAWN}


def test_the_template_and_wrong_files(clerk: FlaskClient, unit: Organization, event: Event) -> None:
    base = f"/unit/{unit.id}/lists/new/{event.id}"
    assert clerk.get(base).status_code == 200
    template = clerk.get(f"{base}/template.xlsx")
    assert template.data.startswith(b"PK")
    assert event.occupation.name in "".join(
        cell.text for one in read_workbook(template.data) for row in one.rows for cell in row
    )

    for data, says in (
        ({"key": KEY}, "请先选择填好的表格"),
        ({"key": KEY, "file": (io.BytesIO(b"no"), "a.xlsx")}, "xlsx"),
        ({"key": "made up", "file": (io.BytesIO(sheet(cells(1))), "a.xlsx")}, ""),
        ({"key": KEY, "file": (io.BytesIO(template.data), "a.xlsx")}, "没有填写任何一行"),
    ):
        reply = clerk.post(base, data=data)
        assert reply.status_code == 422
        assert says in reply.text
    assert clerk.get(f"/unit/{unit.id}/lists/new/99999").status_code == 404


def test_a_list_that_became_wrong_says_so_and_takes_nobody(
    desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    home = upload(clerk, unit, event, cells(1), cells(2))
    set_quota(desk, event, unit, 1)
    desk.session.commit()

    clerk.post(f"{home}/commit")

    page = clerk.get(home).text
    assert "名单里有 1 行有问题" in page
    assert "只剩 1 个" in page
    assert desk.session.query(WorkerImport).one().state is ImportState.CHECKED
    wrong = clerk.post(f"{home}/mend", data={"file": (io.BytesIO(b"x"), "a.xlsx")})
    assert wrong.status_code == 422
    assert clerk.post(f"{home}/mend").status_code == 422


def test_links_are_shown_renewed_exported_and_withdrawn(
    desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    home = upload(clerk, unit, event, cells(1))
    clerk.post(f"{home}/commit")
    row = desk.session.query(Invitation).one()
    base = f"/unit/{unit.id}/workers/"
    page = clerk.get(base).text
    link = re.search(r"/account/invitations/[0-9a-f]{40}", page)
    assert link
    assert sample_id(1) not in page
    assert clerk.get(f"{base}{row.id}/code.svg").mimetype == "image/svg+xml"
    taken = clerk.post(f"{base}links.xlsx")
    assert link[0] in read_workbook(taken.data)[0].rows[1][2].text
    assert desk.session.query(AuditLine).filter_by(deed="export_links").count() == 1

    clerk.post(f"{base}{row.id}/renew")
    assert link[0] not in clerk.get(f"{base}?state=open").text
    assert clerk.get(f"{base}{row.id}/withdraw").status_code == 200
    clerk.post(f"{base}{row.id}/withdraw")
    assert "邀请已撤回" in clerk.get(f"{base}?state=withdrawn").text
    assert clerk.post(f"{base}{row.id}/renew").status_code == 409


def test_a_stamped_form_is_printed_uploaded_and_seen_by_unit_and_reviewer_alone(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    row = handed_in(desk, event, unit)
    base = f"/unit/{unit.id}/endorsements/"
    assert "选手4" in clerk.get(base).text
    assert clerk.get(f"{base}{row.id}/form.pdf").data.startswith(b"%PDF")
    for data in ({}, {"scan": (io.BytesIO(b"MZ"), "a.jpg")}):
        assert clerk.post(f"{base}{row.id}/scan", data=data).status_code == 422
    assert row.state is EndorsementState.ASKED

    reply = clerk.post(f"{base}{row.id}/scan", data={"scan": (io.BytesIO(picture()), "s.jpg")})

    assert reply.status_code == 302
    assert row.scan is not None
    address = f"/media/private/{row.scan.stem}-{row.scan.widths[-1]}.webp"
    review = staff(app, desk, Role.REVIEWER)
    page = review.get(f"/admin/events/{event.id}/entries/{row.entry_id}")
    assert address in page.text or row.scan.stem in page.text
    assert [fetched(browser, address) for browser in (review, clerk)] == [200, 200]
    other = signed_in(app, desk, contact_account(desk, make_unit(desk)))
    assert fetched(other, address) == 404
    assert fetched(staff(app, desk, Role.EDITOR), address) == 404


def fetched(browser: FlaskClient, address: str) -> int:
    """Fetch a file and let go of it."""
    with browser.get(address) as reply:
        return reply.status_code


def test_a_unit_may_refuse_with_a_reason_that_the_reviewer_reads(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    row = handed_in(desk, event, unit)
    base = f"/unit/{unit.id}/endorsements/{row.id}"
    assert clerk.post(f"{base}/refuse", data={"reason": ""}).status_code == 422
    assert clerk.post(f"{base}/refuse", data={"reason": "已离职"}).status_code == 302

    review = staff(app, desk, Role.REVIEWER)
    page = f"/admin/events/{event.id}/entries/{row.entry_id}"
    assert "已离职" in review.get(page).text
    refused = review.post(f"{page}/accept")
    assert refused.status_code == 409
    assert "不推荐这份报名：已离职" in refused.text


def test_the_ledger_masks_and_leads_to_its_export(
    desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    assert "还没有在册人员" in clerk.get(f"/unit/{unit.id}/people/").text
    handed_in(desk, event, unit)
    page = clerk.get(f"/unit/{unit.id}/people/").text
    assert "选手4" in page
    assert sample_id(4) not in page
    export = f"/admin/lists/unit-people/export?unit={unit.id}"
    assert f'href="{export}"' in page
    former = clerk.post(f"/unit/{unit.id}/people/people.xlsx", data={"purpose": "盘点"})
    assert (former.status_code, former.headers["Location"]) == (303, export)
    assert "导出：本单位人才台账" in clerk.get(export).text


def test_a_colleague_is_opened_and_forced_to_replace_the_password(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization
) -> None:
    base = f"/unit/{unit.id}/team/"
    assert clerk.post(base, data={"name": "", "handle": ""}).status_code == 422
    page = clerk.post(base, data={"name": "丁同事", "handle": "ding"}).text
    shown = re.search(r"<code>([a-z0-9-]{19})</code>", page)
    assert shown
    assert "已" in clerk.post(base, data={"name": "丁同事", "handle": "ding"}).text
    own = app.test_client()
    own.post("/account/login", data={"handle": "ding", "password": shown[1]})

    assert own.get(f"/unit/{unit.id}/").headers["Location"] == "/account/password"
    assert "初始密码" in own.get("/account/password").text
    data = {"old": shown[1], "password": "仓里一盏灯照着粮堆呢", "again": "x"}
    assert own.post("/account/password", data=data).status_code == 422
    data |= {"again": data["password"]}
    assert own.post("/account/password", data=data).status_code == 422
    data |= dict.fromkeys(("password", "again"), "仓里一盏灯照着粮堆，很亮")
    assert own.post("/account/password", data=data).status_code == 302
    assert own.get(f"/unit/{unit.id}/").status_code == 200
    assert own.post(base, data={"name": "第三人", "handle": "third"}).status_code == 403

    account = desk.session.query(Account).filter_by(username="ding").one()
    again = clerk.post(f"{base}{account.id}/reset").text
    assert re.search(r"<code>[a-z0-9-]{19}</code>", again)
    assert clerk.get(f"{base}{account.id}/close").status_code == 200
    clerk.post(f"{base}{account.id}/close")
    assert not account.is_active
    assert clerk.get(f"{base}999999/close").status_code == 404


def test_nobody_else_opens_a_units_door(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    home = upload(clerk, unit, event, cells(1, phone="1"))
    row = handed_in(desk, event, unit)
    others = [
        signed_in(app, desk, contact_account(desk, make_unit(desk))),
        staff(app, desk, Role.ORGANIZER, Role.HOST_OFFICE),
    ]
    pages = ["", "lists/", "workers/", "endorsements/", "people/", "team/"]
    paths = [f"/unit/{unit.id}/{page}" for page in pages]
    paths += [home, f"{home}/bad.xlsx", f"/unit/{unit.id}/endorsements/{row.id}"]
    for other in others:
        assert {other.get(path).status_code for path in paths} == {403}
        for post in ("commit", "undo", "mend"):
            assert other.post(f"{home}/{post}").status_code == 403
    elsewhere = make_unit(desk)
    stranger = signed_in(app, desk, contact_account(desk, elsewhere))
    number = home.rsplit("/", 1)[1]
    assert stranger.get(f"/unit/{elsewhere.id}/lists/{number}").status_code == 404
    assert stranger.get(f"/unit/{elsewhere.id}/endorsements/{row.id}").status_code == 404


def test_lists_ask_as_often_for_three_as_for_one(
    app: Flask, desk: Desk, clerk: FlaskClient, unit: Organization, event: Event
) -> None:
    paths = [f"/unit/{unit.id}/{page}" for page in ("", "lists/", "workers/", "people/")]
    numbers, keys = [], (unit.id, event.id)
    for at, people in enumerate(((1,), (2, 3))):
        rows = [cells(n) for n in people]
        here = desk.session.get_one(Organization, keys[0])
        then = desk.session.get_one(Event, keys[1])
        home = upload(clerk, here, then, *rows, key=f"{at:032x}")
        clerk.post(f"{home}/commit")
        with counted() as seen:
            for path in paths:
                assert clerk.get(path).status_code == 200
        numbers.append(len(seen))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 4 * 15
