"""The way through an entry: its steps in order, where it stands, and where a remark is mended."""

from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext

from actions.desk import Desk
from actions.entries import CHECK, CONDITIONS, PHOTO, WHO, WORK
from actions.replies import answers_of, questions
from models.entries import Entry
from rules.registration_answers import visible
from rules.registration_forms import CORE, Form
from rules.states import EntryState
from web.messages import REMARKS

AT_STEP: Final = {
    WHO: ("name", "id_number", "phone"),
    WORK: (
        "employer",
        "town",
        "occupation",
        "position",
        "in_trade_since",
        "skill_level",
        "certificate_no",
    ),
    PHOTO: ("photo",),
}
"""The usual fields a reviewer may remark on, by the step they are mended in."""


@dataclass(frozen=True)
class Stop:
    """One step: its words, its address and what it is known by."""

    key: str
    words: str
    url: str


@dataclass(frozen=True)
class Remark:
    """A reviewer's words about one field, and the step where it is mended."""

    stop: str
    field: str
    words: str
    url: str
    code: str


def stops(desk: Desk, entry: Entry) -> list[Stop]:
    """List the steps of an entry; pages of questions that ask this person nothing are left out."""
    form = questions(desk, entry)
    return [
        Stop("who", gettext("Who you are"), _step(entry, WHO)),
        Stop("work", gettext("Your work"), _step(entry, WORK)),
        *(
            Stop(f"page-{number}", form.pages[number - 1].title, page_url(entry, number))
            for number in pages_asked(desk, entry, form)
        ),
        Stop("photo", gettext("Portrait"), _step(entry, PHOTO)),
        Stop("conditions", gettext("Conditions"), url_for("entries.conditions", entry_id=entry.id)),
        Stop("check", gettext("Check and hand in"), url_for("entries.review", entry_id=entry.id)),
    ]


def pages_asked(desk: Desk, entry: Entry, form: Form) -> list[int]:
    """List the numbers of the pages that ask this person something, as far as answers tell."""
    shown = visible(form, answers_of(desk, entry)) if form.pages else frozenset()
    return [
        number
        for number, page in enumerate(form.pages, start=1)
        if any(field.code in shown for field in page.fields)
    ]


def page_url(entry: Entry, number: int) -> str:
    """Return the address of a page of questions."""
    return url_for("entry_questions.answer", entry_id=entry.id, page=number)


def place(desk: Desk, entry: Entry) -> str:
    """Return the address a draft or a returned entry has come to."""
    if entry.step < PHOTO:
        return _step(entry, entry.step)
    waiting = next_page(desk, entry)
    if waiting:
        return page_url(entry, waiting)
    ends = {CONDITIONS: "entries.conditions", CHECK: "entries.review"}
    if entry.step in ends:
        return url_for(ends[entry.step], entry_id=entry.id)
    return _step(entry, entry.step)


def next_page(desk: Desk, entry: Entry) -> int:
    """Return the first page of questions that was not saved yet, or 0."""
    if entry.state is not EntryState.DRAFT:
        return 0
    pages = pages_asked(desk, entry, questions(desk, entry))
    return next((number for number in pages if number > entry.pages_done), 0)


def remarks_of(desk: Desk, entry: Entry) -> list[Remark]:
    """List what a returned entry is to be mended in; a general remark names no field."""
    if entry.state is not EntryState.RETURNED:
        return []
    form = questions(desk, entry)
    order = ["", *CORE, *(field.code for field in form.fields)]
    names = sorted(entry.remarks, key=lambda name: order.index(name) if name in order else 0)
    return [_remark(entry, form, name, entry.remarks[name]) for name in names]


def _remark(entry: Entry, form: Form, name: str, words: str) -> Remark:
    field = form.find(name)
    if field is not None:
        return Remark("page-0", field.label, words, page_url(entry, 0), name)
    number = next((step for step, names in AT_STEP.items() if name in names), WHO)
    label = REMARKS.get(name, "")
    stop = {WHO: "who", WORK: "work", PHOTO: "photo"}[number]
    return Remark(stop, str(label), words, _step(entry, number), name)


def _step(entry: Entry, number: int) -> str:
    return url_for("entries.step", entry_id=entry.id, number=number)
