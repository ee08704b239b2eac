"""Looks at every page any test fetches: one heading, a title, labels, ids, nothing inline."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CONTROLS = frozenset({"input", "select", "textarea"})
UNLABELLED_KINDS = frozenset({"hidden", "submit", "button", "image", "reset"})
NAMES = ("aria-label", "aria-labelledby", "title")


class Page(HTMLParser):
    """What a page check needs to know of one document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings = 0
        self.titles = 0
        self.language = ""
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.controls: list[tuple[str, dict[str, str]]] = []
        self.inline: list[str] = []
        self.references: list[str] = []
        self.nameless_images = 0
        self._in_labels = 0
        self._in_svg = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {name: value or "" for name, value in attrs}
        self._note_policy(tag, given)
        if given.get("id"):
            self.ids[given["id"]] += 1
        self._in_svg += tag == "svg"
        self.titles += tag == "title" and not self._in_svg
        self.headings += tag == "h1"
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.nameless_images += tag == "img" and "alt" not in given
        self.references += [n for key in ("aria-describedby",) for n in given.get(key, "").split()]
        if tag == "label":
            self._in_labels += 1
            self.labelled.add(given.get("for", ""))
        elif tag in CONTROLS and given.get("type") not in UNLABELLED_KINDS:
            self._note_control(tag, given)

    def _note_policy(self, tag: str, given: dict[str, str]) -> None:
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)

    def _note_control(self, tag: str, given: dict[str, str]) -> None:
        if not (self._in_labels or any(given.get(name) for name in NAMES)):
            self.controls.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        """Leave a label or a drawing."""
        self._in_labels -= tag == "label"
        self._in_svg -= tag == "svg"

    def faults(self) -> list[str]:
        """Say what is wrong, or nothing."""
        nameless = [
            given.get("name", tag)
            for tag, given in self.controls
            if given.get("id") not in self.labelled
        ]
        found = {
            f"{self.headings} h1": self.headings != 1,
            f"{self.titles} title": self.titles != 1,
            "no language": not self.language,
            f"controls without a label: {nameless}": bool(nameless),
            f"ids that stand twice: {self._twice()}": bool(self._twice()),
            f"inline code: {self.inline}": bool(self.inline),
            f"descriptions that are not there: {self._lost()}": bool(self._lost()),
            f"{self.nameless_images} pictures without alt": self.nameless_images > 0,
        }
        return [words for words, wrong in found.items() if wrong]

    def _twice(self) -> list[str]:
        return [name for name, count in self.ids.items() if count > 1]

    def _lost(self) -> list[str]:
        return [name for name in self.references if name not in self.ids]


def faults_of(text: str) -> list[str]:
    """Check one whole document; fragments are judged within the page that asks for them."""
    if text.lstrip()[:9].lower() != "<!doctype":
        return []
    return Page(text).faults()


class PageChecker(FlaskClient):
    """A browser without a screen that refuses a page no person could use."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401  # what Werkzeug takes
        """Fetch, and look at what came when it is a page."""
        reply = super().open(*args, **kwargs)
        if reply.mimetype == "text/html" and not kwargs.get("buffered") and reply.data:
            found = faults_of(reply.get_data(as_text=True))
            assert not found, f"{reply.request.path}: {'; '.join(found)}"
            policy = reply.headers.get("Content-Security-Policy", "")
            assert "'unsafe-inline'" not in policy
            assert "script-src" in policy
        return reply
