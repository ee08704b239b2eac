"""Founding a team, inviting into it, answering an invitation."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from rules.teams import NAME_LENGTH
from web.forms import Form, plain_line


class FoundForm(Form):
    """The name of the team; the key makes a double post harmless."""

    name = StringField(
        _l("Name of the team"),
        [
            InputRequired(_l("Give the team a name of at most 20 characters.")),
            Length(max=NAME_LENGTH, message=_l("Give the team a name of at most 20 characters.")),
            plain_line,
        ],
        render_kw={"autocomplete": "off", "maxlength": str(NAME_LENGTH)},
    )
    form_key = HiddenField(validators=[InputRequired(), Length(max=40)])


class InviteForm(Form):
    """Whom to invite by name."""

    handle = StringField(
        _l("Phone number, e-mail or user name"),
        [
            InputRequired(_l("Enter the phone number, e-mail or user name of whom you invite.")),
            Length(max=120),
            plain_line,
        ],
        render_kw={"autocomplete": "off"},
    )


class JoinForm(Form):
    """Takes part; the key makes a double post harmless."""

    form_key = HiddenField(validators=[InputRequired(), Length(max=40)])
