"""Reviewing entries: the queue of an event and one entry's page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from actions.duplicates import suspicions_of
from actions.endorsements import endorsement_of
from actions.entry_changes import changes_of
from actions.people import masked_id, masked_phone, reveal_identity
from actions.replies import questions, shown_answers
from actions.review_desks import held_of, reviewers_of
from actions.reviews import accept_entries, accept_entry, reject_entry, return_entry
from admin.entry_teams import team_of
from admin.events import event_here
from admin.forms.entries import BulkForm, RejectForm, RevealForm, return_form
from admin.forms.review_desks import ArrangeForm, HoldForm, NoteForm
from models.entries import Entry
from models.helpers import help_of, with_help
from models.people import Person
from models.reviews import Review, ReviewNote
from rules.duplicates import Suspicion
from rules.errors import Invalid
from rules.permits import Permit, may
from rules.registration_forms import Form
from rules.states import EntryState
from web.conditions import shown as shown_verdict
from web.db import db
from web.errors import sentence
from web.forms import Form as WebForm
from web.guard import needs
from web.headers import keep_nothing
from web.login import current_actor, desk
from web.messages import REMARKS
from web.paging import paged

bp = Blueprint("admin_entries", __name__, url_prefix="/admin/events/<int:event_id>/entries")
keep_nothing(bp)


@bp.get("/")
@needs(Permit.ENTRY_REVIEW)
def index(event_id: int) -> ResponseReturnValue:
    """List entries by state, oldest first; drafts are their owners' alone."""
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    state = request.args.get("state", "submitted")
    query = (
        select(Entry)
        .where(Entry.event_id == event_id, Entry.state != EntryState.DRAFT)
        .options(joinedload(Entry.person).joinedload(Person.organization), joinedload(Entry.team))
        .order_by(Entry.submitted_at, Entry.id)
    )
    if state in list(EntryState):
        query = query.where(Entry.state == EntryState(state))
    else:
        query = query.where(Entry.state != EntryState.JOINED)
    counts = db.session.execute(
        select(Entry.state, func.count()).where(Entry.event_id == event_id).group_by(Entry.state)
    )
    page = paged(query)
    form = BulkForm()
    form.entries.choices = [SelectChoice(entry.id, "") for entry in page.rows]
    return render_template(
        "admin/entries/index.html",
        event=event,
        page=page,
        state=state,
        counts={row[0]: row[1] for row in counts},
        states=[one for one in EntryState if one is not EntryState.DRAFT],
        reviews=_beside([entry.id for entry in page.rows]),
        held=len(held_of(desk(), event)),
        hold_form=HoldForm(),
        form=form,
    )


def _beside(keys: list[int]) -> dict[int, Review]:
    rows = db.session.scalars(
        select(Review).where(Review.entry_id.in_(keys)).options(joinedload(Review.assignee))
    )
    return {row.entry_id: row for row in rows}


@bp.post("/accept")
@needs(Permit.ENTRY_REVIEW)
def accept_many(event_id: int) -> ResponseReturnValue:
    """Accept several; the page says of each what became of it."""
    event = event_here(event_id, Permit.ENTRY_REVIEW)
    keys = request.form.getlist("entries", type=int)
    entries = db.session.scalars(
        select(Entry)
        .where(Entry.event_id == event_id, Entry.id.in_(keys))
        .options(joinedload(Entry.person), joinedload(Entry.event))
        .order_by(Entry.id)
    ).all()
    outcome = accept_entries(desk(), list(entries))
    db.session.commit()
    rows = [(entry, sentence(refusal) if refusal else "") for entry, refusal in outcome]
    return render_template("admin/entries/outcome.html", event=event, rows=rows)


