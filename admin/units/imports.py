"""Entering many workers: the template, the look-through, the rows to mend, all or nothing."""

import io
import secrets
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.worker_checks import words_for
from actions.workers import (
    StillWrong,
    check_workers,
    commit_workers,
    mend_workers,
    moved_on,
    rows_of,
    undo_workers,
)
from adapters.worker_sheets import bad_rows_workbook, worker_template
from admin.forms.units import ListForm, MendForm
from admin.units.blueprint import XLSX, bp, unit_here
from admin.units.columns import column_words
from admin.units.overview import open_events
from models.contests import Event
from models.organizations import Organization
from models.units import WorkerImport
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit, Place
from rules.phrases import Phrase
from rules.states import ImportState
from rules.workers import RowFault, by_row
from web.db import db
from web.errors import say, sentence
from web.filters import moment
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, each, list_table
from web.login import desk, request_time
from web.paging import paged

SHOWN = 60
"""Rows of faults, or of people, that the page itself shows; the workbook has all."""


@bp.get("/<int:unit_id>/lists/")
@needs(Permit.UNIT_ENTER)
def lists(unit_id: int) -> ResponseReturnValue:
    """List open events to enter workers for, and the lists sent so far."""
    unit = unit_here(unit_id, Permit.UNIT_ENTER)
    page, events = paged(_sent(unit)), open_events(db.session(), request_time())
    return render_template("admin/units/lists.html", unit=unit, page=page, events=events)


@list_table("unit-lists")
def as_table() -> ListTable:
    """The lists sent so far to take away; who is on them is not in it."""
    unit = unit_here(request.args.get("unit", 0, type=int), Permit.UNIT_ENTER)
    return ListTable(
        name="unit-lists",
        title=gettext("Lists so far"),
        about=unit.name,
        permits=(Permit.UNIT_ENTER,),
        place=Place(organization_id=unit.id),
        thing=f"organization:{unit.id}",
        query=_sent(unit),
        key=WorkerImport.id,
        filters={"unit": str(unit.id)},
        columns=(
            (gettext("List"), 30),
            (gettext("Event"), 24),
            (gettext("Contest"), 32),
            (gettext("People"), 6),
            (gettext("To mend"), 6),
            (gettext("State"), 12),
            (gettext("Uploaded on"), 18),
        ),
        rows=each(
            lambda row: (
                row.file_name or gettext("list of workers"),
                row.event.name,
                row.event.contest.name,
                row.rows,
                row.bad_rows,
                label(row.state),
                moment(row.created_at),
            )
        ),
        back=url_for("units.lists", unit_id=unit.id),
        unit=unit,
        tab="lists",
    )


def _sent(unit: Organization) -> Select[WorkerImport]:
    return (
        select(WorkerImport)
        .filter_by(organization_id=unit.id)
        .options(joinedload(WorkerImport.event).joinedload(Event.contest))
        .order_by(WorkerImport.id.desc())
    )


@bp.route("/<int:unit_id>/lists/new/<int:event_id>", methods=["GET", "POST"])
@needs(Permit.UNIT_ENTER)
def new_list(unit_id: int, event_id: int) -> ResponseReturnValue:
    """Take a filled-in list in and look it through; nothing is entered yet."""
    unit, event = unit_here(unit_id, Permit.UNIT_ENTER), _event(event_id)
    form = ListForm(key=secrets.token_hex(16))
    if form.validate_on_submit():
        file = form.file.data
        try:
            batch = check_workers(
                desk(), event, unit, file.read(), key=form.key.data, file_name=file.filename or ""
            )
        except (Invalid, WrongMoment) as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            return redirect(url_for(".show_list", unit_id=unit_id, list_id=batch.id))
    page = render_template("admin/units/new_list.html", unit=unit, event=event, form=form)
    return page, 422 if form.errors else 200


@bp.get("/<int:unit_id>/lists/new/<int:event_id>/template.xlsx")
@needs(Permit.UNIT_ENTER)
def template(unit_id: int, event_id: int) -> ResponseReturnValue:
    """Offer the empty list with drop-downs, an example row and notes."""
    unit_here(unit_id, Permit.UNIT_ENTER)
    event, words = _event(event_id), words_for(desk())
    data = worker_template(list(words.towns), list(words.occupations), event.occupation.name)
    return _workbook(data, f"{event.name} {gettext('list of workers')}")


