"""A judge of the pool is drawn onto a seat in Chromium; the button does the same."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.people import Visitor


def test_a_judge_is_drawn_onto_a_seat(site: Site, browser: Browser) -> None:
    office = Visitor(browser, site.url).sign_in("organizer")
    office.go("/admin/contests/")
    office.press("焊工 平板")
    office.press("裁判组")
    page = office.page
    first = page.locator("[data-judge].fine").first
    name = first.locator("b").inner_text()

    first.drag_to(page.locator("[data-place='1']"))
    expect(page.locator("[data-place='1']")).to_contain_text(name)

    second = page.locator("[data-judge]:not(.hard)").first
    other = second.locator("b").inner_text()
    second.locator("select").select_option("1")
    second.locator("button").click()
    expect(page.locator("[data-place='1']")).to_contain_text(other)
    office.leave()
