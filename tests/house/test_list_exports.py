"""Every list of the staff pages can be taken away, or says here why not."""

import re

from flask import Flask

from tests.house.policing import ROOT, lists_left_behind
from web.list_tables import TABLES

KEPT_IN: dict[str, str] = {
    "templates/admin/duplicates/index.html": "suspicions are worked off, not passed on",
}
"""Templates of the staff's face whose paged table is not taken away, each with its reason."""
PAGES = sorted((ROOT / "templates" / "admin").rglob("*.html"))
ASKED = re.compile(r"take_away\(\s*[\"']([\w-]+)[\"']")


def test_every_paged_table_leads_to_its_file() -> None:
    found = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in PAGES}

    assert lists_left_behind(found) == sorted(KEPT_IN)
    assert set(KEPT_IN) <= set(found)


def test_a_list_without_a_way_is_caught() -> None:
    paged = "<table></table>{{ pages(page, kept) }}"

    assert lists_left_behind({"a.html": paged}) == ["a.html"]
    assert lists_left_behind({"a.html": '{{ take_away("judges", kept) }}' + paged}) == []
    assert lists_left_behind({"a.html": "{{ url_for('admin_exports.export') }}" + paged}) == []
    assert lists_left_behind({"a.html": "<table></table>"}) == []


def test_what_pages_lead_to_is_there_and_every_list_is_led_to(app: Flask) -> None:
    assert app.blueprints["admin_list_exports"]
    asked = {name for path in PAGES for name in ASKED.findall(path.read_text("utf-8"))}

    assert asked == set(TABLES)
