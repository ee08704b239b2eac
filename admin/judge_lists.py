"""The pool of judges as a list: narrowed by the address, shown on its page and taken away."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from actions.appraisals import last_grades
from models.accounts import Account
from models.judges import Judge, JudgeDays, JudgeTrade
from models.occupations import Occupation
from models.people import Person
from rules.permits import ANYWHERE, Permit
from rules.terms import SkillLevel
from web.db import db
from web.filters import short_day
from web.labels import label
from web.list_tables import ListTable, address, list_table, said
from web.login import desk


@list_table("judges")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, accounts = asked(), with_account()
    return ListTable(
        name="judges",
        title=gettext("Pool of judges"),
        permits=(Permit.PANEL_ASSIGN,),
        place=ANYWHERE,
        query=narrowed(kept),
        key=Judge.id,
        filters=kept,
        said=(
            (gettext("Name"), kept["q"]),
            (gettext("Trade"), _trade_name(kept["trade"])),
            (gettext("Level"), said(SkillLevel, kept["level"])),
            (gettext("Can come on"), kept["on"]),
        ),
        columns=(
            (gettext("Judge"), 12),
            (gettext("Unit"), 28),
            (gettext("Level"), 14),
            (gettext("Trades"), 24),
            (gettext("Qualifications"), 30),
            (gettext("Can come"), 24),
            (gettext("Last appraisal"), 10),
            (gettext("Ties"), 6),
            (gettext("State"), 10),
        ),
        rows=lambda rows: _cells(rows, accounts),
        back=address("admin_judges.index", kept),
    )


def asked() -> dict[str, str]:
    """Read the filters of the address."""
    return {name: request.args.get(name, "") for name in ("q", "trade", "level", "on")}


def with_account() -> set[int | None]:
    """List the people who have an open account."""
    return set(db.session.scalars(select(Account.person_id).where(Account.is_active)))


def _trade_name(key: str) -> str:
    found = db.session.get(Occupation, int(key)) if _is_key(key) else None
    return found.name if found else ""


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 10  # noqa: PLR2004  # what a key can be


def _cells(rows: Sequence[Judge], accounts: set[int | None]) -> list[tuple[str | int, ...]]:
    grades = last_grades(desk(), [row.person_id for row in rows])
    return [
        (*_of_pool(row), label(grades.get(row.person_id)), len(row.ties), _state(row, accounts))
        for row in rows
    ]


def _state(row: Judge, accounts: set[int | None]) -> str:
    if not row.is_active:
        return str(gettext("resting"))
    return str(gettext("active") if row.person_id in accounts else gettext("no account"))


def _of_pool(row: Judge) -> tuple[str, ...]:
    person = row.person
    return (
        person.name,
        person.organization.name if person.organization else "",
        label(person.skill_level),
        "；".join(trade.occupation.name for trade in row.trades),
        "；".join(f"{one.name} {short_day(one.valid_until)}".strip() for one in row.qualifications),
        "；".join(f"{short_day(one.starts_on)}–{short_day(one.ends_on)}" for one in row.days),
    )


def narrowed(kept: dict[str, str]) -> Select[Any]:
    """Choose the judges these filters leave, by name."""
    query = (
        select(Judge)
        .join(Person, Person.id == Judge.person_id)
        .order_by(Person.name, Judge.id)
        .options(
            joinedload(Judge.person).joinedload(Person.organization),
            selectinload(Judge.trades).joinedload(JudgeTrade.occupation),
            selectinload(Judge.qualifications),
            selectinload(Judge.days),
            selectinload(Judge.ties),
        )
    )
    if kept["q"]:
        query = query.where(Person.name.contains(kept["q"], autoescape=True))
    if _is_key(kept["trade"]):
        trade = int(kept["trade"])
        query = query.where(Judge.trades.any(JudgeTrade.occupation_id == trade))
    if kept["level"] in set(SkillLevel):
        query = query.where(Person.skill_level == SkillLevel(kept["level"]))
    return _free_on(query, kept)


def _free_on(query: Select[Any], kept: dict[str, str]) -> Select[Any]:
    try:
        day = dt.date.fromisoformat(kept["on"])
    except ValueError:
        kept["on"] = ""
        return query
    free = Judge.days.any((JudgeDays.starts_on <= day) & (JudgeDays.ends_on >= day))
    return query.where(Judge.is_active, ~Judge.days.any() | free)
