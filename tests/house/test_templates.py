"""Templates parse and hold nothing a strict content policy would refuse."""

from flask import Flask

from tests.house.policing import ROOT, idle_imports, inline_code, templates


def test_every_template_parses(app: Flask) -> None:
    for path in templates():
        app.jinja_env.parse(path.read_text("utf-8"))


def test_nothing_inline() -> None:
    found = {str(p.relative_to(ROOT)): inline_code(p.read_text("utf-8")) for p in templates()}

    assert {name: what for name, what in found.items() if what} == {}


def test_inline_code_is_caught() -> None:
    assert inline_code('<p style="color: red">a</p>')
    assert inline_code('<p onclick="go()">a</p>')
    assert inline_code("<script>alert(1)</script>")
    assert inline_code('<script type="module" src="/a.js"></script>') == []


def test_nothing_is_imported_for_nothing() -> None:
    found = {str(p.relative_to(ROOT)): idle_imports(p.read_text("utf-8")) for p in templates()}

    assert {name: what for name, what in found.items() if what} == {}


def test_an_idle_import_is_caught() -> None:
    used = '{% from "kit/fields.html" import field, checkbox as box %}{{ field(a) }}'

    assert idle_imports(used) == ["box"]
    assert idle_imports(used + "{{ box(b) }}") == []
