"""Forms of events: the whole plan while it is a draft, the dates once it is public."""

import dataclasses
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from actions.events import EventPlan
from admin.forms.rulesets import RulesForm, values
from models.occupations import Occupation
from rules.rulesets import DISTRICT_RULES, EventRules
from rules.teams import MOST, sizes
from rules.terms import EntryForm, EntryGroup
from web.clock import from_local, local
from web.forms import Form, plain_line
from web.labels import choices

MINUTE = "%Y-%m-%dT%H:%M"


class DatesForm(Form):
    """What may still change once the contest is announced."""

    name = StringField(
        _l("Name of the event"),
        [InputRequired(_l("Give the event its name.")), Length(max=80), plain_line],
    )
    quota = IntegerField(
        _l("Places"),
        [InputRequired(_l("Say how many may enter.")), NumberRange(1, 5000)],
    )
    entries_close_at = DateTimeLocalField(
        _l("Entries close"),
        [InputRequired(_l("Say when entries close."))],
        format=MINUTE,
    )
    held_on = DateField(
        _l("Day of the event"), [InputRequired(_l("Say on which day the event is held."))]
    )
    appeal_hours = IntegerField(
        _l("Hours for appeals"),
        [InputRequired(_l("Say how many hours an appeal has.")), NumberRange(1, 720)],
    )

    def changed(self, plan: EventPlan) -> EventPlan:
        """Return ``plan`` with what was typed."""
        return dataclasses.replace(
            plan,
            name=self.name.data,
            quota=self.quota.data,
            entries_close_at=from_local(self.entries_close_at.data),
            held_on=self.held_on.data,
            appeal_hours=self.appeal_hours.data,
        )


class EventForm(DatesForm, RulesForm):
    """The whole plan of an event."""

    occupation_id = SelectField(_l("Occupation"), coerce=int)
    entry_group = SelectField(_l("For whom"))
    entry_form = SelectField(_l("How people enter"))
    team_least = IntegerField(_l("Least members of a team"), [Optional(), NumberRange(2, MOST)])
    team_most = IntegerField(_l("Most members of a team"), [Optional(), NumberRange(2, MOST)])
    entries_open_at = DateTimeLocalField(
        _l("Entries open from"),
        [InputRequired(_l("Say when entries open."))],
        format=MINUTE,
    )

    needs_endorsement = BooleanField(
        _l("Each entry needs the stamped recommendation of the entrant's unit.")
    )

    def __init__(self, *args: Any, occupations: list[Occupation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occupations = {row.id: row for row in occupations}
        self.occupation_id.choices = [SelectChoice(row.id, row.name) for row in occupations]
        self.entry_group.choices = [SelectChoice(*pair) for pair in choices(EntryGroup)]
        self.entry_form.choices = [SelectChoice(*pair) for pair in choices(EntryForm)]

    def plan(self, base: EventRules = DISTRICT_RULES) -> EventPlan:
        """Return what was typed; raises ``Invalid`` for a condition that cannot be."""
        form = EntryForm(self.entry_form.data)
        least, most = sizes(form, self.team_least.data or 0, self.team_most.data or 0)
        return EventPlan(
            name=self.name.data,
            occupation=self.occupations[self.occupation_id.data],
            entry_group=EntryGroup(self.entry_group.data),
            entry_form=form,
            team_least=least,
            team_most=most,
            quota=self.quota.data,
            entries_open_at=from_local(self.entries_open_at.data),
            entries_close_at=from_local(self.entries_close_at.data),
            held_on=self.held_on.data,
            rules=self.rules(base),
            eligibility=self.rows(),
            appeal_hours=self.appeal_hours.data,
            needs_endorsement=bool(self.needs_endorsement.data),
        )


def dates(plan: EventPlan) -> dict[str, Any]:
    """Return the dates of a plan as the form's values, on the district's clock."""
    return {
        "name": plan.name,
        "quota": plan.quota,
        "entries_open_at": local(plan.entries_open_at),
        "entries_close_at": local(plan.entries_close_at),
        "held_on": plan.held_on,
        "appeal_hours": plan.appeal_hours,
    }


def filled(plan: EventPlan | None) -> dict[str, Any]:
    """Return a plan as the form's values; without one, the district's usual rules."""
    if plan is None:
        return {"appeal_hours": 2, **values(DISTRICT_RULES, ())}
    return {
        **dates(plan),
        "occupation_id": plan.occupation.id,
        "entry_group": plan.entry_group,
        "entry_form": plan.entry_form,
        "team_least": plan.team_least if plan.team_most > 1 else None,
        "team_most": plan.team_most if plan.team_most > 1 else None,
        "needs_endorsement": plan.needs_endorsement,
        **values(plan.rules, plan.eligibility),
    }
