"""Entering somebody else; and the link by which that person takes the entry over or objects."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.helpers import WrongEnd, begin_for, find_helped, object_to, refuse_taken, take_over
from actions.people import masked_id, masked_phone
from models.contests import Contest, Event
from models.helpers import Helped
from rules.errors import Blocked, Invalid
from rules.terms import Relation
from showcase.entry_plan import place
from showcase.forms.helpers import BeginForForm, LastForm, TakeForm
from web.db import db
from web.errors import sentence
from web.guard import public, signed_in
from web.headers import keep_nothing
from web.login import current_account, desk, is_signed_in

bp = Blueprint("helpers", __name__, url_prefix="/account")
keep_nothing(bp)


@bp.route("/entries/for/<slug>/<event>", methods=["GET", "POST"])
@signed_in
def begin(slug: str, event: str) -> ResponseReturnValue:
    """Begin an entry for somebody else: who they are to the visitor, and that they know."""
    row = db.one_or_404(
        select(Event).join(Contest).where(Contest.slug == slug, Event.slug == event)
    )
    form = BeginForForm(form_key=secrets.token_hex(16))
    if form.validate_on_submit():
        try:
            entry = begin_for(
                desk(),
                row,
                relation=Relation(form.relation.data),
                agreed=bool(form.agreed.data),
                form_key=form.form_key.data,
            )
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except Blocked as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            return redirect(place(desk(), entry))
    page = render_template("showcase/helpers/begin.html", event=row, form=form)
    return page, 422 if form.errors else 200


@bp.get("/helped/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """Tell the person who entered them for what, masked; nothing happens yet."""
    row = find_helped(desk(), token)
    if _is_own(row):
        return redirect(url_for("entries.show", entry_id=row.entry_id))
    refuse_taken(row)
    return _page(row, token)


@bp.post("/helped/<token>")
@signed_in
def take(token: str) -> ResponseReturnValue:
    """Make the entry one's own."""
    row, form = find_helped(desk(), token), TakeForm()
    if not form.validate_on_submit():
        return _page(row, token, taking=form)
    try:
        entry = take_over(desk(), row, last=form.last.data, consents=bool(form.consent.data))
    except WrongEnd as refusal:
        db.session.commit()  # the try counts
        form.take(refusal)
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
    except Blocked as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
    else:
        db.session.commit()
        flash(gettext("The entry is yours now. What the office answers comes to you."), "done")
        return redirect(url_for("entries.show", entry_id=entry.id))
    return _page(find_helped(desk(), token), token, taking=form)


@bp.post("/helped/<token>/object")
@public
def objection(token: str) -> ResponseReturnValue:
    """Withdraw an entry one knew nothing of."""
    row, form = find_helped(desk(), token), LastForm(prefix="object")
    if not form.validate_on_submit():
        return _page(row, token, objecting=form)
    try:
        object_to(desk(), row, last=form.last.data)
    except WrongEnd as refusal:
        db.session.commit()  # the try counts
        form.take(refusal)
        return _page(find_helped(desk(), token), token, objecting=form)
    db.session.commit()
    flash(gettext("The entry is withdrawn. Whoever entered you sees that you objected."), "done")
    return redirect(url_for("home.index"))


def _is_own(row: Helped) -> bool:
    held = row.taken_at is not None and is_signed_in()
    return held and current_account().id == row.entry.account_id


def _page(
    row: Helped, token: str, *, taking: TakeForm | None = None, objecting: LastForm | None = None
) -> ResponseReturnValue:
    at, person = desk(), row.entry.person
    page = render_template(
        "showcase/helpers/show.html",
        row=row,
        token=token,
        person=person,
        numbers=(masked_id(at, person)[:-4] + "****", masked_phone(at, person)) if person else (),
        taking=taking or TakeForm(formdata=None),
        objecting=objecting or LastForm(formdata=None, prefix="object"),
    )
    return page, 422 if request.method == "POST" else 200
