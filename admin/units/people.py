"""The unit's own ledger of skilled people, and its workbook."""

import io

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.unit_people import export_people, people_query, share_of, skilled_people
from admin.forms.units import PurposeForm
from admin.units.blueprint import XLSX, bp, unit_here
from rules.errors import Invalid
from rules.permits import Permit
from web.db import db
from web.guard import needs
from web.login import desk
from web.paging import paged


@bp.get("/<int:unit_id>/people/")
@needs(Permit.UNIT_VIEW)
def people(unit_id: int) -> ResponseReturnValue:
    """List the unit's people with level, entries, public results and honours."""
    return _page(unit_id, PurposeForm(formdata=None))


@bp.post("/<int:unit_id>/people/people.xlsx")
@needs(Permit.UNIT_VIEW)
def export(unit_id: int) -> ResponseReturnValue:
    """Offer the whole ledger; who took it and what for is on record."""
    unit, form = unit_here(unit_id), PurposeForm()
    if not form.validate_on_submit():
        return _page(unit_id, form), 422
    try:
        data = export_people(desk(), unit, purpose=form.purpose.data)
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _page(unit_id, form), 422
    db.session.commit()
    name = f"{unit.short_name or unit.name} {gettext('ledger of skilled people')}.xlsx"
    return send_file(io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


def _page(unit_id: int, form: PurposeForm) -> str:
    unit, at = unit_here(unit_id), desk()
    page = paged(people_query(unit))
    return render_template(
        "admin/units/people.html",
        unit=unit,
        page=page,
        rows=skilled_people(at, unit, page.rows),
        share=share_of(at, unit),
        form=form,
    )
