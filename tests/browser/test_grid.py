"""The scoring grid in a real browser: keys, undo, a line that breaks, the questions it asks."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Site
from tests.browser.people import Visitor

SHEET = "打开评分表"
OFFLINE = "离线，本机已存 2 项，联网后自动补传"


class Judge(Visitor):
    """A judge before the own sheet."""

    def open_sheet(self, handle: str) -> "Judge":
        """Sign in and open the sheet that is being marked."""
        self.sign_in(handle)
        self.go("/judge/")
        self.press(SHEET)
        self.page.wait_for_selector("#show-keys:not([hidden])")
        return self

    def cell(self, code: str, aspect: str) -> Locator:
        """Find one cell."""
        return self.page.locator(f'[id="c-{code}-{aspect}"]')

    def keys(self, *keys: str) -> None:
        """Press keys one after another, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def at(self) -> tuple[str, str]:
        """Tell the code and the aspect in focus."""
        found = self.page.evaluate("() => ({...document.activeElement.dataset})")
        return found.get("code", ""), found.get("aspect", "")

    def settled(self, cell: Locator, value: str) -> None:
        """Wait until the server has written ``value`` down."""
        handle = cell.element_handle()
        self.page.wait_for_function(
            "([cell, value]) => cell.dataset.saved === value && !cell.dataset.state",
            arg=[handle, value],
        )


@pytest.fixture
def judge(site: Site, browser: Browser) -> Judge:
    """Seat 2, who judges two aspects of every work."""
    return Judge(browser, site.url).open_sheet("judge2")


def empty_codes(judge: Judge) -> list[str]:
    """List the works seat 2 has not begun."""
    rows: list[str] = judge.page.evaluate(
        "() => [...document.querySelectorAll('tr[data-code]')].filter(row => {"
        " const cells = [...row.querySelectorAll('.cellin')];"
        " return cells.length && cells.every(cell => cell.value === ''); })"
        ".map(row => row.dataset.code)"
    )
    return rows


def test_a_judge_marks_by_keyboard_and_loses_nothing(judge: Judge) -> None:
    first, second, third, *_ = empty_codes(judge)
    mark = judge.cell(first, "B2.1")

    mark.focus()
    judge.page.keyboard.insert_text("２")
    judge.settled(mark, "2")
    assert judge.at()[1] == "B2.1"
    assert judge.at()[0] != first

    mark.focus()
    judge.keys("3")
    judge.settled(mark, "3")
    judge.keys("Control+z")
    judge.settled(mark, "2")
    judge.keys("Control+y")
    judge.settled(mark, "3")

    judge.cell(second, "B2.1").focus()
    judge.keys("7", "Enter")
    judge.page.wait_for_selector(f'[id="c-{second}-B2.1"][data-state="wrong"]')
    judge.sees("评价分只能是 0、1、2、3。")
    judge.cell(second, "B2.1").focus()
    judge.keys("Escape")
    assert judge.cell(second, "B2.1").input_value() == ""

    judge.context.set_offline(True)
    judge.cell(second, "B2.1").focus()
    judge.keys("1")
    judge.cell(third, "D1.1").focus()
    judge.keys("2")
    judge.page.wait_for_function(
        "words => document.getElementById('saved').textContent === words", arg=OFFLINE
    )
    judge.context.set_offline(False)
    judge.settled(judge.cell(second, "B2.1"), "1")
    judge.settled(judge.cell(third, "D1.1"), "2")
    judge.go(judge.page.url.removeprefix(judge.url))
    assert judge.cell(third, "D1.1").input_value() == "2"
    judge.leave()


def test_letters_lead_on_and_old_marks_ask_why(judge: Judge) -> None:
    page = judge.page
    target = empty_codes(judge)[-1]
    start = page.locator(".cellin").first
    start.focus()

    judge.keys("g")
    page.fill("#ask-code-text", target.lower())
    judge.keys("Enter")
    page.wait_for_function("code => document.activeElement.dataset.code === code", arg=target)
    assert page.locator("dialog[open]").count() == 0
    judge.keys("n")
    assert page.evaluate("() => document.activeElement.classList.contains('cellin')")
    judge.keys("?")
    judge.sees("启用字母快捷键")
    judge.keys("Escape")

    old = page.locator(".done .cellin").first
    before = old.input_value()
    old.focus()
    judge.keys("0" if before != "0" else "1")
    page.wait_for_selector("#ask-reason[open]")
    judge.keys("Escape")
    page.wait_for_function("() => !document.querySelector('dialog[open]')")
    expect(old).to_have_value(before)  # the answer of the dialog comes a moment after it closed
    judge.leave()


def test_the_second_tablet_is_asked_which_value_stands(
    site: Site, browser: Browser, judge: Judge
) -> None:
    other = Judge(browser, site.url).open_sheet("judge2")
    code = empty_codes(judge)[-1]
    here, there = judge.cell(code, "D1.1"), other.cell(code, "D1.1")
    here.focus()
    judge.keys("1")
    judge.settled(here, "1")

    there.focus()
    other.keys("3")
    other.page.wait_for_selector("#ask-which[open]")
    other.page.click("#ask-which button[value=mine]")
    other.settled(there, "3")

    judge.go(judge.page.url.removeprefix(judge.url))
    assert here.input_value() == "3"
    judge.leave()
    other.leave()
