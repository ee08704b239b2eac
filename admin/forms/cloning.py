"""Form of a clone: the new name, how far the dates move, what is taken over."""

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from actions.cloning import Copying, copyable, usual_shift
from models.contests import Contest
from web.forms import Form, plain_line

WEEK = 7


class CloneForm(Form):
    """What a new contest takes over from an earlier one."""

    name = StringField(
        _l("Name of the new contest"),
        [InputRequired(_l("Give the contest its name.")), Length(max=80), plain_line],
    )
    year = IntegerField(
        _l("Year"),
        [InputRequired(_l("Write the year with four digits, such as 2026.")), NumberRange(0, 9999)],
    )
    weeks = IntegerField(
        _l("All dates move by so many weeks"),
        [InputRequired(_l("Enter a whole number.")), NumberRange(-520, 520)],
    )
    events = SelectMultipleField(_l("Events"), coerce=int)
    schemes = BooleanField(_l("Marking schemes"))
    conditions = BooleanField(_l("Conditions of entry"))
    feeders = BooleanField(_l("Feeder contests"))
    questions = BooleanField(_l("Entry forms"))
    checklist = BooleanField(_l("Own items of the checklist"))

    def __init__(self, source: Contest, year: int) -> None:
        chosen = copyable(source.events)
        super().__init__(data=_usual(source, year, [event.id for event in chosen]))
        self.events.choices = [SelectChoice(event.id, event.name) for event in chosen]

    def copying(self) -> Copying:
        """Return what was chosen."""
        return Copying(
            name=self.name.data,
            year=self.year.data,
            shift=dt.timedelta(days=self.weeks.data * WEEK),
            events=frozenset(self.events.data or ()),
            schemes=self.schemes.data,
            conditions=self.conditions.data,
            feeders=self.feeders.data,
            questions=self.questions.data,
            checklist=self.checklist.data,
        )


def _usual(source: Contest, year: int, events: list[int]) -> dict[str, Any]:
    wanted = max(year, source.year + 1)
    return {
        "name": source.name.replace(str(source.year), str(wanted)),
        "year": wanted,
        "weeks": usual_shift(wanted - source.year).days // WEEK,
        "events": events,
        "schemes": True,
        "conditions": True,
        "feeders": True,
        "questions": True,
        "checklist": True,
    }
