"""An event's own questions: answered page by page, and changed after the entry was handed in."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import PHOTO
from actions.entry_answers import save_answers
from actions.entry_changes import EDITABLE, SETTLED, STANDING, may_change, open_fields
from actions.people import masked_id, masked_phone
from actions.replies import answers_of, files_of, questions, shown_answers, take_file
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Organization
from rules.errors import Blocked, Invalid, Refusal
from rules.registration_answers import check_answers
from rules.registration_forms import CORE, FieldKind, Form
from rules.states import EntryState
from showcase.entry_plan import place, remarks_of, stops
from web.db import db
from web.errors import say, sentence
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import current_account, desk
from web.registration_forms import Asking, QuestionForm, Registers, question_form

bp = Blueprint("entry_questions", __name__, url_prefix="/account/entries")
WHOLE = 0
"""The page number that stands for all questions at once."""
keep_nothing(bp)


@bp.route("/<int:entry_id>/questions/<int:page>", methods=["GET", "POST"])
@signed_in
def answer(entry_id: int, page: int) -> ResponseReturnValue:
    """Ask one page of a draft, or every question of an entry that was handed in."""
    entry = own_entry(entry_id)
    at, form = desk(), questions(desk(), entry)
    _lead_elsewhere(at, entry, form, page)
    built = _built(at, entry, form, page)
    registers, opens, status = built.asking.registers, 0, 200
    answers = built.answers(_taken(at, entry, built))
    if built.is_submitted():
        opens = len(built.newly_asked(answers))
        if not opens and _saved(at, entry, built, answers, page):
            return redirect(_after(at, entry, page))
        status = 422 if built.errors else 200
    rows = _built_again(built, at, entry).questions(answers)
    return (
        render_template(
            "showcase/entries/questions.html",
            entry=entry,
            form=built,
            asked=rows,
            registers=registers,
            opens=opens,
            title=form.pages[page - 1].title if page else gettext("Further questions"),
            stop=f"page-{page}",
            stops=stops(at, entry),
        ),
        status,
    )


@bp.get("/<int:entry_id>/change")
@signed_in
def change(entry_id: int) -> ResponseReturnValue:
    """Show all that was handed in, with what a change of it leads to."""
    entry = own_entry(entry_id)
    if not may_change(desk(), entry):
        return redirect(url_for("entries.show", entry_id=entry.id))
    return render_template("showcase/entries/change.html", **facts(desk(), entry))


def facts(at: Desk, entry: Entry) -> dict[str, Any]:
    """Return what the pages need that show an entry row by row."""
    person, remarks, form = entry.person, remarks_of(at, entry), questions(at, entry)
    return {
        "entry": entry,
        "person": person,
        "id_number": masked_id(at, person) if person else "",
        "phone": masked_phone(at, person) if person else "",
        "core_off": form.core_off,
        "closed": _closed(entry, form, answers_of(at, entry)),
        "answers": shown_answers(at, entry),
        "remarks": remarks,
        "said": {remark.code: remark.words for remark in remarks},
    }


def _closed(entry: Entry, form: Form, answers: dict[str, str]) -> set[str]:
    """Name the fields that cannot be changed now."""
    if entry.state in STANDING:
        return set(SETTLED)
    opened = open_fields(entry, form, answers)
    every = {*CORE, *(field.code for field in form.fields)}
    return set() if opened is None else every - opened


def own_entry(entry_id: int) -> Entry:
    """Return an entry of the visitor's own, or answer that there is none."""
    query = select(Entry).filter_by(id=entry_id, account_id=current_account().id)
    entry: Entry = db.one_or_404(query)
    return entry


def _lead_elsewhere(at: Desk, entry: Entry, form: Form, page: int) -> None:
    whole = entry.state is not EntryState.DRAFT
    if not (entry.state in EDITABLE or may_change(at, entry)):
        abort(redirect(url_for("entries.show", entry_id=entry.id)))
    if whole and page != WHOLE and form.pages:
        abort(redirect(url_for(".answer", entry_id=entry.id, page=WHOLE)))
    known = page <= len(form.pages) and bool(form.fields)
    ahead = not whole and (page == WHOLE or page > entry.pages_done + 1)
    if not known or (not whole and entry.step < PHOTO) or ahead:
        here = place(at, entry) if entry.state in EDITABLE else _shown(entry)
        abort(redirect(here))


