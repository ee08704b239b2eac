"""A unit enters thirty workers at once, mends four rows, and one of them goes on by phone."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from adapters.worker_sheets import COLUMNS, bad_rows_workbook, read_workers, workers_workbook
from tests.browser.conftest import Site
from tests.browser.people import Visitor, sample_id
from tests.browser.test_contest import portrait

EVENT = "粮油仓储"
OWN_PASSWORD = "夜里听仓，听得见虫鸣"
PHONE = "13900004100"


def worker(number: int) -> dict[str, str]:
    """Write one worker down; odd numbers are men, as their ID numbers say."""
    serial = 600 + number
    return {
        "name": f"粮工{chr(0x4E00 + number)}",
        "gender": "男" if serial % 2 else "女",
        "id_number": sample_id(serial),
        "phone": f"1390000{4100 + number}",
        "in_trade_since": "2014",
        "skill_level": "高级工（三级）",
    }


WRONG = {
    4: {"phone": "139"},
    11: {"id_number": "330902199001011234"},
    19: {"skill_level": "八级工"},
    27: {"in_trade_since": "去年"},
}


def free_the_quota(browser: Browser, site: Site) -> str:
    """The office lifts the unit's limit; returns the number of the event."""
    office = Visitor(browser, site.url).sign_in("organizer")
    office.go("/admin/contests/")
    office.page.get_by_role("link", name="粮油储运", exact=False).first.click()
    office.page.get_by_role("link", name=EVENT, exact=True).first.click()
    event = re.search(r"/admin/events/(\d+)", office.page.url)
    assert event, office.page.url
    office.go(f"/admin/events/{event[1]}/units/")
    office.page.select_option("#unit", label="东海粮油仓储（示例）")
    office.page.fill("#quota", "")
    office.press("保存")
    office.sees("已保存")
    office.leave()
    return event[1]


def sees_no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_unit_enters_thirty_workers_with_four_rows_to_mend(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    event = free_the_quota(browser, site)
    rows = [worker(number) for number in range(30)]
    clerk = Visitor(browser, site.url).sign_in("unit")
    page = clerk.page
    clerk.sees("工作台")
    unit = re.search(r"/unit/(\d+)/", page.url)
    assert unit, page.url

    clerk.go(f"/unit/{unit[1]}/lists/new/{event}")
    with page.expect_download() as template:
        clerk.press("下载模板")
    assert Path(template.value.path()).read_bytes().startswith(b"PK")
    sent = [{**row, **WRONG.get(at, {})} for at, row in enumerate(rows)]
    page.set_input_files("#file", as_file("名单.xlsx", workers_workbook(sent)))
    clerk.press("上传并核对")
    clerk.sees("26 行正确，4 行要改")
    clerk.sees("手机号是 11 位数字")
    assert page.get_by_role("button", name=re.compile("提交全部")).count() == 0

    with page.expect_download() as wrong:
        clerk.press("只下载这些行")
    back = read_workers(Path(wrong.value.path()).read_bytes())
    assert [at - 2 for at, _ in back] == sorted(WRONG)
    mended = [
        (at, {**cells, **{name: rows[at - 2].get(name, "") for name in COLUMNS}})
        for at, cells in back
    ]
    data = bad_rows_workbook(mended, {at: [""] for at, _ in back}, [], [])
    page.set_input_files("#file", as_file("改好的行.xlsx", data))
    clerk.press("重新核对")
    clerk.sees("30 名职工，全部正确")
    clerk.press("提交全部 30 人")
    clerk.sees("30 名职工已全部提交")

    clerk.press("查看链接")
    row = page.locator("tbody tr", has_text=rows[0]["name"])
    row.locator("summary").click()
    link = row.locator("code").inner_text()
    go_on_by_phone(browser, site, link, rows[0])
    clerk.go(f"/unit/{unit[1]}/workers/?state=accepted")
    clerk.sees(rows[0]["name"])
    clerk.sees("已提交")
    clerk.leave()


def as_file(name: str, data: bytes) -> dict[str, object]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": data}


def go_on_by_phone(browser: Browser, site: Site, link: str, row: dict[str, str]) -> None:
    """The worker opens the link, agrees, adds the portrait and hands in."""
    visitor = Visitor(browser, site.url, phone=True)
    page = visitor.page
    page.goto(link)
    visitor.sees(row["name"])
    sees_no_sideways(page)
    visitor.press("注册账号并继续")
    page.fill("#name", row["name"])
    page.fill("#handle", PHONE)
    page.fill("#password", OWN_PASSWORD)
    visitor.press("注册账号", within="form.form-page")
    page.fill("#last", row["id_number"][-4:])
    page.check("#consent")
    visitor.press("开始我的报名")
    assert page.input_value("#id_number") == row["id_number"]
    visitor.press("保存并继续")
    visitor.press("保存并继续")
    page.check("input[value=退役军人]")
    page.check("input[value=没参加过]")
    visitor.press("保存并继续")
    visitor.press("保存并继续")
    page.set_input_files("#photo", portrait())
    visitor.press("保存并继续")
    visitor.press("保存并继续")
    visitor.press("提交")
    visitor.sees("受理号")
    page.goto(link)
    visitor.sees("受理号")
    visitor.leave()
    stranger = Visitor(browser, site.url, phone=True)
    stranger.page.goto(link)
    stranger.sees("已经用过")
    stranger.leave()
