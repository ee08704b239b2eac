"""An event's own questions as a form: built from their definition, asked as far as they apply."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from models.registration_forms import EntryFile
from rules.phrases import Phrase
from rules.registration_answers import LINE, MEGABYTES, visible
from rules.registration_forms import (
    Audience,
    Condition,
    DataClass,
    Field,
    FieldKind,
    Match,
)
from rules.registration_forms import Form as Questions
from rules.terms import SkillLevel
from web.errors import say
from web.forms import Form
from web.labels import label

PREFIX: Final = "q-"
"""Begins every control's name: a question's code cannot meet an id of the page."""
MOST_RADIOS: Final = 6
KEPT, DROP = ".kept", ".drop"
PICTURES, PAPERS = "image/jpeg,image/png", "application/pdf,image/jpeg,image/png"
KINDS: Final = {
    FieldKind.TEXT: _l("A text"),
    FieldKind.NUMBER: _l("A number"),
    FieldKind.DATE: _l("A day"),
    FieldKind.CHOICE: _l("Choice of answers"),
    FieldKind.FILE: _l("File (PDF or picture)"),
    FieldKind.PHOTO: _l("A picture"),
    FieldKind.ORGANIZATION: _l("Organization of the register"),
    FieldKind.OCCUPATION: _l("Occupation of the register"),
    FieldKind.CERTIFICATE: _l("Certificate: number and scan"),
}
CLASSES: Final = {
    DataClass.NONE: _l("nothing personal"),
    DataClass.PERSONAL: _l("personal"),
    DataClass.SENSITIVE: _l("sensitive: kept sealed"),
}
AUDIENCES: Final = {
    Audience.STAFF: _l("the office only"),
    Audience.PUBLIC: _l("public, beside a winner's result"),
}
MATCHES: Final = {
    Match.IS: _l("is"),
    Match.IS_NOT: _l("is answered otherwise than"),
    Match.IN: _l("is one of"),
}


@dataclass
class Question:
    """One question as it stands on the page; ``when`` shows it at once where script runs."""

    field: Field
    inputs: list[Any]
    kept: EntryFile | None
    is_shown: bool
    is_locked: bool
    when: str = ""
    answer: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Registers:
    """Names to choose from: organizations as suggestions, occupations as the only answers."""

    organizations: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asking:
    """What is asked on one page, of whom: the whole form, the page's questions, what is known.

    ``open_only`` names what may be changed in a returned entry, None all.
    """

    form: Questions
    fields: tuple[Field, ...]
    answers: Mapping[str, str]
    files: Iterable[EntryFile] = ()
    registers: Registers = Registers()
    open_only: Collection[str] | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)


class QuestionForm(Form):
    """The base of a built form."""

    asked = HiddenField()

    def __init__(self, asking: Asking, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # WTForms is untyped
        data = {f.code: asking.answers.get(f.code, "") for f in asking.fields}
        data = {slot: text for slot, text in data.items() if slot not in _file_slots(asking)}
        super().__init__(*args, prefix=PREFIX, data=data, **kwargs)
        self.asking = asking
        self.files = {str(file.id): file for file in asking.files}
        self.broken: dict[str, str] = {}
        """What is wrong with a file that was sent just now, by slot."""

    def know_files(self, files: Iterable[EntryFile]) -> None:
        """Take note of the files that are kept by now."""
        self.files = {str(file.id): file for file in files}

    def is_locked(self, one: Field) -> bool:
        """Whether a reviewer left this question closed."""
        only = self.asking.open_only
        return only is not None and one.code not in only

    def answers(self, taken: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return all answers as they would stand: stored ones, those of this page over them.

        ``taken`` holds the numbers of files sent just now.
        """
        whole = dict(self.asking.answers)
        if not self.is_submitted():
            return whole
        for one in self.asking.fields:
            if self.is_locked(one):
                continue
            for slot in one.slots:
                whole[slot] = self._file(slot) if slot == one.file_slot else self._text(slot)
        return {**whole, **(taken or {})}

    def newly_asked(self, answers: Mapping[str, str]) -> list[Field]:
        """List the questions these answers open that were not on the page yet."""
        seen = set((self.asked.data or "").split(","))
        shown = visible(self.asking.form, answers)
        return [f for f in self.asking.fields if f.code in shown and f.code not in seen]

    def take_faults(self, faults: Mapping[str, list[Phrase]]) -> None:
        """Put what is wrong beside its question."""
        for slot, reasons in faults.items():
            if slot in self._fields:
                self._fields[slot].errors = [say(reason) for reason in reasons]
            else:
                self.form_errors.extend(say(reason) for reason in reasons)
        for slot, words in self.broken.items():
            self._fields[slot].errors = [words]

    def questions(self, answers: Mapping[str, str]) -> list[Question]:
        """List the page's questions with what is known of them now."""
        asking = self.asking
        shown = visible(asking.form, answers)
        here = {one.code for one in asking.fields if not self.is_locked(one)}
        found = []
        for one in asking.fields:
            when = one.shown_if if one.shown_if and one.shown_if.field in here else None
            if not one.asked or (one.shown_if and when is None and one.code not in shown):
                continue
            kept = self.files.get(answers.get(one.file_slot, "")) if one.file_slot else None
            question = Question(
                one,
                [self._fields[slot] for slot in one.slots],
                kept,
                is_shown=one.code in shown,
                is_locked=self.is_locked(one),
                when=_when(when) if when else "",
                answer="" if one.file_slot == one.code else answers.get(one.code, ""),
                remark=asking.remarks.get(one.code, ""),
            )
            found.append(question)
        self.asked.data = ",".join(q.field.code for q in found if q.is_shown)
        for question in found:
            if question.kept and not question.is_locked:
                self._fields[f"{question.field.file_slot}{KEPT}"].data = str(question.kept.id)
        return found

    def _text(self, slot: str) -> str:
        data = self._fields[slot].data
        return data.strip() if isinstance(data, str) else ""

    def _file(self, slot: str) -> str:
        if self._fields[f"{slot}{DROP}"].data:
            return ""
        kept = self._fields[f"{slot}{KEPT}"].data
        return str(kept or "")

    def sent(self) -> list[tuple[Field, Any]]:
        """List the files sent with this form, with their questions."""
        pairs = [
            (one, self._fields[one.file_slot].data) for one in self.asking.fields if one.file_slot
        ]
        return [(one, data) for one, data in pairs if data and not self.is_locked(one)]


