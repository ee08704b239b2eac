"""A page of the site made into a file: links lead within the copy, what needs the site is gone."""

from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final

DROPPED: Final = frozenset(
    {
        ("header", "mast"),
        ("footer", "foot"),
        ("a", "skip"),
        ("svg", "i"),
        ("script", ""),
        ("form", ""),
    }
)
"""Elements that only work on the site, by tag and class ("" for any)."""
ADDRESSES: Final = ("href", "src")
Attributes = Sequence[tuple[str, str | None]]


class StaticPage(HTMLParser):
    """Writes a page again while it is read.

    ``place`` turns an address of the site into one within the copy, or None where the copy has
    nothing there: such a link becomes plain text, such a picture or style sheet is left out.
    """

    def __init__(self, place: Callable[[str], str | None], note: str) -> None:
        super().__init__(convert_charrefs=False)
        self.place = place
        self.note = note
        self.written: list[str] = []
        self.leaving: list[str] = []
        """Open elements of the tag that is being left out, the outermost first."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Write an element with its addresses changed, or begin to leave it out."""
        if self.leaving:
            self.leaving += [tag] * (tag == self.leaving[0])
        elif _is_dropped(tag, attrs):
            self.leaving = [tag]
        else:
            self._open(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Write an element that closes itself."""
        if not self.leaving and not _is_dropped(tag, attrs):
            self.written.append(self.get_starttag_text() or "")

    def _open(self, tag: str, attrs: Attributes) -> None:
        kept: list[tuple[str, str | None]] = []
        for name, value in attrs:
            if name not in ADDRESSES or (value or "").startswith("#"):
                kept.append((name, value))
                continue
            there = self.place(value or "")
            if there is not None:
                kept.append((name, there))
            elif tag != "a":
                return
        same = kept == list(attrs)
        self.written.append((self.get_starttag_text() or "") if same else _tag(tag, kept))
        if tag == "body":
            self.written.append(self.note)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, or stop leaving it out."""
        if not self.leaving:
            self.written.append(f"</{tag}>")
        elif tag == self.leaving[0]:
            self.leaving.pop()

    def handle_data(self, data: str) -> None:
        """Write text."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character."""
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Write the document type."""
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self.leaving:
            self.written.append(text)


def static_page(text: str, place: Callable[[str], str | None], note: str) -> str:
    """Return a page as it stands in a copy, with ``note`` (HTML) at its head."""
    page = StaticPage(place, note)
    page.feed(text)
    page.close()
    return "".join(page.written)


def _is_dropped(tag: str, attrs: Attributes) -> bool:
    classes = (dict(attrs).get("class") or "").split()
    return (tag, "") in DROPPED or any((tag, name) in DROPPED for name in classes)


def _tag(tag: str, attrs: Attributes) -> str:
    words = [name if value is None else f'{name}="{escape(value)}"' for name, value in attrs]
    return f"<{' '.join([tag, *words])}>"
