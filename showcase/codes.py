"""Signing in by a code that is sent to the telephone of an account."""

from typing import Final

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.codes import ask_code, sign_in_by_code
from rules.accounts import clean_handle
from rules.errors import Invalid, NotPermitted
from rules.identity import mask_phone
from rules.permits import NOBODY
from showcase.forms.codes import CodeForm, PhoneForm
from web.db import db
from web.errors import sentence
from web.guard import public
from web.headers import keep_nothing
from web.login import desk, open_login
from web.returning import safe_next

bp = Blueprint("codes", __name__, url_prefix="/account/code")
PHONE: Final = "code_phone"
"""Where the cookie keeps the number between the two pages; signing in empties it."""
keep_nothing(bp)


@bp.route("/", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Ask for the number and send a code; the answer says nothing about who has an account."""
    form = PhoneForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            ask_code(desk(NOBODY), phone=form.phone.data, address=request.remote_addr or "")
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except NotPermitted as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            session[PHONE] = clean_handle(form.phone.data)
            flash(gettext("If an account has this number, a code is on its way to it."), "done")
            return redirect(url_for(".enter", next=form.next.data or None))
    page = render_template("showcase/codes/ask.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/enter", methods=["GET", "POST"])
@public
def enter() -> ResponseReturnValue:
    """Ask for the code; wrong, old and used ones get the same words."""
    phone = session.get(PHONE)
    if not phone:
        return redirect(url_for(".ask", next=request.args.get("next")))
    form = CodeForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            token = sign_in_by_code(
                desk(NOBODY),
                phone=phone,
                code=form.code.data,
                address=request.remote_addr or "",
                agent=request.user_agent.string,
            )
        except NotPermitted as refusal:
            db.session.commit()  # the try counts
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            open_login(token)
            return redirect(safe_next(form.next.data, fallback="account.home"))
    page = render_template(
        "showcase/codes/enter.html",
        form=form,
        phone=phone,
        shown=mask_phone(phone),
        in_folder=not current_app.config["SETTINGS"].sms_url,
    )
    return page, 422 if form.errors else 200
