"""An empty site on its first day: four people click their way to open entries."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.people import Visitor
from tests.browser.test_contest import scheme_file
from web.clock import HERE

GIVEN = "先给你的一句长长长的口令"
OWN = "码头上的一盏灯一直亮着呢"
OFFICE = (("组委会老励", "zuweihui", "organizer"), ("科员老贺", "keyuan", "officer"))
MOST_SCREENS = 14
"""Pages the organizer and the officer see between the start page and open entries."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """A new installation as docs/operating.md sets it up."""
    made = Site(tmp_path)
    made.flask("db", "upgrade")
    made.flask("register", "load")
    made.flask("search", "rebuild")
    made.start()
    yield made
    made.stop()


class Newcomer(Visitor):
    """Somebody who moves by links and buttons alone, and whose screens are counted."""

    screens = 0

    def press(self, words: str, *, within: str = "main") -> None:
        """Press and count the page that comes."""
        super().press(words, within=within)
        self.screens += 1

    def first_day(self, handle: str, given: str) -> "Newcomer":
        """Sign in with somebody else's password and replace it."""
        self.sign_in(handle, given)
        self.page.fill("#old", given)
        self.page.fill("#password", OWN)
        self.page.fill("#again", OWN)
        self.press("保存新密码")
        self.screens = 0
        return self

    def take(self, words: str) -> None:
        """Take up what waits on the start page."""
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        self.screens += 1

    def come_back(self) -> None:
        """Look at what waits."""
        self.page.get_by_role("link", name="总览", exact=True).first.click()
        self.page.wait_for_load_state()
        self.screens += 1


def open_accounts(browser: Browser, site: Site, given: str) -> None:
    keeper = Newcomer(browser, site.url).first_day("sysadmin", given)
    for name, handle, _ in OFFICE:
        keeper.come_back()
        keeper.take("还没有人管竞赛")
        keeper.page.fill("#name", name)
        keeper.page.fill("#handle", handle)
        keeper.page.fill("#password", GIVEN)
        keeper.press("开通账号")
    keeper.leave()


def give_roles(browser: Browser, site: Site, given: str) -> None:
    keeper = Newcomer(browser, site.url).first_day("secadmin", given)
    keeper.take("还没有人管竞赛")
    for name, _, role in OFFICE:
        keeper.page.get_by_role("link", name="账号", exact=True).first.click()
        keeper.press(name)
        keeper.page.select_option("#role", role)
        keeper.press("授予")
    keeper.leave()


def test_an_event_goes_from_nothing_to_open_entries(
    empty: Site, browser: Browser, tmp_path: Path
) -> None:
    given = dict(re.findall(r"(sysadmin|secadmin)\s+(\S+)", empty.flask("admin", "create")))
    open_accounts(browser, empty, given["sysadmin"])
    give_roles(browser, empty, given["secadmin"])

    office = Newcomer(browser, empty.url).first_day("zuweihui", GIVEN)
    office.take("还没有竞赛")
    page, today = office.page, dt.datetime.now(HERE)
    page.fill("#name", "技赢定海 2026 试办竞赛（示例）")
    page.fill("#approval_no", "定人社赛备〔2026〕示例 1 号")
    page.fill("#organiser", "定海区人力资源和社会保障局（示例）")
    office.press("保存竞赛")
    office.press("添加赛项")
    page.fill("#name", "平板对接焊")
    page.fill("#quota", "20")
    page.fill("#entries_open_at", f"{today - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M}")
    page.fill("#entries_close_at", f"{today + dt.timedelta(days=14):%Y-%m-%dT%H:%M}")
    page.fill("#held_on", f"{today + dt.timedelta(days=30):%Y-%m-%d}")
    page.fill("#theory", "0")
    page.fill("#practice", "100")
    office.press("保存赛项")
    office.press("评分标准")
    page.set_input_files("input[type=file]", scheme_file(tmp_path, declared="100"))
    office.press("检查并导入")
    office.sees("鳞纹均匀")

    officer = Newcomer(browser, empty.url).first_day("keyuan", GIVEN)
    officer.take("等第二人批准")
    officer.press("批准本竞赛")
    officer.leave()
    office.come_back()
    office.take("待公告")
    office.press("公告本竞赛")
    office.press("平板对接焊")
    if page.get_by_role("button", name="现在开放报名").count():  # the worker may have been first
        office.press("现在开放报名")

    assert office.screens + officer.screens <= MOST_SCREENS
    visitor = Visitor(browser, empty.url, phone=True)
    visitor.go("/events/?phase=open")
    visitor.sees("平板对接焊")
    visitor.press("报名")
    visitor.sees("登录")
    visitor.leave()
    office.leave()
