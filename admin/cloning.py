"""Cloning a contest: last year's plan as this year's draft."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.cloning import clone_contest, copyable
from admin.contest_tabs import contest_here
from admin.forms.cloning import CloneForm
from rules.errors import Invalid
from rules.permits import ANYWHERE, Permit
from web.clock import local
from web.db import db
from web.guard import needs
from web.login import desk, request_time, require_here

bp = Blueprint("admin_cloning", __name__, url_prefix="/admin/contests/<int:contest_id>/clone")


@bp.route("", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def clone(contest_id: int) -> ResponseReturnValue:
    """Ask what is taken over, then draft the new contest."""
    source = contest_here(contest_id)
    require_here(Permit.CONTEST_EDIT, ANYWHERE)
    form = CloneForm(source, local(request_time()).year)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():  # a refusal half-way leaves nothing behind
                contest = clone_contest(desk(), source, form.copying())
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(
                gettext("The draft is made. Look through its dates, then have it approved."), "done"
            )
            return redirect(url_for("admin_contests.show", contest_id=contest.id))
    page = render_template(
        "admin/cloning/form.html", form=form, source=source, events=copyable(source.events)
    )
    return page, 422 if form.errors else 200
