"""A contest's checklist: what is to be done by when, who did what; and the hand-over manual."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.checklists import (
    add_item,
    keepers_of,
    note_item,
    plan_item,
    reopen_item,
    tick_item,
    waive_item,
)
from admin.checklist_boards import Line, board
from admin.contest_tabs import contest_here
from admin.forms.checklists import ItemForm, OwnItemForm
from admin.manuals import manual_of
from models.contests import Contest
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from rules.states import CheckState, ContestState
from web.clock import local
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import current_actor, desk, request_time, require_here

bp = Blueprint("admin_checklists", __name__, url_prefix="/admin/contests/<int:contest_id>")


@bp.route("/checklist/", methods=["GET", "POST"])
@needs(Permit.CHECKLIST_KEEP)
def show(contest_id: int) -> ResponseReturnValue:
    """Show the checklist, and add an item of the contest's own."""
    contest = _contest(contest_id)
    form = OwnItemForm(keepers_of(desk(), contest))
    if form.validate_on_submit():
        try:
            add_item(desk(), contest, form.title.data, form.plan())
        except Invalid as refusal:
            form.take(refusal)
        except Blocked as refusal:
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(gettext("The item is on the list."), "done")
            return redirect(url_for(".show", contest_id=contest_id))
    lines = _board(contest)
    page = render_template(
        "admin/checklists/show.html",
        contest=contest,
        lines=lines,
        late=sum(line.late for line in lines),
        settled=sum(line.state is not CheckState.OPEN for line in lines),
        form=form,
        kept=contest.state is not ContestState.CANCELLED,
    )
    return page, 422 if form.errors else 200


@bp.post("/checklist/<key>/tick")
@needs(Permit.CHECKLIST_KEEP)
def tick(contest_id: int, key: str) -> ResponseReturnValue:
    """Tick an item with one click."""
    contest = _contest(contest_id)
    tick_item(desk(), contest, key)
    db.session.commit()
    flash(gettext("Ticked, with your name and the time."), "done")
    return redirect(url_for(".show", contest_id=contest_id))


@bp.route("/checklist/<key>", methods=["GET", "POST"])
@needs(Permit.CHECKLIST_KEEP)
def item(contest_id: int, key: str) -> ResponseReturnValue:
    """Show one item: its state, note, day and colleague are changed here."""
    contest = _contest(contest_id)
    line = next((one for one in _board(contest) if one.key == key), None)
    if line is None:
        abort(404)
    form = ItemForm(line, keepers_of(desk(), contest))
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():  # a refusal half-way leaves nothing behind
                _change(contest, line, form)
        except Invalid as refusal:
            form.take(refusal)
        except Blocked as refusal:
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(gettext("Saved."), "done")
            return redirect(url_for(".show", contest_id=contest_id))
    page = render_template(
        "admin/checklists/item.html",
        contest=contest,
        line=line,
        form=form,
        kept=contest.state is not ContestState.CANCELLED,
    )
    return page, 422 if form.errors else 200


@bp.get("/manual")
@needs(Permit.CHECKLIST_KEEP)
def manual(contest_id: int) -> ResponseReturnValue:
    """Show the hand-over manual of a contest on one page for paper."""
    contest = _contest(contest_id)
    return render_template(
        "admin/checklists/manual.html",
        contest=contest,
        manual=manual_of(db.session(), contest),
        lines=_board(contest),
        now=request_time(),
    )


def _change(contest: Contest, line: Line, form: ItemForm) -> None:
    at, note = desk(), form.note.data or ""
    wanted = CheckState(form.state.data)
    if wanted is not line.state:
        if line.state is not CheckState.OPEN:
            reopen_item(at, contest, line.key)
        if wanted is CheckState.DONE:
            tick_item(at, contest, line.key, note=note)
        elif wanted is CheckState.NOT_NEEDED:
            waive_item(at, contest, line.key, note=note)
    if note != line.note:
        note_item(at, contest, line.key, note)
    if (form.due_on.data, form.assignee.data or None) != (line.due, line.assignee_id):
        plan_item(at, contest, line.key, form.plan())


def _contest(contest_id: int) -> Contest:
    contest = contest_here(contest_id)
    require_here(Permit.CHECKLIST_KEEP, contest.where)
    return contest


def _board(contest: Contest) -> list[Line]:
    return board(db.session(), contest, current_actor(), local(request_time()).date())
