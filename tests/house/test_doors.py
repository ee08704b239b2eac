"""Every view has a door, every permit is granted to somebody and opens something."""

from flask import Flask

from rules.permits import GRANTS, Permit
from tests.house.policing import ROOT, doorless, sources
from web.guard import DOORS


def test_every_view_has_a_door(app: Flask) -> None:
    assert doorless(app, DOORS) == []


def test_a_view_without_a_door_is_caught() -> None:
    bare = Flask("bare")
    bare.add_url_rule("/open", "forgotten", lambda: "hello")

    assert doorless(bare, DOORS) == ["forgotten"]


def test_every_permit_is_granted_and_used() -> None:
    granted = {permit for permits in GRANTS.values() for permit in permits}
    views = "".join(path.read_text("utf-8") for path in sources("admin", "showcase", "web"))

    assert granted == set(Permit)
    assert [p.name for p in Permit if f"Permit.{p.name}" not in views] == []


def test_addresses_only_grow(app: Flask) -> None:
    """An address once published stays; tests/house/urls.txt is added to, never cut."""
    path = ROOT / "tests" / "house" / "urls.txt"
    promised = set(path.read_text("utf-8").splitlines())
    there = {rule.rule for rule in app.url_map.iter_rules()}

    assert promised - there == set()
    assert there - promised == set(), "new addresses are promised in tests/house/urls.txt"
