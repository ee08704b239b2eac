"""The timetable on screen: venues, sittings, who is expected, what clashes."""

import datetime as dt
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from admin.day_view import days_of
from models.sittings import Placement, Sitting
from models.venues import Venue, Workplace
from rules.permits import Role
from rules.states import EventState, WorkplaceState
from rules.terms import SittingPart
from tests.admin.office import staff
from tests.entry_world import picture
from tests.result_world import listed_event
from tests.sitting_world import Hall, hall
from tests.support import sign_in
from web.clock import local

PLAN = {
    "name": "实操第二场",
    "part": "practice",
    "module": "",
    "reports_at": "2026-11-24T13:00",
    "starts_at": "2026-11-24T13:30",
    "ends_at": "2026-11-24T15:00",
    "late_minutes": "15",
}


@pytest.fixture
def made(desk: Desk) -> Hall:
    """One sitting with three entrants."""
    return hall(desk)


def url(made: Hall, tail: str = "") -> str:
    return f"/admin/contests/{made.event.contest_id}/timetable/{tail}"


def venues(made: Hall, tail: str = "") -> str:
    return f"/admin/contests/{made.event.contest_id}/venues/{tail}"


def test_from_an_empty_timetable_to_placed_entrants(app: Flask, desk: Desk) -> None:
    stage = listed_event(desk, 3)
    contest = stage.event.contest_id
    office = staff(app, desk, Role.ORGANIZER)
    assert "登记场地" in office.get(f"/admin/contests/{contest}/timetable/").text

    form = {"name": "一号车间（示例）", "address": "示例路 18 号", "notes": "南门进"}
    page = office.post(f"/admin/contests/{contest}/venues/new", data=form, follow_redirects=True)
    assert "接下来添加工位" in page.text
    venue = desk.session.query(Venue).one()
    base = f"/admin/contests/{contest}/venues/{venue.id}"
    rows = {"count": "4", "equipment": "普通车床"}
    assert "工位已添加" in office.post(f"{base}/workplaces", data=rows, follow_redirects=True).text
    plan = {**PLAN, "event_id": stage.event.id, "venue_id": venue.id}
    page = office.post(
        f"/admin/contests/{contest}/timetable/sittings/new", data=plan, follow_redirects=True
    )
    assert "接下来编排选手" in page.text
    page = office.get(f"/admin/contests/{contest}/timetable/")
    assert "还有 3 名选手没有编排场次" in page.text

    place = f"/admin/contests/{contest}/timetable/events/{stage.event.id}/place"
    page = office.post(place, follow_redirects=True)

    assert "全部编排好了" in page.text
    assert desk.session.query(Placement).count() == 3


def test_the_day_is_drawn_and_told_as_a_table(app: Flask, desk: Desk, made: Hall) -> None:
    page = staff(app, desk, Role.ORGANIZER).get(url(made)).text

    assert '<svg class="dayview"' in page
    assert "11:00–13:00" in page
    assert "粮油储运" in page


def test_a_wrong_sitting_comes_back_with_its_fields(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.HOST_OFFICE)
    wrong = {
        **PLAN,
        "event_id": made.event.id,
        "venue_id": made.venue.id,
        "ends_at": "",
        "name": "",
    }
    page = office.post(url(made, "sittings/new"), data=wrong)
    assert page.status_code == 422
    assert "请给场次起个名字" in page.text

    late = {
        **PLAN,
        "event_id": made.event.id,
        "venue_id": made.venue.id,
        "reports_at": "2026-11-24T14:00",
    }
    page = office.post(url(made, "sittings/new"), data=late)
    assert page.status_code == 422
    assert "检录要在开赛之前开始" in page.text
    assert desk.session.query(Sitting).count() == 1


