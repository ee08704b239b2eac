"""The link a worker gets from the own unit: what it says, and the step into the own entry."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from actions.invitations import (
    WrongLast,
    accept_invitation,
    find_invitation,
    is_own,
    masked,
    named,
    refuse_used,
)
from models.occupations import Occupation
from models.organizations import Town
from models.units import Invitation
from rules.errors import Invalid
from rules.states import InvitationState
from showcase.forms.invitations import AcceptForm
from web.db import db
from web.guard import public, signed_in
from web.headers import keep_nothing
from web.login import desk

bp = Blueprint("invitations", __name__, url_prefix="/account/invitations")
keep_nothing(bp)


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """Say who invites to what and what the unit wrote, masked; nothing begins yet."""
    row = find_invitation(desk(), token)
    if row.state is InvitationState.ACCEPTED and is_own(desk(), row):
        return redirect(url_for("entries.show", entry_id=row.entry_id))
    refuse_used(row)
    return _page(row, token, AcceptForm(formdata=None))


@bp.post("/<token>")
@signed_in
def accept(token: str) -> ResponseReturnValue:
    """Begin the own entry with what the unit wrote; every step can still be mended."""
    at = desk()
    row, form = find_invitation(at, token), AcceptForm()
    if row.state is InvitationState.ACCEPTED and is_own(at, row):
        return redirect(url_for("entries.show", entry_id=row.entry_id))
    refuse_used(row)
    if not form.validate_on_submit():
        return _page(row, token, form), 422
    try:
        entry = accept_invitation(at, row, last=form.last.data, consents=bool(form.consent.data))
    except WrongLast as refusal:
        db.session.commit()  # the try counts
        form.take(refusal)
        return _page(row, token, form), 422
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _page(find_invitation(desk(), token), token, form), 422
    db.session.commit()
    return redirect(url_for("entries.step", entry_id=entry.id, number=1))


def _page(row: Invitation, token: str, form: AcceptForm) -> str:
    at = desk()
    worker = named(at, row)
    town = at.session.get(Town, worker.town_id) if worker.town_id else None
    trade = at.session.get(Occupation, worker.occupation_id) if worker.occupation_id else None
    return render_template(
        "showcase/invitations/show.html",
        row=row,
        token=token,
        form=form,
        worker=worker,
        numbers=masked(worker),
        town=town.name if town else "",
        trade=(trade or row.event.occupation).name,
    )
