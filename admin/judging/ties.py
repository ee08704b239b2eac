"""What a judge tells of the own ties: a work one recognises, a person one is close to."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.judges import declare_tie, own_row
from actions.recusals import step_aside
from admin.forms.judges import TieForm
from admin.forms.judging import AsideForm
from admin.judging.blueprint import bp
from admin.judging.seats import seat_here
from models.judging import duties_of, work_codes
from rules.errors import Invalid
from rules.permits import Permit
from web.db import db
from web.guard import needs, signed_in
from web.login import desk


@bp.route("/<int:event_id>/aside", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def aside(event_id: int) -> ResponseReturnValue:
    """Step aside from one work whose maker one knows."""
    event, seat = seat_here(event_id)
    duties = duties_of(db.session(), event.id)
    codes = [code for code in work_codes(db.session(), event.id) if duties.marks(seat.number, code)]
    form = AsideForm(codes)
    if form.validate_on_submit():
        try:
            step_aside(desk(), event, seat, form.code.data, reason=form.reason.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(
                gettext("You have stepped aside from this work. The chief judge sees it."), "done"
            )
            return redirect(url_for(".grid", event_id=event_id))
    page = render_template("admin/judging/aside.html", event=event, form=form, codes=codes)
    return page, 422 if form.errors else 200


@bp.route("/ties", methods=["GET", "POST"])
@signed_in
def ties() -> ResponseReturnValue:
    """Tell the office whom one is close to, before any event: only the own words are shown."""
    judge, form = own_row(desk()), TieForm()
    if form.validate_on_submit():
        declare_tie(desk(), judge, form.text())
        db.session.commit()
        flash(gettext("The tie is on record and counts at once."), "done")
        return redirect(url_for(".ties"))
    page = render_template("admin/judging/ties.html", judge=judge, form=form)
    return page, 422 if form.errors else 200
