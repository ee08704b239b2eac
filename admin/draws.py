"""The draw for staff: hashes first, the witness joins, then stations and sealed codes."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from actions.draws import commit_draw, draw_of, join_draw, seal_draw
from admin.events import event_here
from admin.forms.draws import DeedForm
from models.contests import Event
from models.draws import Draw
from rules.permits import Permit, may
from web.db import db
from web.guard import needs, signed_in
from web.login import current_actor, desk

bp = Blueprint("admin_draws", __name__, url_prefix="/admin/events/<int:event_id>/draw")


@bp.get("/")
@signed_in
def show(event_id: int) -> ResponseReturnValue:
    """Show where the draw stands, to the officer and to the witness."""
    event = _event(event_id)
    return _page(event)


@bp.post("/commit")
@needs(Permit.DRAW_RUN)
def commit(event_id: int) -> ResponseReturnValue:
    """Publish the hashes of both seeds."""
    event = event_here(event_id, Permit.DRAW_RUN)
    commit_draw(desk(), event)
    db.session.commit()
    return _page(event)


@bp.post("/join")
@needs(Permit.DRAW_WITNESS)
def join(event_id: int) -> ResponseReturnValue:
    """Join as the witness; the slip is on this page and nowhere else."""
    event = event_here(event_id, Permit.DRAW_WITNESS)
    slip = join_draw(desk(), _draw(event))
    db.session.commit()
    return _slip(event, slip)


@bp.post("/seal")
@needs(Permit.DRAW_RUN)
def seal(event_id: int) -> ResponseReturnValue:
    """Draw and seal; the officer's slip is on this page and nowhere else."""
    event = event_here(event_id, Permit.DRAW_RUN)
    slip = seal_draw(desk(), _draw(event))
    db.session.commit()
    return _slip(event, slip)


def _event(event_id: int) -> Event:
    event: Event = db.get_or_404(Event, event_id)
    actor = current_actor()
    if not any(may(actor, one, event.where) for one in (Permit.DRAW_RUN, Permit.DRAW_WITNESS)):
        raise Forbidden
    return event


def _draw(event: Event) -> Draw:
    draw: Draw = db.one_or_404(select(Draw).filter_by(event_id=event.id))
    return draw


def _page(event: Event) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "admin/draws/show.html",
        event=event,
        draw=draw_of(desk(), event),
        may_run=may(actor, Permit.DRAW_RUN, event.where),
        may_witness=may(actor, Permit.DRAW_WITNESS, event.where),
        form=DeedForm(),
    )


def _slip(event: Event, slip: str) -> ResponseReturnValue:
    page = render_template("admin/draws/slip.html", event=event, slip=slip)
    return page, 200, {"Cache-Control": "no-store"}
