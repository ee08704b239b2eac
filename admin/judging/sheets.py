"""A judge's own sheets: the pledge, the grid, the signature."""

import secrets

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.accounts import actor_by_password
from actions.judges import judge_of
from actions.panels import declare_recusal, sign_pledge
from actions.scores import sign_sheet, signing_reasons
from admin.forms.judging import PledgeForm, RecusalForm, SignForm
from admin.judging.blueprint import bp
from admin.judging.grid import grid_of
from admin.judging.marks import take_all
from admin.judging.seats import seat_here, sheet_here, sheet_of
from models.contests import Event
from models.judging import assignments_of
from rules.errors import NotPermitted, Refusal
from rules.permits import Permit, may_somewhere
from web.db import db
from web.errors import say, sentence
from web.guard import needs, signed_in
from web.login import current_account, current_actor, desk


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List one's seats and the events one leads."""
    actor = current_actor()
    if not (may_somewhere(actor, Permit.MARK_ENTER) or may_somewhere(actor, Permit.PANEL_WATCH)):
        abort(403)
    led = [grant.scope_id for grant in actor.grants if grant.role == "chief_judge"]
    return render_template(
        "admin/judging/index.html",
        seats=assignments_of(db.session(), current_account().id),
        in_pool=judge_of(desk(), current_actor().person_id) is not None,
        led=db.session.scalars(select(Event).where(Event.id.in_(led))).all(),
    )


@bp.route("/<int:event_id>/pledge", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def pledge(event_id: int) -> ResponseReturnValue:
    """Show the pledge before the first work."""
    event, seat = seat_here(event_id)
    form = PledgeForm()
    if form.validate_on_submit():
        sign_pledge(desk(), seat)
        db.session.commit()
        return redirect(url_for(".grid", event_id=event_id))
    return render_template("admin/judging/pledge.html", event=event, seat=seat, form=form)


@bp.route("/<int:event_id>/recuse", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def recuse(event_id: int) -> ResponseReturnValue:
    """Step down because of a conflict."""
    event, seat = seat_here(event_id)
    form = RecusalForm()
    if form.validate_on_submit():
        declare_recusal(desk(), event, seat, reason=form.reason.data)
        db.session.commit()
        flash(gettext("You have stepped down. Organizer and chief see it."), "done")
        return redirect(url_for("home.index"))
    page = render_template("admin/judging/recuse.html", event=event, form=form)
    return page, 422 if form.errors else 200


@bp.route("/<int:event_id>/", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def grid(event_id: int) -> ResponseReturnValue:
    """Show the sheet; without script the whole form is posted at once."""
    event, seat = seat_here(event_id)
    if seat.pledged_at is None:
        return redirect(url_for(".pledge", event_id=event_id))
    sheet = sheet_of(seat)
    if sheet is None:
        return render_template("admin/judging/waiting.html", event=event, seat=seat)
    troubles: list[str] = []
    if request.method == "POST":
        troubles = take_all(sheet)
        if not troubles:
            return redirect(url_for(".grid", event_id=event_id))
    page = render_template(
        "admin/judging/grid.html",
        event=event,
        seat=seat,
        sheet=sheet,
        grid=grid_of(desk(), sheet),
        reasons=signing_reasons(desk(), sheet),
        troubles=troubles,
        typed=request.form if troubles else {},
        key=secrets.token_hex(8),
    )
    return page, 422 if troubles else 200


@bp.route("/<int:event_id>/sign", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def sign(event_id: int) -> ResponseReturnValue:
    """Sign the complete sheet with one's own password."""
    event, seat = seat_here(event_id)
    sheet = sheet_here(seat)
    form = SignForm(handle=current_account().username or current_account().email or "")
    if form.validate_on_submit():
        try:
            _check_password(form.handle.data, form.password.data)
            sign_sheet(desk(), sheet, client_key=secrets.token_hex(12))
        except Refusal as refusal:
            db.session.commit()  # a wrong password counts; a refused signature wrote nothing
            form.form_errors.append(sentence(refusal))
            form.form_errors += [say(reason) for reason in getattr(refusal, "reasons", ())]
        else:
            db.session.commit()
            flash(gettext("Signed. The sheet is read-only now."), "done")
            return redirect(url_for(".grid", event_id=event_id))
    page = render_template(
        "admin/judging/sign.html", event=event, seat=seat, form=form, grid=grid_of(desk(), sheet)
    )
    return page, 422 if form.errors else 200


def _check_password(handle: str, password: str) -> None:
    address = request.remote_addr or ""
    actor = actor_by_password(desk(), handle=handle, password=password, address=address)
    if actor.account_id != current_account().id:
        raise NotPermitted("A sheet is signed with the own name and password.")
