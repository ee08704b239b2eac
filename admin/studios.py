"""Studios for staff: the list, one studio, its steps."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import joinedload

from actions.studios import move_studio
from admin.forms.studios import TermForm
from models.people import Person
from models.studios import Studio
from rules.errors import Invalid
from rules.lifecycle import STUDIO_STEPS, verbs
from rules.permits import Actor, Permit, Scope, may
from rules.states import StudioState
from rules.terms import ContestLevel
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import current_actor, desk, require_here
from web.paging import paged

bp = Blueprint("admin_studios", __name__, url_prefix="/admin/studios")
ORDERS = {
    "name": (Studio.name, Studio.id),
    "-name": (Studio.name.desc(), Studio.id),
    "ends": (Studio.term_ends_on, Studio.id),
    "-ends": (Studio.term_ends_on.desc(), Studio.id),
}
NEWEST = (Studio.id.desc(),)
STEP_WORDS: Final = {
    "approve": _l("Approve the studio"),
    "rectify": _l("Set it a time to rectify"),
    "restore": _l("It has rectified: restore it"),
}
"""Steps of one press; establishing and closing have a page of their own."""
SHOWN_WITH: Final = (
    joinedload(Studio.leader),
    joinedload(Studio.host),
    joinedload(Studio.occupation),
)


@bp.get("/")
@needs(Permit.STUDIO_VIEW)
def index() -> ResponseReturnValue:
    """List the studios, the last entered first."""
    kept, sort = _kept(), request.args.get("sort", "")
    return render_template(
        "admin/studios/index.html",
        page=paged(_narrowed(kept, sort)),
        states=choices(StudioState),
        levels=choices(ContestLevel),
        kept=kept,
        sort=sort,
    )


@bp.get("/<slug>/")
@needs(Permit.STUDIO_VIEW)
def show(slug: str) -> ResponseReturnValue:
    """Show one studio: its term, members, projects and what is next."""
    studio = _studio(slug)
    open_now = verbs(STUDIO_STEPS, studio.state)
    return render_template(
        "admin/studios/show.html",
        studio=studio,
        steps=[(verb, STEP_WORDS[verb]) for verb in open_now if verb in STEP_WORDS],
        may_establish="establish" in open_now,
        may_close="close" in open_now,
    )


@bp.post("/<slug>/steps/<any(approve, rectify, restore, close):verb>")
@needs(Permit.STUDIO_VIEW)
def move(slug: str, verb: str) -> ResponseReturnValue:
    """Take one step that needs no further word."""
    studio = _studio(slug)
    move_studio(desk(), studio, verb)
    return _done(studio, gettext("The studio has taken this step."))


@bp.route("/<slug>/establish", methods=["GET", "POST"])
@needs(Permit.STUDIO_VIEW)
def establish(slug: str) -> ResponseReturnValue:
    """Establish an approved studio for a term."""
    studio, form = _studio(slug), TermForm()
    if form.validate_on_submit():
        try:
            move_studio(desk(), studio, "establish", on=form.on.data, until=form.until.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(studio, gettext("The studio is established."))
    status = 422 if form.errors else 200
    return render_template("admin/studios/establish.html", form=form, studio=studio), status


@bp.get("/<slug>/close")
@needs(Permit.STUDIO_VIEW)
def close(slug: str) -> ResponseReturnValue:
    """Ask once before a studio is closed."""
    return render_template("admin/studios/close.html", studio=_studio(slug))


def _studio(slug: str) -> Studio:
    studio: Studio = db.one_or_404(select(Studio).filter_by(slug=slug).options(*SHOWN_WITH))
    require_here(Permit.STUDIO_VIEW, studio.where)
    return studio


@list_table("studios")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = _kept(), request.args.get("sort", "")
    return ListTable(
        name="studios",
        title=gettext("Studios"),
        permits=(Permit.STUDIO_VIEW,),
        query=_narrowed(kept, sort),
        key=Studio.id,
        filters={**kept, "sort": sort},
        said=(
            (gettext("Studio or leader"), kept["q"]),
            (gettext("State"), said(StudioState, kept["state"])),
            (gettext("Level"), said(ContestLevel, kept["level"])),
        ),
        columns=(
            (gettext("Name of the studio"), 32),
            (gettext("Unit"), 26),
            (gettext("Led by"), 12),
            (gettext("Trade"), 16),
            (gettext("Level"), 8),
            (gettext("State"), 10),
            (gettext("Established on"), 12),
            (gettext("Term ends on"), 12),
        ),
        rows=each(
            lambda row: (
                row.name,
                row.host.name,
                row.leader.name,
                row.occupation.name,
                label(row.level),
                label(row.state),
                short_day(row.established_on),
                short_day(row.term_ends_on),
            )
        ),
        back=address("admin_studios.index", {**kept, "sort": sort}),
    )


def _kept() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "state", "level")}


def _narrowed(kept: dict[str, str], sort: str) -> Select[Studio]:
    query = select(Studio).join(Studio.leader).where(_seen(current_actor())).options(*SHOWN_WITH)
    query = query.order_by(*ORDERS.get(sort, NEWEST))
    if kept["q"]:
        query = query.where(
            or_(
                Studio.name.contains(kept["q"], autoescape=True),
                Person.name.contains(kept["q"], autoescape=True),
            )
        )
    if kept["state"] in list(StudioState):
        query = query.where(Studio.state == StudioState(kept["state"]))
    if kept["level"] in list(ContestLevel):
        query = query.where(Studio.level == ContestLevel(kept["level"]))
    return query


def _seen(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permit.STUDIO_VIEW):
        return true()
    return Studio.id.in_([grant.scope_id for grant in actor.grants if grant.scope is Scope.STUDIO])


def _done(studio: Studio, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_studios.show", slug=studio.slug))
