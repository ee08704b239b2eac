"""Forms of the builder of registration forms."""

from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from admin.forms.rows import LinesField
from rules.registration_checks import HELP, LABEL
from rules.registration_forms import (
    MOST_PAGES,
    OPTIONAL_CORE,
    Audience,
    Condition,
    DataClass,
    Field,
    FieldKind,
    Match,
)
from rules.registration_forms import (
    Form as Questions,
)
from web.forms import Form, plain_line
from web.registration_forms import AUDIENCES, CLASSES, KINDS, MATCHES

CORE_NAMES: Final = {
    "town": _l("Town"),
    "occupation": _l("Your trade"),
    "position": _l("Your post"),
    "skill_level": _l("Highest skill level you hold"),
    "certificate_no": _l("Number of the level certificate"),
}


def _words(words: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(member), said) for member, said in words.items()]


class FieldForm(Form):
    """One question: what is asked, of whom, and what becomes of the answer."""

    label = StringField(
        _l("Question"),
        [
            InputRequired(_l("Write what is asked, in a few words.")),
            Length(max=LABEL),
            plain_line,
        ],
    )
    kind = SelectField(_l("Answered with"), choices=lambda: _words(KINDS))
    page = SelectField(_l("On page"), coerce=int)
    help = StringField(_l("Help under the question"), [Optional(), Length(max=HELP), plain_line])
    required = BooleanField(_l("It must be answered."))
    options = LinesField(_l("Answers to choose from, one a line"))
    shown_field = SelectField(_l("Only asked when the answer to"))
    shown_match = SelectField(_l("compares"), choices=lambda: _words(MATCHES))
    shown_values = LinesField(_l("with, one answer a line"))
    data_class = SelectField(_l("About a person"), choices=lambda: _words(CLASSES))
    retention_days = IntegerField(
        _l("Days kept after the event"), [Optional(), NumberRange(0, 3650)]
    )
    audience = SelectField(_l("Who sees it"), choices=lambda: _words(AUDIENCES))
    least = StringField(_l("Least"), [Optional(), Length(max=20)])
    most = StringField(_l("Most"), [Optional(), Length(max=20)])
    asked = BooleanField(_l("It is asked."))
    reason = TextAreaField(_l("Why it is not asked"), [Optional(), Length(max=120)])

    def __init__(self, form: Questions, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page.choices = [SelectChoice(n, page_words(form, n)) for n in range(1, MOST_PAGES + 1)]
        others = [f for f in form.fields if f.kind is FieldKind.CHOICE and f.code != code]
        self.shown_field.choices = [
            SelectChoice("", gettext("always asked")),
            *(SelectChoice(other.code, other.label) for other in others),
        ]

    def question(self, code: str) -> Field:
        """Return what was filled in as a question."""
        shown_if = None
        if self.shown_field.data:
            match = Match(self.shown_match.data)
            shown_if = Condition(self.shown_field.data, match, tuple(self.shown_values.lines))
        return Field(
            code,
            FieldKind(self.kind.data),
            self.label.data,
            help=self.help.data or "",
            required=self.required.data,
            options=tuple(self.options.lines),
            shown_if=shown_if,
            data_class=DataClass(self.data_class.data),
            retention_days=self.retention_days.data,
            audience=Audience(self.audience.data),
            least=(self.least.data or "").strip(),
            most=(self.most.data or "").strip(),
            asked=self.asked.data,
            reason=" ".join((self.reason.data or "").split()),
        )


def filled(field: Field, page: int) -> dict[str, Any]:
    """Return a question as the data of its form."""
    condition = field.shown_if
    return {
        "label": field.label,
        "kind": field.kind.value,
        "page": page,
        "help": field.help,
        "required": field.required,
        "options": list(field.options),
        "shown_field": condition.field if condition else "",
        "shown_match": condition.match.value if condition else Match.IS.value,
        "shown_values": list(condition.values) if condition else [],
        "data_class": field.data_class.value,
        "retention_days": field.retention_days,
        "audience": field.audience.value,
        "least": field.least,
        "most": field.most,
        "asked": field.asked,
        "reason": field.reason,
    }


def page_words(form: Questions, number: int) -> str:
    """Name a page by its number and its title."""
    title = form.pages[number - 1].title if number <= len(form.pages) else ""
    return f"{gettext('Page %(number)s', number=number)} {title}".strip()


class FrameForm(Form):
    """The titles of the pages, and which of the usual questions are asked."""

    title_1 = StringField(_l("Title of page 1"), [Optional(), Length(max=LABEL), plain_line])
    title_2 = StringField(_l("Title of page 2"), [Optional(), Length(max=LABEL), plain_line])
    title_3 = StringField(_l("Title of page 3"), [Optional(), Length(max=LABEL), plain_line])
    core = SelectMultipleField(
        _l("Usual questions that are asked"),
        choices=lambda: _words(CORE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def titles(self) -> list[str]:
        """The titles in order."""
        return [field.data or "" for field in (self.title_1, self.title_2, self.title_3)]

    @property
    def core_off(self) -> tuple[str, ...]:
        """The usual questions that are left out."""
        return tuple(code for code in OPTIONAL_CORE if code not in (self.core.data or []))


class BeginForm(Form):
    """Which built-in form to start from."""

    template = SelectField(
        _l("Start from"),
        choices=[
            SelectChoice("national", _l("the national registration form")),
            SelectChoice("empty", _l("an empty page")),
        ],
    )
