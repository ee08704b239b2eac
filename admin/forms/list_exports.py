"""The form of a list that is taken away."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class ListExportForm(Form):
    """What kind of file, and what for."""

    kind = RadioField(_l("File"), [InputRequired(_l("Choose what kind of file you need."))])
    purpose = StringField(
        _l("Purpose"),
        [
            InputRequired(_l("Say in a few words what the file is for; it is kept on record.")),
            Length(max=120),
        ],
    )
