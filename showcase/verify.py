"""Verifying a certificate by its number."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.public.certificates import CertificateRow, certificate, is_holder
from rules.errors import Invalid
from rules.numbering import certificate_number, parse_certificate
from rules.text import clean_line
from showcase.forms.verify import VerifyForm
from web.db import db
from web.errors import sentence
from web.guard import public
from web.login import request_time

bp = Blueprint("verify", __name__, url_prefix="/verify")
LONGEST = 40


@bp.route("/", methods=["GET", "POST"])
@public
def index() -> ResponseReturnValue:
    """Ask for a number; with a name too the answer says whether it is the holder's."""
    form = VerifyForm()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("showcase/verify/index.html", form=form, row=None), status
    if not form.name.data:
        return redirect(url_for(".show", number=form.number.data))
    return _answer(form)


@bp.get("/<number>")
@public
def show(number: str) -> ResponseReturnValue:
    """Answer valid, replaced or revoked; an unknown number is answered in words."""
    return _answer(VerifyForm(data={"number": clean_line(number)[:LONGEST]}))


def _answer(form: VerifyForm) -> ResponseReturnValue:
    row, trouble = _found(form.number.data)
    named = form.name.data if row else None
    page = render_template(
        "showcase/verify/index.html",
        form=form,
        row=row,
        trouble=trouble,
        named=named,
        fits=bool(row and named and is_holder(db.session(), row.number, clean_line(named))),
        now=request_time(),
        asked=True,
    )
    return page, 200 if row else 404


def _found(number: str) -> tuple[CertificateRow | None, str]:
    try:
        tidy = certificate_number(*parse_certificate(number))
    except Invalid as refusal:
        return None, sentence(refusal)
    row = certificate(db.session(), tidy)
    if row is None:
        return None, gettext("The number is well formed, but no certificate was issued under it.")
    return row, ""
