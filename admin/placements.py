"""Who is expected in which sitting, and at which workplace."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select

from actions.placements import (
    give_workplaces,
    place_all,
    place_entry,
    set_workplace,
    unplace_entry,
)
from admin.contest_tabs import contest_here
from admin.forms.sittings import EntrantForm, WorkplaceForm
from admin.timetables import sitting_here, sitting_page
from models.contests import Event
from models.entries import Entry
from models.sittings import Placement, Sitting
from rules.check_ins import read_code
from rules.errors import Invalid, Refusal
from rules.permits import Permit
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import desk

bp = Blueprint(
    "admin_placements", __name__, url_prefix="/admin/contests/<int:contest_id>/timetable"
)


@bp.post("/events/<int:event_id>/place")
@needs(Permit.SITTING_PLAN)
def deal(contest_id: int, event_id: int) -> ResponseReturnValue:
    """Deal everybody without a sitting over the sittings of an event."""
    contest_here(contest_id, Permit.SITTING_PLAN)
    event: Event = db.one_or_404(select(Event).filter_by(id=event_id, contest_id=contest_id))
    left = place_all(desk(), event)
    db.session.commit()
    flash(_placed(left), "done")
    return redirect(url_for("admin_timetables.show", contest_id=contest_id))


@bp.post("/sittings/<int:sitting_id>/workplaces")
@needs(Permit.SITTING_PLAN)
def workplaces(contest_id: int, sitting_id: int) -> ResponseReturnValue:
    """Give the workplaces in the order of the draw."""
    row = sitting_here(contest_id, sitting_id)
    left = give_workplaces(desk(), row)
    db.session.commit()
    words = gettext("Everybody has a workplace.")
    if left:
        words = ngettext(
            "%(num)d entrant is left without a workplace.",
            "%(num)d entrants are left without a workplace.",
            left,
        )
    flash(words, "done")
    return _back(row)


@bp.post("/sittings/<int:sitting_id>/entrants")
@needs(Permit.SITTING_PLAN)
def place(contest_id: int, sitting_id: int) -> ResponseReturnValue:
    """Expect one entrant here, by pass number."""
    row = sitting_here(contest_id, sitting_id)
    form = EntrantForm()
    if not form.validate_on_submit():
        return sitting_page(row, placing=form)
    try:
        place_entry(desk(), row, _entry(row, form.pass_no.data))
    except Refusal as refusal:
        db.session.rollback()
        form.pass_no.errors = [*form.pass_no.errors, sentence(refusal)]
        return sitting_page(row, placing=form)
    db.session.commit()
    flash(gettext("The entrant is expected here."), "done")
    return _back(row)


@bp.post("/sittings/<int:sitting_id>/entrants/<int:placement_id>/workplace")
@needs(Permit.SITTING_PLAN)
def workplace(contest_id: int, sitting_id: int, placement_id: int) -> ResponseReturnValue:
    """Give one entrant a workplace by hand."""
    row = sitting_here(contest_id, sitting_id)
    form = WorkplaceForm()
    if not form.validate_on_submit():
        return sitting_page(row, giving=form)
    try:
        set_workplace(desk(), _placement(row, placement_id), form.number.data)
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return sitting_page(row, giving=form)
    db.session.commit()
    flash(gettext("The workplace is set."), "done")
    return _back(row)


@bp.post("/sittings/<int:sitting_id>/entrants/<int:placement_id>/remove")
@needs(Permit.SITTING_PLAN)
def remove(contest_id: int, sitting_id: int, placement_id: int) -> ResponseReturnValue:
    """Take an entrant off a sitting."""
    row = sitting_here(contest_id, sitting_id)
    unplace_entry(desk(), _placement(row, placement_id))
    db.session.commit()
    flash(gettext("The entrant is not expected here any more."), "done")
    return _back(row)


def _placed(left: int) -> str:
    if not left:
        return str(gettext("Everybody is placed."))
    return str(
        ngettext(
            "%(num)d place was missing: plan another sitting or more workplaces.",
            "%(num)d places were missing: plan another sitting or more workplaces.",
            left,
        )
    )


def _entry(row: Sitting, typed: str) -> Entry:
    number = read_code(typed).pass_no
    entry = db.session.scalars(
        select(Entry).filter_by(event_id=row.event_id, pass_no=number)
    ).first()
    if entry is None:
        raise Invalid("Nobody in this event has this pass number.")
    return entry


def _placement(row: Sitting, key: int) -> Placement:
    found: Placement = db.one_or_404(select(Placement).filter_by(id=key, sitting_id=row.id))
    return found


def _back(row: Sitting) -> ResponseReturnValue:
    return redirect(
        url_for("admin_timetables.sitting", contest_id=row.event.contest_id, sitting_id=row.id)
    )
