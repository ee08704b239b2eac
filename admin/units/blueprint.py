"""The blueprint of the contacts of units, and what each of its pages knows."""

from typing import Any

from flask import Blueprint, request
from sqlalchemy import select

from actions.units import is_head
from models.organizations import Organization
from rules.permits import Permit, Place, Scope, may
from web.db import db
from web.headers import keep_nothing
from web.login import current_actor, desk, is_signed_in, require_here

bp = Blueprint("units", __name__, url_prefix="/unit")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
keep_nothing(bp)


def unit_here(unit_id: int, permit: Permit = Permit.UNIT_VIEW) -> Organization:
    """Return the unit of the address to one of its own contacts."""
    require_here(permit, Place(organization_id=unit_id))
    unit: Organization = db.get_or_404(Organization, unit_id)
    return unit


def own_units() -> list[Organization]:
    """List the units the visitor is a contact of."""
    keys = [grant.scope_id for grant in current_actor().grants if grant.scope is Scope.ORGANIZATION]
    units = select(Organization).where(Organization.id.in_(keys)).order_by(Organization.name)
    return [
        unit
        for unit in db.session.scalars(units)
        if may(current_actor(), Permit.UNIT_VIEW, Place(organization_id=unit.id))
    ]


@bp.context_processor
def shown_everywhere() -> dict[str, Any]:
    """Name the other units of the visitor and say whether the team is theirs to keep."""
    if not is_signed_in():
        return {}
    here = (request.view_args or {}).get("unit_id")
    return {
        "other_units": [unit for unit in own_units() if unit.id != here],
        "keeps_team": is_head(desk()),
    }
