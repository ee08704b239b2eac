"""Reads the data files of the sample world."""

import csv
import datetime as dt
import functools
import json
from collections.abc import Iterator
from typing import Any

import yaml

from web.clock import from_local
from web.settings import ROOT

FOLDER = ROOT / "samples"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def table(name: str) -> list[dict[str, str]]:
    """Read one TSV file as rows by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.cache
def document(name: str) -> Any:  # noqa: ANN401  # YAML holds what its file documents
    """Read one YAML file."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader


def documents(folder: str) -> Iterator[dict[str, Any]]:
    """Read every YAML file of a folder in the order of names."""
    for path in sorted((FOLDER / folder).glob("*.yaml")):
        yield document(f"{folder}/{path.name}")


def texts(folder: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Read every Markdown file of a folder as (front matter, text)."""
    for path in sorted((FOLDER / folder).glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        yield yaml.load(front, Loader=_LOADER), body.strip()  # noqa: S506  # a safe loader


def plates() -> list[dict[str, Any]]:
    """Read the list of plates with their alternative texts."""
    rows: list[dict[str, Any]] = json.loads((FOLDER / "plates/plates.json").read_text("utf-8"))
    return rows


def moment(text: str | dt.datetime | None) -> dt.datetime | None:
    """Read a wall-clock time of the district; None stays None."""
    if text is None:
        return None
    value = text if isinstance(text, dt.datetime) else dt.datetime.fromisoformat(text)
    return from_local(value)


def day(text: str | dt.date | None) -> dt.date | None:
    """Read a date; None stays None."""
    if text is None or isinstance(text, dt.date):
        return text
    return dt.date.fromisoformat(text)
