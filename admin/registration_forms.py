"""The builder of registration forms: an event's own questions, version by version."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.registration_forms import (
    ASKING,
    begin_form,
    change_form,
    release_form,
    renew_form,
    reopen_form,
    versions,
)
from adapters.slugs import slug_of
from admin.events import event_here
from admin.forms.registration_forms import BeginForm, FieldForm, FrameForm, filled
from models.contests import Event
from models.occupations import Occupation
from models.organizations import Organization
from models.registration_forms import RegistrationForm, newest_form, numbered_form
from rules.errors import Blocked
from rules.permits import Permit
from rules.registration_answers import check_answers
from rules.registration_checks import check_form
from rules.registration_edits import differences, drop_field, free_code, move_field, put_field
from rules.registration_forms import MOST_PAGES, OPTIONAL_CORE, Field, FieldKind, Form, Page
from web.db import db
from web.guard import needs
from web.login import desk
from web.registration_forms import (
    AUDIENCES,
    CLASSES,
    KINDS,
    MATCHES,
    Asking,
    Registers,
    question_form,
)

bp = Blueprint("admin_registration_forms", __name__, url_prefix="/admin/events/<int:event_id>/form")
SUGGESTED = 40
"""Names a preview suggests; the real form suggests all of them."""


@dataclass(frozen=True)
class Draft:
    """The version a builder works on."""

    event: Event
    row: RegistrationForm

    @property
    def form(self) -> Form:
        """Its questions."""
        return self.row.form


@bp.get("/")
@needs(Permit.CONTEST_EDIT)
def show(event_id: int) -> ResponseReturnValue:
    """Show the newest version, or another by its number, with what is wrong and what is new."""
    return _page(event_here(event_id, Permit.CONTEST_EDIT))


@bp.post("/begin")
@needs(Permit.CONTEST_EDIT)
def begin(event_id: int) -> ResponseReturnValue:
    """Begin the first version."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    begin_form(desk(), event, BeginForm().template.data or "")
    return _done(event, gettext("The form is begun. Nobody is asked anything yet."))


@bp.post("/renew")
@needs(Permit.CONTEST_EDIT)
def renew(event_id: int) -> ResponseReturnValue:
    """Begin the next version."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    row = renew_form(desk(), event)
    words = gettext("Version %(number)s is begun; the one in use stays in use.", number=row.number)
    return _done(event, words)


@bp.post("/release")
@needs(Permit.CONTEST_EDIT)
def release(event_id: int) -> ResponseReturnValue:
    """Ask new entries these questions."""
    draft = _newest(event_id)
    release_form(desk(), draft.event, draft.row)
    return _done(draft.event, gettext("New entries are asked these questions from now on."))


@bp.post("/reopen")
@needs(Permit.CONTEST_EDIT)
def reopen(event_id: int) -> ResponseReturnValue:
    """Take an unused version back to change it."""
    draft = _newest(event_id)
    reopen_form(desk(), draft.event, draft.row)
    return _done(draft.event, gettext("Taken back. New entries are not asked these questions."))


@bp.post("/frame")
@needs(Permit.CONTEST_EDIT)
def frame(event_id: int) -> ResponseReturnValue:
    """Keep the titles of the pages and which usual questions are asked."""
    draft, form = _newest(event_id), FrameForm()
    if not form.validate_on_submit():
        return _page(draft.event, form), 422
    pages = [*draft.form.pages, *(Page("") for _ in range(MOST_PAGES))][:MOST_PAGES]
    named = [replace(page, title=title) for page, title in zip(pages, form.titles, strict=True)]
    while named and not (named[-1].title or named[-1].fields):
        named.pop()
    change_form(desk(), draft.event, draft.row, Form(tuple(named), form.core_off))
    return _done(draft.event, gettext("Saved."))


@bp.route("/questions/new", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def add(event_id: int) -> ResponseReturnValue:
    """Add a question."""
    draft = _newest(event_id)
    form = FieldForm(draft.form, data={"asked": True, "page": max(1, len(draft.form.pages))})
    if form.validate_on_submit():
        code = free_code(draft.form, slug_of(form.label.data, longest=24))
        change_form(
            desk(),
            draft.event,
            draft.row,
            put_field(draft.form, form.question(code), form.page.data),
        )
        return _done(draft.event, gettext("Added: “%(label)s”.", label=form.label.data))
    return _field_page(draft, form, None)


@bp.route("/questions/<code>", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def edit(event_id: int, code: str) -> ResponseReturnValue:
    """Change a question."""
    draft = _newest(event_id)
    field = _field(draft, code)
    data = filled(field, draft.form.page_of(code))
    form = FieldForm(draft.form, code=code, data=data)
    if form.validate_on_submit():
        changed = put_field(draft.form, form.question(code), form.page.data)
        change_form(desk(), draft.event, draft.row, changed)
        return _done(draft.event, gettext("Saved."))
    return _field_page(draft, form, field)


@bp.post("/questions/<code>/<any(up, down, remove, ask):deed>")
@needs(Permit.CONTEST_EDIT)
def arrange(event_id: int, code: str, deed: str) -> ResponseReturnValue:
    """Move a question, take it out, or ask one that stands there unasked."""
    draft = _newest(event_id)
    field, form = _field(draft, code), draft.form
    changed = {
        "up": lambda: move_field(form, code, up=True),
        "down": lambda: move_field(form, code, up=False),
        "remove": lambda: drop_field(form, code),
        "ask": lambda: put_field(form, replace(field, asked=True), form.page_of(code)),
    }[deed]()
    change_form(desk(), draft.event, draft.row, changed)
    said = gettext("Removed: “%(label)s”.", label=field.label) if deed == "remove" else ""
    return _done(draft.event, said, anchor="" if deed == "remove" else f"row-{code}")


@bp.route("/preview/<int:number>/<int:page>", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def preview(event_id: int, number: int, page: int) -> ResponseReturnValue:
    """Show a page as a contestant will see it; what is typed is checked and forgotten."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    row = numbered_form(db.session(), event.id, number)
    if row is None or not 0 < page <= len(row.form.pages):
        abort(404)
    form = row.form
    asking = Asking(form, form.pages[page - 1].fields, {}, registers=_suggestions(form))
    built = question_form(asking)
    answers, opens = built.answers(), 0
    if built.is_submitted():
        opens = len(built.newly_asked(answers))
        if not opens and built.validate():
            codes = [field.code for field in asking.fields]
            built.take_faults(check_answers(form, answers, codes))
    html = render_template(
        "admin/registration_forms/preview.html",
        event=event,
        row=row,
        page=page,
        form=built,
        pages=form.pages,
        asked=built.questions(answers),
        registers=asking.registers,
        opens=opens,
        held=built.is_submitted() and not opens and not built.errors,
    )
    return html, 422 if built.errors else 200


