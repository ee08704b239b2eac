"""Recommendations for the unit: what is asked, the pre-filled form, the stamped scan."""

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.endorsements import WAITING, endorse, recommendation_form
from actions.endorsements import refuse_endorsement as refuse
from admin.forms.units import ReasonForm, ScanForm
from admin.units.blueprint import bp, unit_here
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.units import Endorsement
from rules.errors import Invalid, WrongMoment
from rules.permits import Permit, Place
from rules.states import BEFORE_LIST, EndorsementState
from web.db import db
from web.errors import sentence
from web.filters import moment
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, each, list_table, said
from web.login import desk
from web.paging import paged


@bp.get("/<int:unit_id>/endorsements/")
@needs(Permit.UNIT_ENDORSE)
def endorsements(unit_id: int) -> ResponseReturnValue:
    """List entries that wait for the unit's stamp, the longest waiting first."""
    unit = unit_here(unit_id, Permit.UNIT_ENDORSE)
    state = request.args.get("state", EndorsementState.ASKED.value)
    return render_template(
        "admin/units/endorsements.html",
        unit=unit,
        page=paged(_narrowed(unit, state)),
        state=state,
        states=list(EndorsementState),
    )


@list_table("unit-endorsements")
def as_table() -> ListTable:
    """The same list to take away."""
    unit = unit_here(request.args.get("unit", 0, type=int), Permit.UNIT_ENDORSE)
    state = request.args.get("state", EndorsementState.ASKED.value)
    return ListTable(
        name="unit-endorsements",
        title=gettext("Recommendations"),
        about=unit.name,
        permits=(Permit.UNIT_ENDORSE,),
        place=Place(organization_id=unit.id),
        thing=f"organization:{unit.id}",
        query=_narrowed(unit, state),
        key=Endorsement.id,
        filters={"unit": str(unit.id), "state": state},
        said=((gettext("State"), said(EndorsementState, state)),),
        columns=(
            (gettext("Worker"), 12),
            (gettext("Event"), 24),
            (gettext("Contest"), 32),
            (gettext("State"), 12),
            (gettext("Asked"), 18),
            (gettext("Entries close"), 18),
        ),
        rows=each(
            lambda row: (
                row.entry.person.name if row.entry.person else "",
                row.entry.event.name,
                row.entry.event.contest.name,
                label(row.state),
                moment(row.asked_at),
                moment(row.entry.event.entries_close_at),
            )
        ),
        back=url_for("units.endorsements", unit_id=unit.id, state=state),
        unit=unit,
        tab="endorsements",
    )


def _narrowed(unit: Organization, state: str) -> Select[Endorsement]:
    query = (
        select(Endorsement)
        .where(Endorsement.organization_id == unit.id)
        .options(
            joinedload(Endorsement.entry).joinedload(Entry.person),
            joinedload(Endorsement.entry).joinedload(Entry.event).joinedload(Event.contest),
        )
        .order_by(Endorsement.asked_at, Endorsement.id)
    )
    if state in list(EndorsementState):
        query = query.where(Endorsement.state == EndorsementState(state))
    return query


@bp.get("/<int:unit_id>/endorsements/<int:endorsement_id>")
@needs(Permit.UNIT_ENDORSE)
def endorsement(unit_id: int, endorsement_id: int) -> ResponseReturnValue:
    """Show one entry with the form to print and the place to upload the scan."""
    row = _row(unit_id, endorsement_id)
    return _page(row, ScanForm(formdata=None), ReasonForm(formdata=None))


@bp.get("/<int:unit_id>/endorsements/<int:endorsement_id>/form.pdf")
@needs(Permit.UNIT_ENDORSE)
def endorsement_form(unit_id: int, endorsement_id: int) -> ResponseReturnValue:
    """Offer the pre-filled form, ready for signature and stamp."""
    row = _row(unit_id, endorsement_id)
    here = url_for(".endorsement", unit_id=unit_id, endorsement_id=endorsement_id, _external=True)
    data = recommendation_form(desk(), row, url=here)
    person = row.entry.person
    name = f"{gettext('recommendation form')} {person.name if person else ''}.pdf"
    return send_file(io.BytesIO(data), mimetype="application/pdf", download_name=name)


@bp.post("/<int:unit_id>/endorsements/<int:endorsement_id>/scan")
@needs(Permit.UNIT_ENDORSE)
def upload_scan(unit_id: int, endorsement_id: int) -> ResponseReturnValue:
    """Take the stamped form in."""
    row, form = _row(unit_id, endorsement_id), ScanForm()
    if not form.validate_on_submit():
        return _page(row, form, ReasonForm(formdata=None)), 422
    try:
        endorse(desk(), row, form.scan.data.read())
    except (Invalid, WrongMoment) as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _page(_row(unit_id, endorsement_id), form, ReasonForm(formdata=None)), 422
    db.session.commit()
    flash(gettext("The entry is recommended; the office sees the scan."), "done")
    return redirect(url_for(".endorsements", unit_id=unit_id))


@bp.post("/<int:unit_id>/endorsements/<int:endorsement_id>/refuse")
@needs(Permit.UNIT_ENDORSE)
def refuse_endorsement(unit_id: int, endorsement_id: int) -> ResponseReturnValue:
    """Refuse to recommend, with a reason."""
    row, form = _row(unit_id, endorsement_id), ReasonForm()
    if not form.validate_on_submit():
        return _page(row, ScanForm(formdata=None), form), 422
    refuse(desk(), row, reason=form.reason.data)
    db.session.commit()
    flash(gettext("Not recommended; your reason is with the entry."), "done")
    return redirect(url_for(".endorsements", unit_id=unit_id))


def _row(unit_id: int, endorsement_id: int) -> Endorsement:
    unit_here(unit_id, Permit.UNIT_ENDORSE)
    row: Endorsement = db.one_or_404(
        select(Endorsement).filter_by(id=endorsement_id, organization_id=unit_id)
    )
    return row


def _page(row: Endorsement, scanning: ScanForm, refusing: ReasonForm) -> str:
    decided = row.entry.state not in WAITING or row.entry.event.state not in BEFORE_LIST
    return render_template(
        "admin/units/endorsement.html",
        unit=row.organization,
        row=row,
        entry=row.entry,
        scanning=scanning,
        refusing=refusing,
        decided=decided,
    )
