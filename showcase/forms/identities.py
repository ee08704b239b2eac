"""Name, ID number and telephone, asked in the same words wherever somebody says who they are."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form, plain_line


class IdentityForm(Form):
    """Who somebody is, as typed; what the numbers must be is decided by ``actions.people``."""

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
