"""A unit's own skilled people: only what the register knows, and results once they are public."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from actions.people import masked_id
from adapters.worker_sheets import GENDERS, LEVELS, people_workbook
from models.contests import Contest, Event
from models.craftsmen import Honour
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.results import ResultLine, ResultSheet
from rules.errors import Invalid
from rules.permits import Permit, Place
from rules.states import EntryState, HonourState
from rules.terms import Award, SkillLevel
from rules.visibility import PUBLIC_RESULTS

HIGH: Final = SkillLevel.THREE
"""From this level on a worker counts as highly skilled (高级工及以上)."""
BEGUN: Final = frozenset(EntryState) - {EntryState.DRAFT}


@dataclass(frozen=True)
class Past:
    """One entry of a person; place, total and award only where the result is public."""

    contest: str
    event: str
    year: int
    state: EntryState
    place: int | None = None
    total: str | None = None
    award: Award | None = None


@dataclass
class Skilled:
    """One person of the unit with entries and honours."""

    person: Person
    id_number: str
    past: list[Past] = field(default_factory=list)
    honours: list[Honour] = field(default_factory=list)


@dataclass(frozen=True)
class Share:
    """How many of the unit's people are highly skilled."""

    people: int
    high: int

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down; 0 of nobody."""
        return self.high * 100 // self.people if self.people else 0


def people_query(unit: Organization) -> Select[Any]:
    """Choose a unit's people, the highest level first."""
    order = case({level: level.order for level in SkillLevel}, value=Person.skill_level, else_=-1)
    return (
        select(Person)
        .where(Person.organization_id == unit.id)
        .options(joinedload(Person.occupation))
        .order_by(order.desc(), Person.name, Person.id)
    )


def skilled_people(desk: Desk, unit: Organization, people: Sequence[Person]) -> list[Skilled]:
    """Gather entries, public results and honours of these people: three queries for any number."""
    desk.require(Permit.UNIT_VIEW, Place(organization_id=unit.id))
    found = {
        person.id: Skilled(person, masked_id(desk, person))
        for person in people
        if person.organization_id == unit.id
    }
    lines = _lines(desk, list(found))
    entries = desk.session.execute(
        select(Entry, Event.name, Event.state, Contest.name, Contest.year)
        .join(Event, Event.id == Entry.event_id)
        .join(Contest, Contest.id == Event.contest_id)
        .where(Entry.person_id.in_(found), Entry.state.in_(BEGUN))
        .order_by(Contest.year.desc(), Entry.id.desc())
    )
    for entry, event, state, contest, year in entries:
        line = lines.get(entry.id) if state in PUBLIC_RESULTS else None
        if entry.person_id is not None:
            found[entry.person_id].past.append(_past(entry, (contest, event, year), line))
    honours = select(Honour).where(Honour.person_id.in_(found), Honour.state == HonourState.VALID)
    for honour in desk.session.scalars(honours.order_by(Honour.year.desc(), Honour.id)):
        found[honour.person_id].honours.append(honour)
    return list(found.values())


def share_of(desk: Desk, unit: Organization) -> Share:
    """Count the unit's people and those of a senior worker's level or higher."""
    rows = desk.session.execute(
        select(Person.skill_level, func.count())
        .where(Person.organization_id == unit.id)
        .group_by(Person.skill_level)
    ).all()
    high = sum(count for level, count in rows if level and level.order >= HIGH.order)
    return Share(sum(count for _, count in rows), high)


def export_people(desk: Desk, unit: Organization, *, purpose: str) -> bytes:
    """Write the whole ledger as a workbook, numbers masked; who took it and why is on record."""
    desk.require(Permit.UNIT_VIEW, Place(organization_id=unit.id))
    if not purpose.strip():
        sentence = "Say what the list is for; it is kept on record."
        raise Invalid(sentence, {"purpose": [sentence]})
    people = desk.session.scalars(people_query(unit)).all()
    rows = skilled_people(desk, unit, people)
    desk.record(
        "export_unit_people", f"organization:{unit.id}", rows=len(rows), purpose=purpose.strip()
    )
    return people_workbook(_cells(row) for row in rows)


GENDER_WORDS: Final = {gender: words for words, gender in GENDERS.items()}
LEVEL_WORDS: Final = {level: words for words, level in LEVELS.items()}
STATE_WORDS: Final = {
    EntryState.JOINED: "随队参赛",
    EntryState.WAITING: "候补",
    EntryState.SUBMITTED: "待审核",
    EntryState.RETURNED: "已退回",
    EntryState.ACCEPTED: "已通过",
    EntryState.REJECTED: "未通过",
    EntryState.WITHDRAWN: "已退赛",
}
"""The workbook is a Chinese paper whatever language the site is read in."""


def _cells(row: Skilled) -> tuple[object, ...]:
    person = row.person
    return (
        person.name,
        GENDER_WORDS[person.gender] if person.gender else "",
        person.birth_date or "",
        row.id_number,
        person.occupation.name if person.occupation else "",
        LEVEL_WORDS[person.skill_level] if person.skill_level else "",
        person.in_trade_since or "",
        "；".join(f"{one.year} {one.event}（{STATE_WORDS[one.state]}）" for one in row.past),
        "；".join(f"{one.year} {one.event} 第 {one.place} 名" for one in row.past if one.place),
        "；".join(f"{one.year} {one.title}" for one in row.honours),
    )


def _lines(desk: Desk, people: list[int]) -> dict[int, ResultLine]:
    """Map entry to its line of the newest public result."""
    newest = (
        select(func.max(ResultSheet.id))
        .join(Event, Event.id == ResultSheet.event_id)
        .where(Event.state.in_(PUBLIC_RESULTS))
        .group_by(ResultSheet.event_id)
    )
    rows = desk.session.scalars(
        select(ResultLine)
        .join(Entry, Entry.id == ResultLine.entry_id)
        .where(Entry.person_id.in_(people), ResultLine.sheet_id.in_(newest))
    )
    return {row.entry_id: row for row in rows}


def _past(entry: Entry, names: tuple[str, str, int], line: ResultLine | None) -> Past:
    contest, event, year = names
    if line is None:
        return Past(contest, event, year, entry.state)
    return Past(contest, event, year, entry.state, line.place, line.total, line.award)
