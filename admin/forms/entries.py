"""Forms of the eligibility review."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from rules.registration_forms import Form as Questions
from web.forms import Form


class ReturnForm(Form):
    """Remarks by field; at least one."""

    general = TextAreaField(_l("Remark"), [Optional(), Length(max=300)])
    name = StringField(_l("About the name"), [Optional(), Length(max=200)])
    id_number = StringField(_l("About the ID number"), [Optional(), Length(max=200)])
    phone = StringField(_l("About the phone"), [Optional(), Length(max=200)])
    employer = StringField(_l("About the unit"), [Optional(), Length(max=200)])
    town = StringField(_l("About the town"), [Optional(), Length(max=200)])
    occupation = StringField(_l("About the trade"), [Optional(), Length(max=200)])
    position = StringField(_l("About the post"), [Optional(), Length(max=200)])
    in_trade_since = StringField(_l("About the years in the trade"), [Optional(), Length(max=200)])
    skill_level = StringField(_l("About the skill level"), [Optional(), Length(max=200)])
    certificate_no = StringField(_l("About the level certificate"), [Optional(), Length(max=200)])
    photo = StringField(_l("About the portrait"), [Optional(), Length(max=200)])

    @property
    def remarks(self) -> list[Any]:
        """The controls of remarks, the general one first."""
        return [field for name, field in self._fields.items() if name != "csrf_token"]


def return_form(questions: Questions, **kwargs: Any) -> ReturnForm:
    """Build the form of a return with a remark for each of the event's own questions too."""
    controls = {
        field.code: StringField(
            _l("About “%(label)s”", label=field.label),
            [Optional(), Length(max=200)],
            id=f"remark-{field.code}",
        )
        for field in questions.fields
        if field.asked
    }
    kind: Any = type("BuiltReturnForm", (ReturnForm,), controls)
    form: ReturnForm = kind(**kwargs)
    for name in questions.core_off:
        del form[name]
    return form


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
