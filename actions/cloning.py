"""Cloning: a new draft made from an earlier contest, with what the organizer chooses."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from actions.checklists import copy_items
from actions.contests import ContestText, create_contest
from actions.desk import Desk
from actions.event_plans import plan_of
from actions.events import create_event
from actions.feeders import add_feeder
from actions.registration_forms import begin_form, change_form
from actions.schemes import adopt_scheme
from models.contests import Contest, Event
from models.feeders import feeders_of
from models.registration_forms import form_in_force
from models.schemes import current_scheme, parsed
from rules.errors import wrong_field
from rules.permits import Permit
from rules.states import EventState

WEEK = 7
YEAR_DAYS = 365.2425


@dataclass(frozen=True)
class Copying:
    """What is taken over; every date moves by ``shift``, whole weeks keep the weekdays."""

    name: str
    year: int
    shift: dt.timedelta
    events: frozenset[int]
    schemes: bool = True
    conditions: bool = True
    feeders: bool = True
    questions: bool = True
    checklist: bool = True


def usual_shift(years: int) -> dt.timedelta:
    """Return the whole weeks nearest to so many years.

    >>> usual_shift(1).days
    364
    """
    return dt.timedelta(days=round(years * YEAR_DAYS / WEEK) * WEEK)


def clone_contest(desk: Desk, source: Contest, copying: Copying) -> Contest:
    """Draft a contest like ``source``; people, entries, marks and approval stay behind.

    Raises ``Invalid`` with the field that is wrong; then nothing is made.
    """
    desk.require(Permit.CONTEST_EDIT)
    chosen = [event for event in source.events if event.id in copying.events]
    if not chosen:
        raise wrong_field("events", "Choose at least one event to take over.")
    contest = create_contest(desk, _text(source, copying))
    for event in chosen:
        _copy(desk, contest, event, copying)
    if copying.checklist:
        copy_items(desk, source, contest, copying.shift)
    desk.record("clone_contest", f"contest:{contest.id}", source=source.id)
    return contest


def copyable(events: Iterable[Event]) -> list[Event]:
    """List the events that may be taken over: all but the cancelled ones."""
    return [event for event in events if event.state is not EventState.CANCELLED]


def _text(source: Contest, copying: Copying) -> ContestText:
    same = {
        field.name: getattr(source, field.name)
        for field in dataclasses.fields(ContestText)
        if field.name not in ("name", "year", "approval_no", "starts_on", "ends_on")
    }
    return ContestText(
        name=copying.name,
        year=copying.year,
        starts_on=source.starts_on + copying.shift if source.starts_on else None,
        ends_on=source.ends_on + copying.shift if source.ends_on else None,
        **same,
    )


def _copy(desk: Desk, contest: Contest, event: Event, copying: Copying) -> None:
    plan = plan_of(event)
    moved = dataclasses.replace(
        plan,
        entries_open_at=plan.entries_open_at + copying.shift,
        entries_close_at=plan.entries_close_at + copying.shift,
        held_on=plan.held_on + copying.shift,
        eligibility=plan.eligibility if copying.conditions else (),
    )
    made = create_event(desk, contest, moved, slug=event.slug)
    scheme = current_scheme(desk.session, event.id) if copying.schemes else None
    if scheme is not None:
        adopt_scheme(desk, made, parsed(scheme), file_name=scheme.file_name)
    for feeder in feeders_of(desk.session, event.id) if copying.feeders else ():
        add_feeder(desk, made, feeder.source, places=feeder.places, per_unit=feeder.per_unit)
    asked = form_in_force(desk.session, event.id) if copying.questions else None
    if asked is not None:
        change_form(desk, made, begin_form(desk, made, "empty"), asked.form)
