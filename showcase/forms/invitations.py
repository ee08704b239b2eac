"""Accepting a unit's invitation."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class AcceptForm(Form):
    """Proof that it is the invited worker, and the consent that is the worker's alone."""

    last = StringField(
        _l("Last four characters of your ID number"),
        [
            InputRequired(_l("Enter the last four characters of your ID number.")),
            Length(4, 4, _l("Enter the last four characters of your ID number.")),
        ],
        render_kw={"autocomplete": "off", "maxlength": "4"},
    )
    consent = BooleanField(_l("I agree that these details are kept and used for this entry."))
