"""One row of a unit's list of workers: what each cell may say, and a sentence for what is wrong."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from rules.accounts import clean_handle, is_mobile
from rules.errors import Invalid
from rules.identity import age_on, birth_date, clean_id, gender, parse_id
from rules.phrases import Phrase, phrase
from rules.terms import Gender, SkillLevel
from rules.text import clean_line, is_plain_line

T = TypeVar("T")
COLUMNS: Final = (
    *("name", "gender", "id_number", "phone", "town", "occupation"),
    *("in_trade_since", "skill_level", "certificate_no", "position"),
)
NEEDED: Final = frozenset({"name", "id_number", "phone", "in_trade_since"})
LONGEST: Final = 40
LEAST_AGE: Final = 16
WHOLE_ROW: Final = "row"
FORMULA: Final = "\x00"
"""What a cell that computes its value is read as."""
MOST_ROWS: Final = 5000


@dataclass(frozen=True)
class Words:
    """What the closed columns may say, each word with what it stands for."""

    towns: Mapping[str, int]
    occupations: Mapping[str, int]
    levels: Mapping[str, SkillLevel]
    genders: Mapping[str, Gender]


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one column of one row; ``at`` is the row's number in the sheet."""

    at: int
    column: str
    reason: Phrase


@dataclass(frozen=True)
class Worker:
    """One person as the unit wrote them down."""

    name: str
    id_number: str
    phone: str
    in_trade_since: int
    town_id: int | None = None
    occupation_id: int | None = None
    skill_level: SkillLevel | None = None
    certificate_no: str = ""
    position: str = ""


@dataclass
class _Reading:
    """One row on its way to a worker."""

    at: int
    cells: Mapping[str, str]
    words: Words
    today: dt.date
    faults: list[RowFault] = field(default_factory=list)

    def wrong(self, column: str, message: str, **params: object) -> None:
        self.faults.append(RowFault(self.at, column, phrase(message, **params)))

    def text(self, column: str) -> str:
        return self.cells.get(column, "")


def read_worker(
    at: int, cells: Mapping[str, str], words: Words, today: dt.date
) -> Worker | tuple[RowFault, ...]:
    """Read one row; returns the worker, or everything that is wrong with the row.

    ``cells`` maps names of ``COLUMNS`` to text; a cell that computes its value says ``FORMULA``.
    """
    row = _Reading(at, cells, words, today)
    _check_shape(row)
    number = _id_number(row)
    worker = Worker(
        name=clean_line(row.text("name")),
        id_number=number,
        phone=_phone(row),
        in_trade_since=_since(row, number),
        town_id=_known(row, "town", words.towns),
        occupation_id=_known(row, "occupation", words.occupations),
        skill_level=_known(row, "skill_level", words.levels),
        certificate_no=row.text("certificate_no"),
        position=row.text("position"),
    )
    _check_gender(row, number)
    return tuple(row.faults) or worker


def _check_shape(row: _Reading) -> None:
    for column in COLUMNS:
        text = row.text(column)
        if text == FORMULA:
            row.wrong(column, "A formula stands here; write the value itself.")
        elif column in NEEDED and not text:
            row.wrong(column, "This cell is empty and must be filled in.")
        elif len(text) > LONGEST:
            row.wrong(column, "At most %(most)s characters fit here.", most=LONGEST)
        elif not is_plain_line(text):
            row.wrong(column, "Only plain characters can be used here.")


def _usable(row: _Reading, column: str) -> str:
    """Return a cell's text, or nothing where a fault was found already."""
    if any(fault.column == column for fault in row.faults):
        return ""
    return row.text(column)


def _id_number(row: _Reading) -> str:
    text = _usable(row, "id_number")
    if not text:
        return ""
    try:
        number = parse_id(text)
    except Invalid as refusal:
        row.wrong("id_number", refusal.message, **refusal.params)
        return ""
    if age_on(birth_date(number), row.today) < LEAST_AGE:
        row.wrong("id_number", "By this number the person is not yet 16 years old.")
        return ""
    return number


def _phone(row: _Reading) -> str:
    text = _usable(row, "phone")
    phone = clean_handle(text)
    if text and not is_mobile(phone):
        row.wrong("phone", "A mobile number has 11 digits, such as 13800001234.")
    return phone


def _since(row: _Reading, number: str) -> int:
    text = _usable(row, "in_trade_since").removesuffix("年")
    if not text:
        return 0
    born = birth_date(number).year if number else 1900
    if not (text.isascii() and text.isdigit() and born < int(text) <= row.today.year):
        row.wrong("in_trade_since", "Write the year the work in this trade began, such as 2016.")
        return 0
    return int(text)


def _known(row: _Reading, column: str, words: Mapping[str, T]) -> T | None:
    text = _usable(row, column)
    if not text:
        return None
    found = words.get(text)
    if found is None:
        row.wrong(column, "This word is not in the list; choose one from the drop-down.")
    return found


def _check_gender(row: _Reading, number: str) -> None:
    said = _known(row, "gender", row.words.genders)
    if said is not None and number and said is not gender(number):
        row.wrong("gender", "This does not agree with the ID number.")


def doubles(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[RowFault]:
    """Name every row whose ID number stood in an earlier one.

    >>> [fault.at for fault in doubles([(3, {"id_number": "1x"}), (7, {"id_number": "1X"})])]
    [7]
    """
    first: dict[str, int] = {}
    found = []
    for at, cells in rows:
        number = clean_id(cells.get("id_number", ""))
        if not number:
            continue
        if number in first:
            words = phrase("The same ID number stands in row %(row)s.", row=first[number])
            found.append(RowFault(at, "id_number", words))
        first.setdefault(number, at)
    return found


def over_quota(ats: Iterable[int], left: int) -> list[RowFault]:
    """Name the rows that come after the unit's last free place.

    >>> [fault.at for fault in over_quota([2, 3, 4], 2)]
    [4]
    """
    words = phrase("The unit has %(left)s places left in this event.", left=left)
    return [RowFault(at, WHOLE_ROW, words) for at in list(ats)[max(0, left) :]]


def by_row(faults: Iterable[RowFault], say: Callable[[Phrase], str]) -> dict[int, list[str]]:
    """Gather what is said about each row."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.at, []).append(say(fault.reason))
    return found
