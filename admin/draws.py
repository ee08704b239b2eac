"""The draw for staff: hashes first, the witness joins, then stations and sealed codes."""

import io

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import Forbidden, NotFound

from actions.draw_layers import Sealing, commit_layer, keepers_of, seal_layer
from actions.draws import commit_draw, draw_of, join_draw, seal_last
from actions.event_plans import rules_of
from adapters.documents import draw_minutes_pdf
from admin.draw_minutes import minutes_of
from admin.events import event_here
from admin.forms.draws import DeedForm
from models.contests import Event
from models.draws import Draw, DrawLayer
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
    return _slip(event, Sealing(slip, ()))


@bp.post("/seal")
@needs(Permit.DRAW_RUN)
def seal(event_id: int) -> ResponseReturnValue:
    """Draw and seal; the officer's slip is on this page and nowhere else."""
    event = event_here(event_id, Permit.DRAW_RUN)
    sealing = seal_last(desk(), _draw(event))
    db.session.commit()
    return _slip(event, sealing, layers_wanted(event))


@bp.post("/layers/<int:number>/commit")
@needs(Permit.DRAW_RUN)
def keep(event_id: int, number: int) -> ResponseReturnValue:
    """Become the keeper of one inner layer and publish its hash."""
    event = event_here(event_id, Permit.DRAW_RUN)
    commit_layer(desk(), _draw(event), number)
    db.session.commit()
    return _page(event)


@bp.post("/layers/<int:number>/seal")
@needs(Permit.DRAW_RUN)
def close(event_id: int, number: int) -> ResponseReturnValue:
    """Draw and seal one inner layer; its slip and list are on this page and nowhere else."""
    event = event_here(event_id, Permit.DRAW_RUN)
    layer: DrawLayer = db.one_or_404(
        select(DrawLayer).filter_by(draw_id=_draw(event).id, number=number)
    )
    sealing = seal_layer(desk(), layer)
    db.session.commit()
    return _slip(event, sealing, number)


@bp.get("/minutes.pdf")
@signed_in
def minutes(event_id: int) -> ResponseReturnValue:
    """Offer the minutes of a sealed draw, with lines for the signatures."""
    event = _event(event_id)
    draw = _draw(event)
    if draw.sealed_at is None:
        raise NotFound
    data = draw_minutes_pdf(minutes_of(db.session(), draw))
    name = f"{event.contest.name} {event.name} 抽签记录.pdf"
    return send_file(io.BytesIO(data), mimetype="application/pdf", download_name=name)


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
    draw = draw_of(desk(), event)
    wanted = layers_wanted(event)
    inner = {layer.number: layer for layer in draw.inner} if draw else {}
    return render_template(
        "admin/draws/show.html",
        event=event,
        draw=draw,
        wanted=wanted,
        layers=[(number, inner.get(number)) for number in range(1, wanted)],
        me=actor.account_id,
        keeps=draw is not None and actor.account_id in keepers_of(draw),
        ready=all(inner.get(n) and inner[n].sealed_at for n in range(1, wanted)),
        may_run=may(actor, Permit.DRAW_RUN, event.where),
        may_witness=may(actor, Permit.DRAW_WITNESS, event.where),
        form=DeedForm(),
    )


def _slip(event: Event, sealing: Sealing, layer: int = 0) -> ResponseReturnValue:
    page = render_template(
        "admin/draws/slip.html",
        event=event,
        slip=sealing.slip,
        rows=sealing.rows,
        layer=layer,
        wanted=layers_wanted(event),
    )
    return page, 200, {"Cache-Control": "no-store"}


def layers_wanted(event: Event) -> int:
    """Return how many layers of codes the rules of an event ask for."""
    return rules_of(event).fairness.layers
