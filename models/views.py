"""Views of a contest's entries: those that accounts have saved, and the reading of any view."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import (
    Mapped,
    Session,
    aliased,
    contains_eager,
    joinedload,
    mapped_column,
    relationship,
)

from models.accounts import Account
from models.base import Base
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization, Town
from models.people import Person
from rules.list_terms import AgeBand, EntryColumn
from rules.states import EntryState
from rules.terms import EntryGroup, SkillLevel
from rules.views import NOT_SAID, STANDING, STANDING_STATES, View, born_within


class SavedView(Base):
    """One view an account keeps under a name; ``shared`` shows it to colleagues of the contest."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("contest_id", "account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[dict[str, Any]]
    """Parameters of the list's address, as rules/views.py writes them."""
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column()

    account: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}


def saved_views(session: Session, contest_id: int, account_id: int | None) -> list[SavedView]:
    """Read the views an account sees in a contest: its own, then those shared with it."""
    mine = SavedView.account_id == account_id
    return list(
        session.scalars(
            select(SavedView)
            .where(SavedView.contest_id == contest_id, or_(mine, SavedView.shared))
            .options(joinedload(SavedView.account))
            .order_by(mine.desc(), SavedView.name, SavedView.id)
        )
    )


def typed_unit() -> ColumnElement[str]:
    """The unit somebody typed because none of the list fitted; empty or null where none."""
    typed: ColumnElement[str] = Entry.answers["employer"].as_string()
    return typed


def narrowed(view: View, event_ids: Collection[int], today: dt.date) -> Select[Entry]:
    """Select the entries a view shows, without drafts, in its order, with all its columns.

    ``today`` is the district's day, from which ages are counted.
    """
    query = (
        select(Entry)
        .join(Entry.event)
        .outerjoin(Entry.person)
        .outerjoin(Person.organization)
        .outerjoin(Person.town)
        .outerjoin(Person.occupation)
        .where(Entry.event_id.in_(event_ids), Entry.state != EntryState.DRAFT)
    )
    for name, value in view.filters:
        query = query.where(_CONDITIONS[name](value, today))
    key = _ORDERS[EntryColumn(view.sort.removeprefix("-"))]
    down = view.sort.startswith("-") != (key is Person.birth_date)
    return query.order_by(key.desc().nulls_last() if down else key.nulls_last(), Entry.id)


def with_columns(query: Select[Entry]) -> Select[Entry]:
    """Load everything a row may show in the same statement."""
    person = contains_eager(Entry.person)
    return query.options(
        contains_eager(Entry.event),
        joinedload(Entry.team),
        person.contains_eager(Person.organization),
        person.contains_eager(Person.town),
        person.contains_eager(Person.occupation),
    )


def by_keys(keys: Collection[int]) -> Select[Entry]:
    """Select entries by key with everything a row may show, in no order."""
    person = joinedload(Entry.person)
    return (
        select(Entry)
        .where(Entry.id.in_(keys))
        .options(
            joinedload(Entry.event),
            joinedload(Entry.team),
            joinedload(Entry.photo),
            person.joinedload(Person.organization),
            person.joinedload(Person.town),
            person.joinedload(Person.occupation),
        )
    )


def _unit(value: str, _today: dt.date) -> ColumnElement[bool]:
    """A unit's whole name means that unit alone, part of a name every unit that has it."""
    if value == NOT_SAID:
        return Person.organization_id.is_(None) & (func.coalesce(typed_unit(), "") == "")
    named = aliased(Organization)
    exact = exists().where(named.name == value)
    parts = [
        column.icontains(value, autoescape=True)
        for column in (Organization.name, Organization.short_name, typed_unit())
    ]
    return or_(Organization.name == value, ~exact & or_(*parts))


def _states(value: str) -> tuple[EntryState, ...]:
    return STANDING_STATES if value == STANDING else (EntryState(value),)


def _text(value: str, _today: dt.date) -> ColumnElement[bool]:
    columns = (Person.name, Entry.receipt_no, Entry.pass_no)
    return or_(*(column.icontains(value, autoescape=True) for column in columns))


def _band(value: str, today: dt.date) -> ColumnElement[bool]:
    if value == NOT_SAID:
        return Person.birth_date.is_(None)
    return born(AgeBand(value), today)


def born(band: AgeBand, today: dt.date) -> ColumnElement[bool]:
    """The condition of belonging to an age band on a day."""
    after, until = born_within(band, today)
    found: ColumnElement[bool] = Person.birth_date.is_not(None)
    if after is not None:
        found = found & (Person.birth_date > after)
    return found if until is None else found & (Person.birth_date <= until)


def _said(column: Any, value: str, read: Callable[[str], Any] = str) -> ColumnElement[bool]:  # noqa: ANN401  # any mapped column
    found: ColumnElement[bool] = column.is_(None) if value == NOT_SAID else column == read(value)
    return found


_Condition = Callable[[str, dt.date], ColumnElement[bool]]
_CONDITIONS: Final[Mapping[str, _Condition]] = {
    "event": lambda value, _: Entry.event_id == int(value),
    "state": lambda value, _: Entry.state.in_(_states(value)),
    "town": lambda value, _: _said(Town.code, value),
    "unit": _unit,
    "occupation": lambda value, _: _said(Person.occupation_id, value, int),
    "band": _band,
    "level": lambda value, _: _said(Person.skill_level, value, SkillLevel),
    "group": lambda value, _: Event.entry_group == EntryGroup(value),
    "q": _text,
}
_ORDERS: Final[Mapping[EntryColumn, Any]] = {
    EntryColumn.NAME: Person.name,
    EntryColumn.EVENT: Event.name,
    EntryColumn.UNIT: func.coalesce(Organization.name, typed_unit()),
    EntryColumn.TOWN: Town.position,
    EntryColumn.AGE: Person.birth_date,
    EntryColumn.RECEIPT: Entry.receipt_no,
    EntryColumn.PASS_NO: Entry.pass_no,
    EntryColumn.STATE: Entry.state,
    EntryColumn.SUBMITTED: Entry.submitted_at,
    EntryColumn.DECIDED: Entry.decided_at,
}
