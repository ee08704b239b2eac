"""Results for staff: locked, decoded by two people, looked through, posted, made final."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from actions.accounts import actor_by_password
from actions.event_plans import rules_of
from actions.results import (
    Ceremony,
    blocked_by,
    decode_event,
    finalise_results,
    lock_reasons,
    lock_results,
    post_results,
    refuse_decoding,
    result_of,
    unlock_results,
    withdraw_results,
)
from actions.ties import OpenTie, decide_tie, open_ties
from admin.events import event_here
from admin.forms.results import DecodeForm, DeedForm, ReasonForm, decode_form, tie_form
from admin.list_exports import list_address
from admin.result_sheets import READERS, lines_of, names_of, results_here
from models.contests import Event
from models.results import ResultLine, current_result
from models.schemes import MarkingScheme, parsed
from rules.errors import Invalid, NotPermitted, Refusal
from rules.ledger import spell
from rules.permits import Actor, Permit, may
from rules.states import EventState
from web.db import db
from web.errors import STATUS, say, sentence
from web.forms import Form
from web.guard import needs, signed_in
from web.login import current_actor, desk
from web.result_words import key_words
from web.rules_words import parts

bp = Blueprint("admin_results", __name__, url_prefix="/admin/events/<int:event_id>/results")


@bp.get("/")
@signed_in
def show(event_id: int) -> ResponseReturnValue:
    """Show where the result stands; names only once two people have decoded."""
    event = results_here(event_id)
    actor, session = current_actor(), db.session()
    sheet = current_result(session, event.id)
    decided = event.state is EventState.DECODED
    return render_template(
        "admin/results/show.html",
        event=event,
        sheet=sheet,
        lines=lines_of(session, sheet) if sheet else [],
        root=spell(event.locked_root) if event.locked_root else "",
        reasons=lock_reasons(desk(), event) if event.state is EventState.SCORING else (),
        blocked=blocked_by(sheet) if sheet and decided else (),
        ties=open_ties(desk(), event) if sheet and decided else (),
        names=names_of(session, sheet) if sheet else {},
        prints=(spell(sheet.ledger_root), spell(sheet.fingerprint)) if sheet else (),
        part_names=parts(),
        may={permit.value: may(actor, permit, event.where) for permit in READERS},
        form=DeedForm(),
    )


@bp.route("/lock", methods=["GET", "POST"])
@needs(Permit.RESULT_LOCK)
def lock(event_id: int) -> ResponseReturnValue:
    """Ask once, then freeze the marks."""
    event = event_here(event_id, Permit.RESULT_LOCK)
    form = DeedForm()
    if form.validate_on_submit():
        lock_results(desk(), event)
        return _done(event, gettext("The marks are locked. Write the root on paper now."))
    return render_template(
        "admin/results/lock.html", event=event, form=form, reasons=lock_reasons(desk(), event)
    )


@bp.route("/unlock", methods=["GET", "POST"])
@needs(Permit.RESULT_LOCK)
def unlock(event_id: int) -> ResponseReturnValue:
    """Open the marks again before anything was decoded, with a reason."""
    event = event_here(event_id, Permit.RESULT_LOCK)
    form = ReasonForm()
    if form.validate_on_submit():
        unlock_results(desk(), event, reason=form.reason.data)
        return _done(event, gettext("The marks are open again; the old root is void."))
    return _asked("admin/results/unlock.html", event, form)


@bp.route("/decode", methods=["GET", "POST"])
@needs(Permit.RESULT_DECODE)
def decode(event_id: int) -> ResponseReturnValue:
    """Let officer and supervisor open the envelope together; every refusal stays on record."""
    event = event_here(event_id, Permit.RESULT_DECODE)
    form = decode_form(rules_of(event).fairness.layers)
    if form.validate_on_submit():
        try:
            ceremony = Ceremony(
                form.officer_slip.data,
                form.witness_slip.data,
                _witness(form),
                tuple(slip.data for slip in form.inner),
            )
            decode_event(desk(), event, ceremony)
        except Refusal as refusal:
            status = _refused(event, form, refusal)
            return _decode_page(event, form), status
        return _done(event, gettext("Decoded. The names are below; nothing is public yet."))
    return _decode_page(event, form), 422 if form.errors else 200


def _decode_page(event: Event, form: DecodeForm) -> str:
    root = spell(event.locked_root) if event.locked_root else ""
    return render_template("admin/results/decode.html", event=event, form=form, root=root)


def _witness(form: DecodeForm) -> Actor:
    handle, password = form.witness_handle.data, form.witness_password.data
    try:
        return actor_by_password(
            desk(), handle=handle, password=password, address=request.remote_addr or ""
        )
    except NotPermitted:
        db.session.commit()  # the failed attempt counts
        raise


def _refused(event: Event, form: Form, refusal: Refusal) -> int:
    """Undo what was begun, keep the refusal on record, and say it on the page."""
    db.session.rollback()
    refuse_decoding(desk(), event, refusal)
    db.session.commit()
    return _take(form, refusal)


@bp.get("/record")
@needs(Permit.RESULT_WITNESS)
def record(event_id: int) -> ResponseReturnValue:
    """Show the record of lock and decoding on one sheet, for the supervisor to sign."""
    event = event_here(event_id, Permit.RESULT_WITNESS)
    sheet = current_result(db.session(), event.id)
    return render_template(
        "admin/results/record.html",
        event=event,
        sheet=sheet,
        decoded_root=spell(sheet.ledger_root) if sheet else "",
        root=spell(event.locked_root) if event.locked_root else "",
    )


@bp.route("/ties/<int:place>", methods=["GET", "POST"])
@needs(Permit.RESULT_DECIDE)
def tie(event_id: int, place: int) -> ResponseReturnValue:
    """Record the committee's decision on one open tie."""
    event = event_here(event_id, Permit.RESULT_DECIDE)
    found = _tie(event, place)
    form = tie_form(found, names_of(db.session(), result_of(desk(), event)))
    if form.validate_on_submit():
        try:
            decide_tie(desk(), event, form.decision(), reason=form.reason.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(event, gettext("The decision is on record; the result is computed anew."))
    return _asked("admin/results/tie.html", event, form)


@bp.route("/post", methods=["GET", "POST"])
@needs(Permit.RESULT_PUBLISH)
def post(event_id: int) -> ResponseReturnValue:
    """Ask once, then make the result public and open to appeals."""
    event = event_here(event_id, Permit.RESULT_PUBLISH)
    form = DeedForm()
    if form.validate_on_submit():
        post_results(desk(), event)
        return _done(event, gettext("The result is public and open to appeals."))
    return _asked("admin/results/post.html", event, form)


@bp.route("/withdraw", methods=["GET", "POST"])
@needs(Permit.RESULT_PUBLISH)
def withdraw(event_id: int) -> ResponseReturnValue:
    """Take a posted result back, with a reason."""
    event = event_here(event_id, Permit.RESULT_PUBLISH)
    form = ReasonForm()
    if form.validate_on_submit():
        withdraw_results(desk(), event, reason=form.reason.data)
        return _done(event, gettext("The result is not public any more."))
    return _asked("admin/results/withdraw.html", event, form)


@bp.post("/finalise")
@needs(Permit.RESULT_PUBLISH)
def finalise(event_id: int) -> ResponseReturnValue:
    """Make a posted result final once the hours for appeals are over."""
    event = event_here(event_id, Permit.RESULT_PUBLISH)
    finalise_results(desk(), event)
    return _done(event, gettext("The result is final. Certificates can be issued now."))


@bp.get("/<int:line_id>")
@signed_in
def explain(event_id: int, line_id: int) -> ResponseReturnValue:
    """Show how one line was reached, before anybody else can see it."""
    event = results_here(event_id)
    sheet = result_of(desk(), event)
    line = db.session.get(ResultLine, line_id)
    if line is None or line.sheet_id != sheet.id:
        raise NotFound
    scheme = parsed(db.session.get_one(MarkingScheme, sheet.scheme_id))
    return render_template(
        "admin/results/explain.html",
        event=event,
        sheet=sheet,
        line=line,
        aspects={aspect.code: aspect for aspect in scheme.aspects()},
        modules={module.code: module.name for module in scheme.modules},
        names=names_of(db.session(), sheet),
        part_names=parts(),
        key_words=key_words,
    )


@bp.get("/summary.xlsx")
@signed_in
def workbook(event_id: int) -> ResponseReturnValue:
    """Lead from the former address of the workbook to where its purpose is asked."""
    return redirect(list_address("results", {"event": results_here(event_id).id}))


def _tie(event: Event, place: int) -> OpenTie:
    for found in open_ties(desk(), event):
        if found.place == place:
            return found
    raise NotFound


def _take(form: Form, refusal: Refusal) -> int:
    if isinstance(refusal, Invalid):
        form.take(refusal)
    else:
        form.form_errors.append(sentence(refusal))
        form.form_errors.extend(say(reason) for reason in getattr(refusal, "reasons", ()))
    return next(code for kind, code in STATUS.items() if isinstance(refusal, kind))


def _asked(template: str, event: Event, form: Form) -> ResponseReturnValue:
    return render_template(template, event=event, form=form), 422 if form.errors else 200


def _done(event: Event, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".show", event_id=event.id))
