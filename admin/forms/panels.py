"""Forms of the panel."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from rules.terms import JudgeGrade
from web.forms import Form
from web.labels import choices


class SeatForm(Form):
    """One judge and a seat."""

    handle = StringField(
        _l("User name of the judge"),
        [InputRequired(_l("Enter the judge's user name, phone or e-mail.")), Length(max=120)],
    )
    number = IntegerField(
        _l("Seat"), [InputRequired(_l("Give the seat a number from 1.")), NumberRange(1, 30)]
    )


class AppraisalForm(Form):
    """How one judge did; a low grade gives a reason."""

    grade = SelectField(_l("How the judge did"))
    note = StringField(_l("Reason"), [Length(max=200)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.grade.choices = choices(JudgeGrade)


class ChiefForm(Form):
    """The chief judge."""

    chief = StringField(
        _l("User name of the chief judge"),
        [InputRequired(_l("Enter the chief's user name, phone or e-mail.")), Length(max=120)],
    )
