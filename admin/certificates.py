"""Certificates for staff: given with the awards, printed, replaced, revoked."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from actions.awards import award_event
from actions.certificates import render_certificate, replace_certificate, revoke_certificate
from adapters.documents import missing_glyphs
from admin.events import event_here
from admin.forms.certificates import AwardForm, CertificateGroundForm
from admin.result_sheets import names_of
from models.certificates import Certificate
from models.contests import Event
from models.entries import Entry
from models.results import ResultLine, current_result
from rules.permits import Permit
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, each, list_table
from web.login import desk

bp = Blueprint(
    "admin_certificates", __name__, url_prefix="/admin/events/<int:event_id>/certificates"
)


@bp.get("/")
@needs(Permit.CERTIFICATE_ISSUE)
def index(event_id: int) -> ResponseReturnValue:
    """List the certificates of an event, or offer to give its awards."""
    event = event_here(event_id, Permit.CERTIFICATE_ISSUE)
    return render_template(
        "admin/certificates/index.html",
        event=event,
        rows=db.session.scalars(_query(event)).all(),
        winners=_winners(event),
        unprintable=_unprintable(event),
    )


@bp.route("/award", methods=["GET", "POST"])
@needs(Permit.CERTIFICATE_ISSUE)
def award(event_id: int) -> ResponseReturnValue:
    """Ask once, then write the honours and issue the certificates."""
    event = event_here(event_id, Permit.CERTIFICATE_ISSUE)
    form = AwardForm()
    if form.validate_on_submit():
        count = award_event(desk(), event, sample=current_app.config["SETTINGS"].demo)
        return _done(event, gettext("%(count)s certificates are issued.", count=count))
    return render_template(
        "admin/certificates/award.html", event=event, form=form, winners=_winners(event)
    )


@bp.get("/<number>.pdf")
@needs(Permit.CERTIFICATE_ISSUE)
def pdf(event_id: int, number: str) -> ResponseReturnValue:
    """Send one certificate as PDF."""
    row = _row(event_here(event_id, Permit.CERTIFICATE_ISSUE), number)
    url = url_for("verify.show", number=row.number, _external=True)
    answer = Response(render_certificate(row, url=url), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename={row.number}.pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.route("/<number>/replace", methods=["GET", "POST"])
@needs(Permit.CERTIFICATE_ISSUE)
def replace(event_id: int, number: str) -> ResponseReturnValue:
    """Issue a new number for a lost or misspelt certificate."""
    event = event_here(event_id, Permit.CERTIFICATE_ISSUE)
    row, form = _row(event, number), CertificateGroundForm()
    if form.validate_on_submit():
        heir = replace_certificate(desk(), row, ground=form.ground.data).number
        return _done(event, gettext("The new certificate is %(number)s.", number=heir))
    return _asked("admin/certificates/replace.html", event, row, form)


@bp.route("/<number>/revoke", methods=["GET", "POST"])
@needs(Permit.CERTIFICATE_ISSUE)
def revoke(event_id: int, number: str) -> ResponseReturnValue:
    """Revoke a certificate on a ground that everybody can read."""
    event = event_here(event_id, Permit.CERTIFICATE_ISSUE)
    row, form = _row(event, number), CertificateGroundForm()
    if form.validate_on_submit():
        revoke_certificate(desk(), row, ground=form.ground.data)
        return _done(event, gettext("The certificate is revoked."))
    return _asked("admin/certificates/revoke.html", event, row, form)


def _query(event: Event) -> Select[Any]:
    return (
        select(Certificate)
        .join(Certificate.result_line)
        .join(ResultLine.entry)
        .where(Entry.event_id == event.id)
        .order_by(Certificate.serial)
        .options(joinedload(Certificate.result_line), joinedload(Certificate.replaced_by))
    )


@list_table("certificates")
def as_table() -> ListTable:
    """The certificates of an event to take away."""
    event = event_here(request.args.get("event", 0, type=int), Permit.CERTIFICATE_ISSUE)
    return ListTable(
        name="certificates",
        title=gettext("Certificates"),
        about=f"{event.contest.name} · {event.name}",
        permits=(Permit.CERTIFICATE_ISSUE,),
        place=event.where,
        thing=f"event:{event.id}",
        query=_query(event),
        key=Certificate.id,
        filters={"event": str(event.id)},
        columns=(
            (gettext("Holder"), 12),
            (gettext("Number"), 26),
            (gettext("Award"), 12),
            (gettext("State"), 10),
            (gettext("Replaced by"), 26),
            (gettext("Ground"), 26),
            (gettext("Issued on"), 12),
        ),
        rows=each(
            lambda row: (
                row.holder_name,
                row.number,
                label(row.result_line.award),
                label(row.state),
                row.replaced_by.number if row.replaced_by else "",
                row.ground,
                short_day(row.issued_on),
            )
        ),
        back=url_for("admin_certificates.index", event_id=event.id),
    )


def _row(event: Event, number: str) -> Certificate:
    query = (
        select(Certificate)
        .join(Certificate.result_line)
        .join(ResultLine.entry)
        .where(Entry.event_id == event.id, Certificate.number == number)
    )
    found: Certificate = db.one_or_404(query)
    return found


def _winners(event: Event) -> int:
    sheet = current_result(db.session(), event.id)
    if sheet is None:
        return 0
    query = select(func.count()).where(
        ResultLine.sheet_id == sheet.id, ResultLine.award.is_not(None)
    )
    return int(db.session.scalar(query) or 0)


def _unprintable(event: Event) -> list[str]:
    """List the people whose names the certificate's font cannot show whole."""
    sheet = current_result(db.session(), event.id)
    names = names_of(db.session(), sheet).values() if sheet else ()
    return [name for name in names if missing_glyphs(name)]


def _asked(
    template: str, event: Event, row: Certificate, form: CertificateGroundForm
) -> ResponseReturnValue:
    return render_template(template, event=event, row=row, form=form), 422 if form.errors else 200


def _done(event: Event, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".index", event_id=event.id))
