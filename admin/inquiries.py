"""Questions of entrants on the answering side: claimed, answered, never with a name."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select

from actions.inquiries import answer_alone, claim, decline, publish_answer, release
from admin.events import event_here
from admin.forms.inquiries import ALL, ALONE, AnswerForm
from models.inquiries import Inquiry, jury_row, jury_rows
from rules.errors import Invalid
from rules.permits import Permit
from rules.states import InquiryState
from web.db import db
from web.guard import needs
from web.headers import keep_nothing
from web.login import current_actor, desk

bp = Blueprint("admin_inquiries", __name__, url_prefix="/admin/events/<int:event_id>/inquiries")
keep_nothing(bp)


@bp.get("/")
@needs(Permit.INQUIRY_ANSWER)
def index(event_id: int) -> ResponseReturnValue:
    """List what entrants ask, what waits first."""
    event = event_here(event_id, Permit.INQUIRY_ANSWER)
    rows = jury_rows(db.session(), event_id)
    waits = (InquiryState.OPEN, InquiryState.CLAIMED)
    return render_template(
        "admin/inquiries/index.html",
        event=event,
        waiting=[row for row in rows if row.state in waits],
        closed=[row for row in rows if row.state not in waits],
        me=current_actor().account_id,
    )


@bp.route("/<int:inquiry_id>", methods=["GET", "POST"])
@needs(Permit.INQUIRY_ANSWER)
def show(event_id: int, inquiry_id: int) -> ResponseReturnValue:
    """Show one question; whoever has claimed it answers it here."""
    event = event_here(event_id, Permit.INQUIRY_ANSWER)
    shown = jury_row(db.session(), event_id, inquiry_id)
    if shown is None:
        abort(404)
    form = AnswerForm(data={"way": ALONE, "wording": shown.question})
    if form.validate_on_submit():
        try:
            told = _answer(_inquiry(event_id, inquiry_id), form)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            db.session.commit()
            flash(told, "done")
            return redirect(url_for(".index", event_id=event_id))
    page = render_template(
        "admin/inquiries/show.html",
        event=event,
        row=shown,
        form=form,
        mine=shown.claimed_by == current_actor().account_id,
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:inquiry_id>/claim")
@needs(Permit.INQUIRY_ANSWER)
def take(event_id: int, inquiry_id: int) -> ResponseReturnValue:
    """Take a question in hand."""
    event_here(event_id, Permit.INQUIRY_ANSWER)
    claim(desk(), _inquiry(event_id, inquiry_id))
    db.session.commit()
    flash(gettext("The question is yours. Colleagues see that you are answering it."), "done")
    return redirect(url_for(".show", event_id=event_id, inquiry_id=inquiry_id))


@bp.post("/<int:inquiry_id>/release")
@needs(Permit.INQUIRY_ANSWER)
def give_back(event_id: int, inquiry_id: int) -> ResponseReturnValue:
    """Give a question back, one's own or that of a colleague who went away."""
    event_here(event_id, Permit.INQUIRY_ANSWER)
    release(desk(), _inquiry(event_id, inquiry_id))
    db.session.commit()
    flash(gettext("The question waits for anybody again."), "done")
    return redirect(url_for(".index", event_id=event_id))


def _answer(row: Inquiry, form: AnswerForm) -> str:
    if form.way.data == ALONE:
        answer_alone(desk(), row, form.answer.data or "")
        return str(gettext("The answer lies in the inbox of whoever asked."))
    if form.way.data == ALL:
        told = publish_answer(
            desk(), row, question=form.wording.data or "", answer=form.answer.data or ""
        )
        return str(
            ngettext(
                "The answer is public; %(num)d entrant was told.",
                "The answer is public; %(num)d entrants were told.",
                told,
            )
        )
    decline(desk(), row, form.reply())
    return str(gettext("The question is sent back with the reply you chose."))


def _inquiry(event_id: int, inquiry_id: int) -> Inquiry:
    row: Inquiry = db.one_or_404(select(Inquiry).filter_by(id=inquiry_id, event_id=event_id))
    return row
