"""Extra time of an event's entrants: granted with a reason, taken back, on record."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.extra_times import extra_times_of, grant_extra_time, take_back_extra_time
from admin.events import event_here
from admin.forms.check_ins import ExtraTimeForm
from models.check_ins import ExtraTime
from models.entries import Entry
from rules.errors import Invalid
from rules.permits import Permit, may
from rules.states import CHECKABLE
from web.db import db
from web.guard import needs
from web.login import current_actor, desk

bp = Blueprint(
    "admin_extra_times", __name__, url_prefix="/admin/events/<int:event_id>/check-in/extra-time"
)


@bp.route("/", methods=["GET", "POST"])
@needs(Permit.CHECK_IN)
def index(event_id: int) -> ResponseReturnValue:
    """List the grants of an event and add another."""
    event = event_here(event_id, Permit.CHECK_IN)
    form = ExtraTimeForm()
    if form.validate_on_submit():
        try:
            grant_extra_time(
                desk(),
                event,
                pass_no=form.pass_no.data,
                minutes=form.minutes.data,
                reason=form.reason.data,
            )
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The extra time is on record; the entrant sees it."), "done")
            return redirect(url_for(".index", event_id=event.id))
    allowed = may(current_actor(), Permit.LATE_ADMIT, event.where)
    page = render_template(
        "admin/check_ins/extra_time.html",
        event=event,
        form=form,
        rows=extra_times_of(desk(), event),
        may_grant=allowed and event.state in CHECKABLE,
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:row_id>/take-back")
@needs(Permit.LATE_ADMIT)
def take_back(event_id: int, row_id: int) -> ResponseReturnValue:
    """Take a grant back."""
    event_here(event_id, Permit.LATE_ADMIT)
    row: ExtraTime = db.one_or_404(
        select(ExtraTime)
        .join(ExtraTime.entry)
        .where(ExtraTime.id == row_id, Entry.event_id == event_id)
    )
    take_back_extra_time(desk(), row)
    db.session.commit()
    flash(gettext("The extra time is taken back; both stay on record."), "done")
    return redirect(url_for(".index", event_id=event_id))
