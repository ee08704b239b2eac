"""Forms of judges and chief judges."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class PledgeForm(Form):
    """The pledge."""

    sure = BooleanField(
        _l("I mark what I see, tell nobody, and have no tie to anybody who may compete here."),
        [InputRequired(_l("Marking begins with this pledge."))],
    )


class RecusalForm(Form):
    """Stepping down."""

    reason = TextAreaField(
        _l("What the conflict is"),
        [InputRequired(_l("Say in a few words what the conflict is.")), Length(max=200)],
    )


class AsideForm(Form):
    """Stepping aside from one work."""

    code = SelectField(_l("Work code"), [InputRequired(_l("Choose the work."))])
    reason = TextAreaField(
        _l("What the conflict is"),
        [InputRequired(_l("Say in a few words what the conflict is.")), Length(max=200)],
    )

    def __init__(self, codes: list[str]) -> None:
        super().__init__()
        self.code.choices = codes


class SignForm(Form):
    """The signature: one's own name and password."""

    handle = StringField(
        _l("Your user name"), [InputRequired(_l("Enter the phone number, e-mail or user name."))]
    )
    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter the password."))])


class LockForm(Form):
    """Locking asks once."""


class ReasonForm(Form):
    """A deed that names its reason."""

    reason = StringField(_l("Reason"), [InputRequired(_l("Write the reason.")), Length(max=200)])
