"""An entrant's questions to the jury of an event, and the answers everybody was given."""

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.inquiries import ask, may_ask
from models.entries import Entry
from models.inquiries import own_inquiries
from models.public.inquiries import public_answers
from rules.errors import Invalid, Refusal
from rules.inquiries import LONGEST
from showcase.entry_questions import own_entry
from showcase.forms.inquiries import InquiryForm
from web.db import db
from web.errors import sentence
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import desk

bp = Blueprint("inquiries", __name__, url_prefix="/account/entries")
keep_nothing(bp)


@bp.route("/<int:entry_id>/inquiries/", methods=["GET", "POST"])
@signed_in
def index(entry_id: int) -> ResponseReturnValue:
    """Ask the jury without a name; read what it answered."""
    entry, form = own_entry(entry_id), InquiryForm()
    if form.validate_on_submit():
        try:
            ask(desk(), entry, form.question.data, form_key=form.form_key.data)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except Refusal as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(gettext("The jury has your question. The answer comes to your inbox."), "done")
            return redirect(url_for(".index", entry_id=entry_id))
    if not form.form_key.data:
        form.form_key.data = secrets.token_hex(16)
    page = render_template(
        "showcase/inquiries/index.html",
        entry=entry,
        form=form,
        rows=own_inquiries(db.session(), entry_id),
        answers=public_answers(db.session(), entry.event_id),
        refused=_refused(entry),
        longest=LONGEST,
    )
    return page, 422 if form.errors else 200


def _refused(entry: Entry) -> str:
    """Say why nothing can be asked now, or nothing."""
    try:
        may_ask(desk(), entry)
    except Refusal as refusal:
        return sentence(refusal)
    return ""
