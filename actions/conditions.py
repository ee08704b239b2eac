"""Conditions of an event: answered for one entrant, one by one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import func, select

from actions.desk import Desk
from actions.feeders import qualified
from models.contests import Contest, Event
from models.craftsmen import Honour
from models.entries import Entry
from models.people import Person
from rules import eligibility
from rules.eligibility import Facts, Rule, State, Verdict
from rules.eligibility_json import conditions_from_json
from rules.errors import Blocked, Invalid
from rules.states import EntryState, HonourState
from rules.terms import EntryGroup

DEAD = frozenset({EntryState.WITHDRAWN, EntryState.REJECTED})


@dataclass(frozen=True)
class Asked:
    """What an event asks of whoever enters: its contest (slug), day, group and conditions."""

    contest: str
    day: dt.date
    group: EntryGroup
    rules: tuple[Rule, ...]


def verdicts_of(desk: Desk, entry: Entry) -> list[Verdict]:
    """Answer every eligibility rule of the event for this entrant."""
    person, event = person_of(entry), entry.event
    facts = replace(
        _known(person, event.held_on, event.entry_group, _honours(desk, person)),
        qualified=qualified(desk, event, person),
        other_events=_other_events(desk, entry),
    )
    return eligibility.check(conditions_from_json(event.eligibility), facts)


def outlook(
    desk: Desk, person: Person, events: Mapping[int, Asked], entered: Mapping[int, str]
) -> dict[int, Verdict]:
    """Tell for each event the verdict that weighs most, by what the register knows of a person.

    What a feeder contest answers needs proof here; an event without conditions
    is left out; ``entered`` is what ``entered_events`` tells. One statement.
    """
    honours = _honours(desk, person)
    found = {}
    for key, asked in events.items():
        others = sum(slug == asked.contest for event, slug in entered.items() if event != key)
        facts = _known(person, asked.day, asked.group, honours)
        found[key] = eligibility.check(asked.rules, replace(facts, other_events=others))
    return {key: min(all_, key=_weight) for key, all_ in found.items() if all_}


def entered_events(desk: Desk, person: Person) -> dict[int, str]:
    """Return the events a person has handed in an entry for, each with the slug of its contest."""
    rows = desk.session.execute(
        select(Event.id, Contest.slug)
        .join(Entry, Entry.event_id == Event.id)
        .join(Contest, Contest.id == Event.contest_id)
        .where(Entry.person_id == person.id, Entry.state.not_in(DEAD | {EntryState.DRAFT}))
    )
    return {event: slug for event, slug in rows}  # noqa: C416  # a Row is no pair to mypy


def _weight(verdict: Verdict) -> int:
    return (State.FAIL, State.NEEDS_PROOF, State.PASS).index(verdict.state)


def _known(person: Person, day: dt.date, group: EntryGroup, honours: frozenset[str]) -> Facts:
    since = person.in_trade_since
    return Facts(
        event_day=day,
        birth_date=person.birth_date,
        level=person.skill_level,
        years_in_trade=None if since is None else Decimal(day.year - since),
        employed_in_district=True if person.organization_id else None,
        resident_in_district=True if person.town_id else None,
        group=group,
        honours=honours,
    )


def refuse_failing(verdicts: list[Verdict]) -> None:
    """Raise ``Blocked`` with the reason of every condition that fails."""
    failing = tuple(verdict.reason for verdict in verdicts if verdict.state is State.FAIL)
    if failing:
        raise Blocked("You do not meet every condition of this event. Your draft is kept.", failing)


def verdict_row(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as it is kept with the entry that was handed in, its parts below it."""
    return {
        "code": verdict.rule.code,
        "clause": verdict.rule.clause,
        "kind": verdict.rule.kind.value,
        "value": verdict.rule.value,
        "state": verdict.state.value,
        "message": verdict.reason.message,
        "params": dict(verdict.reason.params),
        "parts": [verdict_row(part) for part in verdict.parts],
    }


def person_of(entry: Entry) -> Person:
    """Return who enters, or refuse what comes before the first step."""
    if entry.person is None:
        raise Invalid("Begin with the first step: who you are.")
    return entry.person


def _honours(desk: Desk, person: Person) -> frozenset[str]:
    titles = desk.session.scalars(
        select(Honour.title).filter_by(person_id=person.id, state=HonourState.VALID)
    )
    return frozenset(titles)


def _other_events(desk: Desk, entry: Entry) -> int:
    return (
        desk.session.scalar(
            select(func.count())
            .select_from(Entry)
            .join(Event, Event.id == Entry.event_id)
            .where(
                Event.contest_id == entry.event.contest_id,
                Entry.event_id != entry.event_id,
                Entry.person_id == entry.person_id,
                Entry.state.not_in(DEAD | {EntryState.DRAFT}),
            )
        )
        or 0
    )
