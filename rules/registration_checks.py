"""What does not hold in a registration form; each fault is a sentence about one question.

Source: docs/rules/registration_forms.md.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rules.errors import Invalid
from rules.phrases import Phrase, phrase
from rules.registration_answers import LONGEST_TEXT
from rules.registration_forms import (
    CORE,
    FILED,
    MOST_FIELDS,
    MOST_PAGES,
    OPTIONAL_CORE,
    SCAN,
    Audience,
    Condition,
    DataClass,
    Field,
    FieldKind,
    Form,
    Match,
)
from rules.scoring import parse_number
from rules.text import clean_line, is_plain_line

LABEL, HELP, OPTION = 60, 200, 60
"""Characters a label, a help text and an answer to choose may have."""
MOST_OPTIONS, FEWEST_OPTIONS = 40, 2
LONGEST_KEPT: Final = {DataClass.SENSITIVE: 365, DataClass.PERSONAL: 1095, DataClass.NONE: 3650}
"""Days after the event an answer may be kept, by its class."""
LARGEST_FILE: Final = 10
KEPT_NAMES: Final = (*CORE, "general", "consent", "shows", "csrf_token", "asked")
"""Names the entry itself needs."""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a question; ``code`` is empty where it is the form's."""

    code: str
    reason: Phrase


def check_form(form: Form) -> tuple[Fault, ...]:
    """List what does not hold, the form's own faults first."""
    return (*_whole(form), *(fault for field in form.fields for fault in _one(form, field)))


def _whole(form: Form) -> Iterator[Fault]:
    if len(form.pages) > MOST_PAGES:
        yield Fault("", phrase("A form has at most %(most)s pages.", most=MOST_PAGES))
    count = len(form.fields)
    if count > MOST_FIELDS:
        yield Fault(
            "",
            phrase(
                "A form has at most %(most)s questions; there are %(count)s.",
                most=MOST_FIELDS,
                count=count,
            ),
        )
    for number, page in enumerate(form.pages, start=1):
        if page.fields and not 0 < len(page.title) <= LABEL:
            yield Fault("", phrase("Page %(number)s needs a short title.", number=number))
    for code in form.core_off:
        if code not in OPTIONAL_CORE:
            yield Fault("", phrase("“%(code)s” is asked in every entry.", code=code))


def _one(form: Form, field: Field) -> Iterator[Fault]:
    for check in (_names, _options, _condition, _privacy, _limits):
        for reason in check(form, field):
            yield Fault(field.code, reason)


def _names(form: Form, field: Field) -> Iterator[Phrase]:
    label = field.label or field.code
    if not field.label.strip() or len(field.label) > LABEL or not is_plain_line(field.label):
        yield phrase(
            "“%(code)s” needs a label of at most %(most)s characters.", code=label, most=LABEL
        )
    if len(field.help) > HELP:
        yield phrase("The help of “%(label)s” is too long.", label=label)
    if not _CODE.fullmatch(field.code) or field.code.endswith(SCAN):
        yield phrase("“%(code)s” cannot be the code of a question.", code=field.code)
    if field.code in KEPT_NAMES:
        yield phrase("“%(code)s” is a name the entry itself uses.", code=field.code)
    if sum(1 for other in form.fields if other.code == field.code) > 1:
        yield phrase("Two questions have the code “%(code)s”.", code=field.code)
    if not field.asked and not field.reason.strip():
        yield phrase("“%(label)s” is not asked: say why.", label=label)


def _options(_form: Form, field: Field) -> Iterator[Phrase]:
    if field.kind is not FieldKind.CHOICE:
        if field.options:
            yield phrase("“%(label)s” is no choice and has answers to choose.", label=field.label)
        return
    options = field.options
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        yield phrase(
            "“%(label)s” needs two to %(most)s answers to choose from.",
            label=field.label,
            most=MOST_OPTIONS,
        )
    if len(set(options)) < len(options):
        yield phrase("“%(label)s” offers an answer twice.", label=field.label)
    if any(not 0 < len(one) <= OPTION or clean_line(one) != one for one in options):
        yield phrase(
            "An answer of “%(label)s” is empty or longer than %(most)s characters.",
            label=field.label,
            most=OPTION,
        )


