"""The panel of an event: seats, the chief judge, and the start of marking."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.accounts import find_account
from actions.appraisals import DONE, appraisals_of, appraise_judge
from actions.conflicts import hard_conflicts, soft_obstacles
from actions.events import rules_of
from actions.panel_choices import choices_of, seat_choice
from actions.panels import (
    ASSIGNABLE,
    assign_chief,
    assign_judge,
    chiefs_of,
    remove_judge,
    seats_of,
    start_marking,
)
from actions.recusals import call_substitute
from admin.events import event_here
from admin.forms.panels import AppraisalForm, ChiefForm, SeatForm
from admin.judging.overview import asides_of
from models.accounts import Account
from models.contests import Event
from models.panels import PanelSeat, Recusal, WorkRecusal
from models.roles import RoleGrant
from rules.errors import Invalid, Refusal
from rules.permits import Permit
from rules.phrases import Phrase
from rules.terms import JudgeGrade
from web.db import db
from web.errors import say, sentence
from web.guard import needs
from web.labels import choices
from web.login import desk

bp = Blueprint("admin_panels", __name__, url_prefix="/admin/events/<int:event_id>/panel")


@bp.get("/")
@needs(Permit.PANEL_ASSIGN)
def show(event_id: int) -> ResponseReturnValue:
    """Show the panel."""
    return _page(event_id)


@bp.post("/seats")
@needs(Permit.PANEL_ASSIGN)
def seat(event_id: int) -> ResponseReturnValue:
    """Seat a judge; a conflict is refused in words."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    form = SeatForm()
    if not form.validate_on_submit():
        return _page(event_id, seating=form)
    try:
        assign_judge(desk(), event, _account(form.handle.data), number=form.number.data)
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors += [sentence(refusal), *map(say, getattr(refusal, "reasons", ()))]
        return _page(event_id, seating=form)
    db.session.commit()
    flash(gettext("The seat is taken."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/choices/<int:account_id>")
@needs(Permit.PANEL_ASSIGN)
def choose(event_id: int, account_id: int) -> ResponseReturnValue:
    """Seat somebody of the pool at a place, by button or by dragging."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    account: Account = db.get_or_404(Account, account_id)
    number = request.form.get("number", 0, type=int)
    try:
        seat_choice(desk(), event, account, number=number)
    except Refusal as refusal:
        db.session.rollback()
        form = SeatForm(formdata=None, number=number)
        form.form_errors += [sentence(refusal), *map(say, getattr(refusal, "reasons", ()))]
        return _page(event_id, seating=form)
    db.session.commit()
    flash(gettext("The seat is taken."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/seats/<int:seat_id>/remove")
@needs(Permit.PANEL_ASSIGN)
def remove(event_id: int, seat_id: int) -> ResponseReturnValue:
    """Take a judge off the panel."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    row: PanelSeat = db.one_or_404(select(PanelSeat).filter_by(id=seat_id, event_id=event_id))
    remove_judge(desk(), event, row)
    db.session.commit()
    flash(gettext("The seat is free."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/seats/<int:seat_id>/appraisal")
@needs(Permit.PANEL_ASSIGN)
def appraise(event_id: int, seat_id: int) -> ResponseReturnValue:
    """Say how a judge did."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    row: PanelSeat = db.one_or_404(select(PanelSeat).filter_by(id=seat_id, event_id=event_id))
    form = AppraisalForm()
    if not form.validate_on_submit():
        return _page(event_id, judged=(seat_id, form))
    try:
        appraise_judge(desk(), event, row, JudgeGrade(form.grade.data), note=form.note.data or "")
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _page(event_id, judged=(seat_id, form))
    db.session.commit()
    flash(gettext("The appraisal is on record; the next proposal takes it into account."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/chief")
@needs(Permit.PANEL_ASSIGN)
def chief(event_id: int) -> ResponseReturnValue:
    """Name the chief judge."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    form = ChiefForm()
    if not form.validate_on_submit():
        return _page(event_id, leading=form)
    try:
        assign_chief(desk(), event, _account(form.chief.data))
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors += [sentence(refusal), *map(say, getattr(refusal, "reasons", ()))]
        return _page(event_id, leading=form)
    db.session.commit()
    flash(gettext("The chief judge is named."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/start")
@needs(Permit.PANEL_ASSIGN)
def start(event_id: int) -> ResponseReturnValue:
    """Open the sheets."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    start_marking(desk(), event)
    db.session.commit()
    flash(gettext("Marking has begun."), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.post("/asides/<int:recusal_id>/substitute")
@needs(Permit.PANEL_ASSIGN)
def substitute(event_id: int, recusal_id: int) -> ResponseReturnValue:
    """Call a substitute for one work somebody stepped aside from."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    row: WorkRecusal = db.one_or_404(
        select(WorkRecusal).filter_by(id=recusal_id, event_id=event_id)
    )
    call_substitute(desk(), event, row, _account(request.form.get("handle", "").strip()))
    db.session.commit()
    flash(gettext("The substitute is called and finds the work on the own sheet."), "done")
    return redirect(url_for(".show", event_id=event_id))


def _account(handle: str) -> Account:
    account = find_account(desk(), handle)
    if account is None:
        raise Invalid("There is no account of this name.")
    return account


def _against(event: Event, seats: Sequence[PanelSeat | RoleGrant]) -> dict[int, tuple[Phrase, ...]]:
    """Say at each name what stands against it: conflicts first, then the day."""
    accounts = [seat.account for seat in seats]
    hard, soft = hard_conflicts(desk(), event, accounts), soft_obstacles(desk(), event, accounts)
    return {key: (*hard[key], *soft[key]) for key in hard}


def _page(
    event_id: int,
    *,
    seating: SeatForm | None = None,
    leading: ChiefForm | None = None,
    judged: tuple[int, AppraisalForm] | None = None,
) -> ResponseReturnValue:
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    at = desk()
    seats = seats_of(at, event)
    chiefs = chiefs_of(at, event)
    recusals = db.session.scalars(select(Recusal).filter_by(event_id=event_id)).all()
    page = render_template(
        "admin/panels/show.html",
        event=event,
        seats=seats,
        chiefs=chiefs,
        against=_against(event, [*seats, *chiefs]),
        recusals=recusals,
        asides=asides_of(at, event),
        wanted=rules_of(event).judges_per_aspect,
        seating=seating or SeatForm(formdata=None, number=len(seats) + 1),
        leading=leading or ChiefForm(formdata=None),
        judged=judged or (0, None),
        grades=choices(JudgeGrade),
        appraisals=appraisals_of(at, event),
        may_appraise=event.state in DONE,
        choices=choices_of(at, event) if event.state in ASSIGNABLE else [],
    )
    return page, 422 if seating or leading or judged else 200
