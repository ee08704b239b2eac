"""Extensions: who may enter an event later than everybody, until when, why."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.extensions import extensions_of, grant_extension
from admin.events import event_here
from admin.forms.extensions import ExtensionForm
from rules.errors import Invalid
from rules.permits import Permit
from rules.states import BEFORE_LIST
from web.clock import from_local
from web.db import db
from web.guard import needs
from web.login import desk, request_time

bp = Blueprint("admin_extensions", __name__, url_prefix="/admin/events/<int:event_id>/extensions")


@bp.route("/", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def index(event_id: int) -> ResponseReturnValue:
    """List the extensions of an event and grant another."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    form = ExtensionForm()
    if form.validate_on_submit():
        try:
            grant_extension(
                desk(),
                event,
                handle=form.handle.data,
                until=from_local(form.until.data),
                reason=form.reason.data,
            )
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The extension is granted. It holds for this person alone."), "done")
            return redirect(url_for("admin_extensions.index", event_id=event.id))
    page = render_template(
        "admin/extensions/index.html",
        event=event,
        form=form,
        extensions=extensions_of(desk(), event),
        open=event.state in BEFORE_LIST,
        now=request_time(),
    )
    return page, 422 if form.errors else 200
