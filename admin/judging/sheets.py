"""A judge's own sheets: the pledge, the grid, each mark as it is entered, the signature."""

import secrets

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.accounts import actor_by_password
from actions.panels import declare_recusal, sign_pledge
from actions.scores import (
    MarkEntry,
    enter_mark,
    mark_presence,
    scheme_of,
    sign_sheet,
    signing_reasons,
)
from admin.forms.judging import PledgeForm, RecusalForm, SignForm
from admin.judging.blueprint import bp
from admin.judging.grid import grid_of
from models.contests import Event
from models.judging import assignments_of
from models.panels import PanelSeat
from models.scores import ScoreSheet
from rules.errors import Invalid, NotPermitted, Refusal, Stale
from rules.judging import columns_of, is_plausible, points_of
from rules.permits import Permit, may_somewhere
from web.db import db
from web.errors import STATUS, sentence
from web.guard import needs, signed_in
from web.login import current_account, current_actor, desk, require_here

MAX_TEXT = 40


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
        led=db.session.scalars(select(Event).where(Event.id.in_(led))).all(),
    )


@bp.route("/<int:event_id>/pledge", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def pledge(event_id: int) -> ResponseReturnValue:
    """Show the pledge before the first work."""
    event, seat = _seat(event_id)
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
    event, seat = _seat(event_id)
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
    event, seat = _seat(event_id)
    if seat.pledged_at is None:
        return redirect(url_for(".pledge", event_id=event_id))
    sheet = _sheet(seat)
    if sheet is None:
        return render_template("admin/judging/waiting.html", event=event, seat=seat)
    troubles: list[str] = []
    if request.method == "POST":
        troubles = _take_all(sheet)
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
        key=secrets.token_hex(8),
    )
    return page, 422 if troubles else 200


@bp.post("/<int:event_id>/mark")
@needs(Permit.MARK_ENTER)
def mark(event_id: int) -> ResponseReturnValue:
    """Take one mark; the answer says what is recorded now."""
    _, seat = _seat(event_id)
    sheet = _sheet(seat)
    if sheet is None:
        abort(404)
    sent = request.get_json(silent=True) or {}
    entry = _entry(sent)
    try:
        row = enter_mark(desk(), sheet, entry)
    except Refusal as refusal:
        db.session.rollback()
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        return {
            "ok": False,
            "stale": isinstance(refusal, Stale),
            "words": sentence(refusal),
        }, status
    answer = {
        "ok": True,
        "seq": row.seq,
        "value": row.value or "",
        **_shown(sheet, entry, row.value),
    }
    db.session.commit()
    return answer


@bp.post("/<int:event_id>/presence")
@needs(Permit.MARK_ENTER)
def presence(event_id: int) -> ResponseReturnValue:
    """Record a work as absent, or as there after all."""
    _, seat = _seat(event_id)
    sheet = _sheet(seat)
    if sheet is None:
        abort(404)
    mark_presence(
        desk(),
        sheet,
        request.form.get("code", "")[:8],
        absent=request.form.get("absent") == "yes",
        client_key=request.form.get("key", "")[:MAX_TEXT] or secrets.token_hex(8),
    )
    db.session.commit()
    return redirect(url_for(".grid", event_id=event_id))


@bp.route("/<int:event_id>/sign", methods=["GET", "POST"])
@needs(Permit.MARK_ENTER)
def sign(event_id: int) -> ResponseReturnValue:
    """Sign the complete sheet with one's own password."""
    event, seat = _seat(event_id)
    sheet = _sheet(seat)
    if sheet is None:
        abort(404)
    form = SignForm()
    if form.validate_on_submit():
        try:
            _check_password(form.handle.data, form.password.data)
            sign_sheet(desk(), sheet, client_key=secrets.token_hex(12))
        except Refusal as refusal:
            db.session.commit()  # a wrong password counts; a refused signature wrote nothing
            form.form_errors.append(sentence(refusal))
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


def _seat(event_id: int) -> tuple[Event, PanelSeat]:
    event: Event = db.get_or_404(Event, event_id)
    require_here(Permit.MARK_ENTER, event.where)
    seat: PanelSeat = db.one_or_404(
        select(PanelSeat).filter_by(event_id=event_id, account_id=current_account().id)
    )
    return event, seat


def _sheet(seat: PanelSeat) -> ScoreSheet | None:
    return db.session.scalars(select(ScoreSheet).filter_by(seat_id=seat.id)).first()


def _entry(sent: dict[str, object]) -> MarkEntry:
    def text(name: str) -> str:
        return str(sent.get(name) or "")[:MAX_TEXT]

    based_on = sent.get("based_on")
    return MarkEntry(
        text("code"),
        text("aspect"),
        text("value"),
        text("key") or secrets.token_hex(8),
        based_on if isinstance(based_on, int) else 0,
        str(sent.get("reason") or "")[:200],
    )


def _shown(sheet: ScoreSheet, entry: MarkEntry, value: str | None) -> dict[str, object]:
    aspects = columns_of(scheme_of(db.session(), sheet), sheet.seat.number)
    aspect = next((one for one in aspects if one.code == entry.aspect_code), None)
    if aspect is None or not value:
        return {"points": "", "odd": False}
    return {"points": str(points_of(aspect, value)), "odd": not is_plausible(aspect, value)}


def _take_all(sheet: ScoreSheet) -> list[str]:
    """Take every changed cell of a posted form; what is wrong is listed, the rest is kept."""
    troubles = []
    at = desk()
    for row in grid_of(at, sheet).rows:
        for cell in row.cells:
            name = f"{row.code}:{cell.aspect}"
            value = request.form.get(name, cell.value)[:MAX_TEXT]
            if value.strip() == cell.value:
                continue
            key = f"{request.form.get('key', '')[:16]}-{name}"
            entry = MarkEntry(row.code, cell.aspect, value, key, cell.seq)
            try:
                enter_mark(at, sheet, entry)
            except (Invalid, Stale) as refusal:
                troubles.append(f"{row.code} {cell.aspect}：{sentence(refusal)}")
    db.session.commit()
    return troubles
