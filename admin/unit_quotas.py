"""How many of each unit may enter an event: set by the office, shown with what is used."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.unit_places import used_by_units
from actions.unit_quotas import set_quota
from admin.events import event_here
from admin.forms.units import QuotaForm
from models.contests import Event
from models.organizations import Organization
from models.units import UnitQuota
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import desk

bp = Blueprint("admin_unit_quotas", __name__, url_prefix="/admin/events/<int:event_id>/units")


@bp.get("/")
@needs(Permit.CONTEST_EDIT)
def index(event_id: int) -> ResponseReturnValue:
    """List the units with a quota or entries, and the form that sets one."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    return _page(event, QuotaForm(formdata=None, units=_units()))


@bp.post("/")
@needs(Permit.CONTEST_EDIT)
def save(event_id: int) -> ResponseReturnValue:
    """Set, change or lift one unit's quota."""
    event, form = event_here(event_id, Permit.CONTEST_EDIT), QuotaForm(units=_units())
    if not form.validate_on_submit():
        return _page(event, form), 422
    unit: Organization = db.get_or_404(Organization, form.unit.data)
    try:
        set_quota(desk(), event, unit, form.quota.data)
    except (Blocked, Invalid) as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _page(event_here(event_id, Permit.CONTEST_EDIT), form), 422
    db.session.commit()
    flash(gettext("Saved."), "done")
    return redirect(url_for(".index", event_id=event_id))


def _page(event: Event, form: QuotaForm) -> str:
    rows = db.session.scalars(
        select(UnitQuota)
        .filter_by(event_id=event.id)
        .options(joinedload(UnitQuota.organization))
        .order_by(UnitQuota.id)
    ).all()
    used = used_by_units(desk(), event.id)
    limited = {row.organization_id for row in rows}
    others = db.session.scalars(
        select(Organization)
        .where(Organization.id.in_(set(used) - limited))
        .order_by(Organization.name)
    ).all()
    return render_template(
        "admin/unit_quotas/index.html",
        event=event,
        rows=rows,
        used=used,
        others=others,
        form=form,
    )


def _units() -> list[Organization]:
    return list(db.session.scalars(select(Organization).order_by(Organization.name)))
