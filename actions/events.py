"""Events of a contest: their plan, and their steps up to the published list of entrants."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.event_plans import (
    EventPlan,
    check_plan,
    columns_of,
    plan_of,
    rules_of,
)
from actions.messages import tell_step
from actions.reminders import remind_anew
from actions.seats import lapse_waiting, pass_on
from adapters.slugs import slug_of
from models.contests import Contest, Event
from models.entries import Entry
from models.schemes import current_scheme
from rules.errors import Blocked, Invalid, wrong_field
from rules.lifecycle import EVENT_STEPS, step, verbs
from rules.permits import Permit
from rules.phrases import Phrase, phrase
from rules.rulesets import check_rules
from rules.scheme_json import scheme_from_json
from rules.schemes import Fault, check_scheme
from rules.states import ContestState, EntryState, EventState

__all__ = [
    "EventPlan",
    "close_on_time",
    "create_event",
    "edit_event",
    "entry_counts",
    "faults_of",
    "may_close",
    "move_event",
    "open_on_time",
    "plan_of",
    "possible_verbs",
    "rules_of",
    "scheme_faults",
]
VERBS: Final = ("open", "close", "reopen", "list", "cancel")
"""The steps an organizer takes; the others belong to the draw, the panel and the results."""
_ENTRIES: Final = frozenset({"name", "quota", "entries_close_at", "held_on", "appeal_hours"})
CHANGEABLE: Final[Mapping[EventState, frozenset[str]]] = {
    EventState.DRAFT: _ENTRIES,
    EventState.OPEN: _ENTRIES,
    EventState.CLOSED: _ENTRIES,
    EventState.LISTED: frozenset({"held_on", "appeal_hours"}),
    EventState.DRAWN: frozenset({"held_on", "appeal_hours"}),
}
"""What may still change after the contest is public."""


def create_event(desk: Desk, contest: Contest, plan: EventPlan, *, slug: str = "") -> Event:
    """Add an event to a contest that is still a draft.

    Raises ``Invalid`` with the field that is wrong.
    """
    desk.require(Permit.CONTEST_EDIT, contest.where)
    if contest.state is not ContestState.DRAFT:
        raise Blocked("Events are added while the contest is a draft. Nothing was changed.")
    check_plan(plan, seats_taken=0)
    event = Event(
        contest=contest, slug=_free_slug(contest, slug or slug_of(plan.name)), **columns_of(plan)
    )
    desk.session.add(event)
    desk.session.flush()
    desk.record("create_event", f"event:{event.id}", name=plan.name)
    return event


def edit_event(desk: Desk, event: Event, plan: EventPlan) -> None:
    """Change an event; its rules stand still from the approval of the contest on.

    Raises ``Blocked`` when something frozen would change, ``Invalid`` with
    the field that is wrong.
    """
    desk.require(Permit.CONTEST_EDIT, event.where)
    check_plan(plan, seats_taken=event.seats_taken)
    changed = {name: new for name, new in columns_of(plan).items() if getattr(event, name) != new}
    _refuse_frozen(event, frozenset(changed))
    if "entries_close_at" in changed and event.contest.state is ContestState.ANNOUNCED:
        if plan.entries_close_at <= desk.now:
            raise wrong_field("entries_close_at", "Entries can only be closed at a moment to come.")
        desk.send("close_entries", after=plan.entries_close_at - desk.now, event_id=event.id)
    for name, value in changed.items():
        setattr(event, name, value)
    pass_on(desk, event)
    remind_anew(desk, event, changed)
    desk.record("edit_event", f"event:{event.id}", fields=sorted(changed))
    _index(desk, event)


def faults_of(session: Session, event: Event) -> tuple[Phrase, ...]:
    """Say what stands against holding the event: its scheme, its rules, one sentence each."""
    scheme = current_scheme(session, event.id)
    if scheme is None:
        return (phrase("“%(event)s” has no marking scheme yet.", event=event.name),)
    found = scheme_faults(event, scheme.body)
    if not found:
        return ()
    return (
        phrase(
            "Rules and marking scheme of “%(event)s” have %(count)s faults.",
            event=event.name,
            count=len(found),
        ),
        *(fault.reason for fault in found),
    )


def scheme_faults(event: Event, body: object) -> tuple[Fault, ...]:
    """List what does not hold in a stored scheme, alone and together with the event's rules."""
    scheme = scheme_from_json(body)
    faults = (*check_scheme(scheme), *check_rules(rules_of(event), scheme))
    return tuple(fault for fault in faults if not fault.warning)