def question_form(asking: Asking, **kwargs: Any) -> QuestionForm:  # noqa: ANN401  # WTForms is untyped
    """Build the form of one page."""
    controls: dict[str, Any] = {}
    for one in asking.fields:
        controls |= _controls(one, asking.registers)
    kind: Any = type("BuiltForm", (QuestionForm,), controls)
    form: QuestionForm = kind(asking, **kwargs)
    return form


def _file_slots(asking: Asking) -> set[str | None]:
    return {one.file_slot for one in asking.fields}


def _when(condition: Condition) -> str:
    return json.dumps(
        {
            "field": PREFIX + condition.field,
            "match": condition.match.value,
            "values": list(condition.values),
        },
        ensure_ascii=False,
    )


def _controls(one: Field, registers: Registers) -> dict[str, Any]:
    controls: dict[str, Any] = {}
    if one.file_slot != one.code:
        controls[one.code] = _control(one, registers)
    if one.file_slot:
        label = one.label
        if one.kind is FieldKind.CERTIFICATE:
            label = gettext("%(label)s: scan", label=one.label)
        controls[one.file_slot] = FileField(label)
        controls[one.file_slot + KEPT] = HiddenField()
        controls[one.file_slot + DROP] = BooleanField(gettext("Take this file away"))
    return controls


def _control(one: Field, registers: Registers) -> Any:  # noqa: ANN401  # one kind of control a field
    if one.kind in (FieldKind.CHOICE, FieldKind.OCCUPATION):
        return _choice(one, registers)
    if one.kind is FieldKind.TEXT and int(one.most or LINE) > LINE:
        return TextAreaField(one.label)
    attributes = {
        FieldKind.NUMBER: {"inputmode": "decimal", "autocomplete": "off"},
        FieldKind.DATE: {"type": "date"},
        FieldKind.ORGANIZATION: {"list": "q-organizations", "autocomplete": "off"},
        FieldKind.CERTIFICATE: {"autocomplete": "off", "spellcheck": "false"},
    }
    return StringField(one.label, render_kw=attributes.get(one.kind, {}))


def _choice(one: Field, registers: Registers) -> Any:  # noqa: ANN401  # radios or a list
    names = registers.occupations if one.kind is FieldKind.OCCUPATION else one.options
    pairs = [SelectChoice(name, name) for name in names]
    if one.required and len(pairs) <= MOST_RADIOS:
        return RadioField(one.label, choices=pairs, validate_choice=False)
    return SelectField(
        one.label,
        choices=[SelectChoice("", gettext("Please choose")), *pairs],
        validate_choice=False,
    )


def file_hint(one: Field) -> str:
    """Say what may be sent for a question, before it is chosen."""
    most = one.most or MEGABYTES
    if one.kind is FieldKind.PHOTO:
        return str(
            gettext("JPEG or PNG, up to %(most)s MB. Place and camera data are removed.", most=most)
        )
    return str(
        gettext("PDF, JPEG or PNG, up to %(most)s MB. Who made it and where is removed.", most=most)
    )


def accepts(one: Field) -> str:
    """Return the media types a file question takes."""
    return PICTURES if one.kind is FieldKind.PHOTO else PAPERS


def megabytes(size: int) -> str:
    """Write the size of a file."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def skill_words(value: str) -> str:
    """Say a skill level that is kept as its code."""
    return label(SkillLevel(value)) if value else ""


def register(app: Flask) -> None:
    """Attach what the templates of questions need."""
    app.add_template_filter(skill_words)
    app.add_template_global(file_hint)
    app.add_template_global(accepts)
    app.add_template_filter(megabytes)
