"""The review desk of an event: held decisions and what colleagues keep beside an entry."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.review_desks import (
    Outcome,
    add_note,
    apply_held,
    arrange,
    held_of,
    hold,
    let_go,
    review_of,
    reviewers_of,
)
from admin.entries import entry_here, entry_page
from admin.events import event_here
from admin.forms.review_desks import ArrangeForm, HoldForm, NoteForm
from models.entries import Entry
from rules.errors import Invalid
from rules.permits import Permit
from rules.states import EntryState
from rules.terms import Decision
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.headers import keep_nothing
from web.login import desk

bp = Blueprint("admin_review_desks", __name__, url_prefix="/admin/events/<int:event_id>/decisions")
keep_nothing(bp)


@bp.get("/")
@needs(Permit.ENTRY_REVIEW)
def index(event_id: int) -> ResponseReturnValue:
    """List the held decisions with the words each entrant will read."""
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    return render_template(
        "admin/review_desks/index.html", event=event, rows=held_of(desk(), event)
    )


@bp.post("/hold")
@needs(Permit.ENTRY_REVIEW)
def hold_many(event_id: int) -> ResponseReturnValue:
    """Hold one decision for the chosen entries."""
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    form = HoldForm()
    entries = _chosen(event_id)
    if not entries:
        flash(gettext("No entry was chosen."), "done")
        return redirect(url_for("admin_entries.index", event_id=event_id))
    if not form.validate_on_submit():
        return render_template(
            "admin/review_desks/again.html", event=event, form=form, entries=entries
        ), 422
    try:
        outcome = hold(desk(), entries, Decision(form.decision.data), reason=form.words())
    except Invalid as refusal:
        form.take(refusal)
        return render_template(
            "admin/review_desks/again.html", event=event, form=form, entries=entries
        ), 422
    db.session.commit()
    return _told(event_id, outcome, gettext("held"))


@bp.post("/apply")
@needs(Permit.ENTRY_REVIEW)
def apply(event_id: int) -> ResponseReturnValue:
    """Apply all held decisions once."""
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    outcome = apply_held(desk(), event)
    db.session.commit()
    return _told(event_id, outcome, gettext("applied"))


@bp.post("/<int:entry_id>/let-go")
@needs(Permit.ENTRY_REVIEW)
def release(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Take one held decision back."""
    let_go(desk(), entry_here(event_id, entry_id))
    db.session.commit()
    flash(gettext("The decision is taken back; the entry waits again."), "done")
    return redirect(url_for(".index", event_id=event_id))


@bp.post("/<int:entry_id>/note")
@needs(Permit.ENTRY_REVIEW)
def note(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Add a note for colleagues."""
    entry, form = entry_here(event_id, entry_id), NoteForm()
    if form.validate_on_submit():
        add_note(desk(), entry, form.note.data)
        db.session.commit()
        flash(gettext("The note is kept."), "done")
        return redirect(url_for("admin_entries.show", event_id=event_id, entry_id=entry_id))
    return entry_page(event_id, entry_id, note_form=form)


@bp.post("/<int:entry_id>/arrange")
@needs(Permit.ENTRY_REVIEW)
def set_tags(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Set tags and the colleague."""
    entry = entry_here(event_id, entry_id)
    form = ArrangeForm(review_of(desk(), entry), reviewers_of(desk(), entry.event))
    if form.validate_on_submit():
        arrange(desk(), entry, tags=form.tags.data or "", assignee_id=form.assignee.data or None)
        db.session.commit()
        flash(gettext("Saved."), "done")
        return redirect(url_for("admin_entries.show", event_id=event_id, entry_id=entry_id))
    return entry_page(event_id, entry_id, arrange_form=form)


def _chosen(event_id: int) -> list[Entry]:
    keys = request.form.getlist("entries", type=int)
    return list(
        db.session.scalars(
            select(Entry)
            .where(
                Entry.event_id == event_id,
                Entry.id.in_(keys),
                Entry.state != EntryState.DRAFT,
            )
            .options(joinedload(Entry.person), joinedload(Entry.event))
            .order_by(Entry.id)
        )
    )


def _told(event_id: int, outcome: Outcome, done: str) -> ResponseReturnValue:
    rows = [(entry, sentence(refusal) if refusal else done) for entry, refusal in outcome]
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    return render_template("admin/entries/outcome.html", event=event, rows=rows)
