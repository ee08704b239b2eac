"""A unit's list looked through: every cell, the list in itself, the register, the quota."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions.conditions import DEAD
from actions.desk import Desk
from actions.invitations import Named
from actions.unit_places import left_of
from adapters.worker_sheets import GENDERS, words_of_levels
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Town
from models.people import Person
from models.units import Invitation
from rules.phrases import phrase
from rules.states import InvitationState
from rules.workers import RowFault, Words, Worker, doubles, over_quota, read_worker

T = TypeVar("T")
HERE = ZoneInfo("Asia/Shanghai")
CHUNK = 400
"""Marks asked about in one statement."""


def look_through(
    desk: Desk, event_id: int, unit_id: int, rows: Sequence[tuple[int, Mapping[str, str]]]
) -> tuple[list[Named], list[RowFault]]:
    """Return the people of the rows that can be read, and everything that is wrong."""
    words, today = words_for(desk), desk.now.astimezone(HERE).date()
    read = [(at, read_worker(at, cells, words, today)) for at, cells in rows]
    people = [
        Named(at, worker, desk.vault.mark(worker.id_number))
        for at, worker in read
        if isinstance(worker, Worker)
    ]
    faults = [fault for _, found in read if not isinstance(found, Worker) for fault in found]
    faults += doubles(rows)
    faults += _entered(desk, event_id, people)
    wrong = {fault.at for fault in faults}
    left = left_of(desk, event_id, unit_id)
    if left is not None:
        faults += over_quota([one.at for one in people if one.at not in wrong], left)
    return people, faults


def words_for(desk: Desk) -> Words:
    """Read what the closed columns of a list may say."""
    towns = desk.session.execute(select(Town.name, Town.id).order_by(Town.position))
    trades = desk.session.execute(select(Occupation.name, Occupation.id).order_by(Occupation.name))
    return Words(
        towns=dict(towns.all()),
        occupations=dict(trades.all()),
        levels=words_of_levels(),
        genders=GENDERS,
    )


def _entered(desk: Desk, event_id: int, people: Sequence[Named]) -> Iterator[RowFault]:
    """Compare with the register: who has entered, who is invited, whose name is another."""
    entered: set[str] = set()
    invited: set[str] = set()
    names: dict[str, str] = {}
    for marks in _chunks([one.mark for one in people], CHUNK):
        entered |= set(desk.session.scalars(_entries_of(event_id, marks)))
        open_ones = select(Invitation.id_number_mark).where(
            Invitation.event_id == event_id,
            Invitation.state == InvitationState.OPEN,
            Invitation.id_number_mark.in_(marks),
        )
        invited |= set(desk.session.scalars(open_ones))
        known = select(Person.id_number_mark, Person.name).where(Person.id_number_mark.in_(marks))
        names |= {str(mark): name for mark, name in desk.session.execute(known)}
    for one in people:
        if one.mark in entered:
            words = phrase("This person has already entered this event.")
            yield RowFault(one.at, "id_number", words)
        elif one.mark in invited:
            words = phrase("This person is already invited to this event.")
            yield RowFault(one.at, "id_number", words)
        elif names.get(one.mark, one.worker.name) != one.worker.name:
            words = phrase("The register knows this ID number under another name; look again.")
            yield RowFault(one.at, "name", words)


def _entries_of(event_id: int, marks: Sequence[str]) -> Any:  # noqa: ANN401  # a Select
    return (
        select(Person.id_number_mark)
        .join(Entry, Entry.person_id == Person.id)
        .where(
            Entry.event_id == event_id,
            Entry.state.not_in(DEAD),
            Person.id_number_mark.in_(marks),
        )
    )


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    walk = iter(items)
    while part := list(islice(walk, size)):
        yield part
