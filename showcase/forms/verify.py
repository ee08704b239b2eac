"""Asking for a certificate."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class VerifyForm(Form):
    """The number, and the name where the asker wants to compare it."""

    number = StringField(
        _l("Certificate number"),
        [InputRequired(_l("Type the number as it stands on the certificate.")), Length(max=40)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    name = StringField(
        _l("Name on the certificate"),
        [Length(max=40)],
        render_kw={"autocomplete": "off"},
    )
