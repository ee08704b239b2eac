"""Answering a wish for a correction."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from actions.duplicates import REASON_MAX
from web.forms import Form


class DeclineForm(Form):
    """Why the record stays as it is."""

    answer = TextAreaField(
        _l("Why the record stays as it is"),
        [
            InputRequired(_l("Say why; the person reads it.")),
            Length(max=REASON_MAX, message=_l("Keep the reason within 200 characters.")),
        ],
    )
