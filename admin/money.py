"""A contest's money: what is planned, what was paid, what is left."""

import secrets
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from actions.money import (
    add_line,
    book,
    export_money,
    pay_award,
    plan_line,
    reverse,
    set_award_sum,
)
from admin.contest_tabs import contest_here
from admin.forms.money import (
    BookForm,
    LineForm,
    MoneyExportForm,
    PayForm,
    PlanForm,
    ReverseForm,
    SumForm,
)
from admin.money_sheets import awards_of, bookings_of, money_of, named, winners_here, workbook_of
from models.contests import Contest, Event
from models.entries import Entry
from models.money import Booking, BudgetLine, spent_of
from rules.errors import Blocked, Invalid, Refusal, WrongMoment
from rules.money import Standing, say_fen
from rules.permits import Permit
from rules.terms import Award, BudgetKind
from web.clock import local
from web.db import db
from web.errors import sentence
from web.forms import Form
from web.guard import needs
from web.headers import keep_nothing
from web.labels import label
from web.login import desk, request_time

bp = Blueprint("admin_money", __name__, url_prefix="/admin/contests/<int:contest_id>/money")
keep_nothing(bp)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
bp.app_template_filter("yuan")(say_fen)


@bp.route("/", methods=["GET", "POST"])
@needs(Permit.MONEY_KEEP)
def show(contest_id: int) -> ResponseReturnValue:
    """Show how the money stands, and add a budget line."""
    contest, form = contest_here(contest_id, Permit.MONEY_KEEP), LineForm()
    if form.validate_on_submit():
        try:
            kind = BudgetKind(form.kind.data)
            add_line(desk(), contest, kind, title=form.title.data, planned=form.planned.data)
        except Invalid as refusal:
            _refused(form, refusal)
        else:
            return _done(gettext("The line is in the budget."), ".show", contest_id=contest_id)
    page = render_template(
        "admin/money/show.html",
        contest=contest,
        money=money_of(desk(), contest),
        form=form,
        named=named,
    )
    return page, 422 if form.errors else 200


@bp.route("/lines/<int:line_id>", methods=["GET", "POST"])
@needs(Permit.MONEY_KEEP)
def line(contest_id: int, line_id: int) -> ResponseReturnValue:
    """Show one line with its bookings; book a payment or change the plan."""
    contest, row = _line(contest_id, line_id)
    plan, form = PlanForm(row.planned), BookForm()
    here = {"contest_id": contest_id, "line_id": line_id}
    if plan.planned.name in request.form and plan.validate_on_submit():
        try:
            plan_line(desk(), row, plan.planned.data)
        except Invalid as refusal:
            _refused(plan, refusal)
        else:
            return _done(gettext("The planned amount is changed."), ".line", **here)
    elif plan.planned.name not in request.form and form.validate_on_submit():
        try:
            book(desk(), row, form.amount.data, form.payment(form.payee.data))
        except Invalid as refusal:
            _refused(form, refusal)
        else:
            return _done(gettext("The payment is booked."), ".line", **here)
    _, row = _line(contest_id, line_id)
    bookings = bookings_of(db.session(), Booking.line_id == line_id)
    page = render_template(
        "admin/money/line.html",
        contest=contest,
        line=row,
        standing=Standing(row.planned, spent_of(db.session(), contest_id).get(line_id, 0)),
        bookings_here=bookings,
        reversed={one.reverses_id for one in bookings},
        form=_keyed(form),
        plan=plan,
        named=named,
    )
    return page, 422 if form.errors or plan.errors else 200


