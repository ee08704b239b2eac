"""Mending one's own record."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from web.forms import Form, plain_line


class MendForm(Form):
    """What stands in the record, as it should stand."""

    name = StringField(
        _l("Your name"),
        [
            InputRequired(_l("Enter your name as on your identity card.")),
            Length(max=40),
            plain_line,
        ],
        render_kw={"autocomplete": "name"},
    )
    id_number = StringField(
        _l("ID number"),
        [InputRequired(_l("Enter the 18 characters of your ID number.")), Length(max=40)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    phone = StringField(
        _l("Mobile phone"),
        [InputRequired(_l("Enter the mobile number we can reach you by.")), Length(max=20)],
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    email = StringField(
        _l("E-mail"),
        [Optional(), Length(max=120), plain_line],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    reason = TextAreaField(
        _l("Why name or ID number are wrong"),
        [Optional(), Length(max=200, message=_l("Keep the reason within 200 characters."))],
    )
