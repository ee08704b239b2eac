"""Signing in by a code."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class PhoneForm(Form):
    """The telephone a code is sent to."""

    phone = StringField(
        _l("Mobile phone"),
        [InputRequired(_l("Enter the mobile number of your account.")), Length(max=20)],
        render_kw={"autocomplete": "tel-national", "inputmode": "numeric", "type": "tel"},
    )
    next = HiddenField()


class CodeForm(Form):
    """The six digits."""

    code = StringField(
        _l("Code from the SMS"),
        [InputRequired(_l("Enter the six digits of the code.")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"},
    )
    next = HiddenField()
