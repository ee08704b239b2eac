"""Venues for staff: addresses, the way there, the picture of the site, workplaces."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from actions.venues import (
    add_workplaces,
    create_venue,
    edit_venue,
    move_workplace,
    remove_venue,
    remove_workplace,
    set_map,
)
from admin.contest_tabs import contest_here
from admin.forms.venues import MapForm, VenueForm, WorkplacesForm
from models.contests import Contest
from models.venues import Venue, Workplace
from rules.errors import Invalid
from rules.permits import Permit, may
from rules.states import WorkplaceState
from web.db import db
from web.guard import needs
from web.list_tables import ListTable, each, list_table
from web.login import current_actor, desk

bp = Blueprint("admin_venues", __name__, url_prefix="/admin/contests/<int:contest_id>/venues")


@bp.get("/")
@needs(Permit.SITTING_PLAN)
def index(contest_id: int) -> ResponseReturnValue:
    """List every venue: any contest may use it, the one that entered it keeps it."""
    contest = contest_here(contest_id, Permit.SITTING_PLAN)
    venues = db.session.scalars(_all_venues()).all()
    return render_template("admin/venues/index.html", contest=contest, venues=venues)


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.SITTING_PLAN)
def new(contest_id: int) -> ResponseReturnValue:
    """Enter a venue."""
    contest = contest_here(contest_id, Permit.SITTING_PLAN)
    form = VenueForm()
    if form.validate_on_submit():
        try:
            venue = create_venue(desk(), contest, form.text())
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(venue, contest, gettext("The venue is entered. Now add its workplaces."))
    page = render_template("admin/venues/form.html", contest=contest, form=form, venue=None)
    return page, 422 if form.errors else 200


@bp.get("/<int:venue_id>/")
@needs(Permit.SITTING_PLAN)
def show(contest_id: int, venue_id: int) -> ResponseReturnValue:
    """Show one venue with its workplaces."""
    contest, venue = _venue(contest_id, venue_id)
    return _page(contest, venue)


@bp.route("/<int:venue_id>/edit", methods=["GET", "POST"])
@needs(Permit.SITTING_PLAN)
def edit(contest_id: int, venue_id: int) -> ResponseReturnValue:
    """Change what is said of a venue."""
    contest, venue = _venue(contest_id, venue_id)
    form = VenueForm(obj=venue)
    if form.validate_on_submit():
        try:
            edit_venue(desk(), venue, form.text())
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(venue, contest, gettext("Saved. Tickets show it at once."))
    page = render_template("admin/venues/form.html", contest=contest, form=form, venue=venue)
    return page, 422 if form.errors else 200


@bp.post("/<int:venue_id>/map")
@needs(Permit.SITTING_PLAN)
def site_map(contest_id: int, venue_id: int) -> ResponseReturnValue:
    """Keep the picture of the site."""
    contest, venue = _venue(contest_id, venue_id)
    form = MapForm()
    if not form.validate_on_submit():
        return _page(contest, venue, drawing=form)
    try:
        set_map(desk(), venue, form.picture.data.read())
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _page(contest, venue, drawing=form)
    return _done(venue, contest, gettext("The picture is kept."))


@bp.post("/<int:venue_id>/workplaces")
@needs(Permit.SITTING_PLAN)
def workplaces(contest_id: int, venue_id: int) -> ResponseReturnValue:
    """Add workplaces."""
    contest, venue = _venue(contest_id, venue_id)
    form = WorkplacesForm()
    if not form.validate_on_submit():
        return _page(contest, venue, adding=form)
    try:
        add_workplaces(desk(), venue, count=form.count.data, equipment=form.equipment.data or "")
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _page(contest, venue, adding=form)
    return _done(venue, contest, gettext("The workplaces are added."))


@bp.post("/<int:venue_id>/workplaces/<int:workplace_id>/<any(break, repair):verb>")
@needs(Permit.SITTING_PLAN)
def state(contest_id: int, venue_id: int, workplace_id: int, verb: str) -> ResponseReturnValue:
    """Report a workplace broken, or repaired."""
    contest, venue = _venue(contest_id, venue_id)
    move_workplace(desk(), _workplace(venue, workplace_id), verb)
    return _done(venue, contest, gettext("Noted. The timetable looks for clashes again."))


@bp.post("/<int:venue_id>/workplaces/<int:workplace_id>/remove")
@needs(Permit.SITTING_PLAN)
def remove_one(contest_id: int, venue_id: int, workplace_id: int) -> ResponseReturnValue:
    """Remove a workplace nobody was given."""
    contest, venue = _venue(contest_id, venue_id)
    remove_workplace(desk(), _workplace(venue, workplace_id))
    return _done(venue, contest, gettext("The workplace is removed."))


@bp.post("/<int:venue_id>/remove")
@needs(Permit.SITTING_PLAN)
def remove(contest_id: int, venue_id: int) -> ResponseReturnValue:
    """Remove a venue nothing is held at."""
    _, venue = _venue(contest_id, venue_id)
    remove_venue(desk(), venue)
    db.session.commit()
    flash(gettext("The venue is removed."), "done")
    return redirect(url_for(".index", contest_id=contest_id))


@list_table("venues")
def as_table() -> ListTable:
    """The same list to take away."""
    contest = contest_here(request.args.get("contest", 0, type=int), Permit.SITTING_PLAN)
    return ListTable(
        name="venues",
        title=gettext("Venues"),
        permits=(Permit.SITTING_PLAN,),
        place=contest.where,
        query=_all_venues(),
        key=Venue.id,
        filters={"contest": str(contest.id)},
        columns=(
            (gettext("Venue"), 24),
            (gettext("Address"), 36),
            (gettext("Workplaces"), 8),
            (gettext("Broken"), 8),
            (gettext("Maintained by"), 34),
        ),
        rows=each(
            lambda row: (
                row.name,
                row.address,
                len(row.workplaces),
                sum(one.state is WorkplaceState.BROKEN for one in row.workplaces),
                row.contest.name,
            )
        ),
        back=url_for("admin_venues.index", contest_id=contest.id),
    )


def _all_venues() -> Select[Any]:
    return (
        select(Venue)
        .order_by(Venue.name)
        .options(selectinload(Venue.workplaces), selectinload(Venue.contest))
    )


def _venue(contest_id: int, venue_id: int) -> tuple[Contest, Venue]:
    contest = contest_here(contest_id, Permit.SITTING_PLAN)
    venue: Venue = db.get_or_404(Venue, venue_id)
    return contest, venue


def _workplace(venue: Venue, key: int) -> Workplace:
    found: Workplace = db.one_or_404(select(Workplace).filter_by(id=key, venue_id=venue.id))
    return found


def _page(
    contest: Contest,
    venue: Venue,
    *,
    drawing: MapForm | None = None,
    adding: WorkplacesForm | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "admin/venues/show.html",
        contest=contest,
        venue=venue,
        drawing=drawing or MapForm(formdata=None),
        adding=adding or WorkplacesForm(formdata=None),
        may_keep=may(current_actor(), Permit.SITTING_PLAN, venue.where),
    )
    return page, 422 if drawing or adding else 200


def _done(venue: Venue, contest: Contest, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_venues.show", contest_id=contest.id, venue_id=venue.id))