@bp.get("/<int:entry_id>")
@needs(Permit.ENTRY_REVIEW)
def show(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show one entry: documents left, verdicts right, numbers masked."""
    return entry_page(event_id, entry_id)


@bp.post("/<int:entry_id>/accept")
@needs(Permit.ENTRY_REVIEW)
def accept(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Accept one entry."""
    entry = entry_here(event_id, entry_id)
    accept_entry(desk(), entry)
    db.session.commit()
    flash(gettext("Accepted. Pass number %(number)s", number=entry.pass_no), "done")
    return _onward(event_id, entry)


@bp.post("/<int:entry_id>/return")
@needs(Permit.ENTRY_REVIEW)
def send_back(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Return one entry with remarks by field."""
    entry = entry_here(event_id, entry_id)
    form = return_form(questions(desk(), entry))
    remarks = {
        "" if f.short_name == "general" else f.short_name: f.data or "" for f in form.remarks
    }
    if not form.validate_on_submit():
        return entry_page(event_id, entry_id, returning=form)
    try:
        return_entry(desk(), entry, remarks=remarks)
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return entry_page(event_id, entry_id, returning=form)
    db.session.commit()
    flash(gettext("Returned with your remarks."), "done")
    return _onward(event_id, entry)


@bp.post("/<int:entry_id>/reject")
@needs(Permit.ENTRY_REVIEW)
def reject(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Reject one entry with a reason."""
    entry = entry_here(event_id, entry_id)
    form = RejectForm()
    if not form.validate_on_submit():
        return entry_page(event_id, entry_id, rejecting=form)
    reject_entry(desk(), entry, reason=form.reason.data)
    db.session.commit()
    flash(gettext("Rejected with your reason."), "done")
    return _onward(event_id, entry)


@bp.post("/<int:entry_id>/reveal")
@needs(Permit.ENTRY_REVIEW)
def reveal(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show the whole numbers once; who looked and why is on record."""
    entry = entry_here(event_id, entry_id)
    form = RevealForm()
    if not form.validate_on_submit():
        return entry_page(event_id, entry_id, revealing=form)
    shown = reveal_identity(desk(), entry, reason=form.reason.data)
    db.session.commit()
    return entry_page(event_id, entry_id, shown=shown)


def _onward(event_id: int, entry: Entry) -> ResponseReturnValue:
    """Go on to who waits next, back to the queue when nobody does."""
    following = _next(entry)
    if following is None:
        return redirect(url_for(".index", event_id=event_id))
    return redirect(url_for(".show", event_id=event_id, entry_id=following))


def _next(entry: Entry) -> int | None:
    """Return who stands behind this entry in the queue, or its head at the end."""
    queue = (
        select(Entry.id)
        .where(
            Entry.event_id == entry.event_id,
            Entry.id != entry.id,
            Entry.state == EntryState.SUBMITTED,
        )
        .order_by(Entry.submitted_at, Entry.id)
        .limit(1)
    )
    here = tuple_(Entry.submitted_at, Entry.id)
    behind = queue.where(here > tuple_(entry.submitted_at, entry.id))
    return db.session.scalars(behind).first() or db.session.scalars(queue).first()


def entry_here(event_id: int, entry_id: int) -> Entry:
    """Return the entry of the address to who reviews its event; drafts are their owners' alone."""
    event_here(event_id, Permit.ENTRY_REVIEW)
    query = select(Entry).filter_by(id=entry_id, event_id=event_id)
    person = joinedload(Entry.person)
    query = query.where(Entry.state != EntryState.DRAFT).options(
        joinedload(Entry.event),
        joinedload(Entry.photo),
        joinedload(Entry.form),
        with_help(),
        person.joinedload(Person.organization),
        person.joinedload(Person.town),
        person.joinedload(Person.occupation),
    )
    entry: Entry = db.one_or_404(query)
    return entry


def entry_page(
    event_id: int,
    entry_id: int,
    *,
    shown: tuple[str, str] | None = None,
    **refused: WebForm,
) -> ResponseReturnValue:
    """Show one entry; a form that was refused keeps what was typed and says why."""
    entry = entry_here(event_id, entry_id)
    at, person, asked = desk(), entry.person, questions(desk(), entry)
    numbers = (masked_id(at, person), masked_phone(at, person)) if person else ("", "")
    review = db.session.get(Review, entry.id)
    forms: dict[str, WebForm] = {
        "returning": return_form(asked, formdata=None),
        "rejecting": RejectForm(formdata=None),
        "revealing": RevealForm(formdata=None),
        "note_form": NoteForm(formdata=None),
        "arrange_form": ArrangeForm(review, reviewers_of(at, entry.event)),
        **refused,
    }
    page = render_template(
        "admin/entries/show.html",
        event=entry.event,
        entry=entry,
        numbers=shown or numbers,
        whole=shown is not None,
        verdicts=[shown_verdict(row) for row in entry.verdicts],
        endorsement=endorsement_of(at, entry),
        team=team_of(at, entry),
        answers=shown_answers(at, entry, whole=shown is not None),
        changes=[(_field_words(change.name, asked), change) for change in changes_of(at, entry)],
        review=review,
        notes=_notes(entry),
        following=_next(entry),
        doubles=_doubles(entry),
        helped=help_of(entry),
        may_merge=may(current_actor(), Permit.PERSON_MERGE),
        **forms,
    )
    return page, 422 if refused else 200


def _field_words(name: str, asked: Form) -> str:
    field = asked.find(name)
    return field.label if field else str(REMARKS.get(name, name))


def _doubles(entry: Entry) -> list[tuple[Suspicion, Person]]:
    """List the records that may be the entrant's own, once more."""
    found = suspicions_of(desk(), entry)
    if not found:
        return []
    keys = [pair.high if pair.low == entry.person_id else pair.low for pair in found]
    people = db.session.scalars(
        select(Person).where(Person.id.in_(keys)).options(joinedload(Person.organization))
    )
    rows = {person.id: person for person in people}
    return [(pair, rows[key]) for pair, key in zip(found, keys, strict=True)]


def _notes(entry: Entry) -> list[ReviewNote]:
    return list(
        db.session.scalars(
            select(ReviewNote)
            .filter_by(entry_id=entry.id)
            .options(joinedload(ReviewNote.author))
            .order_by(ReviewNote.id)
        )
    )
