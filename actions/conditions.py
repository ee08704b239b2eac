"""Conditions of an event: answered for one entrant, one by one."""

from decimal import Decimal

from sqlalchemy import func, select

from actions.desk import Desk
from actions.feeders import qualified
from models.contests import Event
from models.craftsmen import Honour
from models.entries import Entry
from models.people import Person
from rules import eligibility
from rules.eligibility import Facts, State, Verdict
from rules.eligibility_json import conditions_from_json
from rules.errors import Blocked, Invalid
from rules.states import EntryState, HonourState

DEAD = frozenset({EntryState.WITHDRAWN, EntryState.REJECTED})


def verdicts_of(desk: Desk, entry: Entry) -> list[Verdict]:
    """Answer every eligibility rule of the event for this entrant."""
    person, event = person_of(entry), entry.event
    since = person.in_trade_since
    facts = Facts(
        event_day=event.held_on,
        birth_date=person.birth_date,
        level=person.skill_level,
        years_in_trade=None if since is None else Decimal(event.held_on.year - since),
        employed_in_district=True if person.organization_id else None,
        resident_in_district=True if person.town_id else None,
        group=event.entry_group,
        honours=_honours(desk, person),
        qualified=qualified(desk, event, person),
        other_events=_other_events(desk, entry),
    )
    return eligibility.check(conditions_from_json(event.eligibility), facts)


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