@bp.route("/awards/<int:event_id>", methods=["GET", "POST"])
@needs(Permit.MONEY_KEEP)
def awards(contest_id: int, event_id: int) -> ResponseReturnValue:
    """Set the award money of an event, and book what its winners were paid."""
    event = _event(contest_id, event_id)
    sums, form = SumForm(), PayForm()
    winners = winners_here(desk(), event)
    form.entry_id.choices = [
        SelectChoice(one.entry_id, f"{one.shown} {one.pass_no} {label(one.award)}")
        for one in winners
        if not one.paid
    ]
    here = {"contest_id": contest_id, "event_id": event_id}
    if sums.amount.name in request.form and sums.validate_on_submit():
        try:
            award, places = Award(sums.award.data), sums.places.data
            set_award_sum(desk(), event, award, amount=sums.amount.data, places=places)
        except (Invalid, Blocked) as refusal:
            _refused(sums, refusal)
        else:
            return _done(gettext("The sum is set."), ".awards", **here)
    elif sums.amount.name not in request.form and form.validate_on_submit():
        try:
            entry = db.get_or_404(Entry, form.entry_id.data)
            pay_award(desk(), event, entry, form.payment())
        except (Invalid, Blocked, WrongMoment) as refusal:
            _refused(form, refusal)
        else:
            return _done(gettext("The award money is booked."), ".awards", **here)
    event = _event(contest_id, event_id)
    page = render_template(
        "admin/money/awards.html",
        contest=event.contest,
        event=event,
        levels=awards_of(desk(), event),
        winners=winners_here(desk(), event),
        form=_keyed(form),
        sums=sums,
    )
    return page, 422 if form.errors or sums.errors else 200


@bp.route("/bookings/<int:booking_id>/reverse", methods=["GET", "POST"])
@needs(Permit.MONEY_KEEP)
def take_back(contest_id: int, booking_id: int) -> ResponseReturnValue:
    """Ask for the reason, then book the opposite of a booking."""
    contest, form = contest_here(contest_id, Permit.MONEY_KEEP), ReverseForm()
    row: Booking = db.one_or_404(select(Booking).filter_by(id=booking_id, contest_id=contest_id))
    if form.validate_on_submit():
        try:
            today = local(request_time()).date()
            reverse(desk(), row, reason=form.note.data, form_key=form.form_key.data, today=today)
        except (Invalid, Blocked) as refusal:
            _refused(form, refusal)
        else:
            return _done(gettext("The opposite is booked."), ".show", contest_id=contest_id)
    page = render_template(
        "admin/money/reverse.html", contest=contest, row=row, form=_keyed(form), named=named
    )
    return page, 422 if form.errors else 200


@bp.route("/export", methods=["GET", "POST"])
@needs(Permit.MONEY_KEEP)
def export(contest_id: int) -> ResponseReturnValue:
    """Ask what the file is for, then hand the ledger out as a workbook."""
    contest, form = contest_here(contest_id, Permit.MONEY_KEEP), MoneyExportForm()
    if form.validate_on_submit():
        try:
            export_money(desk(), contest, purpose=form.purpose.data)
        except Invalid as refusal:
            _refused(form, refusal)
        else:
            now = local(request_time())
            data = workbook_of(money_of(desk(), contest), now.date())
            db.session.commit()
            answer = Response(data, mimetype=XLSX_TYPE)
            name = f"money-{now:%Y%m%d-%H%M}.xlsx"
            answer.headers["Content-Disposition"] = f"attachment; filename={name}"
            return answer
    page = render_template("admin/money/export.html", contest=contest, form=form)
    return page, 422 if form.errors else 200


def _line(contest_id: int, line_id: int) -> tuple[Contest, BudgetLine]:
    contest = contest_here(contest_id, Permit.MONEY_KEEP)
    row: BudgetLine = db.one_or_404(select(BudgetLine).filter_by(id=line_id, contest_id=contest_id))
    return contest, row


def _event(contest_id: int, event_id: int) -> Event:
    contest_here(contest_id, Permit.MONEY_KEEP)
    event: Event = db.one_or_404(select(Event).filter_by(id=event_id, contest_id=contest_id))
    return event


def _keyed(form: Form) -> Form:
    """Give a form a fresh key unless it was sent with one."""
    if not form.form_key.data:
        form.form_key.data = secrets.token_hex(16)
    return form


def _refused(form: Form, refusal: Refusal) -> None:
    db.session.rollback()
    if isinstance(refusal, Invalid):
        form.take(refusal)
    else:
        form.form_errors.append(sentence(refusal))


def _done(words: str, endpoint: str, **values: Any) -> ResponseReturnValue:  # noqa: ANN401  # as url_for
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(endpoint, **values))
