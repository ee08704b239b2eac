"""Papers for the days of a contest: ordered in batches, watched, downloaded volume by volume."""

import io
import zipfile

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from actions.papers import batches_of, is_stuck, order_papers, volume_name, volumes_of
from admin.events import event_here
from admin.forms.check_ins import CloseForm
from models.papers import PrintBatch
from rules.permits import Permit
from rules.terms import PaperKind
from web.db import db
from web.guard import needs
from web.login import desk, request_time, shelf

bp = Blueprint("admin_papers", __name__, url_prefix="/admin/events/<int:event_id>/papers")
HINTS = {
    PaperKind.TICKET: _l("Photo, code, hours, venues and the way there; two on a sheet of A4."),
    PaperKind.CLOTH: _l("The pass number in large, with its code; two on a sheet of A4."),
    PaperKind.CARD: _l("One for each workplace of the venues this event uses."),
    PaperKind.BADGE: _l("Ten on a sheet of A4. They carry names: not worn where judges mark."),
    PaperKind.SHEET: _l("One list a sitting, each line with its code and room to sign."),
}


@bp.get("/")
@needs(Permit.SITTING_PLAN)
def index(event_id: int) -> ResponseReturnValue:
    """Show each kind of paper: what is set, how far an order has come, what can be downloaded."""
    event = event_here(event_id, Permit.SITTING_PLAN)
    batches = batches_of(desk(), event)
    return render_template(
        "admin/papers/index.html",
        event=event,
        kinds=[(kind, HINTS[kind], batches.get(kind)) for kind in PaperKind],
        volumes={batch.id: volumes_of(batch) for batch in batches.values()},
        busy=any(batch.state.value == "setting" for batch in batches.values()),
        stuck={batch.id for batch in batches.values() if is_stuck(batch, request_time())},
    )


@bp.post("/<kind>/order")
@needs(Permit.SITTING_PLAN)
def order(event_id: int, kind: str) -> ResponseReturnValue:
    """Order the papers of one kind; an earlier order is replaced."""
    event = event_here(event_id, Permit.SITTING_PLAN)
    form = CloseForm()
    if not form.validate_on_submit():
        abort(400)
    order_papers(desk(), event, _kind(kind), sample=current_app.config["SETTINGS"].demo)
    db.session.commit()
    flash(gettext("Ordered. The page follows the printing; you may leave it."), "done")
    return redirect(url_for(".index", event_id=event_id))


@bp.get("/<kind>/<int:volume>.pdf")
@needs(Permit.SITTING_PLAN)
def download(event_id: int, kind: str, volume: int) -> ResponseReturnValue:
    """Send one volume."""
    batch = _batch(event_id, kind)
    if volume not in [number for number, _, _ in volumes_of(batch)]:
        abort(404)
    data = shelf().get(volume_name(batch, volume))
    return _sent(data, f"{kind}-{batch.event.slug}-{volume}.pdf", "application/pdf")


@bp.get("/<kind>/all.zip")
@needs(Permit.SITTING_PLAN)
def download_all(event_id: int, kind: str) -> ResponseReturnValue:
    """Send every volume of a batch that is ready, in one file."""
    batch = _batch(event_id, kind)
    if batch.state.value != "ready":
        abort(404)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for number, _, _ in volumes_of(batch):
            name = f"{kind}-{batch.event.slug}-{number}.pdf"
            pack.writestr(name, shelf().get(volume_name(batch, number)))
    return _sent(out.getvalue(), f"{kind}-{batch.event.slug}.zip", "application/zip")


def _kind(word: str) -> PaperKind:
    if word not in list(PaperKind):
        abort(404)
    return PaperKind(word)


def _batch(event_id: int, kind: str) -> PrintBatch:
    event = event_here(event_id, Permit.SITTING_PLAN)
    batch = batches_of(desk(), event).get(_kind(kind))
    if batch is None:
        abort(404)
    return batch


def _sent(data: bytes, name: str, kind: str) -> Response:
    answer = Response(data, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
