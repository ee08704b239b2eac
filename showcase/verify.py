"""Verifying a certificate by its number."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.public.certificates import certificate
from rules.errors import Invalid
from rules.numbering import parse_certificate
from rules.text import clean_line
from web.db import db
from web.errors import sentence
from web.guard import public
from web.login import request_time

bp = Blueprint("verify", __name__, url_prefix="/verify")
MAX_NUMBER = 40


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Ask for a number."""
    number = clean_line(request.args.get("number", ""))[:MAX_NUMBER].upper().replace(" ", "")
    if number:
        return redirect(url_for(".show", number=number))
    return render_template("showcase/verify/index.html", number="", row=None, trouble="")


@bp.get("/<number>")
@public
def show(number: str) -> ResponseReturnValue:
    """Answer valid, replaced or revoked; an unknown number is answered in words."""
    trouble, row = "", None
    try:
        parse_certificate(number[:MAX_NUMBER])
        row = certificate(db.session(), number.upper())
    except Invalid as refusal:
        trouble = sentence(refusal)
    page = render_template(
        "showcase/verify/index.html",
        number=number[:MAX_NUMBER],
        row=row,
        trouble=trouble,
        now=request_time(),
        asked=True,
    )
    return page, 200 if row else 404
