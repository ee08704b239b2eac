"""Registration forms being built: questions put in, moved and taken out, versions compared."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from rules.phrases import Phrase, phrase
from rules.registration_checks import KEPT_NAMES
from rules.registration_forms import Field, Form, Page


def put_field(form: Form, field: Field, page: int) -> Form:
    """Return the form with a question on a page: in its old place there, or at the page's end."""
    filled = replace(form, pages=form.pages + (Page(""),) * (page - len(form.pages)))
    if filled.page_of(field.code) == page:
        return _each_page(filled, lambda row: [field if f.code == field.code else f for f in row])
    without = drop_field(filled, field.code)
    pages = [
        replace(one, fields=(*one.fields, field)) if number == page else one
        for number, one in enumerate(without.pages, start=1)
    ]
    return replace(without, pages=tuple(pages))


def drop_field(form: Form, code: str) -> Form:
    """Return the form without a question."""
    return _each_page(form, lambda row: [field for field in row if field.code != code])


def move_field(form: Form, code: str, *, up: bool) -> Form:
    """Return the form with a question one place up or down; at a page's edge it changes pages."""
    number = form.page_of(code)
    if not number:
        return form
    rows = [list(page.fields) for page in form.pages]
    row, step = rows[number - 1], -1 if up else 1
    at = next(place for place, field in enumerate(row) if field.code == code)
    if 0 <= at + step < len(row):
        row[at], row[at + step] = row[at + step], row[at]
    elif 0 <= number - 1 + step < len(rows):
        other = rows[number - 1 + step]
        other.insert(len(other) if up else 0, row.pop(at))
    made = zip(form.pages, rows, strict=True)
    return replace(form, pages=tuple(replace(page, fields=tuple(row)) for page, row in made))


def free_code(form: Form, wanted: str) -> str:
    """Return a code no question of the form has yet, as near to the wanted one as may be.

    >>> free_code(Form(), "2-dang-an")
    'q_2_dang_an'
    """
    stem = wanted.replace("-", "_")
    stem = (stem if stem[:1].isalpha() else f"q_{stem}")[:24].rstrip("_") or "q"
    taken = {field.code for field in form.fields} | set(KEPT_NAMES)
    names = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def differences(old: Form, new: Form) -> tuple[Phrase, ...]:
    """Say what a new version changes against an old one, question by question."""
    found = [
        phrase("Added: “%(label)s”.", label=field.label)
        for field in new.fields
        if old.find(field.code) is None
    ]
    found += [
        phrase("Removed: “%(label)s”.", label=field.label)
        for field in old.fields
        if new.find(field.code) is None
    ]
    found += [said for field in new.fields for said in _changes(old.find(field.code), field)]
    if _order(old, new) != _order(new, old):
        found.append(phrase("The order of the questions has changed."))
    if set(old.core_off) != set(new.core_off):
        found.append(phrase("Which of the usual questions are asked has changed."))
    return tuple(found)


def _changes(old: Field | None, new: Field) -> tuple[Phrase, ...]:
    if old is None or old == new:
        return ()
    if old.asked is not new.asked:
        if new.asked:
            return (phrase("Asked now: “%(label)s”.", label=new.label),)
        return (phrase("No longer asked: “%(label)s”.", label=new.label),)
    if old.label != new.label:
        return (phrase("“%(old)s” is now called “%(label)s”.", old=old.label, label=new.label),)
    return tuple(_aspects(old, new))


def _aspects(old: Field, new: Field) -> Iterator[Phrase]:
    if old.required is not new.required:
        if new.required:
            yield phrase("“%(label)s” must be answered now.", label=new.label)
        else:
            yield phrase("“%(label)s” need not be answered any more.", label=new.label)
    if old.shown_if != new.shown_if:
        yield phrase("“%(label)s” is asked of other people than before.", label=new.label)
    if old.options != new.options:
        yield phrase("“%(label)s” offers other answers.", label=new.label)
    kept = ("data_class", "retention_days", "audience")
    if any(getattr(old, name) != getattr(new, name) for name in kept):
        yield phrase("“%(label)s” is kept or shown otherwise.", label=new.label)
    if any(getattr(old, name) != getattr(new, name) for name in ("kind", "help", "least", "most")):
        yield phrase("“%(label)s” is put or limited otherwise.", label=new.label)


def _order(form: Form, other: Form) -> list[tuple[str, int]]:
    codes = [field.code for field in form.fields if other.find(field.code)]
    return [(code, form.page_of(code)) for code in codes]


def _each_page(form: Form, change: Callable[[tuple[Field, ...]], list[Field]]) -> Form:
    pages = (replace(page, fields=tuple(change(page.fields))) for page in form.pages)
    return replace(form, pages=tuple(pages))
