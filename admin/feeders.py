"""Feeder contests of an event: which events send their best on to it, and whom."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.feeders import add_feeder, remove_feeder
from admin.events import event_here
from admin.forms.feeders import FeederForm
from models.contests import Contest, Event
from models.feeders import Feeder, feeders_of, sent_on_by
from rules.errors import Invalid
from rules.permits import Permit, may
from rules.states import ContestState, EventState
from web.db import db
from web.guard import needs
from web.login import current_actor, desk

bp = Blueprint("admin_feeders", __name__, url_prefix="/admin/events/<int:event_id>/feeders")


@bp.route("/", methods=["GET", "POST"])
@needs(Permit.STAFF_HOME)
def index(event_id: int) -> ResponseReturnValue:
    """List the feeders with how many they sent on; add one while the contest is a draft."""
    event = event_here(event_id)
    form = FeederForm(_sources(event))
    editable = event.contest.state is ContestState.DRAFT and may(
        current_actor(), Permit.CONTEST_EDIT, event.where
    )
    if form.validate_on_submit():
        try:
            source = db.get_or_404(Event, form.source_id.data)
            add_feeder(desk(), event, source, places=form.places.data, per_unit=form.per_unit.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(event, gettext("The feeder is saved."))
    rows = [
        (feeder, sent_on_by(db.session(), feeder)) for feeder in feeders_of(db.session(), event.id)
    ]
    page = render_template(
        "admin/feeders/index.html", event=event, rows=rows, form=form, editable=editable
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:feeder_id>/remove")
@needs(Permit.CONTEST_EDIT)
def remove(event_id: int, feeder_id: int) -> ResponseReturnValue:
    """Take a feeder away."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    remove_feeder(desk(), event, db.get_or_404(Feeder, feeder_id))
    return _done(event, gettext("The feeder is taken away."))


def _sources(event: Event) -> list[Event]:
    return list(
        db.session.scalars(
            select(Event)
            .join(Contest, Contest.id == Event.contest_id)
            .where(
                Event.id != event.id,
                Event.state != EventState.CANCELLED,
                Event.occupation_id == event.occupation_id,
            )
            .options(joinedload(Event.contest))
            .order_by(Contest.year.desc(), Event.id)
        )
    )


def _done(event: Event, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_feeders.index", event_id=event.id))
