"""The timetable of a contest: its sittings by day and in a table, with whatever clashes."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.placements import placements_of
from actions.sittings import PLANNABLE, create_sitting, edit_sitting, remove_sitting
from actions.timetables import timetable_of
from admin.contest_tabs import contest_here
from admin.day_view import days_of
from admin.forms.sittings import EntrantForm, RemoveForm, SittingForm, WorkplaceForm
from models.contests import Contest, Event
from models.sittings import Sitting
from models.timetables import expected_in, sittings_query
from models.venues import Venue
from rules.errors import Invalid, Refusal
from rules.permits import Permit
from web.clock import local
from web.db import db
from web.errors import sentence
from web.filters import short_day
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, list_table
from web.login import desk

bp = Blueprint(
    "admin_timetables", __name__, url_prefix="/admin/contests/<int:contest_id>/timetable"
)


@bp.get("/")
@needs(Permit.SITTING_PLAN)
def show(contest_id: int) -> ResponseReturnValue:
    """Show what clashes first, then each day as drawing and as table."""
    contest = contest_here(contest_id, Permit.SITTING_PLAN)
    table = timetable_of(desk(), contest)
    return render_template(
        "admin/timetables/show.html",
        contest=contest,
        table=table,
        days=days_of(table.sittings),
        has_venue=bool(_venues()),
        plannable={event.id for event in _events(contest)},
    )


@bp.route("/sittings/new", methods=["GET", "POST"])
@needs(Permit.SITTING_PLAN)
def new(contest_id: int) -> ResponseReturnValue:
    """Plan a sitting."""
    contest = contest_here(contest_id, Permit.SITTING_PLAN)
    chosen = request.args.get("event", type=int)
    form = SittingForm(events=_events(contest), venues=_venues(), event_id=chosen)
    if form.validate_on_submit():
        try:
            sitting = create_sitting(desk(), form.events[form.event_id.data], form.plan())
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(sitting, gettext("The sitting is planned. Now place its entrants."))
    return _asked(contest, form, None)


@bp.get("/sittings/<int:sitting_id>/")
@needs(Permit.SITTING_PLAN)
def sitting(contest_id: int, sitting_id: int) -> ResponseReturnValue:
    """Show one sitting: who is expected, and where."""
    return sitting_page(sitting_here(contest_id, sitting_id))


@bp.route("/sittings/<int:sitting_id>/edit", methods=["GET", "POST"])
@needs(Permit.SITTING_PLAN)
def edit(contest_id: int, sitting_id: int) -> ResponseReturnValue:
    """Change a sitting."""
    row = sitting_here(contest_id, sitting_id)
    form = SittingForm(events=[row.event], venues=_venues(), sitting=row)
    if form.validate_on_submit():
        try:
            edit_sitting(desk(), row, form.plan())
        except Invalid as refusal:
            form.take(refusal)
        except Refusal as refusal:
            form.form_errors.append(sentence(refusal))
        else:
            return _done(row, gettext("Saved. Own schedules and tickets follow at once."))
    return _asked(row.event.contest, form, row)


@bp.route("/sittings/<int:sitting_id>/remove", methods=["GET", "POST"])
@needs(Permit.SITTING_PLAN)
def remove(contest_id: int, sitting_id: int) -> ResponseReturnValue:
    """Ask once, then remove a sitting."""
    row = sitting_here(contest_id, sitting_id)
    form = RemoveForm()
    if form.validate_on_submit():
        try:
            remove_sitting(desk(), row)
        except Refusal as refusal:
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(gettext("The sitting is removed."), "done")
            return redirect(url_for(".show", contest_id=contest_id))
    page = render_template(
        "admin/timetables/remove.html",
        form=form,
        sitting=row,
        expected=len(placements_of(desk(), row)),
    )
    return page, 422 if form.errors else 200


@list_table("timetable")
def as_table() -> ListTable:
    """The sittings of a contest to take away."""
    contest = contest_here(request.args.get("contest", 0, type=int), Permit.SITTING_PLAN)
    return ListTable(
        name="timetable",
        title=gettext("Timetable"),
        about=contest.name,
        permits=(Permit.SITTING_PLAN,),
        place=contest.where,
        thing=f"contest:{contest.id}",
        query=sittings_query(contest.id),
        key=Sitting.id,
        filters={"contest": str(contest.id)},
        columns=(
            (gettext("Day"), 12),
            (gettext("Hours"), 14),
            (gettext("Event"), 24),
            (gettext("Sitting"), 16),
            (gettext("What is done"), 14),
            (gettext("Venue"), 22),
            (gettext("Entrants expected"), 8),
            (gettext("Check-in from"), 8),
        ),
        rows=_cells,
        back=url_for("admin_timetables.show", contest_id=contest.id),
    )


def _cells(sittings: Sequence[Sitting]) -> list[tuple[str | int, ...]]:
    expected = expected_in(db.session(), [row.id for row in sittings])
    return [
        (
            short_day(row.starts_at),
            f"{local(row.starts_at):%H:%M}–{local(row.ends_at):%H:%M}",
            row.event.name,
            row.name,
            f"{label(row.part)} {row.module}".strip(),
            row.venue.name,
            expected[row.id],
            f"{local(row.reports_at):%H:%M}",
        )
        for row in sittings
    ]


def sitting_here(contest_id: int, sitting_id: int) -> Sitting:
    """Return a sitting of the contest in the address to somebody who plans there."""
    contest_here(contest_id, Permit.SITTING_PLAN)
    query = select(Sitting).join(Sitting.event)
    found: Sitting = db.one_or_404(
        query.where(Sitting.id == sitting_id, Event.contest_id == contest_id)
    )
    return found


def sitting_page(
    row: Sitting, *, placing: EntrantForm | None = None, giving: WorkplaceForm | None = None
) -> ResponseReturnValue:
    """Show one sitting with the forms that place people in it."""
    page = render_template(
        "admin/timetables/sitting.html",
        sitting=row,
        placements=placements_of(desk(), row),
        placing=placing or EntrantForm(formdata=None),
        giving=giving or WorkplaceForm(formdata=None),
        open=row.event.state in PLANNABLE and row.state.value == "open",
    )
    return page, 422 if placing or giving else 200


def _events(contest: Contest) -> list[Event]:
    return [event for event in contest.events if event.state in PLANNABLE]


def _venues() -> list[Venue]:
    return list(db.session.scalars(select(Venue).order_by(Venue.name)))


def _done(row: Sitting, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(
        url_for("admin_timetables.sitting", contest_id=row.event.contest_id, sitting_id=row.id)
    )


def _asked(contest: Contest, form: SittingForm, row: Sitting | None) -> ResponseReturnValue:
    page = render_template("admin/timetables/form.html", contest=contest, form=form, sitting=row)
    return page, 422 if form.errors else 200
