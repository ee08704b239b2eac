"""Proposals of panels: shown beside the panel that stands, and seated as shown."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.panels import ASSIGNABLE, accept_panel, propose_panels, seats_of
from admin.events import event_here
from models.accounts import Account
from models.contests import Contest, Event
from models.panels import PanelSeat
from rules.errors import Invalid
from rules.panel_proposals import Panel
from rules.permits import Permit
from web.db import db
from web.guard import needs
from web.login import desk, require_here

bp = Blueprint("admin_proposals", __name__, url_prefix="/admin")


@dataclass(frozen=True)
class Shown:
    """One event's proposal beside its panel; ``leaving`` are seats the proposal gives away."""

    event: Event
    panel: Panel
    staying: frozenset[int]
    leaving: tuple[PanelSeat, ...]


@bp.get("/events/<int:event_id>/panel/proposal")
@needs(Permit.PANEL_ASSIGN)
def show(event_id: int) -> ResponseReturnValue:
    """Propose a panel for one event."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    return _page([event], event.contest, event)


@bp.get("/contests/<int:contest_id>/panels")
@needs(Permit.PANEL_ASSIGN)
def contest(contest_id: int) -> ResponseReturnValue:
    """Propose panels for all events of a contest whose panel is not settled yet."""
    row: Contest = db.get_or_404(Contest, contest_id)
    require_here(Permit.PANEL_ASSIGN, row.where)
    open_now = [event for event in row.events if event.state in ASSIGNABLE]
    return _page(open_now, row, None)


@bp.post("/events/<int:event_id>/panel/accept")
@needs(Permit.PANEL_ASSIGN)
def accept(event_id: int) -> ResponseReturnValue:
    """Seat the judges the page has shown."""
    event = event_here(event_id, Permit.PANEL_ASSIGN)
    keys = request.form.getlist("judge", type=int)
    found = {row.id: row for row in db.session.scalars(select(Account).where(Account.id.in_(keys)))}
    if len(found) < len(set(keys)):
        raise Invalid("There is no account of this name.")
    accept_panel(desk(), event, [found[key] for key in dict.fromkeys(keys)])
    db.session.commit()
    flash(gettext("The proposed judges are seated."), "done")
    return redirect(url_for("admin_panels.show", event_id=event_id))


def _page(events: list[Event], contest: Contest, event: Event | None) -> ResponseReturnValue:
    at = desk()
    panels, accounts = propose_panels(at, events)
    shown = [_shown(at_event, panels[at_event.id]) for at_event in events]
    return render_template(
        "admin/panels/proposal.html",
        contest=contest,
        event=event,
        shown=shown,
        accounts=accounts,
    )


def _shown(event: Event, panel: Panel) -> Shown:
    seats = seats_of(desk(), event)
    chosen = {seat.judge for seat in panel.seats}
    return Shown(
        event,
        panel,
        frozenset(seat.account_id for seat in seats if seat.account_id in chosen),
        tuple(seat for seat in seats if seat.account_id not in chosen),
    )
