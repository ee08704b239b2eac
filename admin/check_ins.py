"""The check-in desk of an event: scanner, camera or list; undone, closed, reopened, extra time."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select

from actions.check_ins import (
    Outcome,
    check_in,
    close_check_in,
    find_placement,
    missing_of,
    reopen_check_in,
    undo_check_in,
)
from admin.check_in_lists import counts_of, longest_pass, rows_of
from admin.events import event_here
from admin.forms.check_ins import CloseForm, ReasonForm, ScanForm
from models.check_ins import CheckIn
from models.contests import Event
from models.sittings import Placement, Sitting
from rules.check_ins import Arrival, arrival
from rules.errors import Blocked, Refusal
from rules.permits import Permit, may
from web.db import db
from web.errors import STATUS, sentence
from web.guard import needs
from web.headers import PERMISSIONS
from web.login import current_actor, desk, request_time

bp = Blueprint("admin_check_ins", __name__, url_prefix="/admin/events/<int:event_id>/check-in")
CAMERA: Final = PERMISSIONS.replace("camera=()", "camera=(self)")


@bp.after_request
def open_the_camera(response: Response) -> Response:
    """Let this desk ask for the camera, and leave no names behind in the browser."""
    response.headers["Permissions-Policy"] = CAMERA
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/")
@needs(Permit.CHECK_IN)
def index(event_id: int) -> ResponseReturnValue:
    """Show the desk of the sitting that runs now, or of the one in the address."""
    event = event_here(event_id, Permit.CHECK_IN)
    sittings = _sittings(event)
    if not sittings:
        return render_template("admin/check_ins/none.html", event=event)
    return _page(event, sittings, _chosen(sittings))


@bp.post("/")
@needs(Permit.CHECK_IN)
def scan(event_id: int) -> ResponseReturnValue:
    """Check one entrant in, or say why not; the same form twice is one check-in."""
    event = event_here(event_id, Permit.CHECK_IN)
    sittings = _sittings(event)
    if not sittings:
        return redirect(url_for(".index", event_id=event_id))
    sitting, form = _chosen(sittings), ScanForm()
    late = (form.late_reason.data or "") if form.validate_on_submit() else ""
    placement = None
    try:
        placement = find_placement(desk(), sitting, form.code.data or "")
        outcome = check_in(
            desk(), sitting, placement, key=form.key.data or _key(), late_reason=late
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(event, sittings, sitting, refusal=refusal, placement=placement)
    db.session.commit()
    return _page(event, sittings, sitting, outcome=outcome)


@bp.route("/<int:check_in_id>/undo", methods=["GET", "POST"])
@needs(Permit.CHECK_IN)
def undo(event_id: int, check_in_id: int) -> ResponseReturnValue:
    """Take a check-in back with a reason."""
    event = event_here(event_id, Permit.CHECK_IN)
    row: CheckIn = db.one_or_404(
        select(CheckIn)
        .join(CheckIn.placement)
        .join(Placement.sitting)
        .where(CheckIn.id == check_in_id, Sitting.event_id == event_id)
    )
    form = ReasonForm()
    if form.validate_on_submit():
        undo_check_in(desk(), row, reason=form.reason.data)
        return _done(row.placement.sitting, gettext("The check-in is taken back."))
    page = render_template("admin/check_ins/undo.html", event=event, row=row, form=form)
    return page, 422 if form.errors else 200


@bp.route("/<int:sitting_id>/close", methods=["GET", "POST"])
@needs(Permit.CHECK_IN)
def close(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """List who is missing, ask once, then close: they are absent."""
    event = event_here(event_id, Permit.CHECK_IN)
    sitting, form = _sitting(event, sitting_id), CloseForm()
    if form.validate_on_submit():
        absent = close_check_in(desk(), sitting)
        words = ngettext(
            "Check-in is closed; %(num)d entrant is absent.",
            "Check-in is closed; %(num)d entrants are absent.",
            absent,
        )
        return _done(sitting, words)
    return render_template(
        "admin/check_ins/close.html",
        event=event,
        sitting=sitting,
        form=form,
        missing=missing_of(desk(), sitting),
    )


@bp.route("/<int:sitting_id>/reopen", methods=["GET", "POST"])
@needs(Permit.LATE_ADMIT)
def reopen(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Reopen a check-in with a reason."""
    event = event_here(event_id, Permit.LATE_ADMIT)
    sitting, form = _sitting(event, sitting_id), ReasonForm()
    if form.validate_on_submit():
        reopen_check_in(desk(), sitting, reason=form.reason.data)
        return _done(sitting, gettext("Check-in is open again; its absences are lifted."))
    page = render_template("admin/check_ins/reopen.html", event=event, sitting=sitting, form=form)
    return page, 422 if form.errors else 200


def _sittings(event: Event) -> Sequence[Sitting]:
    return db.session.scalars(
        select(Sitting).filter_by(event_id=event.id).order_by(Sitting.starts_at, Sitting.id)
    ).all()


def _sitting(event: Event, key: int) -> Sitting:
    found: Sitting = db.one_or_404(select(Sitting).filter_by(id=key, event_id=event.id))
    return found


def _chosen(sittings: Sequence[Sitting]) -> Sitting:
    """Return the sitting of the address, the one under way, the next one, or the last."""
    asked, now = request.args.get("sitting", type=int), request_time()
    ranked = (
        [row for row in sittings if row.id == asked]
        or [row for row in sittings if row.reports_at <= now < row.ends_at]
        or [row for row in sittings if row.reports_at > now]
    )
    return ranked[0] if ranked else sittings[-1]


def _page(
    event: Event,
    sittings: Sequence[Sitting],
    sitting: Sitting,
    *,
    outcome: Outcome | None = None,
    refusal: Refusal | None = None,
    placement: Placement | None = None,
) -> ResponseReturnValue:
    shown = outcome.check_in.placement if outcome else placement
    arrived = _arrived(sitting, request_time())
    may_admit = may(current_actor(), Permit.LATE_ADMIT, event.where)
    page = render_template(
        "admin/check_ins/index.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        arrived=arrived.value,
        counts=counts_of(sitting),
        listing=rows_of(sitting, request.args.get("q", ""), request.args.get("show", "")),
        outcome=outcome,
        refused=sentence(refusal) if refusal else "",
        shown=shown,
        may_admit=may_admit,
        offer=may_admit and isinstance(refusal, Blocked) and shown is not None,
        typed=request.form.get("code", "") if refusal else "",
        key=_key(),
        digits=longest_pass(sitting),
        q=request.args.get("q", ""),
        show=request.args.get("show", ""),
    )
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 200)
    return page, status


def _arrived(sitting: Sitting, now: dt.datetime) -> Arrival:
    return arrival(
        now,
        reports_at=sitting.reports_at,
        starts_at=sitting.starts_at,
        late_minutes=sitting.late_minutes,
    )


def _key() -> str:
    return secrets.token_hex(12)


def _done(sitting: Sitting, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".index", event_id=sitting.event_id, sitting=sitting.id))
