"""A computed result as staff read it: lines with people, names by code, the summary workbook."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from adapters.workbooks import Page, write_workbook
from models.entries import Entry
from models.people import Person
from models.results import ResultLine, ResultSheet
from web.labels import label
from web.rules_words import parts

NARROW, NAME, UNIT = 8, 12, 28


def lines_of(session: Session, sheet: ResultSheet) -> Sequence[ResultLine]:
    """Read the lines of a result with person and unit, in one statement."""
    person = joinedload(ResultLine.entry).joinedload(Entry.person)
    return session.scalars(
        select(ResultLine)
        .where(ResultLine.sheet_id == sheet.id)
        .order_by(ResultLine.position)
        .options(person.joinedload(Person.organization))
    ).all()


def names_of(session: Session, sheet: ResultSheet) -> dict[str, str]:
    """Map blind code to name, once the event was decoded."""
    rows = session.execute(
        select(ResultLine.work_code, Person.name)
        .join(Entry, Entry.id == ResultLine.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .where(ResultLine.sheet_id == sheet.id)
    )
    return {code: name for code, name in rows}  # noqa: C416  # dict() of rows is untyped


def summary(lines: Sequence[ResultLine]) -> bytes:
    """Write the score summary; numbers as numbers, texts as texts whatever they begin with."""
    names = parts()
    head = (
        *(gettext("Place"), gettext("Name"), gettext("Unit"), gettext("Pass number")),
        *(gettext("Work code"), *names.values(), gettext("Total")),
        *(gettext("Award"), gettext("Attendance")),
    )
    page = Page(
        gettext("Score summary"),
        head,
        [_row(line, tuple(names)) for line in lines],
        (NARROW, NAME, UNIT, NAME, NAME, *(NAME for _ in names), NAME, NAME, NAME),
    )
    return write_workbook([page])


def _row(line: ResultLine, codes: tuple[str, ...]) -> list[str | Decimal | None]:
    person = line.entry.person
    unit = person.organization if person else None
    return [
        None if line.place is None else Decimal(line.place),
        person.name if person else None,
        unit.name if unit else None,
        line.entry.pass_no,
        line.work_code,
        *(_number(line.parts.get(code)) for code in codes),
        _number(line.total),
        label(line.award),
        label(line.attendance),
    ]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
