"""The door of the house: signing in, opening an account, one's own page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.accounts import change_password, register_account, sign_in
from rules.errors import Invalid, NotPermitted
from rules.permits import NOBODY, Permit, may_somewhere
from showcase.forms.account import LoginForm, PasswordForm, RegisterForm
from web.db import db
from web.errors import sentence
from web.guard import public, signed_in
from web.login import close_login, current_account, current_actor, desk, open_login
from web.returning import safe_next

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Ask for name and password; wrong ones get the same words whoever they name."""
    form = LoginForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            token = sign_in(
                desk(NOBODY),
                handle=form.handle.data,
                password=form.password.data,
                address=request.remote_addr or "",
                agent=request.user_agent.string,
            )
        except NotPermitted as refusal:
            db.session.commit()  # the failed attempt counts
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            open_login(token)
            return redirect(safe_next(form.next.data, fallback="account.home"))
    status = 422 if form.errors else 200
    return render_template("showcase/account/login.html", form=form), status


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Open a contestant's account and sign it in."""
    form = RegisterForm(next=request.args.get("next"))
    if form.validate_on_submit():
        at = desk(NOBODY)
        handle, password = form.handle.data, form.password.data
        try:
            register_account(at, name=form.name.data, handle=handle, password=password)
        except Invalid as refusal:
            form.take(refusal)
        else:
            token = sign_in(at, handle=handle, password=password, address=request.remote_addr or "")
            db.session.commit()
            open_login(token)
            return redirect(safe_next(form.next.data, fallback="account.home"))
    status = 422 if form.errors else 200
    return render_template("showcase/account/register.html", form=form), status


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """Replace one's own password; a first one that somebody else chose must be."""
    account, form = current_account(), PasswordForm()
    if form.validate_on_submit():
        try:
            change_password(desk(), account, old=form.old.data, new=form.password.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("Your new password is in force."), "done")
            return redirect(url_for(".home"))
    page = render_template("showcase/account/password.html", form=form, account=account)
    return page, 422 if form.errors else 200


@bp.post("/logout")
@signed_in
def logout() -> ResponseReturnValue:
    """End the session here and on the server."""
    close_login()
    db.session.commit()
    flash(gettext("You are signed out."), "done")
    return redirect(url_for("home.index"))


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Lead everybody to where their work is."""
    actor = current_actor()
    if may_somewhere(actor, Permit.STAFF_HOME):
        return redirect(url_for("admin_home.index"))
    if may_somewhere(actor, Permit.MARK_ENTER) or may_somewhere(actor, Permit.PANEL_WATCH):
        return redirect(url_for("judging.index"))
    if may_somewhere(actor, Permit.UNIT_VIEW):
        return redirect(url_for("units.index"))
    return redirect(url_for("entries.index"))
