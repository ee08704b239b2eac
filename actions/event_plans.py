"""Plans of events: what an organizer says, checked, and kept as columns."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from models.contests import Event
from models.occupations import Occupation
from rules.eligibility import Rule
from rules.eligibility_json import conditions_from_json, conditions_to_json
from rules.errors import Invalid, wrong_field
from rules.rulesets import EventRules, check_rules, rules_from_json, rules_to_json
from rules.teams import size_fault
from rules.terms import EntryForm, EntryGroup

HERE: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class EventPlan:
    """What an organizer says of an event; moments are aware."""

    name: str
    occupation: Occupation
    entry_group: EntryGroup
    entry_form: EntryForm
    quota: int
    entries_open_at: dt.datetime
    entries_close_at: dt.datetime
    held_on: dt.date
    rules: EventRules
    eligibility: tuple[Rule, ...] = ()
    appeal_hours: int = 2
    needs_endorsement: bool = False
    team_least: int = 1
    team_most: int = 1


def rules_of(event: Event) -> EventRules:
    """Read the rule set of an event."""
    return rules_from_json(event.rules)


def plan_of(event: Event) -> EventPlan:
    """Read an event back as the plan it was made from."""
    same = {
        field.name: getattr(event, field.name)
        for field in dataclasses.fields(EventPlan)
        if field.name not in ("rules", "eligibility")
    }
    conditions = conditions_from_json(event.eligibility)
    return EventPlan(**same, rules=rules_of(event), eligibility=conditions)


def check_plan(plan: EventPlan, *, seats_taken: int) -> None:
    """Raise ``Invalid`` with the field that is wrong."""
    if not plan.name.strip():
        raise wrong_field("name", "Give the event its name.")
    if plan.quota < max(1, seats_taken):
        raise wrong_field("quota", "The places may not be fewer than the entries that hold one.")
    if plan.entries_close_at <= plan.entries_open_at:
        raise wrong_field("entries_close_at", "Entries end before they begin.")
    if plan.entries_close_at.astimezone(HERE).date() > plan.held_on:
        raise wrong_field("held_on", "The event is held after entries have closed.")
    if plan.appeal_hours < 1:
        raise wrong_field("appeal_hours", "There is at least one hour for appeals.")
    wrong_size = size_fault(plan.entry_form, plan.team_least, plan.team_most)
    if wrong_size is not None:
        raise wrong_field(*wrong_size)
    for fault in check_rules(plan.rules):
        raise Invalid(fault.reason.message, None, **dict(fault.reason.params))


def columns_of(plan: EventPlan) -> dict[str, Any]:
    """Return a plan as the columns of its event."""
    plain = {field.name: getattr(plan, field.name) for field in dataclasses.fields(plan)}
    return {
        **plain,
        "name": plan.name.strip(),
        "rules": rules_to_json(plan.rules),
        "eligibility": conditions_to_json(plan.eligibility),
    }
