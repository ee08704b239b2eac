"""Forms of the check-in desk."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from rules.check_ins import MOST_MINUTES
from web.forms import Form, plain_line


class ScanForm(Form):
    """What a scanner, a camera or a thumb brings; ``key`` makes a retry the same form."""

    code = StringField(_l("Code or pass number"), [Length(max=40)])
    key = HiddenField()
    late_reason = StringField(
        _l("Why this entrant is let in late"), [Length(max=200), plain_line], id="late_reason"
    )


class ReasonForm(Form):
    """Why something at the door is taken back."""

    reason = StringField(
        _l("Reason"), [InputRequired(_l("Write down why.")), Length(max=200), plain_line]
    )


class CloseForm(Form):
    """Closing needs no more than the token."""


class ExtraTimeForm(Form):
    """More time for one entrant, and why."""

    pass_no = StringField(
        _l("Pass number"), [InputRequired(_l("Type the pass number.")), Length(max=20)]
    )
    minutes = IntegerField(
        _l("Minutes"),
        [
            InputRequired(_l("Say how many minutes are added.")),
            NumberRange(1, MOST_MINUTES, _l("Extra time is 1 to 240 minutes.")),
        ],
    )
    reason = StringField(
        _l("Reason"), [InputRequired(_l("Write down why.")), Length(max=200), plain_line]
    )