def test_a_sitting_is_changed_and_removed(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    tail = f"sittings/{made.sitting.id}/"
    assert "实操" in office.get(url(made, f"{tail}edit")).text
    form = {**PLAN, "name": "实操上午场", "venue_id": made.venue.id}
    page = office.post(url(made, f"{tail}edit"), data=form, follow_redirects=True)
    assert "选手的日程和参赛证同步更新" in page.text
    page = office.post(url(made, f"{tail}edit"), data={**form, "late_minutes": "999"})
    assert page.status_code == 422
    assert "3 名选手没有场次" in office.get(url(made, f"{tail}remove")).text

    page = office.post(url(made, f"{tail}remove"), follow_redirects=True)

    assert "场次已删除" in page.text
    assert desk.session.query(Sitting).count() == 0


def test_what_the_deed_refuses_is_said_on_the_page(app: Flask, desk: Desk, made: Hall) -> None:
    made.event.state = EventState.LOCKED
    desk.session.commit()
    office = staff(app, desk, Role.ORGANIZER)
    tail = f"sittings/{made.sitting.id}/"
    form = {**PLAN, "name": "实操上午场", "venue_id": made.venue.id}

    for path, data in ((f"{tail}edit", form), (f"{tail}remove", {})):
        page = office.post(url(made, path), data=data)
        assert page.status_code == 422
        assert "日程不再改动" in page.text
    assert "名单不再改动" in office.get(url(made, tail)).text


def test_entrants_are_placed_by_hand(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    tail = f"sittings/{made.sitting.id}/"
    row = made.placements[0]

    page = office.post(url(made, f"{tail}entrants/{row.id}/workplace"), data={"number": "2"})
    assert page.status_code == 302
    assert made.placements[0].workplace is not None
    page = office.post(url(made, f"{tail}entrants/{row.id}/workplace"), data={"number": "77"})
    assert page.status_code == 422
    assert "没有可用的这个工位" in page.text
    assert office.post(url(made, f"{tail}entrants/{row.id}/remove")).status_code == 302
    assert len(made.placements) == 2
    page = office.post(url(made, f"{tail}entrants"), data={"pass_no": "P-777"})
    assert page.status_code == 422
    assert "没有这个参赛证号" in page.text
    page = office.post(url(made, f"{tail}entrants"), data={"pass_no": ""})
    assert page.status_code == 422
    page = office.post(
        url(made, f"{tail}entrants"), data={"pass_no": "p-000"}, follow_redirects=True
    )
    assert "选手已编到本场" in page.text
    assert len(made.placements) == 3
    assert office.post(url(made, f"{tail}workplaces")).status_code == 409
    made.sitting.part = SittingPart.THEORY
    desk.session.commit()
    page = office.post(url(made, f"{tail}workplaces"), follow_redirects=True)
    assert "人人都有工位了" in page.text


def test_a_venue_is_kept_on_its_page(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    base = f"{made.venue.id}/"
    assert "一号车间（示例）" in office.get(venues(made)).text
    form = {"name": "一号车间（示例）", "address": "新路 2 号", "latitude": "30.0526"}
    page = office.post(venues(made, f"{base}edit"), data=form)
    assert page.status_code == 422
    assert "经纬度要么都填" in page.text
    page = office.post(venues(made, f"{base}edit"), data={**form, "longitude": "121.8817"})
    assert page.status_code == 302

    page = office.post(venues(made, f"{base}map"), data={"picture": (io.BytesIO(b"no"), "a.png")})
    assert page.status_code == 422
    assert office.post(venues(made, f"{base}map"), data={}).status_code == 422
    shown = {"picture": (io.BytesIO(picture()), "map.jpg")}
    page = office.post(venues(made, f"{base}map"), data=shown, follow_redirects=True)
    assert "/media/" in page.text
    assert "30.0526, 121.8817" in page.text

    assert office.post(venues(made, f"{base}workplaces"), data={"count": "0"}).status_code == 422
    assert office.post(venues(made, f"{base}workplaces"), data={"count": "299"}).status_code == 422
    workplace = desk.session.query(Workplace).filter_by(number=1).one()
    office.post(venues(made, f"{base}workplaces/{workplace.id}/break"))
    assert workplace.state is WorkplaceState.BROKEN
    office.post(venues(made, f"{base}workplaces/{workplace.id}/remove"))
    assert desk.session.query(Workplace).filter_by(number=1).count() == 0
    assert office.post(venues(made, f"{base}remove")).status_code == 409


def test_a_free_venue_is_removed(app: Flask, desk: Desk, made: Hall) -> None:
    office = staff(app, desk, Role.ORGANIZER)
    form = {"name": "空场地（示例）", "address": "路"}
    office.post(venues(made, "new"), data=form)
    venue = desk.session.query(Venue).filter_by(name="空场地（示例）").one()
    twin = office.post(venues(made, "new"), data=form)
    assert twin.status_code == 422
    assert "已有同名场地" in twin.text

    assert (
        "场地已删除" in office.post(venues(made, f"{venue.id}/remove"), follow_redirects=True).text
    )


@pytest.mark.parametrize("who", ["chief", "judge1", "officer", "supervisor"])
def test_others_see_nothing(
    app: Flask, client: FlaskClient, desk: Desk, made: Hall, who: str
) -> None:
    sign_in(app, client, desk, made.stage.accounts[who])
    tails = ("", "sittings/new", f"sittings/{made.sitting.id}/")

    assert [client.get(url(made, tail)).status_code for tail in tails] == [403, 403, 403]
    assert client.get(venues(made)).status_code == 403


def test_another_contest_s_sitting_is_not_found_here(app: Flask, desk: Desk, made: Hall) -> None:
    other = hall_elsewhere(desk)
    office = staff(app, desk, Role.ORGANIZER)

    assert office.get(url(made, f"sittings/{other.id}/")).status_code == 404
    assert office.post(url(made, f"events/{other.event_id}/place")).status_code == 404


def hall_elsewhere(desk: Desk) -> Sitting:
    from actions.sittings import create_sitting
    from tests.sitting_world import plan, venue_of

    stage = listed_event(desk, 1)
    return create_sitting(
        desk, stage.event, plan(venue_of(desk, stage.event.contest, "外场（示例）"))
    )


def test_bars_stand_at_their_hours_and_never_on_one_another(desk: Desk, made: Hall) -> None:
    from actions.sittings import create_sitting
    from tests.sitting_world import MINUTE, STARTS, plan

    hours = {"starts_at": STARTS + 30 * MINUTE, "ends_at": STARTS + dt.timedelta(hours=30)}
    night = create_sitting(desk, made.event, plan(made.venue, name="通宵", **hours))

    (day,) = days_of([made.sitting, night])

    assert day.date == local(STARTS).date()
    assert [at for _, at in day.hours] == list(range(11, 24))
    first, second = day.bars
    assert first.y != second.y
    assert second.x > first.x
    assert second.x + second.width == pytest.approx(1000, abs=0.2)
    assert [name for _, name in day.venues] == ["一号车间（示例）"]
