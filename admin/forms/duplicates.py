"""Forms of the records that look like one person."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from actions.duplicates import REASON_MAX
from web.forms import Form


class ApartForm(Form):
    """Why two records are two people."""

    reason = TextAreaField(
        _l("How you know that they are two people"),
        [
            InputRequired(_l("Say in a few words how you know; it is kept on record.")),
            Length(max=REASON_MAX, message=_l("Keep the reason within 200 characters.")),
        ],
    )


class MergeForm(Form):
    """Why two records are one person."""

    reason = TextAreaField(
        _l("How you know that they are one person"),
        [
            InputRequired(_l("Say in a few words how you know; it is kept on record.")),
            Length(max=REASON_MAX, message=_l("Keep the reason within 200 characters.")),
        ],
    )
