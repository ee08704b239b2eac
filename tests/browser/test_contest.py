"""One whole contest, played by its people in Chromium without touching the database."""

import datetime as dt
import io
import re
from decimal import Decimal
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page

from adapters.schemes import write_scheme
from rules.schemes import Aspect, Criterion, Module, Scheme, SubCriterion
from tests.browser.conftest import Site
from tests.browser.people import Visitor, sample_id
from web.clock import HERE

CONTEST, EVENT = "技赢定海 2026 船舶焊接体验赛（示例）", "平板对接焊"
ENTRANTS = (("单晓芸", "13900001111", 201), ("解小舟", "13900002222", 303))
PHONE_WIDTH = 390
MOST_SCREENS = 9
"""From the first page of the entry to its receipt, the event's own questions among them."""
OWN_PASSWORD = "海上的一条好焊缝"
AHEAD = 26 * 60
"""Minutes the clock is moved on, past the hours for appeals."""


def scheme_file(folder: Path, *, declared: str) -> Path:
    aspects = (
        Aspect("A1.1", "余高", "measurement", Decimal(60), "direct", unit="分"),
        Aspect("A1.2", "鳞纹均匀", "judgement", Decimal(40), levels=("乱", "一般", "匀", "很匀")),
    )
    sub = SubCriterion("A1a", "外观", aspects, Decimal(100))
    criterion = Criterion("A1", "成形", (sub,), Decimal(100))
    module = Module("A", "实操", "practice", Decimal(declared), (criterion,), Decimal(100))
    path = folder / f"scheme-{declared}.xlsx"
    path.write_bytes(write_scheme(Scheme((module,))))
    return path


