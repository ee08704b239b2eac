"""The checks themselves, as functions over plain inputs, so that tests can show that they bite."""

import ast
import inspect
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import wtforms
from babel.messages.extract import extract
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("rules", "models", "adapters", "search_index", "actions", "web", "showcase", "admin")
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style[\s>]", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE)
INDEX = re.compile(r"index-url|pypi\.org/simple|files\.pythonhosted|registry\.npmjs", re.IGNORECASE)
IMPORT = re.compile(
    r"{%-?\s*from\s+\S+\s+import\s+(.+?)(?:\s+with(?:out)? context)?\s*-?%}", re.DOTALL
)
REFUSALS = {"phrase", "Invalid", "Blocked", "NotPermitted", "WrongMoment", "Stale"}


def doorless(app: Flask, doors: Mapping[Any, Any]) -> list[str]:
    """List the endpoints whose view has no door."""
    views = app.view_functions.items()
    return sorted(name for name, view in views if name != "static" and view not in doors)


def inline_code(template: str) -> list[str]:
    """List what a strict policy would refuse: inline styles, handlers and scripts."""
    return [found.group() for found in (*INLINE.finditer(template), *SCRIPT.finditer(template))]


def too_long(paths: Iterable[Path], limit: int) -> list[str]:
    """List files with more lines than their budget."""
    counted = ((path, len(path.read_text("utf-8").splitlines())) for path in paths)
    return [f"{path.name}: {lines}" for path, lines in counted if lines > limit]


def sources(*folders: str) -> list[Path]:
    """List the Python files of some folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    """List the templates a browser is sent."""
    return sorted((ROOT / "templates").rglob("*.html"))


def messages() -> dict[str, str]:
    """Map every message id of sources and templates to a place it stands in."""
    found: dict[str, str] = {}
    words: dict[str, Any] = {
        **dict.fromkeys(("_", "gettext", "_l", "lazy_gettext")),
        "ngettext": (1, 2),
    }
    plan = [(path, "python") for path in sources("web", "showcase", "admin")]
    plan += [(path, "jinja2.ext:babel_extract") for path in templates()]
    for path, method in plan:
        with path.open("rb") as file:
            for _line, text, _comments, _context in extract(method, file, words, (), {}):
                key = text[0] if isinstance(text, tuple) else text
                if key:
                    found.setdefault(key, str(path.relative_to(ROOT)))
    for path in sources("actions", "adapters", "rules"):
        for text in refusals(path.read_text("utf-8")):
            found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def refusals(source: str) -> list[str]:
    """List the sentences a module refuses with."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        first = node.args[0] if node.args else None
        if node.func.id in REFUSALS and isinstance(first, ast.Constant):
            found.append(str(first.value))
    return found


def constants(source: str) -> set[str]:
    """List every text a module holds, wherever it stands."""
    nodes = ast.walk(ast.parse(source))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def spoken() -> set[str]:
    """List every text that can reach a translation: template messages and texts of modules."""
    found = set(messages())
    for module in (
        wtforms.validators,
        wtforms.fields.choices,
        wtforms.fields.numeric,
        wtforms.fields.datetime,
    ):
        found |= constants(inspect.getsource(module))
    for path in sources(*FLOORS):
        found |= constants(path.read_text("utf-8"))
    return found


def idle_imports(template: str) -> list[str]:
    """List the macros a template imports and never calls."""
    names = []
    for found in IMPORT.finditer(template):
        parts = [part.split()[-1] for part in found[1].split(",") if part.split()]
        rest = template[: found.start()] + template[found.end() :]
        names += [name for name in parts if not re.search(rf"\b{re.escape(name)}\b", rest)]
    return names


def lists_left_behind(pages: Mapping[str, str]) -> list[str]:
    """List the templates with a paged table that lead to no file of it."""
    ways = ("take_away(", "admin_exports.export")
    paged = (name for name, text in pages.items() if "<table" in text and "{{ pages(" in text)
    return sorted(name for name in paged if not any(way in pages[name] for way in ways))
