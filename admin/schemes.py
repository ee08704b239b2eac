"""Marking schemes for staff: the template, the import with its faults, the scheme as a tree."""

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from actions.schemes import CellFault, SchemeFaults, import_scheme
from adapters.schemes import write_scheme
from admin.events import event_here
from admin.forms.schemes import SchemeForm
from models.contests import Event
from models.schemes import current_scheme
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Permit, may
from rules.scheme_json import scheme_from_json
from rules.schemes import AspectKind, check_scheme
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import current_actor, desk

bp = Blueprint("admin_schemes", __name__, url_prefix="/admin")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    AspectKind.MEASUREMENT: _l("measured"),
    AspectKind.JUDGEMENT: _l("judged 0 to 3"),
    AspectKind.TRIMMED: _l("trimmed mean"),
    AspectKind.THEORY: _l("theory mark"),
}
READERS = (Permit.SCHEME_IMPORT, Permit.CONTEST_APPROVE, Permit.PANEL_ASSIGN)


@bp.get("/schemes/template.xlsx")
@needs(Permit.SCHEME_IMPORT)
def template() -> ResponseReturnValue:
    """Offer the empty workbook with its example and its notes."""
    return _workbook(write_scheme(), gettext("marking scheme template"))


@bp.get("/events/<int:event_id>/scheme/")
@needs(Permit.STAFF_HOME)
def show(event_id: int) -> ResponseReturnValue:
    """Show the newest scheme as a tree, with the form that imports the next."""
    return _page(_event(event_id), SchemeForm())


@bp.post("/events/<int:event_id>/scheme/")
@needs(Permit.SCHEME_IMPORT)
def upload(event_id: int) -> ResponseReturnValue:
    """Import a workbook whole, or show every cell that is wrong and keep nothing."""
    event = event_here(event_id, Permit.SCHEME_IMPORT)
    form = SchemeForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    file = form.file.data
    try:
        row = import_scheme(desk(), event, file.read(), file.filename or "")
    except SchemeFaults as refusal:
        return _page(event, form, refusal.faults), 422
    except (Invalid, Blocked) as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(event, form), 422
    number = row.number
    db.session.commit()
    flash(gettext("Version %(number)s of the scheme is in force.", number=number), "done")
    return redirect(url_for(".show", event_id=event_id))


@bp.get("/events/<int:event_id>/scheme/scheme.xlsx")
@needs(Permit.STAFF_HOME)
def download(event_id: int) -> ResponseReturnValue:
    """Offer the newest scheme as a workbook."""
    event = _event(event_id)
    row = current_scheme(db.session(), event.id)
    if row is None:
        raise Invalid("This event has no scheme yet. Import one first.")
    return _workbook(write_scheme(scheme_from_json(row.body)), f"{event.name} v{row.number}")


def _event(event_id: int) -> Event:
    event = event_here(event_id)
    if not any(may(current_actor(), permit, event.where) for permit in READERS):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")
    return event


def _page(event: Event, form: SchemeForm, faults: tuple[CellFault, ...] = ()) -> str:
    row = current_scheme(db.session(), event.id)
    scheme = scheme_from_json(row.body) if row else None
    return render_template(
        "admin/schemes/show.html",
        event=event,
        form=form,
        faults=faults,
        row=row,
        scheme=scheme,
        warnings=check_scheme(scheme) if scheme else (),
        kind_words=KINDS.get,
        may_import=may(current_actor(), Permit.SCHEME_IMPORT, event.where),
    )


def _workbook(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx"
    )
