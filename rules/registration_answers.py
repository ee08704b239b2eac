"""Answers to a registration form: which questions are asked of whom, and what an answer lacks.

Answers are plain texts by slot; a file is answered with its number. Source:
docs/rules/registration_forms.md.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from rules.errors import Invalid
from rules.phrases import Phrase, phrase
from rules.registration_forms import Field, FieldKind, Form
from rules.scoring import parse_number
from rules.text import is_plain_line

LINE, LONGEST_TEXT = 200, 2000
"""Characters of a text where its field says nothing, and at most."""
MEGABYTES: Final = 5
"""Of a file where its field says nothing."""
NUMBER_LENGTH: Final = 60
Answers = Mapping[str, str]


def visible(form: Form, answers: Answers) -> frozenset[str]:
    """Return the codes of the questions that are asked of somebody with these answers.

    What is hidden counts as unanswered, so that whatever hangs on it is
    hidden too. This is the least set that agrees with itself; questions
    that wait for each other in a circle are not in it.
    """
    shown: frozenset[str] = frozenset()
    while True:
        more = frozenset(field.code for field in form.fields if _is_shown(field, shown, answers))
        if more == shown:
            return shown
        shown = more


def _is_shown(field: Field, shown: frozenset[str], answers: Answers) -> bool:
    condition = field.shown_if
    if not field.asked or condition is None:
        return field.asked
    answer = answers.get(condition.field, "") if condition.field in shown else ""
    return condition.holds(answer)


def standing(form: Form, answers: Answers) -> dict[str, str]:
    """Return the answers that count: of questions that are asked, and not empty."""
    shown = visible(form, answers)
    slots = [slot for field in form.fields if field.code in shown for slot in field.slots]
    return {slot: answers[slot] for slot in slots if answers.get(slot)}


def check_answers(
    form: Form, answers: Answers, only: Iterable[str] | None = None
) -> dict[str, list[Phrase]]:
    """Return what is wrong by slot; only questions that are asked, or those of ``only``, count."""
    shown = visible(form, answers)
    wanted = shown if only is None else shown & set(only)
    found: dict[str, list[Phrase]] = {}
    for field in form.fields:
        if field.code in wanted:
            found |= _faults(field, answers)
    return found


def unlocked(form: Form, remarks: Iterable[str], before: Answers) -> frozenset[str]:
    """Return what may be changed in an entry that was returned with remarks on these fields.

    Beside the named ones these are questions that must be answered where they
    are asked and had no answer ``before``: mending one answer can open another
    question.
    """
    missing = {
        field.code
        for field in form.fields
        if field.required and not all(before.get(slot) for slot in field.slots)
    }
    return frozenset(remarks) | missing


def _faults(field: Field, answers: Answers) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    wants_all = field.required or any(answers.get(slot) for slot in field.slots)
    for slot in field.slots:
        answer = answers.get(slot, "")
        if not answer:
            if wants_all:
                found[slot] = [_missing(field, slot)]
            continue
        said = None if slot == field.file_slot else _CHECKS[field.kind](field, answer)
        if said:
            found[slot] = [said]
    return found


def _missing(field: Field, slot: str) -> Phrase:
    if slot == field.file_slot:
        return phrase("“%(label)s”: choose a file.", label=field.label)
    if field.kind in (FieldKind.CHOICE, FieldKind.OCCUPATION):
        return phrase("“%(label)s”: choose one answer.", label=field.label)
    return phrase("“%(label)s” is still empty.", label=field.label)


def _check_text(field: Field, answer: str) -> Phrase | None:
    most = int(field.most) if field.most else LINE
    if len(answer) > most:
        return phrase(
            "“%(label)s” has %(count)s characters; there is room for %(most)s.",
            label=field.label,
            count=len(answer),
            most=most,
        )
    return _check_plain(field, answer.replace("\n", " ").replace("\r", " "))


def _check_plain(field: Field, answer: str) -> Phrase | None:
    if not is_plain_line(answer):
        return phrase("“%(label)s”: only plain characters can be used here.", label=field.label)
    return None


def _check_short(field: Field, answer: str) -> Phrase | None:
    if len(answer) > NUMBER_LENGTH:
        return phrase(
            "“%(label)s” has %(count)s characters; there is room for %(most)s.",
            label=field.label,
            count=len(answer),
            most=NUMBER_LENGTH,
        )
    return _check_plain(field, answer)


def _check_number(field: Field, answer: str) -> Phrase | None:
    try:
        number = parse_number(answer)
    except Invalid:
        return phrase("“%(label)s”: write a number, such as 12 or 9.5.", label=field.label)
    return _bounds(field, number, parse_number)


def _check_date(field: Field, answer: str) -> Phrase | None:
    try:
        day = dt.date.fromisoformat(unicodedata.normalize("NFKC", answer))
    except ValueError:
        return phrase("“%(label)s”: write a day, such as 2026-03-01.", label=field.label)
    return _bounds(field, day, dt.date.fromisoformat)


def _bounds(
    field: Field, value: Decimal | dt.date, read: Callable[[str], Decimal | dt.date]
) -> Phrase | None:
    if field.least and value < read(field.least):  # type: ignore[operator]  # both are of one kind
        return phrase("“%(label)s”: at least %(least)s.", label=field.label, least=field.least)
    if field.most and value > read(field.most):  # type: ignore[operator]  # both are of one kind
        return phrase("“%(label)s”: at most %(most)s.", label=field.label, most=field.most)
    return None


def _check_choice(field: Field, answer: str) -> Phrase | None:
    if answer not in field.options:
        return phrase("“%(label)s”: choose one of the answers given.", label=field.label)
    return None


_CHECKS: Final[Mapping[FieldKind, Callable[[Field, str], Phrase | None]]] = {
    FieldKind.TEXT: _check_text,
    FieldKind.NUMBER: _check_number,
    FieldKind.DATE: _check_date,
    FieldKind.CHOICE: _check_choice,
    FieldKind.ORGANIZATION: _check_short,
    FieldKind.OCCUPATION: _check_short,
    FieldKind.CERTIFICATE: _check_short,
}
