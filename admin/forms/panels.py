"""Forms of the panel."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from web.forms import Form


class SeatForm(Form):
    """One judge and a seat."""

    handle = StringField(
        _l("User name of the judge"),
        [InputRequired(_l("Enter the judge's user name, phone or e-mail.")), Length(max=120)],
    )
    number = IntegerField(
        _l("Seat"), [InputRequired(_l("Give the seat a number from 1.")), NumberRange(1, 30)]
    )


class ChiefForm(Form):
    """The chief judge."""

    chief = StringField(
        _l("User name of the chief judge"),
        [InputRequired(_l("Enter the chief's user name, phone or e-mail.")), Length(max=120)],
    )
