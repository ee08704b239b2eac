"""Check-in at a real desk: planned in clicks, scanned by keyboard, a network that drops."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.people import Visitor
from web.clock import local, now

VENUE = "定海湾船舶修造焊工培训车间（示例）"
LOST = "没有存上：网络没有响应"


class Door(Visitor):
    """Somebody at the check-in desk, with a scanner that types."""

    def scan(self, text: str) -> None:
        """Type as a scanner does: into whatever has the focus, without Enter."""
        before = self.page.input_value("[name=key] >> nth=0")
        self.page.keyboard.type(text)
        self.page.wait_for_function(
            "(key) => document.querySelector('[name=key]')?.value !== key", arg=before
        )

    def shown(self) -> str:
        """Read what became of the last scan."""
        return self.page.locator("#result").inner_text()


def stamp(minutes: int) -> str:
    """Write a moment from now as the form takes it."""
    return f"{local(now()) + dt.timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


@pytest.fixture
def office(site: Site, browser: Browser) -> Door:
    """The organizer, who also stands at the door."""
    visitor = Door(browser, site.url)
    visitor.sign_in("organizer")
    return visitor


def test_from_a_planned_sitting_to_a_scanned_entrant(office: Door) -> None:
    page = office.page
    office.go("/admin/contests/")
    office.press("2026 舟山市船舶焊接技能竞赛（定海承办）")
    office.press("日程编排")
    office.press("排一场", within=".tbar")
    page.fill("#name", "试机")
    page.select_option("#part", "module")
    page.fill("#module", "A")
    page.select_option("#venue_id", label=VENUE)
    page.fill("#reports_at", stamp(-20))
    page.fill("#starts_at", stamp(10))
    page.fill("#ends_at", stamp(90))
    office.press("保存", within="form.staff-form")
    office.sees("接下来编排选手")
    office.go(re.sub(r"sittings/.*", "", page.url.removeprefix(office.url)))
    office.sees("不在竞赛日期之内")
    office.press("自动编排")
    office.press("试机")
    first, second = (
        page.locator("tbody tr").nth(row).locator("td").first.inner_text() for row in (0, 1)
    )
    office.press("检录", within=".tbar")
    event = re.search(r"/events/(\d+)/", page.url)
    assert event is not None

    office.scan(first)
    assert "已检录" in office.shown()
    assert first in office.shown()
    assert page.input_value("#code") == "", "the field is ready for the next"
    office.scan(f"JP:{event[1]}:{second}")
    assert "已检录" in office.shown()
    office.scan(first)
    assert "已经检录过" in office.shown()
    office.scan("1\n")
    assert "没有 1 这个参赛证号" in office.shown()
    assert page.input_value("#code") == "1", "what was refused stays to be compared"

    third = (
        page.locator("section[aria-labelledby=ci-list] tbody tr")
        .nth(2)
        .locator("td")
        .first.inner_text()
    )
    page.context.set_offline(True)
    page.fill("#code", "")
    page.keyboard.type(third)
    page.wait_for_selector("#lost:not([hidden])")
    office.sees(LOST)
    assert page.input_value("#code") == third, "nothing typed is lost"
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    page.wait_for_selector("#result.ci-ok")
    assert third in office.shown()
    office.sees("摄像头")
    office.leave()


def test_the_desk_works_without_script(site: Site, browser: Browser, office: Door) -> None:
    office.leave()
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = plain.new_page()
    page.goto(f"{site.url}/account/login")
    page.fill("#handle", "organizer")
    from web.world.logins import PASSWORD

    page.fill("#password", PASSWORD)
    page.locator("form.form-page button").first.click()
    page.goto(f"{site.url}/admin/contests/")
    page.get_by_role("link", name="技赢定海 2026 螺杆制造“以赛代训”擂台").first.click()
    page.get_by_role("link", name="日程编排").click()
    page.get_by_role("link", name="实操第二场").first.click()
    page.locator(".tbar").get_by_role("link", name="检录").click()
    page.fill("#code", "99999")
    page.get_by_role("button", name="检录入场").first.click()

    assert "不予入场" in page.locator("#result").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    plain.close()


def test_tickets_are_followed_until_they_can_be_fetched(site: Site, office: Door) -> None:
    page = office.page
    office.go("/admin/contests/")
    office.press("技赢定海 2026 螺杆制造“以赛代训”擂台")
    office.press("螺杆车工")
    office.press("赛前打印")
    page.locator('form[action$="/ticket/order"] button').click()
    link = page.get_by_role("link", name="下载第 1–14 份（PDF）")
    link.wait_for(timeout=30000)
    with page.expect_download() as fetched:
        link.click()

    assert fetched.value.suggested_filename == "ticket-turning-1.pdf"
    office.leave()


def test_an_entrant_reads_the_own_day_on_a_phone(site: Site, browser: Browser) -> None:
    entrant = Door(browser, site.url, phone=True)
    entrant.sign_in("entrant")
    entrant.go("/account/entries/")
    entrant.press("螺杆车工")
    entrant.sees("我的日程")
    entrant.sees("已检录")
    assert entrant.page.evaluate("document.documentElement.scrollWidth") <= 390
    entrant.leave()
