"""What people do on the pages, named as they would say it."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rules.identity import check_digit
from web.world.logins import PASSWORD

HERE = Path(__file__).resolve().parent


class Visitor:
    """Somebody with a browser of their own; a script error on any page fails the journey."""

    def __init__(self, browser: Browser, url: str, *, phone: bool = False) -> None:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        self.context = browser.new_context(viewport=size, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.url = url
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: object) -> None:
        if getattr(message, "type", "") == "error" and "Security Policy" in str(message):
            self.troubles.append(str(message))

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.url + path)

    def sign_in(self, handle: str, password: str = PASSWORD) -> "Visitor":
        """Sign in through the form."""
        self.go("/account/login")
        self.page.fill("#handle", handle)
        self.page.fill("#password", password)
        self.press("登录", within="form.form-page")
        return self

    def press(self, words: str, *, within: str = "main") -> None:
        """Press the button or follow the link that says exactly ``words``."""
        place = self.page.locator(within)
        button = place.get_by_role("button", name=words, exact=True)
        target = button if button.count() else place.get_by_role("link", name=words, exact=True)
        target.first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> None:
        """Demand that the page shows ``words``, or the page that is just coming does."""
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True)

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        assert self.troubles == []
        self.context.close()


def sample_id(serial: int, born: str = "19900102") -> str:
    """Make an ID number of the region that does not exist."""
    first = f"990001{born}{serial:03d}"
    return first + check_digit(first)
