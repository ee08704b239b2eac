"""Form of an extension."""

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length

from admin.forms.events import MINUTE
from web.forms import Form, plain_line


class ExtensionForm(Form):
    """For whom, until when, why."""

    handle = StringField(
        _l("Phone, e-mail or user name of the entrant"),
        [InputRequired(_l("Say whose deadline moves.")), Length(max=120), plain_line],
    )
    until = DateTimeLocalField(
        _l("May hand in until"),
        [InputRequired(_l("Say until when."))],
        format=MINUTE,
    )
    reason = StringField(
        _l("Reason"), [InputRequired(_l("Write down why.")), Length(max=200), plain_line]
    )
