"""Every kind of page at 200 % zoom and by keyboard alone, for the public and for each desk."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.people import Visitor

WIDTHS = (320, 720)
"""A small phone, and a desktop of 1440 px at 200 %."""
MOST_PAGES = 14
FILES = re.compile(r"logout|\.(pdf|xlsx|csv|ics|zip|json|atom|xml)\b|/media/|/static/|/export")
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
RING = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
  return [here.tagName + ' ' + (here.innerText || here.name || '').slice(0, 20),
          (ring || style.boxShadow !== 'none') && box.width > 1 && box.height > 1];
}"""


def kind(address: str) -> str:
    """Bring addresses of one kind of page together."""
    path = re.sub(r"[?#].*", "", address)
    path = re.sub(r"/(craftsmen|stories|notices|studios|contests|verify)/[^/]+", r"/\1/X", path)
    return re.sub(r"/\d+", "/N", path)


def faults_of(page: Page) -> list[str]:
    """Say what sticks out and what has the focus without showing it."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        seen = page.evaluate("document.documentElement.scrollWidth")
        if seen > width:
            found.append(f"{seen} px wide at {width}")
    page.evaluate("document.activeElement && document.activeElement.blur()")
    for _ in range(30):
        page.keyboard.press("Tab")
        now = page.evaluate(RING)
        if now is None:
            break
        if not now[1]:
            found.append(f"no ring at {now[0]}")
    return found


@pytest.mark.parametrize("handle", ["", "contestant", "organizer", "reviewer", "unit", "judge1"])
def test_pages_are_reached_by_keyboard_and_fit(site: Site, browser: Browser, handle: str) -> None:
    visitor = Visitor(browser, site.url)
    if handle:
        visitor.sign_in(handle)
    else:
        visitor.go("/")
    todo, seen, faults = [visitor.page.url], set[str](), dict[str, list[str]]()
    while todo and len(seen) < MOST_PAGES:
        address = todo.pop(0)
        if kind(address) in seen or FILES.search(address):
            continue
        seen.add(kind(address))
        visitor.page.goto(address)
        if wrong := faults_of(visitor.page):
            faults[address] = wrong
        todo += [link for link in visitor.page.evaluate(LINKS) if link.startswith(site.url)]
    assert faults == {}
    visitor.leave()
