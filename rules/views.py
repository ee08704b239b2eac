"""A view of a contest's entries: which are shown, with which columns, in which order.

The address of the list is the view: :func:`read_view` reads it, ``View.query`` writes it back.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.errors import Invalid
from rules.identity import age_on
from rules.list_terms import AgeBand, EntryColumn
from rules.states import EntryState
from rules.terms import EntryGroup, SkillLevel
from rules.text import clean_line, is_plain_line

NOT_SAID: Final = "-"
"""Filter value for whoever left the thing open."""
STANDING: Final = "standing"
"""State filter for whoever has handed in and is still in: the states below."""
STANDING_STATES: Final = (EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED)
USUAL: Final = (
    EntryColumn.NAME,
    EntryColumn.EVENT,
    EntryColumn.UNIT,
    EntryColumn.TOWN,
    EntryColumn.LEVEL,
    EntryColumn.RECEIPT,
    EntryColumn.STATE,
    EntryColumn.SUBMITTED,
)
SORTABLE: Final = (
    EntryColumn.NAME,
    EntryColumn.EVENT,
    EntryColumn.UNIT,
    EntryColumn.TOWN,
    EntryColumn.AGE,
    EntryColumn.RECEIPT,
    EntryColumn.PASS_NO,
    EntryColumn.STATE,
    EntryColumn.SUBMITTED,
    EntryColumn.DECIDED,
)
NEWEST: Final = f"-{EntryColumn.SUBMITTED}"
LONGEST: Final = 80
FIRST_AGES: Final = {
    AgeBand.UNDER_25: 0,
    AgeBand.FROM_25: 25,
    AgeBand.FROM_35: 35,
    AgeBand.FROM_45: 45,
    AgeBand.FROM_55: 55,
}


@dataclass(frozen=True)
class View:
    """What is looked at; ``faults`` names the parts of an address that made no sense."""

    filters: tuple[tuple[str, str], ...] = ()
    columns: tuple[EntryColumn, ...] = USUAL
    sort: str = NEWEST
    faults: tuple[str, ...] = ()

    def wanted(self, name: str) -> str:
        """Return the value of one filter, or nothing."""
        return dict(self.filters).get(name, "")

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address; what is usual is left out."""
        found = dict(self.filters)
        if self.columns != USUAL:
            found["columns"] = ",".join(self.columns)
        if self.sort != NEWEST:
            found["sort"] = self.sort
        return found

    @property
    def told(self) -> str:
        """The view for the audit trail: which filters, and never the name somebody searched."""
        hidden = {name: "*" if name == "q" else value for name, value in self.filters}
        return "&".join(f"{name}={value}" for name, value in {**self.query, **hidden}.items())

    def checked(self) -> "View":
        """Return the view, or raise ``Invalid`` where its address made no sense."""
        if self.faults:
            raise Invalid(
                "Part of this address is not understood (%(parts)s). Nothing was done: open the "
                "list again and choose from it.",
                parts=", ".join(self.faults),
            )
        return self


def read_view(given: Mapping[str, Sequence[str]]) -> View:
    """Read the parameters of an address; parts that make no sense are left out and named."""
    filters, faults = [], []
    for name, understands in FILTERS.items():
        value = clean_line("".join(given.get(name, ())[:1]))
        if not value:
            continue
        if understands(value):
            filters.append((name, value))
        else:
            faults.append(name)
    columns, strange = _columns(given.get("columns", ()))
    sort = "".join(given.get("sort", ())[:1]) or NEWEST
    if sort.removeprefix("-") not in SORTABLE:
        sort, strange = NEWEST, [*strange, "sort"]
    return View(tuple(filters), columns, sort, tuple(faults + strange))


def _columns(given: Sequence[str]) -> tuple[tuple[EntryColumn, ...], list[str]]:
    asked = {name for part in given for name in part.split(",") if name}
    known = tuple(column for column in EntryColumn if column in asked)
    return known or USUAL, ["columns"] if asked - set(EntryColumn) else []


def _number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 9  # noqa: PLR2004  # fits any key


def _state(value: str) -> bool:
    return value == STANDING or value in set(EntryState) - {EntryState.DRAFT}


def _line(value: str) -> bool:
    return len(value) <= LONGEST and is_plain_line(value)


def _or_open(understands: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda value: value == NOT_SAID or understands(value)


FILTERS: Final[Mapping[str, Callable[[str], bool]]] = {
    "event": _number,
    "state": _state,
    "town": _or_open(_line),
    "unit": _or_open(_line),
    "occupation": _or_open(_number),
    "band": _or_open(lambda value: value in set(AgeBand)),
    "level": _or_open(lambda value: value in set(SkillLevel)),
    "group": lambda value: value in set(EntryGroup),
    "q": _line,
}
"""What may be narrowed, and which values of it make sense."""


def band_of(born: dt.date, day: dt.date) -> AgeBand:
    """Return the band of whoever was born then.

    >>> band_of(dt.date(1990, 5, 2), dt.date(2026, 5, 1)).value
    '35_44'
    """
    age = age_on(born, day)
    return [band for band, first in FIRST_AGES.items() if age >= first or not first][-1]


def born_within(band: AgeBand, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return (born after, born no later than) of a band; None is open.

    >>> born_within(AgeBand.FROM_25, dt.date(2026, 5, 1))
    (datetime.date(1991, 5, 1), datetime.date(2001, 5, 1))
    """
    bands = list(AgeBand)
    following = bands[bands.index(band) + 1 :]
    after = _years_before(day, FIRST_AGES[following[0]]) if following else None
    until = _years_before(day, FIRST_AGES[band]) if FIRST_AGES[band] else None
    return after, until


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year - years, day=28)
