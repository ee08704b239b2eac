"""Entering somebody else, and what that person answers to it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from rules.terms import Relation
from web.forms import Form
from web.labels import choices


class BeginForForm(Form):
    """Who is entered and whether they know; the key makes a double post harmless."""

    form_key = HiddenField(validators=[InputRequired(), Length(max=40)])
    relation = RadioField(
        _l("Whom you enter"), [InputRequired(_l("Say what this person is to you."))]
    )
    agreed = BooleanField(
        _l(
            "This person knows of it and agrees that I give their name, ID number, telephone and "
            "portrait for this entry; or I am the parent or guardian and agree for my child."
        )
    )

    def __init__(self, *, form_key: str) -> None:
        super().__init__(form_key=form_key)
        self.relation.choices = choices(Relation)


class LastForm(Form):
    """Proof that it is the person entered."""

    last = StringField(
        _l("Last four characters of your ID number"),
        [
            InputRequired(_l("Enter the last four characters of your ID number.")),
            Length(4, 4, _l("Enter the last four characters of your ID number.")),
        ],
        render_kw={"autocomplete": "off", "maxlength": "4"},
    )


class TakeForm(LastForm):
    """Proof, and the consent that is the person's own."""

    consent = BooleanField(_l("I agree that these details are kept and used for this entry."))
