"""The form base: CSRF, cleaned text, refusals of an action put beside their fields."""

from typing import Any

from flask_babel import get_translations, gettext
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError

from rules.errors import Invalid
from rules.text import clean_line, is_plain_line
from web.errors import sentence


class Words:
    """WTForms' own messages, said from our catalogue."""

    def gettext(self, message: str) -> str:
        """Say one message."""
        return str(gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Say one message of a number; WTForms fills its places in afterwards."""
        return str(get_translations().ungettext(one, many, number))


class Form(FlaskForm):
    """What every form of the house shares; messages come translated from our own catalogue."""

    class Meta(FlaskForm.Meta):
        """Built-in messages are English ids like ours."""

        locales = False

        def get_translations(self, _form: Any) -> Words:  # noqa: ANN401  # WTForms is untyped
            """Return the words of this house."""
            return Words()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:  # noqa: ANN401  # WTForms is untyped
            """Clean every single-line text before it is validated."""
            if issubclass(unbound_field.field_class, StringField):
                filters = list(unbound_field.kwargs.get("filters", []))
                options = {**options, "filters": [*filters, _cleaned]}
            return unbound_field.bind(form=form, **options)

    def take(self, refusal: Invalid) -> None:
        """Put an action's refusal beside the fields it names, or at the top."""
        placed = False
        for name, sentences in refusal.fields.items():
            if name in self._fields:
                words = [gettext(text) for text in sentences]
                self._fields[name].errors = [*self._fields[name].errors, *words]
                placed = True
        if not placed:
            self.form_errors.append(sentence(refusal))


def _cleaned(value: Any) -> Any:  # noqa: ANN401  # a filter passes on whatever the field holds
    return value if not isinstance(value, str) or "\n" in value else clean_line(value)


def plain_line(_form: Form, field: StringField) -> None:
    """Refuse control and direction characters in a name."""
    if field.data and not is_plain_line(field.data):
        raise ValidationError(gettext("Only plain characters can be used here."))
