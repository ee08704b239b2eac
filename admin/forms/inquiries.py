"""Form of an answer to a question."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rules.errors import wrong_field
from rules.terms import StockReply
from web.forms import Form
from web.labels import choices

ALONE, ALL, DECLINE = "alone", "all", "decline"


class AnswerForm(Form):
    """Whom the answer is for, its words, or the reply that is the same for everybody."""

    way = RadioField(
        _l("Who gets the answer"),
        [InputRequired(_l("Choose who gets the answer."))],
        choices=[
            SelectChoice(ALONE, _l("Only whoever asked")),
            SelectChoice(ALL, _l("All entrants, and the event's public page")),
            SelectChoice(DECLINE, _l("Nobody: it cannot be answered")),
        ],
    )
    wording = TextAreaField(_l("The question as everybody reads it"))
    answer = TextAreaField(_l("Answer"))
    stock = SelectField(_l("Why it cannot be answered"), validate_choice=False)

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.stock.choices = choices(StockReply)

    def reply(self) -> StockReply:
        """Return the chosen reply; another is refused."""
        if self.stock.data not in list(StockReply):
            raise wrong_field("stock", "Choose why it cannot be answered.")
        return StockReply(self.stock.data)