def portrait() -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (480, 640), "slategray").save(out, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def plan_contest(visitor: Visitor, folder: Path) -> tuple[str, str]:
    """D1: the organizer drafts contest and event and imports the scheme."""
    page = visitor.page
    visitor.go("/admin/contests/new")
    page.fill("#name", CONTEST)
    page.fill("#year", "2026")
    page.fill("#approval_no", "定人社赛备〔2026〕示例 99 号")
    page.fill("#organiser", "定海区人力资源和社会保障局（示例）")
    page.locator("main form button.btn").first.click()
    contest = re.search(r"/admin/contests/(\d+)", page.url)
    assert contest, page.url
    visitor.go(f"/admin/contests/{contest[1]}/events/new")
    today = dt.datetime.now(HERE)
    page.fill("#name", EVENT)
    page.fill("#quota", "2")
    page.fill("#entries_open_at", f"{today - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.fill("#entries_close_at", f"{today + dt.timedelta(hours=5):%Y-%m-%dT%H:%M}")
    page.fill("#held_on", f"{today + dt.timedelta(days=1):%Y-%m-%d}")
    page.fill("#appeal_hours", "1")
    page.fill("#theory", "0")
    page.fill("#practice", "100")
    page.locator("main form button.btn").first.click()
    event = re.search(r"/admin/events/(\d+)", page.url)
    assert event, page.locator("body").inner_text()[:2000]
    visitor.go(f"/admin/events/{event[1]}/scheme/")
    page.set_input_files("input[type=file]", scheme_file(folder, declared="99"))
    page.locator("main form button.btn").last.click()
    visitor.sees("99")
    page.set_input_files("input[type=file]", scheme_file(folder, declared="100"))
    page.locator("main form button.btn").last.click()
    visitor.sees("鳞纹均匀")
    return contest[1], event[1]


def build_form(visitor: Visitor, event: str) -> None:
    """The organizer adds a motto to the national form and puts it to use."""
    visitor.go(f"/admin/events/{event}/form/")
    visitor.press("新建报名表")
    visitor.go(f"/admin/events/{event}/form/questions/new")
    visitor.page.fill("#label", "参赛口号")
    visitor.page.select_option("#audience", "public")
    visitor.press("保存问题")
    visitor.press("投入使用")
    visitor.sees("使用中")


def answer_questions(page: Page, portrait_file: FilePayload, *, works: bool) -> None:
    """Somebody answers what applies; script shows the rest and hides it again."""
    page.check("input[value=在职职工]")
    assert page.locator("#q-hired_on").is_visible()
    assert not page.locator("#q-school").is_visible()
    if works:
        page.fill("#q-hired_on", "2020-01-02")
    else:
        page.check("input[value=退役军人]")
        assert not page.locator("#q-hired_on").is_visible()
    page.get_by_role("button", name="保存并继续").click()
    assert page.locator("#q-employment_proof").count() == works
    if works:
        page.set_input_files("#q-employment_proof", portrait_file)
    page.fill("#q-can_sai_kou_hao", "一条好焊缝")
    page.get_by_role("button", name="保存并继续").click()


def enter(browser: Browser, site: Site, number: int, slug: str, event_slug: str) -> Visitor:
    """D2: somebody opens an account on a phone and enters."""
    name, phone, serial = ENTRANTS[number]
    visitor = Visitor(browser, site.url, phone=True)
    page = visitor.page
    visitor.go(f"/contests/{slug}/{event_slug}/")
    visitor.press("我要报名")
    visitor.press("注册账号", within="form.form-page")
    page.fill("#name", name)
    page.fill("#handle", phone)
    page.fill("#password", OWN_PASSWORD)
    visitor.press("注册账号", within="form.form-page")
    screens = {page.url}
    page.on("framenavigated", lambda frame: screens.add(frame.url))
    visitor.press("开始填写")
    page.fill("#name", name)
    page.fill("#id_number", "110105194912310021")
    page.fill("#phone", phone)
    page.check("#consent")
    page.check("#shows")
    visitor.press("保存并继续")
    assert page.title().startswith("有 1 处需要改")
    page.fill("#id_number", sample_id(serial))
    visitor.press("保存并继续")
    page.fill("#employer", "示例船厂")
    page.fill("#in_trade_since", "2012")
    visitor.press("保存并继续")
    visitor.sees("第 3 步，共 7 步")
    answer_questions(page, portrait(), works=number == 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_WIDTH
    page.set_input_files("#photo", portrait())
    visitor.press("保存并继续")
    visitor.press("保存并继续")
    visitor.sees(name)
    visitor.sees("一条好焊缝")
    visitor.press("提交")
    visitor.sees("受理号")
    assert len(screens) <= MOST_SCREENS, screens
    return visitor


def slip_of(visitor: Visitor, button: str) -> str:
    visitor.press(button)
    return visitor.page.locator("#slip").inner_text()


def mark(visitor: Visitor, event: str, seat: int) -> None:
    """D4: a judge signs the pledge, marks by keyboard, signs the sheet."""
    page = visitor.page
    visitor.go(f"/judge/{event}/")
    page.check("#sure")
    visitor.press("签署承诺")
    assert all(name not in page.content() for name, _, _ in ENTRANTS)
    cells = page.locator(".cellin")
    assert cells.count() == (4 if seat == 1 else 2)
    if seat == 1:
        for row, points in enumerate(("58", "41")):
            cells.nth(row * 2).click()
            page.keyboard.type(points)
            page.keyboard.press("Enter")
    column = 1 if seat == 1 else 0
    cells.nth(column).click()
    page.keyboard.type("3")
    page.keyboard.type("2")
    cells.nth(0).focus()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.cellin')].every(c => c.dataset.seq !== '0')"
    )
    visitor.go(f"/judge/{event}/sign")
    page.fill("#handle", f"judge{seat}")
    page.fill("#password", "jiangpu-demo-2026")
    visitor.press("签署评分表")
    visitor.sees("已签名")


def test_a_contest_from_draft_to_a_certificate(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    organizer = Visitor(browser, site.url).sign_in("organizer")
    contest, event = plan_contest(organizer, tmp_path)
    build_form(organizer, event)

    officer = Visitor(browser, site.url).sign_in("officer")
    officer.go(f"/admin/contests/{contest}/")
    officer.press("批准本竞赛")
    organizer.go(f"/admin/contests/{contest}/")
    organizer.press("公告本竞赛")
    organizer.go(f"/admin/events/{event}/")
    if organizer.page.get_by_role("button", name="现在开放报名").count():
        organizer.press("现在开放报名")
    organizer.go("/contests/")
    found = organizer.page.locator("h3 a", has_text=EVENT)
    link = found.first.get_attribute("href") or ""
    slug, event_slug = link.strip("/").split("/")[1:3]

    people = [enter(browser, site, number, slug, event_slug) for number in range(2)]

    reviewer = Visitor(browser, site.url).sign_in("reviewer")
    for name, _, _ in ENTRANTS:
        reviewer.go(f"/admin/events/{event}/entries/")
        reviewer.press(name)
        reviewer.press("通过")
    people[0].go("/account/entries/")
    people[0].sees("通过")

    organizer.go(f"/admin/events/{event}/")
    organizer.press("截止报名")
    organizer.press("公布参赛名单")

    encryption = Visitor(browser, site.url).sign_in("encryption")
    supervisor = Visitor(browser, site.url).sign_in("supervisor")
    encryption.go(f"/admin/events/{event}/draw/")
    encryption.press("公布摘要")
    supervisor.go(f"/admin/events/{event}/draw/")
    witness_slip = slip_of(supervisor, "到场并领取密钥条")
    encryption.go(f"/admin/events/{event}/draw/")
    officer_slip = slip_of(encryption, "抽签并封存")

    organizer.go(f"/admin/events/{event}/panel/")
    for seat in (1, 2, 3):
        organizer.page.fill("#handle", f"judge{seat}")
        organizer.page.fill("#number", str(seat))
        organizer.press("安排席位")
    organizer.page.fill("#chief", "chief")
    organizer.press("指定裁判长")
    organizer.press("开始录分")

    for seat in (1, 2, 3):
        judge = Visitor(browser, site.url).sign_in(f"judge{seat}")
        mark(judge, event, seat)
        judge.leave()

    chief = Visitor(browser, site.url).sign_in("chief")
    chief.go(f"/judge/{event}/chief")
    chief.press("锁定成绩")
    chief.press("锁定成绩")
    chief.sees("成绩根值")

    encryption.go(f"/admin/events/{event}/results/decode")
    page = encryption.page
    page.fill("#officer_slip", officer_slip)
    page.fill("#witness_handle", "supervisor")
    page.fill("#witness_password", "jiangpu-demo-2026")
    page.fill("#witness_slip", witness_slip)
    page.locator("main form button.btn").last.click()

    public = Visitor(browser, site.url)
    public.go(f"/contests/{slug}/{event_slug}/results")
    assert public.page.locator("h1").inner_text() == "这个网址没有内容"
    organizer.go(f"/admin/events/{event}/results/post")
    organizer.page.locator("main form button.btn").last.click()
    public.go(f"/contests/{slug}/{event_slug}/results")
    public.sees("98.00")
    public.sees("参赛口号：一条好焊缝")
    public.page.get_by_role("link", name=re.compile("怎样算出来的")).first.click()
    public.sees("98.00")

    site.stop()
    site.start(ahead=AHEAD)
    organizer.sign_in("organizer")
    organizer.go(f"/admin/events/{event}/results/")
    organizer.page.get_by_role("button", name="确认生效").last.click()
    organizer.go(f"/admin/events/{event}/certificates/award")
    organizer.page.locator("main form button.btn").last.click()

    winner = winner_name(public, slug, event_slug)
    check_certificate(people[[n for n, _, _ in ENTRANTS].index(winner)], winner)
    check_page_and_search(public, winner)
    for visitor in (organizer, officer, reviewer, encryption, supervisor, chief, public, *people):
        visitor.leave()


def winner_name(visitor: Visitor, slug: str, event_slug: str) -> str:
    visitor.go(f"/contests/{slug}/{event_slug}/results")
    row = visitor.page.locator("tbody tr").first.inner_text()
    return next(name for name, _, _ in ENTRANTS if name in row)


def check_certificate(visitor: Visitor, name: str) -> None:
    """D6: the winner downloads the certificate and anybody verifies it."""
    phone = next(phone for one, phone, _ in ENTRANTS if one == name)
    visitor.sign_in(phone, OWN_PASSWORD)
    visitor.go("/account/entries/")
    link = visitor.page.locator("a[href*='/certificates/']").first
    number = Path(str(link.get_attribute("href"))).stem
    with visitor.page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    visitor.go(f"/verify/{number}")
    visitor.sees("真实有效")


def check_page_and_search(visitor: Visitor, name: str) -> None:
    """D7: the winner's page shows the award, and every way of searching leads to it."""
    ways = {
        "单晓芸": ("单晓芸", "shanxiaoyun", "sxy", "單曉芸"),
        "解小舟": ("解小舟", "xiexiaozhou", "xxz", "解小舟"),
    }[name]
    for query in ways:
        for _ in range(40):
            visitor.go(f"/search?q={query}")
            if visitor.page.locator(".hits h2 a", has_text=name).count():
                break
            visitor.page.wait_for_timeout(500)
        assert visitor.page.locator(".hits h2 a", has_text=name).count(), query
    visitor.page.locator(".hits h2 a", has_text=name).first.click()
    visitor.sees("一等奖")
