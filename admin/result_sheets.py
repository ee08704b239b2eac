"""A computed result as staff read it: lines with people, names by code, and as a list."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from flask import request, url_for
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from actions.results import result_of
from models.contests import Event
from models.entries import Entry
from models.people import Person
from models.results import ResultLine, ResultSheet
from rules.errors import NotPermitted
from rules.permits import Permit, may
from web.db import db
from web.labels import label
from web.list_tables import Cell, ListTable, each, list_table
from web.login import current_actor, desk
from web.rules_words import parts

NARROW, NAME, UNIT = 8, 12, 28
_P = Permit
READERS: Final = (
    *(_P.RESULT_LOCK, _P.RESULT_DECODE, _P.RESULT_WITNESS),
    *(_P.RESULT_DECIDE, _P.RESULT_PUBLISH),
)


def lines_query(sheet: ResultSheet) -> Select[Any]:
    """Choose the lines of a result with person and unit, by place."""
    person = joinedload(ResultLine.entry).joinedload(Entry.person)
    return (
        select(ResultLine)
        .where(ResultLine.sheet_id == sheet.id)
        .order_by(ResultLine.position)
        .options(person.joinedload(Person.organization))
    )


def lines_of(session: Session, sheet: ResultSheet) -> Sequence[ResultLine]:
    """Read them, in one statement."""
    return session.scalars(lines_query(sheet)).all()


def names_of(session: Session, sheet: ResultSheet) -> dict[str, str]:
    """Map blind code to name, once the event was decoded."""
    rows = session.execute(
        select(ResultLine.work_code, Person.name)
        .join(Entry, Entry.id == ResultLine.entry_id)
        .join(Person, Person.id == Entry.person_id)
        .where(ResultLine.sheet_id == sheet.id)
    )
    return {code: name for code, name in rows}  # noqa: C416  # dict() of rows is untyped


@list_table("results")
def as_table() -> ListTable:
    """The score summary to take away; numbers as numbers, texts as texts whatever they are."""
    event = results_here(request.args.get("event", 0, type=int))
    names = parts()
    return ListTable(
        name="results",
        title=gettext("Score summary"),
        about=f"{event.contest.name} · {event.name}",
        permits=READERS,
        place=event.where,
        thing=f"event:{event.id}",
        query=lines_query(result_of(desk(), event)),
        key=ResultLine.id,
        filters={"event": str(event.id)},
        columns=(
            (gettext("Place"), NARROW),
            (gettext("Name"), NAME),
            (gettext("Unit"), UNIT),
            (gettext("Pass number"), NAME),
            (gettext("Work code"), NAME),
            *((words, NAME) for words in names.values()),
            (gettext("Total"), NAME),
            (gettext("Award"), NAME),
            (gettext("Attendance"), NAME),
        ),
        rows=each(lambda line: _row(line, tuple(names))),
        back=url_for("admin_results.show", event_id=event.id),
    )


def results_here(event_id: int) -> Event:
    """Return the event of the address to those who read its results."""
    event: Event = db.get_or_404(Event, event_id)
    if not any(may(current_actor(), permit, event.where) for permit in READERS):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")
    return event


def _row(line: ResultLine, codes: tuple[str, ...]) -> list[Cell]:
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
