"""A participant's entries: begun, filled in step by step, submitted, followed."""

import secrets

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.conditions import verdict_row, verdicts_of
from actions.endorsements import endorsement_of
from actions.entries import CHECK, CONDITIONS, PHOTO, STEPS, begin_entry, confirm_conditions
from actions.entry_changes import EDITABLE, may_change
from actions.helpers import entered_for_others
from actions.submissions import (
    is_full,
    join_waiting,
    may_recall,
    recall_entry,
    submit_entry,
    waiting_position,
    withdraw_entry,
)
from models.certificates import Certificate
from models.contests import Contest, Event
from models.entries import Entry
from models.helpers import with_help
from models.registration_forms import form_in_force, questions_of
from rules.errors import Blocked, Invalid, Refusal
from rules.states import EntryState
from rules.visibility import PUBLIC_RESULTS
from showcase.entry_plan import next_page, place, remarks_of, stops
from showcase.entry_questions import facts, own_entry, tell_change, words_of
from showcase.entry_steps import PLACES, save_step, step_form
from showcase.forms.entries import BeginForm, DeedForm, WithdrawForm
from showcase.schedules import schedule_of
from showcase.team_groups import group_of
from web.conditions import shown
from web.db import db
from web.errors import sentence
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import current_account, desk, request_time

bp = Blueprint("entries", __name__, url_prefix="/account/entries")
keep_nothing(bp)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List one's own entries and certificates."""
    account = current_account()
    rows = db.session.scalars(
        select(Entry)
        .filter_by(account_id=account.id)
        .options(
            joinedload(Entry.event).joinedload(Event.contest),
            joinedload(Entry.person),
            joinedload(Entry.team),
            with_help(),
        )
        .order_by(Entry.id.desc())
    ).all()
    certificates = db.session.scalars(
        select(Certificate).where(Certificate.person_id == (account.person_id or 0))
    ).all()
    return render_template(
        "showcase/entries/index.html",
        entries=rows,
        handed=[row for row in entered_for_others(desk()) if row.taken_at or row.objected_at],
        certificates=certificates,
        public_results=PUBLIC_RESULTS,
    )


@bp.route("/new/<slug>/<event>", methods=["GET", "POST"])
@signed_in
def begin(slug: str, event: str) -> ResponseReturnValue:
    """Begin an entry; the page says first what is asked and why."""
    row = db.one_or_404(
        select(Event).join(Contest).where(Contest.slug == slug, Event.slug == event)
    )
    if row.team_most > 1:
        return redirect(url_for("teams.found", slug=slug, event=event))
    form = BeginForm(form_key=secrets.token_hex(16))
    if form.validate_on_submit():
        entry = begin_entry(desk(), row, form_key=form.form_key.data)
        db.session.commit()
        return redirect(place(desk(), entry))
    asked = questions_of(form_in_force(db.session(), row.id))
    return render_template(
        "showcase/entries/begin.html",
        event=row,
        form=form,
        now=request_time(),
        steps=STEPS + sum(any(field.asked for field in page.fields) for page in asked.pages),
        papers=[field.label for field in asked.fields if field.asked and field.file_slot],
    )


@bp.get("/<int:entry_id>/resume")
@signed_in
def resume(entry_id: int) -> ResponseReturnValue:
    """Lead on to where an entry was left."""
    return redirect(place(desk(), _open(entry_id)))


@bp.route("/<int:entry_id>/step/<int:number>", methods=["GET", "POST"])
@signed_in
def step(entry_id: int, number: int) -> ResponseReturnValue:
    """Fill in one step; what was saved before is there again."""
    if number not in PLACES:
        return redirect(place(desk(), _open(entry_id)))
    entry = _changeable(entry_id, number)
    form, was = step_form(desk(), entry, number), entry.state
    if form.validate_on_submit():
        try:
            save_step(desk(), entry, number, form)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except Blocked as refusal:
            db.session.rollback()
            form.form_errors.append(words_of(refusal))
        else:
            db.session.commit()
            tell_change(was, entry)
            return redirect(_after(entry, number))
    page = render_template(
        f"showcase/entries/{PLACES[number]}.html",
        entry=entry,
        form=form,
        stop=PLACES[number],
        stops=stops(desk(), entry),
        remarks=remarks_of(desk(), entry),
    )
    return page, 422 if form.errors else 200


