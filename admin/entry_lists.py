"""The entries of a contest over all its events: the address is the view, and views are kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.views import edit_view, remove_view, save_view
from admin.contest_tabs import contest_here, events_here
from admin.forms.entry_lists import ViewForm
from models.contests import Contest, Event
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Town
from models.views import SavedView, narrowed, saved_views, with_columns
from rules.errors import Invalid
from rules.list_terms import AgeBand, EntryColumn
from rules.permits import Permit, may
from rules.states import EntryState
from rules.terms import EntryGroup, SkillLevel
from rules.views import NOT_SAID, SORTABLE, STANDING, View, read_view
from web.clock import local
from web.db import db
from web.entry_tables import cells
from web.guard import needs
from web.headers import keep_nothing
from web.labels import choices
from web.login import current_actor, desk, request_time
from web.paging import Page, paged

bp = Blueprint("admin_entry_lists", __name__, url_prefix="/admin/contests/<int:contest_id>/entries")
SHOWN: Final = 50
BY_NUMBER: Final = frozenset(
    {EntryColumn.AGE, EntryColumn.SINCE, EntryColumn.RECEIPT, EntryColumn.PASS_NO}
    | {EntryColumn.ID_NUMBER, EntryColumn.PHONE, EntryColumn.SUBMITTED, EntryColumn.DECIDED}
)
"""Columns whose digits stand below each other."""


@dataclass(frozen=True)
class Row:
    """One line of the list: where it leads, and its cells."""

    entry: Entry
    cells: list[str]
    url: str


@dataclass(frozen=True)
class Narrowing:
    """One filter of the form: its words and what may be chosen."""

    name: str
    words: str
    options: list[tuple[str, str]]


keep_nothing(bp)


@bp.get("/")
@needs(Permit.ENTRY_LIST)
def index(contest_id: int) -> ResponseReturnValue:
    """List the entries the address asks for."""
    contest = contest_here(contest_id)
    return _page(contest, ViewForm(formdata=None))


@bp.post("/views")
@needs(Permit.ENTRY_LIST)
def save(contest_id: int) -> ResponseReturnValue:
    """Keep the view of the address under a name."""
    contest, form = contest_here(contest_id), ViewForm()
    if form.validate_on_submit():
        try:
            save_view(desk(), contest, form.name.data, view_here(), shared=form.shared.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The view is saved."), "done")
            return redirect(_list(contest_id, view_here().query))
    return _page(contest, form)


@bp.route("/views/<int:view_id>", methods=["GET", "POST"])
@needs(Permit.ENTRY_LIST)
def edit(contest_id: int, view_id: int) -> ResponseReturnValue:
    """Rename a view of one's own, or share it."""
    contest, saved = contest_here(contest_id), _saved(contest_id, view_id)
    events_here(contest, Permit.ENTRY_LIST)
    form = ViewForm(obj=saved)
    if form.validate_on_submit():
        try:
            edit_view(desk(), saved, form.name.data, shared=form.shared.data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("Saved."), "done")
            return redirect(_list(contest_id, saved.query))
    status = 422 if form.errors else 200
    page = render_template("admin/entry_lists/view.html", contest=contest, saved=saved, form=form)
    return page, status


@bp.post("/views/<int:view_id>/remove")
@needs(Permit.ENTRY_LIST)
def remove(contest_id: int, view_id: int) -> ResponseReturnValue:
    """Remove a view of one's own."""
    remove_view(desk(), _saved(contest_id, view_id))
    db.session.commit()
    flash(gettext("The view is removed. The entries it showed are untouched."), "done")
    return redirect(url_for(".index", contest_id=contest_id))


def view_here() -> View:
    """Read the view of this address."""
    return read_view(request.args.to_dict(flat=False))


def _list(contest_id: int, query: Mapping[str, Any]) -> str:
    return url_for(".index", contest_id=contest_id, **query)


def _saved(contest_id: int, view_id: int) -> SavedView:
    saved: SavedView = db.one_or_404(
        select(SavedView).filter_by(
            id=view_id, contest_id=contest_id, account_id=current_actor().account_id
        )
    )
    return saved


def _page(contest: Contest, form: ViewForm) -> ResponseReturnValue:
    events, view = events_here(contest, Permit.ENTRY_LIST), view_here()
    today = local(request_time()).date()
    query = with_columns(narrowed(view, [event.id for event in events], today))
    page = _rows(paged(query, size=SHOWN), view, today)
    return render_template(
        "admin/entry_lists/index.html",
        contest=contest,
        view=view,
        page=page,
        form=form,
        narrowings=_narrowings(events),
        columns=list(EntryColumn),
        sortable=SORTABLE,
        by_number=BY_NUMBER,
        saved=saved_views(db.session(), contest.id, current_actor().account_id),
    ), (422 if view.faults or form.errors else 200)


def _rows(page: Page[Entry], view: View, today: dt.date) -> Page[Row]:
    at = desk()
    rows = [
        Row(entry, cells(at, entry, view.columns, today), _address(entry)) for entry in page.rows
    ]
    return Page(rows, page.number, page.size, page.total)


def _address(entry: Entry) -> str:
    if not may(current_actor(), Permit.ENTRY_REVIEW, entry.event.where):
        return ""
    return url_for("admin_entries.show", event_id=entry.event_id, entry_id=entry.id)


def _narrowings(events: Sequence[Event]) -> list[Narrowing]:
    left_open = (NOT_SAID, gettext("not said"))
    towns = db.session.execute(select(Town.code, Town.name).order_by(Town.position, Town.id))
    trades = db.session.execute(select(Occupation.id, Occupation.name).order_by(Occupation.name))
    states = [(one, words) for one, words in choices(EntryState) if one != EntryState.DRAFT]
    states.insert(0, (STANDING, gettext("handed in and still in")))
    return [
        Narrowing("event", gettext("Event"), [(str(one.id), one.name) for one in events]),
        Narrowing("state", gettext("State"), states),
        Narrowing(
            "town", gettext("Town or street"), [(row[0], row[1]) for row in towns] + [left_open]
        ),
        Narrowing(
            "occupation", gettext("Trade"), [(str(row[0]), row[1]) for row in trades] + [left_open]
        ),
        Narrowing("band", gettext("Age"), [*choices(AgeBand), left_open]),
        Narrowing("level", gettext("Skill level"), [*choices(SkillLevel), left_open]),
        Narrowing("group", gettext("Group"), choices(EntryGroup)),
    ]
