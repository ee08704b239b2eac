"""The invited workers of a unit: who has begun, who has not, and the links to pass on."""

import io

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.invitations import renew_invitation, token_of, withdraw_invitation
from adapters.documents import qr_svg
from adapters.worker_sheets import links_workbook
from admin.forms.units import DeedForm
from admin.units.blueprint import XLSX, bp, unit_here
from models.contests import Event
from models.organizations import Organization
from models.units import Invitation
from rules.permits import Permit, Place
from rules.states import InvitationState
from web.db import db
from web.filters import moment
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, each, list_table, said
from web.login import desk, request_time
from web.paging import paged


@bp.get("/<int:unit_id>/workers/")
@needs(Permit.UNIT_VIEW)
def workers(unit_id: int) -> ResponseReturnValue:
    """List the invited workers with the state of invitation or entry."""
    unit = unit_here(unit_id)
    state = request.args.get("state", "")
    page, at = paged(_narrowed(unit, state)), desk()
    return render_template(
        "admin/units/workers.html",
        unit=unit,
        page=page,
        state=state,
        states=list(InvitationState),
        now=request_time(),
        links={
            row.id: _link(token_of(at, row))
            for row in page.rows
            if row.state is InvitationState.OPEN
        },
    )


@bp.get("/<int:unit_id>/workers/<int:invitation_id>/code.svg")
@needs(Permit.UNIT_ENTER)
def code(unit_id: int, invitation_id: int) -> ResponseReturnValue:
    """Draw the link as a code that the worker's phone reads from the clerk's screen."""
    row = _invitation(unit_id, invitation_id)
    return Response(qr_svg(_link(token_of(desk(), row))), content_type="image/svg+xml")


@bp.post("/<int:unit_id>/workers/<int:invitation_id>/renew")
@needs(Permit.UNIT_ENTER)
def renew(unit_id: int, invitation_id: int) -> ResponseReturnValue:
    """Make a new link."""
    row = _invitation(unit_id, invitation_id)
    renew_invitation(desk(), row)
    db.session.commit()
    flash(gettext("%(name)s has a new link; the old one is closed.", name=row.name), "done")
    return redirect(url_for(".workers", unit_id=unit_id))


@bp.route("/<int:unit_id>/workers/<int:invitation_id>/withdraw", methods=["GET", "POST"])
@needs(Permit.UNIT_ENTER)
def withdraw_worker(unit_id: int, invitation_id: int) -> ResponseReturnValue:
    """Ask once, then take the invitation back."""
    row = _invitation(unit_id, invitation_id)
    if DeedForm().validate_on_submit():
        withdraw_invitation(desk(), row)
        db.session.commit()
        flash(gettext("The invitation of %(name)s is taken back.", name=row.name), "done")
        return redirect(url_for(".workers", unit_id=unit_id))
    return render_template("admin/units/withdraw.html", unit=row.organization, row=row)


@bp.post("/<int:unit_id>/workers/links.xlsx")
@needs(Permit.UNIT_ENTER)
def links(unit_id: int) -> ResponseReturnValue:
    """Offer every open link in one workbook; who took it is on record."""
    unit, at = unit_here(unit_id, Permit.UNIT_ENTER), desk()
    rows = db.session.scalars(
        _invitations(unit).where(
            Invitation.state == InvitationState.OPEN, Invitation.expires_at > at.now
        )
    ).all()
    data = links_workbook(
        (row.name, row.event.name, _link(token_of(at, row)), moment(row.expires_at)) for row in rows
    )
    at.record("export_links", f"organization:{unit.id}", rows=len(rows))
    db.session.commit()
    name = f"{unit.short_name or unit.name} {gettext('invitation links')}.xlsx"
    return send_file(io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


@list_table("unit-workers")
def as_table() -> ListTable:
    """The invited workers to take away; links have a workbook of their own."""
    unit = unit_here(request.args.get("unit", 0, type=int))
    state = request.args.get("state", "")
    return ListTable(
        name="unit-workers",
        title=gettext("Invitations"),
        about=unit.name,
        permits=(Permit.UNIT_VIEW,),
        place=Place(organization_id=unit.id),
        thing=f"organization:{unit.id}",
        query=_narrowed(unit, state),
        key=Invitation.id,
        filters={"unit": str(unit.id), "state": state},
        said=((gettext("State"), said(InvitationState, state)),),
        columns=(
            (gettext("Worker"), 12),
            (gettext("Event"), 24),
            (gettext("Contest"), 32),
            (gettext("State"), 12),
            (gettext("Link until"), 18),
        ),
        rows=each(
            lambda row: (
                row.name,
                row.event.name,
                row.event.contest.name,
                label(row.entry.state if row.entry else row.state),
                moment(row.expires_at) if row.state is InvitationState.OPEN else "",
            )
        ),
        back=url_for("units.workers", unit_id=unit.id, state=state or None),
        unit=unit,
        tab="workers",
    )


def _narrowed(unit: Organization, state: str) -> Select[Invitation]:
    query = _invitations(unit)
    if state in list(InvitationState):
        query = query.where(Invitation.state == InvitationState(state))
    return query


def _invitations(unit: Organization) -> Select[Invitation]:
    return (
        select(Invitation)
        .where(Invitation.organization_id == unit.id)
        .options(
            joinedload(Invitation.event).joinedload(Event.contest), joinedload(Invitation.entry)
        )
        .order_by(Invitation.id.desc())
    )


def _invitation(unit_id: int, invitation_id: int) -> Invitation:
    unit_here(unit_id, Permit.UNIT_ENTER)
    row: Invitation = db.one_or_404(
        select(Invitation).filter_by(id=invitation_id, organization_id=unit_id)
    )
    return row


def _link(token: str) -> str:
    return url_for("invitations.show", token=token, _external=True)
