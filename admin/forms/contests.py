"""Forms of contests."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from actions.contests import ContestText
from rules.terms import ContestClass, ContestLevel
from web.forms import Form, plain_line
from web.labels import choices


class ContestForm(Form):
    """What a contest says of itself."""

    name = StringField(
        _l("Name of the contest"),
        [InputRequired(_l("Give the contest its name.")), Length(max=80), plain_line],
    )
    year = IntegerField(
        _l("Year"),
        [InputRequired(_l("Write the year with four digits, such as 2026.")), NumberRange(0, 9999)],
    )
    level = SelectField(_l("Level"))
    contest_class = SelectField(_l("Class"))
    approval_no = StringField(_l("Number of the approval document"), [Length(max=60), plain_line])
    organiser = StringField(_l("Organised by"), [Length(max=120), plain_line])
    host = StringField(_l("Hosted by"), [Length(max=120), plain_line])
    supporters = StringField(_l("Supported by"), [Length(max=200), plain_line])
    place = StringField(_l("Place of the contest"), [Length(max=80), plain_line])
    starts_on = DateField(_l("First day"), [Optional()])
    ends_on = DateField(_l("Last day"), [Optional()])
    summary = TextAreaField(_l("What the public should know"), [Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = [SelectChoice(*pair) for pair in choices(ContestLevel)]
        self.contest_class.choices = [SelectChoice(*pair) for pair in choices(ContestClass)]

    def text(self) -> ContestText:
        """Return what was typed."""
        return ContestText(
            name=self.name.data,
            year=self.year.data,
            level=ContestLevel(self.level.data),
            contest_class=ContestClass(self.contest_class.data),
            approval_no=self.approval_no.data or "",
            organiser=self.organiser.data or "",
            host=self.host.data or "",
            supporters=self.supporters.data or "",
            place=self.place.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            summary=self.summary.data or "",
        )


class GroundForm(Form):
    """Why something is cancelled."""

    ground = StringField(
        _l("Ground"),
        [InputRequired(_l("Write down why.")), Length(max=200), plain_line],
    )
