"""The start page of staff: what waits, how the events stand, the plan against the records."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from admin.targets import progress
from admin.todos import todos
from models.contests import Contest, Event
from rules.permits import Permit, may
from rules.states import ContestState, EventState
from web.clock import local
from web.db import db
from web.guard import needs
from web.login import current_actor, request_time

bp = Blueprint("admin_home", __name__, url_prefix="/admin")
OVER = (EventState.AWARDED, EventState.CANCELLED)
MOST = 30


@bp.get("/")
@needs(Permit.STAFF_HOME)
def index() -> ResponseReturnValue:
    """Show what waits for the visitor first, then how everything stands."""
    actor, now = current_actor(), request_time()
    running = db.session.scalars(
        select(Event)
        .join(Event.contest)
        .where(Event.state.not_in(OVER), Contest.state == ContestState.ANNOUNCED)
        .options(selectinload(Event.contest))
        .order_by(Event.held_on, Event.id)
    )
    return render_template(
        "admin/home/index.html",
        todos=todos(db.session(), actor, now)[:MOST],
        events=[event for event in running if may(actor, Permit.STAFF_HOME, event.where)][:MOST],
        targets=progress(db.session(), local(now).year),
        now=now,
    )