@bp.get("/<int:unit_id>/lists/<int:list_id>")
@needs(Permit.UNIT_ENTER)
def show_list(unit_id: int, list_id: int) -> ResponseReturnValue:
    """Show what is right, what is wrong by row and column, and what can be done next."""
    return _page(_list(unit_id, list_id), MendForm(formdata=None))


@bp.post("/<int:unit_id>/lists/<int:list_id>/mend")
@needs(Permit.UNIT_ENTER)
def mend_list(unit_id: int, list_id: int) -> ResponseReturnValue:
    """Put mended rows in the place of the wrong ones."""
    batch, form = _list(unit_id, list_id), MendForm()
    if not form.validate_on_submit():
        return _page(batch, form), 422
    try:
        mend_workers(desk(), batch, form.file.data.read())
    except (Invalid, WrongMoment) as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _page(_list(unit_id, list_id), form), 422
    db.session.commit()
    return redirect(url_for(".show_list", unit_id=unit_id, list_id=list_id))


@bp.get("/<int:unit_id>/lists/<int:list_id>/bad.xlsx")
@needs(Permit.UNIT_ENTER)
def bad_rows(unit_id: int, list_id: int) -> ResponseReturnValue:
    """Offer the wrong rows alone, each with its reasons."""
    batch = _list(unit_id, list_id)
    words = words_for(desk())
    reasons = by_row(_faults(batch), say)
    data = bad_rows_workbook(
        rows_of(desk(), batch), reasons, list(words.towns), list(words.occupations)
    )
    return _workbook(data, f"{batch.event.name} {gettext('rows to mend')}")


@bp.post("/<int:unit_id>/lists/<int:list_id>/commit")
@needs(Permit.UNIT_ENTER)
def commit_list(unit_id: int, list_id: int) -> ResponseReturnValue:
    """Take the list whole or not at all."""
    batch = _list(unit_id, list_id)
    try:
        commit_workers(desk(), batch)
    except StillWrong as refusal:
        db.session.commit()  # what has become wrong is shown; no row was taken
        flash(sentence(refusal), "warn")
    else:
        db.session.commit()
        flash(gettext("All %(count)s workers are invited.", count=batch.rows), "done")
    return redirect(url_for(".show_list", unit_id=unit_id, list_id=list_id))


@bp.post("/<int:unit_id>/lists/<int:list_id>/undo")
@needs(Permit.UNIT_ENTER)
def undo_list(unit_id: int, list_id: int) -> ResponseReturnValue:
    """Take the list back while nobody has begun."""
    try:
        undo_workers(desk(), _list(unit_id, list_id))
    except Blocked as refusal:
        db.session.rollback()
        flash(sentence(refusal), "warn")
    else:
        db.session.commit()
        flash(gettext("The list is taken back; its links open nothing any more."), "done")
    return redirect(url_for(".show_list", unit_id=unit_id, list_id=list_id))


def _event(event_id: int) -> Event:
    event: Event = db.get_or_404(Event, event_id)
    return event


def _list(unit_id: int, list_id: int) -> WorkerImport:
    unit_here(unit_id, Permit.UNIT_ENTER)
    batch: WorkerImport = db.one_or_404(
        select(WorkerImport).filter_by(id=list_id, organization_id=unit_id)
    )
    return batch


def _faults(batch: WorkerImport) -> list[RowFault]:
    return [
        RowFault(row["at"], row["column"], Phrase(row["message"], tuple(row["params"].items())))
        for row in batch.faults
    ]


def _page(batch: WorkerImport, form: MendForm) -> str:
    at = desk()
    waits = batch.state is ImportState.CHECKED
    rows = rows_of(at, batch) if waits else []
    names: dict[int, str] = {number: cells.get("name", "") for number, cells in rows}
    return render_template(
        "admin/units/list.html",
        unit=batch.organization,
        batch=batch,
        form=form,
        names=names,
        groups=_groups(batch)[:SHOWN],
        people=[cells for _, cells in rows[:SHOWN]] if not batch.bad_rows else [],
        begun=moved_on(at, batch),
        column_words=column_words,
        closed=request_time() >= batch.event.entries_close_at,
    )


def _groups(batch: WorkerImport) -> list[tuple[int, list[Any]]]:
    """Gather the faults of each row."""
    return [
        (number, list(faults))
        for number, faults in groupby(_faults(batch), key=lambda fault: fault.at)
    ]


def _workbook(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx"
    )
