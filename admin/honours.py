"""The register of honours for staff: recorded with a source, revoked on a ground."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.honours import record_honour, revoke_honour
from admin.craftsmen import profile_of
from admin.forms.contests import GroundForm
from admin.forms.craftsmen import HonourForm
from models.craftsmen import Honour
from rules.permits import Permit
from web.db import db
from web.guard import needs
from web.login import desk

bp = Blueprint("admin_honours", __name__, url_prefix="/admin/craftsmen/<slug>/honours")


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def new(slug: str) -> ResponseReturnValue:
    """Record an honour that did not come from this site's own results."""
    craftsman, form = profile_of(slug), HonourForm()
    if form.validate_on_submit():
        record_honour(desk(), craftsman.person, form.text())
        return _done(slug, gettext("The honour is in the register."))
    status = 422 if form.errors else 200
    return render_template("admin/honours/form.html", form=form, craftsman=craftsman), status


@bp.route("/<int:honour_id>/revoke", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def revoke(slug: str, honour_id: int) -> ResponseReturnValue:
    """Ask once for the ground, then mark the honour as revoked."""
    craftsman, form = profile_of(slug), GroundForm()
    honour: Honour = db.one_or_404(
        select(Honour).filter_by(id=honour_id, person_id=craftsman.person_id)
    )
    if form.validate_on_submit():
        revoke_honour(desk(), honour, ground=form.ground.data)
        return _done(slug, gettext("The honour is revoked and stays in the register as revoked."))
    status = 422 if form.errors else 200
    return render_template(
        "admin/honours/revoke.html", form=form, craftsman=craftsman, honour=honour
    ), status


def _done(slug: str, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_craftsmen.show", slug=slug))
