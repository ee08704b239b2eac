"""Contests for staff: the list, one contest, its steps."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import selectinload

from actions.contests import (
    announce_contest,
    approval_reasons,
    approve_contest,
    archive_contest,
    cancel_contest,
    create_contest,
    edit_contest,
    reopen_contest,
)
from admin.contest_tabs import contest_here
from admin.forms.contests import ContestForm, GroundForm
from models.contests import Contest
from rules.errors import Invalid
from rules.lifecycle import CONTEST_STEPS, verbs
from rules.permits import Actor, Permit, Scope, may
from rules.states import ContestState
from rules.terms import ContestClass, ContestLevel
from web.clock import local
from web.db import db
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import current_actor, desk, request_time
from web.paging import paged

bp = Blueprint("admin_contests", __name__, url_prefix="/admin/contests")
LAST_YEAR = 9999
NEWEST = (Contest.year.desc(), Contest.id.desc())


@bp.get("/")
@needs(Permit.STAFF_HOME)
def index() -> ResponseReturnValue:
    """List the contests the visitor works for, newest first."""
    kept = _kept()
    return render_template(
        "admin/contests/index.html",
        page=paged(_narrowed(kept)),
        states=choices(ContestState),
        years=db.session.scalars(
            select(Contest.year).distinct().order_by(Contest.year.desc())
        ).all(),
        kept=kept,
        may_create=may(current_actor(), Permit.CONTEST_EDIT),
    )


@list_table("contests")
def as_table() -> ListTable:
    """The same list to take away."""
    kept = _kept()
    return ListTable(
        name="contests",
        title=gettext("Contests and events"),
        permits=(Permit.STAFF_HOME,),
        query=_narrowed(kept),
        key=Contest.id,
        filters=kept,
        said=(
            (gettext("State"), said(ContestState, kept["state"])),
            (gettext("Year"), kept["year"]),
        ),
        columns=(
            (gettext("Contest"), 34),
            (gettext("Approval number"), 20),
            (gettext("Year"), 6),
            (gettext("Level"), 10),
            (gettext("State"), 10),
            (gettext("Events"), 50),
        ),
        rows=each(
            lambda row: (
                row.name,
                row.approval_no,
                row.year,
                label(row.level),
                label(row.state),
                "；".join(event.name for event in row.events),
            )
        ),
        back=address("admin_contests.index", kept),
    )


def _kept() -> dict[str, str]:
    year = request.args.get("year", 0, type=int)
    asked = str(year) if 0 < year <= LAST_YEAR else ""
    return {"state": request.args.get("state", ""), "year": asked}


def _narrowed(kept: dict[str, str]) -> Select[Any]:
    query = select(Contest).where(_seen(current_actor()))
    if kept["state"] in list(ContestState):
        query = query.where(Contest.state == ContestState(kept["state"]))
    if kept["year"]:
        query = query.where(Contest.year == int(kept["year"]))
    return query.order_by(*NEWEST).options(selectinload(Contest.events))


def _seen(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permit.STAFF_HOME):
        return true()
    mine = {grant.contest_id for grant in actor.grants}
    mine |= {grant.scope_id for grant in actor.grants if grant.scope is Scope.CONTEST}
    return Contest.id.in_(number for number in mine if number)


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def new() -> ResponseReturnValue:
    """Draft a contest; most are the district's own."""
    year = local(request_time()).year
    usual = {"year": year, "level": ContestLevel.DISTRICT, "contest_class": ContestClass.TWO}
    form = ContestForm(data=usual)
    if form.validate_on_submit():
        try:
            contest = create_contest(desk(), form.text())
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The draft is saved. Now add its events."), "done")
            return redirect(url_for(".show", contest_id=contest.id))
    status = 422 if form.errors else 200
    return render_template("admin/contests/form.html", form=form, contest=None), status


@bp.get("/<int:contest_id>/")
@needs(Permit.STAFF_HOME)
def show(contest_id: int) -> ResponseReturnValue:
    """Show one contest: where it stands, what is next, its events."""
    contest = contest_here(contest_id)
    actor = current_actor()
    reasons = approval_reasons(desk(), contest) if contest.state is ContestState.DRAFT else ()
    return render_template(
        "admin/contests/show.html",
        contest=contest,
        reasons=reasons,
        verbs=verbs(CONTEST_STEPS, contest.state),
        may_edit=may(actor, Permit.CONTEST_EDIT, contest.where),
        may_create=may(actor, Permit.CONTEST_EDIT),
        may_approve=may(actor, Permit.CONTEST_APPROVE, contest.where)
        and actor.account_id != contest.created_by,
    )


@bp.route("/<int:contest_id>/edit", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def edit(contest_id: int) -> ResponseReturnValue:
    """Change a contest."""
    contest = contest_here(contest_id, Permit.CONTEST_EDIT)
    form = ContestForm(obj=contest)
    if form.validate_on_submit():
        try:
            edit_contest(desk(), contest, form.text())
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("Saved."), "done")
            return redirect(url_for(".show", contest_id=contest.id))
    status = 422 if form.errors else 200
    return render_template("admin/contests/form.html", form=form, contest=contest), status


@bp.post("/<int:contest_id>/approve")
@needs(Permit.CONTEST_APPROVE)
def approve(contest_id: int) -> ResponseReturnValue:
    """Approve a draft as the second person."""
    contest = contest_here(contest_id, Permit.CONTEST_APPROVE)
    approve_contest(desk(), contest)
    return _done(contest, gettext("The contest is approved."))


@bp.post("/<int:contest_id>/reopen")
@needs(Permit.CONTEST_EDIT)
def reopen(contest_id: int) -> ResponseReturnValue:
    """Send an approved contest back to the draft."""
    contest = contest_here(contest_id, Permit.CONTEST_EDIT)
    reopen_contest(desk(), contest)
    return _done(contest, gettext("The contest is a draft again and needs a new approval."))


@bp.post("/<int:contest_id>/announce")
@needs(Permit.CONTEST_EDIT)
def announce(contest_id: int) -> ResponseReturnValue:
    """Make an approved contest public."""
    contest = contest_here(contest_id, Permit.CONTEST_EDIT)
    announce_contest(desk(), contest)
    return _done(contest, gettext("The contest is public. Entries open and close by themselves."))


@bp.post("/<int:contest_id>/archive")
@needs(Permit.CONTEST_EDIT)
def archive(contest_id: int) -> ResponseReturnValue:
    """Close a contest for good."""
    contest = contest_here(contest_id, Permit.CONTEST_EDIT)
    archive_contest(desk(), contest)
    return _done(contest, gettext("The contest is archived."))


@bp.route("/<int:contest_id>/cancel", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def cancel(contest_id: int) -> ResponseReturnValue:
    """Ask once for the ground, then cancel the contest with all its events."""
    contest = contest_here(contest_id, Permit.CONTEST_EDIT)
    form = GroundForm()
    if form.validate_on_submit():
        cancel_contest(desk(), contest, ground=form.ground.data)
        return _done(contest, gettext("The contest is cancelled."))
    status = 422 if form.errors else 200
    return render_template("admin/contests/cancel.html", form=form, contest=contest), status


def _done(contest: Contest, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".show", contest_id=contest.id))