def move_event(desk: Desk, event: Event, verb: str, *, ground: str = "") -> None:
    """Take one step of the organizer's: open, close, reopen, list or cancel.

    Raises ``WrongMoment`` where the state forbids it and ``Blocked`` where
    something else must be settled first.
    """
    desk.require(Permit.CONTEST_EDIT, event.where)
    if verb not in VERBS:
        raise Invalid("There is no such step. Nothing was changed.")
    step(EVENT_STEPS, event.state, verb)
    _GUARDS[verb](desk, event, ground.strip())
    event.move(verb)
    if verb == "list":
        lapse_waiting(desk, event)
    desk.record(f"{verb}_event", f"event:{event.id}", **({"ground": ground} if ground else {}))
    tell_step(desk, event, verb, ground.strip())
    _index(desk, event)


def open_on_time(desk: Desk, event: Event) -> None:
    """Open entries when their time has come; anything else leaves the event alone."""
    if event.state is EventState.DRAFT and event.entries_open_at <= desk.now:
        move_event(desk, event, "open")


def close_on_time(desk: Desk, event: Event) -> None:
    """Close entries when their time is over; anything else leaves the event alone."""
    if event.state is EventState.OPEN and event.entries_close_at <= desk.now:
        move_event(desk, event, "close")


def possible_verbs(event: Event) -> tuple[str, ...]:
    """List the organizer's steps that the state allows."""
    return tuple(verb for verb in verbs(EVENT_STEPS, event.state) if verb in VERBS)


def may_close(event: Event, now: dt.datetime) -> bool:
    """Whether entries may be closed: the window is over, or every place is taken."""
    return now >= event.entries_close_at or event.seats_taken >= event.quota


def _may_open(desk: Desk, event: Event, _ground: str) -> None:
    if event.contest.state is not ContestState.ANNOUNCED:
        raise Blocked("Entries open once the contest is announced. Nothing was changed.")
    if not event.entries_open_at <= desk.now < event.entries_close_at:
        raise Blocked(
            "Entries open only within the published window. Change the window or wait for it."
        )
    reasons = faults_of(desk.session, event)
    if reasons:
        raise Blocked("Entries cannot be opened yet. Nothing was changed.", reasons)


def _may_close(desk: Desk, event: Event, _ground: str) -> None:
    if not may_close(event, desk.now):
        raise Blocked(
            "The published window is still running and places are free. Shorten the window first."
        )


def _may_reopen(desk: Desk, event: Event, _ground: str) -> None:
    if event.entries_close_at <= desk.now:
        raise Blocked("The window is over. Set a later end of entries first, then reopen.")
    desk.send("close_entries", after=event.entries_close_at - desk.now, event_id=event.id)


def _may_list(desk: Desk, event: Event, _ground: str) -> None:
    counts = entry_counts(desk.session, event)
    waiting = counts.get(EntryState.SUBMITTED, 0)
    if waiting:
        raise Blocked(
            "%(count)s entries still wait for review. Decide them, then publish the list.",
            count=waiting,
        )
    accepted = counts.get(EntryState.ACCEPTED, 0)
    least = max(1, rules_of(event).award.minimum_field)
    if accepted < least:
        raise Blocked(
            "%(found)s entries are accepted; this event needs at least %(least)s. "
            "Reopen entries or cancel the event.",
            found=accepted,
            least=least,
        )


def _may_cancel(_desk: Desk, _event: Event, ground: str) -> None:
    if not ground:
        raise wrong_field("ground", "An event is cancelled on a ground that is written down.")


_GUARDS: Final[Mapping[str, Callable[[Desk, Event, str], None]]] = {
    "open": _may_open,
    "close": _may_close,
    "reopen": _may_reopen,
    "list": _may_list,
    "cancel": _may_cancel,
}


def entry_counts(session: Session, event: Event) -> dict[EntryState, int]:
    """Count the entries of an event by state."""
    rows = session.execute(
        select(Entry.state, func.count()).where(Entry.event_id == event.id).group_by(Entry.state)
    )
    return {row[0]: row[1] for row in rows}


def _refuse_frozen(event: Event, changed: frozenset[str]) -> None:
    state = event.contest.state
    if state is ContestState.DRAFT or not changed:
        return
    if state is not ContestState.ANNOUNCED:
        raise Blocked(
            "The event is part of an approved contest. Send the contest back to the draft first."
        )
    if not changed <= CHANGEABLE.get(event.state, frozenset()):
        raise Blocked(
            "The rules of this event are frozen since the contest was announced. "
            "Nothing was changed."
        )


def _free_slug(contest: Contest, wanted: str) -> str:
    taken = {event.slug for event in contest.events}
    number, stem = 1, wanted or "event"
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _index(desk: Desk, event: Event) -> None:
    if event.contest.state is ContestState.ANNOUNCED:
        desk.send("index", key=f"contest:{event.contest.slug}")
