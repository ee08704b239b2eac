"""The check-in desk on screen: a scan, its colour and word, the list, and what is refused."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from models.check_ins import CheckIn, ExtraTime
from models.entries import Entry
from models.sittings import Sitting
from rules.permits import Role, Scope
from rules.states import SittingState
from rules.terms import Attendance
from tests.admin.office import counted, staff
from tests.sitting_world import MINUTE, Hall, hall
from tests.support import give, make_account, sign_in
from web.clock import now


@pytest.fixture
def made(desk: Desk) -> Hall:
    """A sitting whose check-in is open at this moment."""
    built = hall(desk)
    begin(built, in_minutes=10)
    return built


def begin(made: Hall, *, in_minutes: int) -> None:
    """Let the sitting begin so many minutes from this moment."""
    sitting = made.sitting
    sitting.starts_at = now() + in_minutes * MINUTE
    sitting.reports_at = sitting.starts_at - 30 * MINUTE
    sitting.ends_at = sitting.starts_at + dt.timedelta(hours=2)
    made.stage.desk.session.commit()


def url(made: Hall, tail: str = "") -> str:
    return f"/admin/events/{made.event.id}/check-in/{tail}"


def form(code: str, key: str = "0123456789abcdef01234567", **more: str) -> dict[str, str]:
    return {"code": code, "key": key, **more}


def test_a_scan_says_who_and_what_in_colour_and_word(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.VENUE_MANAGER)
    page = door.get(url(made))
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert 'data-digits="5"' in page.text

    page = door.post(url(made), data=form(f"JP:{made.event.id}:P-001"))

    assert page.status_code == 200
    for words in ("已检录", "林澈", "ci-ok", "1 / 3", "还有 2 人未到"):
        assert words in page.text


def test_twice_tells_when_and_by_whom(app: Flask, desk: Desk, made: Hall) -> None:
    staff(app, desk, Role.HOST_OFFICE, name="夏佩芬").post(url(made), data=form("P-001"))
    page = staff(app, desk, Role.HOST_OFFICE).post(url(made), data=form("P-001", "f" * 24))

    assert "已经检录过" in page.text
    assert "由 夏佩芬 检录" in page.text
    assert "ci-warn" in page.text
    assert desk.session.query(CheckIn).count() == 1


def test_a_retry_of_the_same_form_answers_as_before(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.HOST_OFFICE)
    first, retry = (door.post(url(made), data=form("P-001")) for _ in range(2))

    assert "ci-ok" in first.text
    assert "ci-ok" in retry.text
    assert desk.session.query(CheckIn).count() == 1


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("P-777", 422, "没有 P-777 这个参赛证号"),
        ("", 422, "不是参赛证上的码"),
        ("何亦凡", 422, "不是参赛证上的码"),
        ("JP:999999:P-001", 422, "别的赛项"),
    ],
)
def test_a_wrong_scan_is_refused_and_kept(
    app: Flask, desk: Desk, made: Hall, code: str, status: int, words: str
) -> None:
    page = staff(app, desk, Role.HOST_OFFICE).post(url(made), data=form(code))

    assert page.status_code == status
    assert words in page.text
    assert "不予入场" in page.text
    assert f'value="{code}"' in page.text
    assert desk.session.query(CheckIn).count() == 0


def test_who_is_too_late_is_let_in_by_the_office_alone(app: Flask, desk: Desk, made: Hall) -> None:
    begin(made, in_minutes=-16)
    page = staff(app, desk, Role.VENUE_MANAGER).post(url(made), data=form("P-001"))
    assert page.status_code == 409
    assert "迟到超过 15 分钟不得入场" in page.text
    assert 'id="late_reason"' not in page.text

    office = staff(app, desk, Role.HOST_OFFICE)
    assert 'id="late_reason"' in office.post(url(made), data=form("P-001")).text
    scanned = office.post(url(made), data=form("P-001", late_reason="JP:1:2"))
    assert "理由要用文字写明" in scanned.text
    page = office.post(url(made), data=form("P-001", late_reason="公交停运"))

    assert "超时放行，已检录" in page.text
    assert "公交停运" in page.text


def test_the_list_is_found_by_name_unit_and_state(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.HOST_OFFICE)
    door.post(url(made), data=form("P-001"))
    key = made.sitting.id

    def rows(query: str) -> list[str]:
        page = door.get(url(made, f"?sitting={key}&{query}")).text
        return [name for name in ("贺定波", "林澈", "钟离秋水") if f"<b>{name}</b>" in page]

    assert rows("q=林") == ["林澈"]
    assert rows("q=P-002") == ["钟离秋水"]
    assert rows("q=示例单位") == ["贺定波", "林澈", "钟离秋水"]
    assert rows("show=here") == ["林澈"]
    assert rows("show=missing") == ["贺定波", "钟离秋水"]
    assert rows("q=%25") == []
    assert "没有符合的选手" in door.get(url(made, f"?sitting={key}&q=无此人")).text


def test_a_check_in_is_taken_back_with_a_reason(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.HOST_OFFICE)
    door.post(url(made), data=form("P-001"))
    row = desk.session.query(CheckIn).one()
    assert "林澈" in door.get(url(made, f"{row.id}/undo")).text
    assert door.post(url(made, f"{row.id}/undo"), data={"reason": ""}).status_code == 422

    page = door.post(url(made, f"{row.id}/undo"), data={"reason": "拿错了"}, follow_redirects=True)

    assert "检录已撤销" in page.text
    assert "0 / 3" in page.text
    assert door.get(url(made, "999999/undo")).status_code == 404


def test_closing_lists_who_is_missing_and_asks(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.HOST_OFFICE)
    door.post(url(made), data=form("P-001"))
    begin(made, in_minutes=-16)
    key = made.sitting.id
    asked = door.get(url(made, f"{key}/close")).text
    assert "2 人将记为缺席" in asked
    assert "林澈" not in asked

    page = door.post(url(made, f"{key}/close"), follow_redirects=True)

    assert "2 人缺席" in page.text
    assert "缺席不等于零分" in page.text
    gone = desk.session.query(Entry).filter_by(attendance=Attendance.ABSENT).count()
    assert gone == 2
    assert door.post(url(made, f"{key}/reopen"), data={"reason": ""}).status_code == 422
    page = door.post(url(made, f"{key}/reopen"), data={"reason": "误关"}, follow_redirects=True)
    assert "重新打开" in page.text
    assert desk.session.get_one(Sitting, key).state is SittingState.OPEN


def test_an_event_without_a_sitting_says_so(app: Flask, desk: Desk, made: Hall) -> None:
    from tests.result_world import listed_event

    other = listed_event(desk, 1).event.id
    door = staff(app, desk, Role.HOST_OFFICE)

    assert "还没有排场次" in door.get(f"/admin/events/{other}/check-in/").text
    assert door.post(f"/admin/events/{other}/check-in/", data=form("1")).status_code == 302


def test_the_desk_opens_at_the_sitting_of_the_hour(app: Flask, desk: Desk, made: Hall) -> None:
    from actions.sittings import create_sitting
    from tests.sitting_world import plan

    hours = {
        "reports_at": now() + 100 * MINUTE,
        "starts_at": now() + 130 * MINUTE,
        "ends_at": now() + 200 * MINUTE,
    }
    create_sitting(desk, made.event, plan(made.venue, name="下午场", **hours))
    desk.session.commit()
    door = staff(app, desk, Role.HOST_OFFICE)
    assert '<h2 id="ci-now">实操</h2>' in door.get(url(made)).text

    begin(made, in_minutes=-600)
    assert '<h2 id="ci-now">下午场</h2>' in door.get(url(made)).text


def test_extra_time_is_granted_and_taken_back(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.HOST_OFFICE)
    path = url(made, "extra-time/")
    assert "还没有人延时" in office.get(path).text
    wrong = {"pass_no": "P-9", "minutes": "10", "reason": "停电"}
    assert office.post(path, data=wrong).status_code == 422
    page = office.post(path, data={**wrong, "pass_no": "P-001"}, follow_redirects=True)
    assert "延时已登记" in page.text
    row = desk.session.query(ExtraTime).one()
    watcher = staff(app, desk, Role.VENUE_MANAGER)
    assert "停电" in watcher.get(path).text
    assert watcher.post(path, data={**wrong, "pass_no": "P-001"}).status_code == 403

    page = office.post(f"{path}{row.id}/take-back", follow_redirects=True)

    assert "已撤回" in page.text
    assert row.taken_back_at is not None


@pytest.mark.parametrize("who", ["chief", "judge1", "officer", "supervisor"])
def test_others_have_no_door(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall, who: str
) -> None:
    sign_in(app, client, desk, made.stage.accounts[who])
    tails = ("", f"{made.sitting.id}/close", "extra-time/")

    assert [client.get(url(made, tail)).status_code for tail in tails] == [403] * 3
    assert client.post(url(made), data=form("P-001")).status_code == 403


def test_a_manager_of_another_contest_is_a_stranger(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    from tests.contest_world import draft_contest

    account, other = make_account(desk.session), draft_contest(desk, name="别的竞赛（示例）").id
    give(desk.session, account, Role.VENUE_MANAGER, Scope.CONTEST, other, other)
    sign_in(app, client, desk, account)

    assert client.get(url(made)).status_code == 403


def test_portraits_open_for_the_door(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall
) -> None:
    from actions.media import take_portrait
    from tests.entry_world import picture

    entry = made.placements[0].entry
    entry.photo = take_portrait(desk, picture())
    name = f"{entry.photo.stem}-240.webp"
    desk.session.commit()
    sign_in(app, client, desk, made.stage.accounts["judge1"])

    assert client.get(f"/media/private/{name}").status_code == 404
    manager = staff(app, desk, Role.VENUE_MANAGER)
    with manager.get(f"/media/private/{name}") as reply:
        assert reply.status_code == 200
    assert name in manager.post(url(made), data=form("P-000")).text


def test_the_list_costs_a_fixed_number_of_reads(app: Flask, desk: Desk, made: Hall) -> None:
    door = staff(app, desk, Role.HOST_OFFICE)
    path = url(made)
    with counted() as reads:
        assert door.get(path).status_code == 200

    assert len(reads) <= 12
