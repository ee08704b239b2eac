"""The admission pass of one's own entry, ready for paper, and its code."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from adapters.documents import qr_svg
from models.entries import Entry, carrier_of
from rules.states import EntryState
from showcase.entry_questions import own_entry
from web.db import db
from web.guard import signed_in
from web.headers import keep_nothing

bp = Blueprint("passes", __name__, url_prefix="/account/entries/<int:entry_id>")
keep_nothing(bp)


@bp.get("/pass")
@signed_in
def show(entry_id: int) -> ResponseReturnValue:
    """Show the admission pass."""
    entry = own_entry(entry_id)
    pass_no = _pass_no(entry)
    return render_template("showcase/entries/pass.html", entry=entry, pass_no=pass_no)


@bp.get("/pass.svg")
@signed_in
def code(entry_id: int) -> ResponseReturnValue:
    """Draw the code of the pass: event and pass number, nothing personal."""
    entry = own_entry(entry_id)
    return Response(qr_svg(f"JP:{entry.event_id}:{_pass_no(entry)}"), content_type="image/svg+xml")


def _pass_no(entry: Entry) -> str:
    """Return the number an accepted entry is let in by; a team has one for all its members."""
    carrier = carrier_of(db.session(), entry)
    if carrier.state is not EntryState.ACCEPTED or carrier.pass_no is None:
        abort(404)
    return carrier.pass_no
