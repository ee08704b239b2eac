"""Forms of the eligibility review."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from web.forms import Form


class ReturnForm(Form):
    """Remarks by field; at least one."""

    general = TextAreaField(_l("Remark"), [Optional(), Length(max=300)])
    name = StringField(_l("About the name"), [Optional(), Length(max=200)])
    id_number = StringField(_l("About the ID number"), [Optional(), Length(max=200)])
    employer = StringField(_l("About the unit"), [Optional(), Length(max=200)])
    in_trade_since = StringField(_l("About the years in the trade"), [Optional(), Length(max=200)])
    skill_level = StringField(_l("About the skill level"), [Optional(), Length(max=200)])
    photo = StringField(_l("About the portrait"), [Optional(), Length(max=200)])


class RejectForm(Form):
    """The reason of a rejection."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("The entrant is told why: write the reason.")), Length(max=300)],
        id="reject_reason",
    )


class RevealForm(Form):
    """Why somebody needs the whole number."""

    reason = StringField(
        _l("Why you need the whole numbers"),
        [
            InputRequired(_l("Say why you need the whole number; it is kept on record.")),
            Length(max=120),
        ],
        id="reveal_reason",
    )


class BulkForm(Form):
    """Several entries at once."""

    entries = SelectMultipleField(_l("Entries"), coerce=int)