def _page(event: Event, frame: FrameForm | None = None) -> str:
    rows = versions(desk(), event)
    number = request.args.get("version", type=int)
    row = next((one for one in rows if one.number == number), rows[0] if rows else None)
    older = next((one for one in rows if row and one.number == row.number - 1), None)
    form = row.form if row else Form()
    return render_template(
        "admin/registration_forms/show.html",
        event=event,
        rows=rows,
        row=row,
        form=form,
        faults=check_form(form) if row else (),
        changes=differences(older.form, form) if older else (),
        is_draft=row is not None and row is rows[0] and row.released_at is None,
        may_build=event.state in ASKING,
        begin=BeginForm(formdata=None),
        frame=frame or _frame(form),
        words=_words(),
    )


def _suggestions(form: Form) -> Registers:
    kinds = {field.kind for field in form.fields}
    session = db.session()
    units = Organization if FieldKind.ORGANIZATION in kinds else None
    trades = Occupation if FieldKind.OCCUPATION in kinds else None
    return Registers(*(_names(session, table) for table in (units, trades)))


def _names(session: Any, table: Any) -> tuple[str, ...]:  # noqa: ANN401  # either register
    if table is None:
        return ()
    rows = session.query(table.name).order_by(table.name).limit(SUGGESTED)
    return tuple(name for (name,) in rows)


def _newest(event_id: int) -> Draft:
    event = event_here(event_id, Permit.CONTEST_EDIT)
    row = newest_form(db.session(), event.id)
    if row is None:
        raise Blocked("This event has no form yet. Begin one first.")
    return Draft(event, row)


def _field(draft: Draft, code: str) -> Field:
    field = draft.form.find(code)
    if field is None:
        abort(404)
    return field


def _frame(form: Form) -> FrameForm:
    titles = {f"title_{n}": page.title for n, page in enumerate(form.pages, start=1)}
    asked = [code for code in OPTIONAL_CORE if code not in form.core_off]
    return FrameForm(formdata=None, data={**titles, "core": asked})


def _field_page(draft: Draft, form: FieldForm, field: Field | None) -> ResponseReturnValue:
    if draft.row.released_at is not None:
        return redirect(url_for(".show", event_id=draft.event.id))
    faults = [fault for fault in check_form(draft.form) if field and fault.code == field.code]
    page = render_template(
        "admin/registration_forms/field.html",
        event=draft.event,
        form=form,
        asked=field,
        faults=faults,
        choices=[one for one in draft.form.fields if one.kind is FieldKind.CHOICE],
    )
    return page, 422 if form.errors else 200


def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "classes": CLASSES, "audiences": AUDIENCES, "matches": MATCHES}


def _done(event: Event, words: str, anchor: str = "") -> ResponseReturnValue:
    db.session.commit()
    if words:
        flash(words, "done")
    return redirect(url_for(".show", event_id=event.id, _anchor=anchor or None))