def _condition(form: Form, field: Field) -> Iterator[Phrase]:
    condition = field.shown_if
    if condition is None:
        return
    other = form.find(condition.field)
    if other is None:
        yield phrase(
            "“%(label)s” hangs on the question “%(code)s”, which is not there.",
            label=field.label,
            code=condition.field,
        )
        return
    words = {"label": field.label, "other": other.label}
    if _circles(form, field):
        yield phrase("“%(label)s” hangs on itself, round a circle over “%(other)s”.", **words)
    elif _place(form, other) > _place(form, field):
        yield phrase("“%(label)s” hangs on “%(other)s”, which is asked later.", **words)
    if not other.asked:
        yield phrase("“%(label)s” hangs on “%(other)s”, which is not asked.", **words)
    yield from _values(condition, other, words)


def _values(condition: Condition, other: Field, words: dict[str, str]) -> Iterator[Phrase]:
    if other.kind is not FieldKind.CHOICE:
        yield phrase("“%(label)s” hangs on “%(other)s”, which is no choice.", **words)
    elif not condition.values or not set(condition.values) <= set(other.options):
        yield phrase("“%(label)s” waits for an answer “%(other)s” does not offer.", **words)
    elif len(condition.values) > 1 and condition.match is not Match.IN:
        yield phrase("“%(label)s” compares with one answer of “%(other)s” only.", **words)


def _place(form: Form, field: Field) -> int:
    return form.fields.index(field)


def _circles(form: Form, field: Field) -> bool:
    seen: set[str] = set()
    here: Field | None = field
    while here is not None and here.shown_if is not None and here.code not in seen:
        seen.add(here.code)
        here = form.find(here.shown_if.field)
    return bool(seen) and here is not None and here.code == field.code


def _privacy(_form: Form, field: Field) -> Iterator[Phrase]:
    if field.data_class is DataClass.NONE:
        if field.kind in FILED:
            yield phrase(
                "“%(label)s” asks for a file: class it personal or sensitive.", label=field.label
            )
    elif field.retention_days is None:
        yield phrase(
            "“%(label)s” is about a person: say how many days after the event it is kept.",
            label=field.label,
        )
    if field.audience is Audience.PUBLIC and field.data_class is not DataClass.NONE:
        yield phrase("“%(label)s” is about a person and is never public.", label=field.label)
    most = LONGEST_KEPT[field.data_class]
    if field.retention_days is not None and field.retention_days > most:
        yield phrase(
            "“%(label)s” may be kept for at most %(most)s days.", label=field.label, most=most
        )


def _limits(_form: Form, field: Field) -> Iterator[Phrase]:
    if field.least and field.kind not in (FieldKind.NUMBER, FieldKind.DATE):
        yield phrase("“%(label)s” has no lower limit.", label=field.label)
    if not (field.least or field.most):
        return
    read = _READS.get(field.kind)
    if read is None:
        yield phrase("“%(label)s” has no limit.", label=field.label)
        return
    try:
        values = [read(text) for text in (field.least, field.most) if text]
    except (ValueError, Invalid):
        yield phrase("The limits of “%(label)s” cannot be read.", label=field.label)
        return
    if len(values) > 1 and values[0] > values[1]:
        yield phrase("The limits of “%(label)s” are the wrong way round.", label=field.label)


def _within(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not 0 < number <= most:
            raise ValueError(text)
        return number

    return read


_READS: Final[Mapping[FieldKind, Callable[[str], Any]]] = {
    FieldKind.TEXT: _within(LONGEST_TEXT),
    FieldKind.NUMBER: parse_number,
    FieldKind.DATE: dt.date.fromisoformat,
    FieldKind.FILE: _within(LARGEST_FILE),
    FieldKind.PHOTO: _within(LARGEST_FILE),
    FieldKind.CERTIFICATE: _within(LARGEST_FILE),
}
