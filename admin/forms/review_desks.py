"""Forms of the review desk."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.accounts import Account
from models.reviews import Review
from rules.reviews import REASONS
from rules.terms import Decision
from web.forms import Form, plain_line
from web.labels import choices


class NoteForm(Form):
    """A note for colleagues."""

    note = TextAreaField(
        _l("Note for colleagues"), [InputRequired(_l("Write the note.")), Length(max=500)]
    )


class ArrangeForm(Form):
    """Tags, and the colleague who looks at the entry."""

    tags = StringField(_l("Tags"), [Length(max=200), plain_line])
    assignee = SelectField(_l("Colleague"), coerce=int)

    def __init__(self, row: Review | None, colleagues: list[Account]) -> None:
        super().__init__(
            data={
                "tags": " ".join(row.tags) if row else "",
                "assignee": (row.assignee_id if row else None) or 0,
            }
        )
        self.assignee.choices = [
            (0, gettext("nobody in particular")),
            *((account.id, account.display_name) for account in colleagues),
        ]


class HoldForm(Form):
    """One decision for the chosen entries, to be applied with the others."""

    decision = SelectField(_l("Decision"))
    template = SelectField(_l("Frequent reason"), default="")
    reason = TextAreaField(_l("Own words"), [Length(max=300)], id="hold_reason")

    def __init__(self) -> None:
        super().__init__()
        self.decision.choices = choices(Decision)
        self.template.choices = [
            ("", gettext("own words only")),
            *((str(number), gettext(text)) for number, text in enumerate(REASONS)),
        ]

    def words(self) -> str:
        """Return the chosen reason and the own words, in the office's language."""
        chosen = gettext(REASONS[int(self.template.data)]) if self.template.data else ""
        return f"{chosen} {self.reason.data or ''}".strip()
