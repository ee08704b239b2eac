"""Wishes to have name or ID number put right, answered by the office."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.corrections import decline_correction, grant_correction, wished_number, wishes
from actions.people import masked_id
from admin.forms.corrections import DeclineForm
from models.corrections import Correction
from rules.errors import Blocked, Invalid, NotPermitted
from rules.identity import mask_id
from rules.permits import ANYWHERE, Permit
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.headers import keep_nothing
from web.login import desk, require_here

bp = Blueprint("admin_corrections", __name__, url_prefix="/admin/corrections")
keep_nothing(bp)


@dataclass(frozen=True)
class Wish:
    """One wish as the page shows it: numbers masked, ``number`` empty where it stays."""

    row: Correction
    now: str
    number: str


@bp.get("/")
@needs(Permit.PERSON_MERGE)
def index() -> ResponseReturnValue:
    """List what waits, oldest first."""
    return _page()


@bp.post("/<int:row_id>/grant")
@needs(Permit.PERSON_MERGE)
def grant(row_id: int) -> ResponseReturnValue:
    """Put the record right."""
    row: Correction = db.get_or_404(Correction, row_id)
    try:
        grant_correction(desk(), row)
    except (Blocked, NotPermitted) as refusal:
        db.session.rollback()
        return _page(refused=sentence(refusal)), 409
    db.session.commit()
    flash(gettext("The record is put right; the person is told."), "done")
    return redirect(url_for(".index"))


@bp.post("/<int:row_id>/decline")
@needs(Permit.PERSON_MERGE)
def decline(row_id: int) -> ResponseReturnValue:
    """Leave the record as it is, with the reason."""
    row: Correction = db.get_or_404(Correction, row_id)
    form = DeclineForm(prefix=f"wish{row_id}")
    if form.validate_on_submit():
        try:
            decline_correction(desk(), row, answer=form.answer.data)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("Answered; the record stays as it is."), "done")
            return redirect(url_for(".index"))
    return _page(answering=(row_id, form)), 422


def _page(*, refused: str = "", answering: tuple[int, DeclineForm] | None = None) -> str:
    require_here(Permit.PERSON_MERGE, ANYWHERE)
    at = desk()
    rows = wishes(at)
    forms = {row.id: DeclineForm(formdata=None, prefix=f"wish{row.id}") for row in rows}
    if answering is not None:
        forms |= dict([answering])
    return render_template(
        "admin/corrections/index.html",
        wishes=[
            Wish(row, masked_id(at, row.person), _masked(wished_number(at, row))) for row in rows
        ],
        forms=forms,
        form=answering[1] if answering else DeclineForm(formdata=None),
        refused=refused,
    )


def _masked(number: str) -> str:
    return mask_id(number) if number else ""