def _built(at: Desk, entry: Entry, form: Form, page: int) -> QuestionForm:
    answers = answers_of(at, entry)
    fields = form.fields if page == WHOLE else form.pages[page - 1].fields
    return question_form(
        Asking(
            form,
            tuple(fields),
            answers,
            files_of(at, entry),
            registers_for(at, form),
            open_fields(entry, form, answers),
            {remark.code: remark.words for remark in remarks_of(at, entry)},
        )
    )


def _built_again(built: QuestionForm, at: Desk, entry: Entry) -> QuestionForm:
    """Let the page know the files that have come in with this request."""
    built.know_files(files_of(at, entry))
    return built


def registers_for(at: Desk, form: Form) -> Registers:
    """Read the registers this form suggests from; a form that needs none costs nothing."""
    kinds = {field.kind for field in form.fields if field.asked}
    units = trades = ()
    if FieldKind.ORGANIZATION in kinds:
        query = select(Organization.name).order_by(Organization.name)
        units = tuple(at.session.scalars(query))  # type: ignore[assignment]  # widened from ()
    if FieldKind.OCCUPATION in kinds:
        names = select(Occupation.name).order_by(Occupation.name)
        trades = tuple(at.session.scalars(names))  # type: ignore[assignment]  # widened from ()
    return Registers(units, trades)


def _taken(at: Desk, entry: Entry, built: QuestionForm) -> dict[str, str]:
    """Keep the files that came, whatever else is wrong with the page."""
    if not (built.is_submitted() and built.sent()):
        return {}
    taken: dict[str, str] = {}
    for field, sent in built.sent():
        slot = field.file_slot or ""
        try:
            file = take_file(at, entry, field, sent.read(), sent.filename or "")
        except Invalid as refusal:
            built.broken[slot] = sentence(refusal)
        else:
            taken[slot] = str(file.id)
    db.session.commit()
    return taken


def _saved(at: Desk, entry: Entry, built: QuestionForm, answers: dict[str, str], page: int) -> bool:
    codes = [field.code for field in built.asking.fields]
    if not built.validate():
        return False
    built.take_faults(check_answers(built.asking.form, answers, codes))
    if built.errors:
        return False
    was = entry.state
    try:
        save_answers(at, entry, answers, page=page or None)
    except (Invalid, Blocked) as refusal:
        db.session.rollback()
        built.form_errors.append(words_of(refusal))
        return False
    db.session.commit()
    tell_change(was, entry)
    return True


def words_of(refusal: Refusal) -> str:
    """Say a refusal with its reasons in one line."""
    reasons = [say(reason) for reason in getattr(refusal, "reasons", ())]
    return sentence(refusal) + "；".join(reasons)


def tell_change(was: EntryState, entry: Entry) -> None:
    """Say what a change of an entry that was handed in has led to."""
    if was is EntryState.ACCEPTED and entry.state is EntryState.SUBMITTED:
        flash(
            gettext(
                "Changed. The office checks the entry once more; your place and your pass number "
                "are kept for you."
            ),
            "done",
        )
    elif was is EntryState.SUBMITTED:
        flash(gettext("Saved. The office sees the entry as it is now."), "done")
    elif was is EntryState.JOINED:
        flash(gettext("Saved. The team's entry has your part as it is now."), "done")


def _after(at: Desk, entry: Entry, page: int) -> str:
    if entry.state is EntryState.RETURNED:
        return url_for("entries.review", entry_id=entry.id)
    if entry.state is not EntryState.DRAFT:
        return _shown(entry)
    found = stops(at, entry)
    keys = [stop.key for stop in found]
    here = f"page-{page}"
    return found[keys.index(here) + 1].url if here in keys else place(at, entry)


def _shown(entry: Entry) -> str:
    return url_for("entries.show", entry_id=entry.id)
