"""The chief judge's page: who has marked what, what is missing, what lies apart, the lock."""

import secrets

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.results import lock_reasons, lock_results, unlock_results
from actions.scores import release_sheet
from admin.forms.judging import LockForm, ReasonForm
from admin.judging.blueprint import bp
from admin.judging.overview import overview_of
from models.contests import Event
from models.inquiries import waiting_count
from models.scores import ScoreSheet
from rules.errors import Blocked
from rules.ledger import spell
from rules.permits import Permit
from rules.states import EventState
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import desk, require_here


@bp.get("/<int:event_id>/chief")
@needs(Permit.PANEL_WATCH)
def chief(event_id: int) -> ResponseReturnValue:
    """Show the state of every sheet and what stands against the lock."""
    event = _event(event_id, Permit.PANEL_WATCH)
    scoring = event.state is EventState.SCORING
    return render_template(
        "admin/judging/chief.html",
        event=event,
        view=overview_of(desk(), event),
        reasons=lock_reasons(desk(), event) if scoring else (),
        root=spell(event.locked_root) if event.locked_root else "",
        release=ReasonForm(formdata=None),
        asked=waiting_count(db.session(), event.id),
    )


@bp.route("/<int:event_id>/lock", methods=["GET", "POST"])
@needs(Permit.RESULT_LOCK)
def lock(event_id: int) -> ResponseReturnValue:
    """Ask once, then freeze the marks."""
    event = _event(event_id, Permit.RESULT_LOCK)
    form = LockForm()
    if form.validate_on_submit():
        try:
            root = lock_results(desk(), event)
        except Blocked as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(gettext("Locked. Root of the marks: %(root)s", root=root), "done")
            return redirect(url_for(".chief", event_id=event_id))
    reasons = lock_reasons(desk(), event) if event.state is EventState.SCORING else ()
    page = render_template("admin/judging/lock.html", event=event, form=form, reasons=reasons)
    return page, 409 if form.form_errors else 200


@bp.post("/<int:event_id>/unlock")
@needs(Permit.RESULT_LOCK)
def unlock(event_id: int) -> ResponseReturnValue:
    """Open the marks again, with a reason, before decoding."""
    event = _event(event_id, Permit.RESULT_LOCK)
    form = ReasonForm()
    unlock_results(desk(), event, reason=form.reason.data or "")
    db.session.commit()
    flash(gettext("The marks are open again."), "done")
    return redirect(url_for(".chief", event_id=event_id))


@bp.post("/<int:event_id>/release/<int:sheet_id>")
@needs(Permit.PANEL_WATCH)
def release(event_id: int, sheet_id: int) -> ResponseReturnValue:
    """Let one judge change a signed sheet, with a reason."""
    _event(event_id, Permit.PANEL_WATCH)
    sheet: ScoreSheet = db.one_or_404(select(ScoreSheet).filter_by(id=sheet_id, event_id=event_id))
    form = ReasonForm()
    release_sheet(desk(), sheet, reason=form.reason.data or "", client_key=secrets.token_hex(12))
    db.session.commit()
    flash(gettext("The sheet is open again for its judge."), "done")
    return redirect(url_for(".chief", event_id=event_id))


def _event(event_id: int, permit: Permit) -> Event:
    event: Event = db.get_or_404(Event, event_id)
    require_here(permit, event.where)
    return event
