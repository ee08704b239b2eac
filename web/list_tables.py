"""Lists of the staff pages as tables: each journey names its own beside the list it shows.

A list and its file come from the same narrowing: the journey builds its query
once, from the filters of the address, for both.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from flask import abort, url_for
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.list_exports import ListSource, may_take
from models.organizations import Organization
from rules.errors import NotPermitted
from web.labels import label

Cell = str | int | Decimal | None
Row = tuple[str | Decimal, ...]
BATCH: Final = 500
"""Rows read at once while a table is sent."""


@dataclass(frozen=True, kw_only=True)
class ListTable(ListSource):
    """A list ready to be taken away: its title, columns, and how its rows read.

    ``columns`` are (words, width in characters); ``rows`` writes a batch of
    what the query chooses; ``said`` are the filters in words; ``back`` leads
    to the list as it was narrowed; ``unit`` is the workbench it belongs to.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Callable[[Sequence[Any]], Sequence[Sequence[Cell]]]
    back: str
    about: str = ""
    said: tuple[tuple[str, str], ...] = ()
    unit: Organization | None = None
    tab: str = ""

    @property
    def head(self) -> tuple[str, ...]:
        """The words of the columns."""
        return tuple(words for words, _ in self.columns)

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide each column stands, in characters."""
        return tuple(width for _, width in self.columns)

    @property
    def narrowed_by(self) -> tuple[tuple[str, str], ...]:
        """The filters that are in use, in words."""
        return tuple((words, value) for words, value in self.said if value)


Opener = Callable[[], ListTable]
TABLES: Final[dict[str, Opener]] = {}
"""Every list that can be taken away, by the name in its address."""


def list_table(name: str) -> Callable[[Opener], Opener]:
    """Enter a list: the function below opens it from the address, and refuses strangers."""

    def enter(opener: Opener) -> Opener:
        TABLES[name] = opener
        return opener

    return enter


def table_here(name: str, desk: Desk) -> ListTable:
    """Open the list of this address to somebody it is shown to; 404 for a name that is none."""
    if name not in TABLES:
        abort(404)
    table = TABLES[name]()
    if not may_take(desk.actor, table):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")
    return table


def rows_of(session: Session, table: ListTable, keys: Sequence[int]) -> Iterator[Row]:
    """Read these rows in the order of the list; only decimals stay numbers."""
    for at in range(0, len(keys), BATCH):
        some = keys[at : at + BATCH]
        things = session.scalars(table.query.where(table.key.in_(some))).unique().all()
        for row in table.rows(things):
            yield tuple(_cell(cell) for cell in row)


def _cell(cell: Cell) -> str | Decimal:
    if isinstance(cell, Decimal):
        return cell
    return "" if cell is None else str(cell)


def each(
    write: Callable[[Any], Sequence[Cell]],
) -> Callable[[Sequence[Any]], list[Any]]:
    """Turn the writing of one row into the writing of a batch."""
    return lambda things: [write(thing) for thing in things]


def said(kind: type[StrEnum], value: str) -> str:
    """Say the value of a filter over a closed list; one that is none says nothing."""
    return label(kind(value)) if value in list(kind) else ""


def address(endpoint: str, kept: Mapping[str, Any]) -> str:
    """Return an address with the filters that are in use."""
    return url_for(endpoint, **{name: value for name, value in kept.items() if value})
