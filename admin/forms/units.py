"""Forms of the contacts of units, and of the office that sets their quotas."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from models.organizations import Organization
from web.forms import Form, plain_line


class ListForm(Form):
    """A filled-in list of workers; the key makes a second sending harmless."""

    file = FileField(
        _l("Filled-in list"), [FileRequired(_l("Choose the filled-in workbook first."))]
    )
    key = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{32}$")])


class MendForm(Form):
    """The rows that were wrong, mended."""

    file = FileField(_l("Mended rows"), [FileRequired(_l("Choose the mended workbook first."))])


class ScanForm(Form):
    """The stamped form."""

    scan = FileField(_l("Stamped form"), [FileRequired(_l("Choose the scan first."))])


class ReasonForm(Form):
    """Why the unit does not recommend."""

    reason = StringField(
        _l("Reason"),
        [
            InputRequired(_l("Write why the unit does not recommend the entry.")),
            Length(max=300),
            plain_line,
        ],
        id="refuse_reason",
    )


class ColleagueForm(Form):
    """A colleague's new account."""

    name = StringField(
        _l("Name of the person"),
        [InputRequired(_l("Write the person's name.")), Length(max=40), plain_line],
    )
    handle = StringField(
        _l("Name to sign in with"),
        [InputRequired(_l("Give the account a name to sign in with.")), Length(max=40), plain_line],
        render_kw={"autocomplete": "off"},
    )


class DeedForm(Form):
    """A deed that needs no more than the token."""


class QuotaForm(Form):
    """One unit's places in an event; an empty number lifts the limit."""

    unit = SelectField(_l("Unit"), coerce=int)
    quota = IntegerField(
        _l("Places of the unit"),
        [Optional(), NumberRange(0, 5000, _l("A quota is a whole number from 0 to 5000."))],
        render_kw={"inputmode": "numeric"},
    )

    def __init__(self, *args: Any, units: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = [SelectChoice(unit.id, unit.name) for unit in units]
