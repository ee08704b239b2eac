"""The parts of an xlsx file that a reader of values passes over: formulas and far-out cells.

The reader of values lays a sheet out as one block from A1 to its last cell,
so two cells at its corners would ask for thousands of millions; and it gives
a formula's last value as if it had been typed.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple, NoReturn
from xml.parsers.expat import ParserCreate

from rules.errors import Invalid

BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Reach(NamedTuple):
    """How far the cells of a sheet go."""

    rows: int
    columns: int


def formulas(archive: zipfile.ZipFile, limit: Reach) -> dict[str, frozenset[str]]:
    """Map each sheet's name to the addresses that hold a formula.

    Raises ``Invalid`` where a cell lies beyond ``limit`` or a part declares
    entities, ``KeyError`` where a part is missing.
    """
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def book(tag: str, has: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            link = next((has[key] for key in has if key.rpartition(":")[2] == "id"), "")
            names[link] = has.get("name", "")

    def links(tag: str, has: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[has.get("Id", "")] = has.get("Target", "")

    _walk(archive.read(BOOK), book)
    _walk(archive.read(LINKS), links)
    return {
        name: _sheet_formulas(archive.read(_path(targets[link])), limit)
        for link, name in names.items()
    }


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _walk(part: bytes, begin: Callable[[str, dict[str, str]], None]) -> None:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _no_entities
    parser.StartElementHandler = begin
    parser.Parse(part, True)


def _no_entities(*_declaration: object) -> NoReturn:
    raise Invalid("The file declares XML entities, which no workbook needs. Nothing was imported.")


def _sheet_formulas(part: bytes, limit: Reach) -> frozenset[str]:
    found: set[str] = set()
    here = ""

    def begin(tag: str, has: dict[str, str]) -> None:
        nonlocal here
        tag = tag.rpartition(":")[2]
        if tag == "row" and int(has.get("r", "0")) > limit.rows:
            _too_far(has["r"])
        elif tag == "c":
            here = has.get("r", "").upper()
            _check_reach(here, limit)
        elif tag == "f" and here:
            found.add(here)
        elif tag == "f":
            raise ValueError  # a formula that does not say where it stands

    _walk(part, begin)
    return frozenset(found)


def _check_reach(address: str, limit: Reach) -> None:
    match = _ADDRESS.fullmatch(address)
    if not address:
        return
    if match is None:
        _too_far(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if int(match[2]) > limit.rows or column > limit.columns:
        _too_far(address)


def _too_far(address: str) -> NoReturn:
    raise Invalid(
        "The sheet has a cell at %(address)s, far outside the table. Delete it and upload again. "
        "Nothing was imported.",
        address=address,
    )
