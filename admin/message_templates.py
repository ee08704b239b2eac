"""Texts the office keeps for its messages, beside the built-in ones."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.announcements import keep_template, remove_template, templates_of
from admin.forms.messages import TemplateForm, kept_by
from models.announcements import MessageTemplate
from rules.announcements import BUILT_IN
from rules.errors import Invalid
from rules.permits import ANYWHERE, Permit, may
from rules.terms import Audience
from web.db import db
from web.guard import needs
from web.login import current_actor, desk, require_here

bp = Blueprint("admin_message_templates", __name__, url_prefix="/admin/message-texts")


@bp.get("/")
@needs(Permit.MESSAGE_SEND)
def index() -> ResponseReturnValue:
    """List the texts; whoever writes for one contest alone reads and uses them."""
    return render_template(
        "admin/message_templates/index.html",
        built_in=BUILT_IN,
        own=templates_of(desk()),
        may_edit=may(current_actor(), Permit.MESSAGE_SEND),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.MESSAGE_SEND)
def new() -> ResponseReturnValue:
    """Keep a text."""
    require_here(Permit.MESSAGE_SEND, ANYWHERE)
    return _form(TemplateForm(data={"audience": Audience.ACCEPTED.value}), None)


@bp.route("/<int:row_id>", methods=["GET", "POST"])
@needs(Permit.MESSAGE_SEND)
def edit(row_id: int) -> ResponseReturnValue:
    """Change a text."""
    require_here(Permit.MESSAGE_SEND, ANYWHERE)
    row: MessageTemplate = db.get_or_404(MessageTemplate, row_id)
    return _form(TemplateForm(data=kept_by(row)), row)


@bp.post("/<int:row_id>/remove")
@needs(Permit.MESSAGE_SEND)
def remove(row_id: int) -> ResponseReturnValue:
    """Forget a text."""
    remove_template(desk(), db.get_or_404(MessageTemplate, row_id))
    return _done(gettext("The text is removed. Messages written from it stay as they are."))


def _form(form: TemplateForm, row: MessageTemplate | None) -> ResponseReturnValue:
    row_id = row.id if row else None
    if form.validate_on_submit():
        try:
            keep_template(desk(), form.text(), row)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            return _done(gettext("The text is kept."))
    page = render_template("admin/message_templates/form.html", form=form, row_id=row_id)
    return page, 422 if form.errors else 200


def _done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".index"))