@bp.route("/<int:entry_id>/conditions", methods=["GET", "POST"])
@signed_in
def conditions(entry_id: int) -> ResponseReturnValue:
    """Show every condition with its verdict; go on when none fails."""
    entry = _open(entry_id, reached=CONDITIONS)
    form = DeedForm()
    if form.validate_on_submit():
        try:
            confirm_conditions(desk(), entry)
        except Blocked as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            return redirect(url_for(".review", entry_id=entry.id))
    verdicts = [shown(verdict_row(verdict)) for verdict in verdicts_of(desk(), entry)]
    page = render_template(
        "showcase/entries/conditions.html",
        entry=entry,
        form=form,
        verdicts=verdicts,
        stop="conditions",
        stops=stops(desk(), entry),
    )
    return page, 422 if form.errors else 200


@bp.route("/<int:entry_id>/review", methods=["GET", "POST"])
@signed_in
def review(entry_id: int) -> ResponseReturnValue:
    """Show all answers once more; hand in."""
    entry = _open(entry_id, reached=CHECK)
    form = DeedForm()
    if form.validate_on_submit():
        try:
            (join_waiting if request.form.get("wait") else submit_entry)(desk(), entry)
        except Refusal as refusal:
            db.session.rollback()
            form.form_errors.append(words_of(refusal))
        else:
            db.session.commit()
            return _handed_in(entry)
    page = render_template(
        "showcase/entries/review.html",
        **facts(desk(), entry),
        form=form,
        stop="check",
        stops=stops(desk(), entry),
        full=is_full(entry.event) and not entry.holds_seat and not entry.follows,
        group=group_of(desk(), entry),
    )
    return page, 422 if form.errors else 200


@bp.get("/<int:entry_id>")
@signed_in
def show(entry_id: int) -> ResponseReturnValue:
    """Say where an entry stands and who acts next."""
    entry = own_entry(entry_id)
    return render_template(
        "showcase/entries/show.html",
        entry=entry,
        remarks=remarks_of(desk(), entry),
        group=group_of(desk(), entry),
        may_change=may_change(desk(), entry),
        can_recall=may_recall(desk(), entry),
        position=waiting_position(desk(), entry),
        endorsement=endorsement_of(desk(), entry) if entry.event.needs_endorsement else None,
        schedule=schedule_of(entry),
        now=request_time(),
    )


@bp.post("/<int:entry_id>/recall")
@signed_in
def recall(entry_id: int) -> ResponseReturnValue:
    """Take a handed-in entry back within ten minutes."""
    entry = own_entry(entry_id)
    recall_entry(desk(), entry)
    db.session.commit()
    flash(gettext("Taken back. Your answers are kept as a draft."), "done")
    return redirect(url_for(".review", entry_id=entry.id))


@bp.route("/<int:entry_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(entry_id: int) -> ResponseReturnValue:
    """Withdraw with a reason."""
    entry = own_entry(entry_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_entry(desk(), entry, reason=form.reason.data)
        db.session.commit()
        flash(gettext("You have withdrawn. The place is free for somebody else."), "done")
        return redirect(url_for(".index"))
    page = render_template("showcase/entries/withdraw.html", entry=entry, form=form)
    return page, 422 if form.errors else 200


def _handed_in(entry: Entry) -> ResponseReturnValue:
    if entry.follows:
        flash(gettext("Your part is confirmed. The captain hands the team in."), "done")
        return redirect(url_for("teams.show", team_id=entry.team_id))
    flash(gettext("Handed in. Receipt %(number)s", number=entry.receipt_no), "done")
    return redirect(url_for(".show", entry_id=entry.id))


def _open(entry_id: int, *, reached: int = 1) -> Entry:
    """Return an entry that can be filled in and has come as far as this page, or lead elsewhere."""
    entry = own_entry(entry_id)
    if entry.state not in EDITABLE:
        abort(redirect(url_for(".show", entry_id=entry.id)))
    _require_reached(entry, reached)
    return entry


def _changeable(entry_id: int, number: int) -> Entry:
    """Return an entry whose owner may change this step now, or lead elsewhere."""
    entry = own_entry(entry_id)
    if may_change(desk(), entry):
        return entry
    return _open(entry_id, reached=number)


def _require_reached(entry: Entry, reached: int) -> None:
    waiting = reached >= PHOTO and next_page(desk(), entry)
    if entry.step < reached or waiting:
        abort(redirect(place(desk(), entry)))


def _after(entry: Entry, number: int) -> str:
    if entry.state is EntryState.DRAFT:
        found = stops(desk(), entry)
        at = [stop.key for stop in found].index(PLACES[number])
        return found[at + 1].url
    back = ".review" if entry.state is EntryState.RETURNED else ".show"
    return url_for(back, entry_id=entry.id)
