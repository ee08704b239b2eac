"""Duplicates: which records look alike, which were told apart, and what refers to a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    MetaData,
    Select,
    String,
    UniqueConstraint,
    and_,
    extract,
    intersect,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.people import Person
from rules.duplicates import Suspicion, ordered, pair_of
from rules.terms import Likeness

MOST: Final = 2000
"""Pairs read of one kind: a number shared by a whole workshop must not stop the page."""
_Same = Callable[[Any, Any], ColumnElement[bool]]


class NotSame(Base):
    """Two records that somebody looked at and found to be two people."""

    __tablename__ = "not_same"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", "in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    low_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    high_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    low: Mapped[Person] = relationship(foreign_keys=[low_id])
    high: Mapped[Person] = relationship(foreign_keys=[high_id])
    decider: Mapped[Account | None] = relationship()


def _same_phone(one: Any, other: Any) -> ColumnElement[bool]:  # noqa: ANN401  # two aliases
    return and_(one.phone_mark == other.phone_mark)


def _same_unit(one: Any, other: Any) -> ColumnElement[bool]:  # noqa: ANN401  # two aliases
    return and_(one.name == other.name, one.organization_id == other.organization_id)


def _same_year(one: Any, other: Any) -> ColumnElement[bool]:  # noqa: ANN401  # two aliases
    born = extract("year", one.birth_date), extract("year", other.birth_date)
    return and_(one.name == other.name, born[0] == born[1])


_ALIKE: Final[dict[Likeness, _Same]] = {
    Likeness.PHONE: _same_phone,
    Likeness.NAME_UNIT: _same_unit,
    Likeness.NAME_YEAR: _same_year,
}


def alike(session: Session, person_id: int | None = None) -> list[Suspicion]:
    """List the pairs that look alike, of everybody or of one person; those told apart are left out.

    One statement, whatever is found.
    """
    found: dict[tuple[int, int], set[Likeness]] = defaultdict(set)
    differ: set[tuple[int, int]] = set()
    every = union_all(*(_pairs(kind, same, person_id) for kind, same in _ALIKE.items()))
    for kind, low, high, first, second in session.execute(every):
        pair = pair_of(low, high)
        found[pair].add(Likeness(kind))
        if first and second:
            differ.add(pair)
    return ordered(Suspicion(*pair, frozenset(why), pair in differ) for pair, why in found.items())


def _pairs(kind: Likeness, same: _Same, person_id: int | None) -> Select[Any]:
    """Select the pairs alike in one way, with the marks of both ID numbers."""
    one, other = aliased(Person), aliased(Person)
    query = (
        select(
            literal(kind.value).label("kind"),
            one.id.label("one"),
            other.id.label("other"),
            one.id_number_mark.label("first"),
            other.id_number_mark.label("second"),
        )
        .join(other, same(one, other))
        .where(
            one.id < other.id if person_id is None else one.id == person_id,
            one.id != other.id,
            one.merged_into_id.is_(None),
            other.merged_into_id.is_(None),
            ~_told_apart(one, other),
        )
        .order_by(one.id, other.id)
        .limit(MOST)
    )
    return select(query.subquery())


def _told_apart(one: Any, other: Any) -> ColumnElement[bool]:  # noqa: ANN401  # two aliases
    either = or_(
        and_(NotSame.low_id == one.id, NotSame.high_id == other.id),
        and_(NotSame.low_id == other.id, NotSame.high_id == one.id),
    )
    return select(NotSame.id).where(either).exists()


def told_apart(session: Session, one: int, other: int) -> NotSame | None:
    """Return the decision that two records are two people, if there is one."""
    low, high = pair_of(one, other)
    return session.scalars(select(NotSame).filter_by(low_id=low, high_id=high)).first()


def references(metadata: MetaData = Base.metadata) -> list[Column[Any]]:
    """List every column of every table that refers to a person, whoever added it."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is Person.__table__.c.id for key in column.foreign_keys)
    ]


def shared_keys(
    session: Session, column: Column[Any], kept: int, gone: int
) -> list[tuple[Any, ...]]:
    """List what both people have a row of where the table allows only one each.

    A row is the values of the other columns of the unique set, such as the event of an entry.
    """
    shared: list[tuple[Any, ...]] = []
    for others, condition in _unique_sets(column):
        shown: list[Any] = [*others] or [literal(value=True)]
        sides = [
            select(*shown).select_from(column.table).where(column == person, *condition)
            for person in (kept, gone)
        ]
        shared += [tuple(row) for row in session.execute(intersect(*sides))]
    return shared


def _unique_sets(column: Column[Any]) -> Iterator[tuple[list[Column[Any]], list[Any]]]:
    """Walk the unique sets a column is part of: their other columns, their condition."""
    table: Any = column.table
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column in list(constraint.columns):
            yield [other for other in constraint.columns if other is not column], []
    for index in table.indexes:
        if index.unique and column in list(index.columns):
            where = index.dialect_options["sqlite"]["where"]
            others = [other for other in index.columns if other is not column]
            yield others, [] if where is None else [where]
