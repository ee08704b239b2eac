"""Entries as rows of text: what a list shows of each, and the files it is taken away in."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from flask_babel import gettext

from actions.desk import Desk
from actions.people import numbers_of
from actions.replies import told_answers
from adapters.printed import Block, PrintedForm, write_form
from adapters.workbooks import Page, write_workbook
from models.entries import Entry
from models.people import Person
from rules.identity import age_on
from rules.list_terms import EntryColumn, ExportKind
from web.filters import moment
from web.labels import label

C = EntryColumn
WIDTHS: Final = {
    C.NAME: 12,
    C.TEAM: 16,
    C.EVENT: 20,
    C.UNIT: 30,
    C.TOWN: 12,
    C.OCCUPATION: 16,
    C.LEVEL: 14,
    C.GROUP: 8,
    C.GENDER: 6,
    C.AGE: 6,
    C.SINCE: 10,
    C.ID_NUMBER: 22,
    C.PHONE: 14,
    C.RECEIPT: 18,
    C.PASS_NO: 16,
    C.STATE: 10,
    C.SUBMITTED: 18,
    C.DECIDED: 18,
    C.REMARK: 36,
    C.ANSWERS: 60,
}
"""How wide a column stands in a workbook, in characters."""
NUMBER_WIDTH: Final = 6
NUMBERS: Final = (C.ID_NUMBER, C.PHONE)
GROUPED_BY: Final = {ExportKind.SUMMARY: C.UNIT, ExportKind.REVIEW: C.EVENT}
"""What the blocks of a fixed form are."""


def unit_of(entry: Entry) -> str:
    """Return the unit of the register, or the one that was typed."""
    person = entry.person
    if person is not None and person.organization is not None:
        return person.organization.name
    return str(entry.answers.get("employer") or "")


def _of_person(read: Callable[[Person], str]) -> Callable[[Entry, dt.date], str]:
    return lambda entry, _: read(entry.person) if entry.person else ""


def _age(entry: Entry, today: dt.date) -> str:
    born = entry.person.birth_date if entry.person else None
    return str(age_on(born, today)) if born else ""


TEXTS: Final[Mapping[EntryColumn, Callable[[Entry, dt.date], str]]] = {
    C.NAME: _of_person(lambda person: person.name),
    C.TEAM: lambda entry, _: entry.team.name if entry.team else "",
    C.EVENT: lambda entry, _: entry.event.name,
    C.UNIT: lambda entry, _: unit_of(entry),
    C.TOWN: _of_person(lambda person: person.town.name if person.town else ""),
    C.OCCUPATION: _of_person(lambda person: person.occupation.name if person.occupation else ""),
    C.LEVEL: _of_person(lambda person: label(person.skill_level)),
    C.GROUP: lambda entry, _: label(entry.event.entry_group),
    C.GENDER: _of_person(lambda person: label(person.gender)),
    C.AGE: _age,
    C.SINCE: _of_person(lambda person: str(person.in_trade_since or "")),
    C.RECEIPT: lambda entry, _: entry.receipt_no or "",
    C.PASS_NO: lambda entry, _: entry.pass_no or "",
    C.STATE: lambda entry, _: label(entry.state),
    C.SUBMITTED: lambda entry, _: moment(entry.submitted_at),
    C.DECIDED: lambda entry, _: moment(entry.decided_at),
    C.REMARK: lambda entry, _: "；".join(str(text) for text in entry.remarks.values()),
}


def cells(
    desk: Desk, entry: Entry, columns: Sequence[EntryColumn], today: dt.date, *, whole: bool = False
) -> list[str]:
    """Write one entry as a row; ID number and phone are masked unless ``whole``.

    ``whole`` is for rows of an export whose deed has asked for the permit and recorded it.
    """
    numbers = ("", "")
    if any(column in NUMBERS for column in columns):
        numbers = numbers_of(desk, entry.person, whole=whole)
    said = dict(zip(NUMBERS, numbers, strict=True))
    if C.ANSWERS in columns:
        said[C.ANSWERS] = answers(desk, entry, whole=whole)
    return [said[c] if c in said else TEXTS[c](entry, today) for c in columns]


def answers(desk: Desk, entry: Entry, *, whole: bool = False) -> str:
    """Write what was answered to the event's own questions, each with its question."""
    told = told_answers(desk, entry, whole=whole)
    return "；".join(f"{field.label}：{text or gettext('handed in')}" for field, text in told)


def head(columns: Iterable[EntryColumn]) -> tuple[str, ...]:
    """Name the columns."""
    return tuple(label(column) for column in columns)


def grouped(kind: ExportKind, entry: Entry, today: dt.date) -> str:
    """Return the block of a fixed form an entry stands in; other files have one."""
    column = GROUPED_BY.get(kind)
    return TEXTS[column](entry, today) if column else ""


Rows = Sequence[Sequence[str]]
"""Rows with the name of their block before the first cell."""


def workbook(kind: ExportKind, contest: str, columns: Sequence[EntryColumn], rows: Rows) -> bytes:
    """Write rows as a plain workbook or as one of the fixed forms."""
    if kind not in GROUPED_BY:
        widths = tuple(WIDTHS[column] for column in columns)
        return write_workbook([Page(gettext("Entries"), head(columns), _bare(rows), widths)])
    review = kind is ExportKind.REVIEW
    ordered = sorted(rows, key=lambda row: row[0])
    blocks = [
        _block(name, [list(row[1:]) for row in members], columns, review=review)
        for name, members in groupby(ordered, key=lambda row: row[0])
    ]
    return write_form(
        PrintedForm(
            name=label(kind),
            title=f"{contest}　{label(kind)}",
            head=(gettext("No."), *head(columns)),
            widths=(NUMBER_WIDTH, *(WIDTHS[column] for column in columns)),
            blocks=blocks,
            signatures=gettext(
                "Checked by:　　　　　　　　Seconded by:　　　　　　　　Date:　　　　　　"
            )
            if review
            else gettext(
                "Filled in by:　　　　　　　　For the unit (seal):　　　　　　　　Date:　　　　　　"
            ),
        )
    )


def _bare(rows: Rows) -> list[Sequence[str]]:
    return [row[1:] for row in rows]


def _block(
    name: str, rows: list[list[str]], columns: Sequence[EntryColumn], *, review: bool
) -> Block:
    numbered = [[str(at), *row] for at, row in enumerate(rows, 1)]
    if not review:
        words = gettext(
            "Unit: %(name)s　　　　Entries: %(count)s",
            name=name or gettext("no unit given"),
            count=len(rows),
        )
        return Block(words, numbered)
    states = Counter(row[list(columns).index(C.STATE)] for row in rows)
    told = gettext(", ").join(f"{state} {count}" for state, count in sorted(states.items()))
    words = gettext("Event: %(name)s　　　　%(counts)s", name=name, counts=told)
    return Block(words, numbered)
