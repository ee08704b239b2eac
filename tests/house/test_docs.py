"""What a person needs to know of settings, permits, commands and features stands in docs/."""

import re

from flask import Flask

from rules.permits import GRANTS, Permit, Role
from tests.house.policing import ROOT
from web.settings import Settings

STATES = ("works", "partly", "not yet")
FOREIGN = frozenset({"run", "shell", "routes", "db"})
"""Commands of Flask itself."""


def docs() -> str:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text("utf-8") for page in pages)


def test_every_setting_is_told() -> None:
    told = docs()

    assert [name.upper() for name in Settings.model_fields if name.upper() not in told] == []


def test_every_permit_is_told_with_who_holds_it() -> None:
    page = (ROOT / "docs" / "permits.md").read_text("utf-8")
    rows = [[cell.strip() for cell in row.split("|")] for row in page.splitlines()]
    told = {row[1]: row[3] for row in rows if len(row) == 5 and row[1].startswith("`")}

    assert told == {f"`{permit}`": _holders(permit) for permit in Permit}


def _holders(permit: Permit) -> str:
    return ", ".join(f"`{role}`" for role in Role if permit in GRANTS[role])


def test_every_command_is_told(app: Flask) -> None:
    told = docs()
    missing = []
    for name, command in app.cli.commands.items():
        if name in FOREIGN:
            continue
        inner = getattr(command, "commands", None)
        paths = [f"flask {name} {child}" for child in inner] if inner else [f"flask {name}"]
        missing += [path for path in paths if path not in told]
    assert missing == []


def test_every_target_of_make_is_told() -> None:
    told = docs()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"(?m)^([a-z]+):.*## ", makefile)

    assert [target for target in targets if f"make {target}" not in told] == []


def test_every_feature_has_its_line() -> None:
    """The list of ids is promised; a line has what it is, its state, where it is, its proof."""
    promised = (ROOT / "tests" / "house" / "feature_ids.txt").read_text("utf-8").split()
    page = (ROOT / "docs" / "features.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in page.splitlines()
        if re.match(r"\| [A-Z]+\d+ \|", line)
    ]

    assert sorted(row[0] for row in rows) == sorted(promised)
    assert [row[0] for row in rows if len(row) != 5 or row[2] not in STATES] == []
    assert [row[0] for row in rows if row[2] == "works" and not (row[3] and row[4])] == []


def test_the_proofs_of_features_are_there() -> None:
    page = (ROOT / "docs" / "features.md").read_text("utf-8")
    named = set(re.findall(r"tests/[\w/]+\.py", page))

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
