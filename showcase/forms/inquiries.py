"""Form of a question to the jury."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.forms import Form


class InquiryForm(Form):
    """The question, and the key that makes a double tap one question."""

    form_key = HiddenField(validators=[InputRequired(), Length(min=8, max=40)])
    question = TextAreaField(
        _l("Your question"), [InputRequired(_l("Write your question.")), Length(max=2000)]
    )
