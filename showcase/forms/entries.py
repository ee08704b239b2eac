"""The steps of an entry."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from showcase.forms.identities import IdentityForm
from web.forms import Form, plain_line


class BeginForm(Form):
    """Begins an entry; the key makes a double post harmless."""

    form_key = HiddenField(validators=[InputRequired(), Length(max=40)])


class WhoForm(IdentityForm):
    """Who enters."""

    consent = BooleanField(_l("I agree that these details are kept and used for this entry."))
    shows = BooleanField(
        _l("I also agree that a public page about me is shown if I win an award (optional).")
    )


class WorkForm(Form):
    """Where and since when one works."""

    organization = SelectField(_l("Your unit"), coerce=int, validate_choice=True)
    employer = StringField(
        _l("Name of the unit, if it is not in the list"), [Optional(), Length(max=80), plain_line]
    )
    town = SelectField(_l("Town"), coerce=int)
    occupation = SelectField(_l("Your trade"), coerce=int)
    position = StringField(_l("Your post"), [Optional(), Length(max=40), plain_line])
    in_trade_since = IntegerField(
        _l("In this trade since (year)"),
        [
            InputRequired(_l("Write the year you began in this trade, such as 2016.")),
            NumberRange(1940, 2100, _l("Write the year with four digits, such as 2016.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    skill_level = SelectField(_l("Highest skill level you hold"))
    certificate_no = StringField(
        _l("Number of the level certificate"), [Optional(), Length(max=40), plain_line]
    )


class PhotoForm(Form):
    """The portrait; one that is kept already need not be sent again."""

    photo = FileField(_l("Recent portrait"))

    def __init__(self, *args: Any, is_kept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_kept = is_kept

    def validate_photo(self, field: FileField) -> None:
        """Ask for a file until one is kept."""
        if not field.data and not self.is_kept:
            raise ValidationError(gettext("Choose a picture file."))


class DeedForm(Form):
    """A deed that needs no more than the token."""


class WithdrawForm(Form):
    """Withdrawing names a reason."""

    reason = TextAreaField(
        _l("Why you withdraw"),
        [InputRequired(_l("Say in a few words why you withdraw.")), Length(max=200)],
    )
