"""Events for staff: planned in a contest, then the hub of everything that happens in them."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from actions.events import (
    create_event,
    edit_event,
    entry_counts,
    faults_of,
    may_close,
    move_event,
    plan_of,
    possible_verbs,
    rules_of,
)
from admin.forms.contests import GroundForm
from admin.forms.events import DatesForm, EventForm, dates, filled
from admin.forms.ruleset_words import tie_words, words
from models.contests import Contest, Event
from models.occupations import Occupation
from models.schemes import current_scheme
from rules.eligibility_json import conditions_from_json
from rules.errors import Blocked, Invalid
from rules.permits import Permit, may
from rules.scheme_json import scheme_from_json
from rules.states import ContestState, EntryState, EventState
from web.db import db
from web.errors import sentence
from web.guard import needs
from web.login import current_actor, desk, request_time, require_here

bp = Blueprint("admin_events", __name__, url_prefix="/admin")
E = EventState
NEXT = {
    E.DRAFT: ("", Permit.CONTEST_EDIT),
    E.OPEN: ("entries/", Permit.ENTRY_REVIEW),
    E.CLOSED: ("entries/", Permit.ENTRY_REVIEW),
    E.LISTED: ("draw/", Permit.DRAW_RUN),
    E.DRAWN: ("panel/", Permit.PANEL_ASSIGN),
    E.SCORING: ("panel/", Permit.PANEL_ASSIGN),
    E.LOCKED: ("results/", Permit.RESULT_DECODE),
    E.DECODED: ("results/", Permit.RESULT_PUBLISH),
    E.POSTED: ("results/", Permit.RESULT_PUBLISH),
    E.FINAL: ("certificates/", Permit.CERTIFICATE_ISSUE),
    E.AWARDED: ("", Permit.CERTIFICATE_ISSUE),
    E.CANCELLED: ("", Permit.CONTEST_EDIT),
}
"""Where the next piece of work is done, and who does it."""


@dataclass(frozen=True)
class Tab:
    """One part of an event's work: its address below the event and who finds it there."""

    path: str
    title: LazyString
    permits: tuple[Permit, ...]


@dataclass(frozen=True)
class ShownTab:
    """A tab as the visitor sees it."""

    title: str
    url: str
    current: bool


_P = Permit
TABS: Final = (
    Tab("", _l("Event"), (_P.STAFF_HOME,)),
    Tab("feeders/", _l("Feeder contests"), (_P.CONTEST_EDIT, _P.CONTEST_APPROVE)),
    Tab("scheme/", _l("Marking scheme"), (_P.SCHEME_IMPORT, _P.CONTEST_APPROVE)),
    Tab("form/", _l("Entry form"), (_P.CONTEST_EDIT,)),
    Tab("entries/", _l("Entries"), (_P.ENTRY_REVIEW,)),
    Tab("messages/", _l("Messages to entrants"), (_P.MESSAGE_SEND,)),
    Tab("inquiries/", _l("Questions to the jury"), (_P.INQUIRY_ANSWER,)),
    Tab("units/", _l("Units"), (_P.CONTEST_EDIT,)),
    Tab("panel/", _l("Panel"), (_P.PANEL_ASSIGN,)),
    Tab("papers/", _l("Papers"), (_P.SITTING_PLAN,)),
    Tab("check-in/", _l("Check-in"), (_P.CHECK_IN,)),
    Tab("draw/", _l("Draw"), (_P.DRAW_RUN, _P.DRAW_WITNESS)),
    Tab(
        "results/",
        _l("Results of the event"),
        (_P.RESULT_DECODE, _P.RESULT_WITNESS, _P.RESULT_PUBLISH, _P.RESULT_DECIDE),
    ),
    Tab("certificates/", _l("Certificates"), (_P.CERTIFICATE_ISSUE,)),
)


@bp.app_template_global()
def event_tabs(event: Event) -> list[ShownTab]:
    """List the parts of an event that the visitor may open."""
    actor, base = current_actor(), url_for("admin_events.show", event_id=event.id)
    here = request.path.removeprefix(base)
    return [
        ShownTab(str(tab.title), base + tab.path, here.partition("/")[0] == tab.path.rstrip("/"))
        for tab in TABS
        if any(may(actor, permit, event.where) for permit in tab.permits)
    ]


@bp.route("/contests/<int:contest_id>/events/new", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def new(contest_id: int) -> ResponseReturnValue:
    """Add an event to a draft."""
    contest: Contest = db.get_or_404(Contest, contest_id)
    require_here(Permit.CONTEST_EDIT, contest.where)
    form = EventForm(occupations=_occupations(), data=filled(None))
    if form.validate_on_submit():
        try:
            event = create_event(desk(), contest, form.plan())
        except Invalid as refusal:
            form.take(refusal)
        else:
            return _done(event, gettext("The event is saved. Now import its marking scheme."))
    status = 422 if form.errors else 200
    return render_template("admin/events/form.html", form=form, contest=contest, event=None), status


@bp.get("/events/<int:event_id>/")
@needs(Permit.STAFF_HOME)
def show(event_id: int) -> ResponseReturnValue:
    """Show the hub of one event: where it stands, what is next, its parts and its rules."""
    event = event_here(event_id)
    actor = current_actor()
    counts = entry_counts(db.session(), event)
    path, permit = NEXT[event.state]
    return render_template(
        "admin/events/show.html",
        event=event,
        scheme=current_scheme(db.session(), event.id),
        reasons=faults_of(db.session(), event) if event.state is EventState.DRAFT else (),
        accepted=counts.get(EntryState.ACCEPTED, 0),
        waiting=counts.get(EntryState.SUBMITTED, 0),
        next_path=path if may(actor, permit, event.where) else "",
        verbs=possible_verbs(event),
        may_edit=may(actor, Permit.CONTEST_EDIT, event.where),
        may_close=may_close(event, request_time()),
        rules=rules_of(event),
        conditions=conditions_from_json(event.eligibility),
        words=words,
        tie_words=tie_words,
    )


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def edit(event_id: int) -> ResponseReturnValue:
    """Change an event: all of it while the contest is a draft, its dates afterwards."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    plan = plan_of(event)
    whole = event.contest.state is ContestState.DRAFT
    if whole:
        form = EventForm(occupations=_occupations(), modules=_modules(event), data=filled(plan))
    else:
        form = DatesForm(data=dates(plan))
    if form.validate_on_submit():
        try:
            edit_event(desk(), event, form.plan(plan.rules) if whole else form.changed(plan))
        except Invalid as refusal:
            form.take(refusal)
        except Blocked as refusal:
            form.form_errors.append(sentence(refusal))
        else:
            return _done(event, gettext("Saved."))
    status = 422 if form.errors else 200
    template = "admin/events/form.html" if whole else "admin/events/dates.html"
    return render_template(template, form=form, contest=event.contest, event=event), status


@bp.post("/events/<int:event_id>/<any(open, close, reopen, list):verb>")
@needs(Permit.CONTEST_EDIT)
def move(event_id: int, verb: str) -> ResponseReturnValue:
    """Take one of the organizer's steps."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    move_event(desk(), event, verb)
    done = {
        "open": gettext("Entries are open."),
        "close": gettext("Entries are closed."),
        "reopen": gettext("Entries are open again."),
        "list": gettext("The list of entrants is public."),
    }
    return _done(event, done[verb])


@bp.route("/events/<int:event_id>/cancel", methods=["GET", "POST"])
@needs(Permit.CONTEST_EDIT)
def cancel(event_id: int) -> ResponseReturnValue:
    """Ask once for the ground, then cancel the event."""
    event = event_here(event_id, Permit.CONTEST_EDIT)
    form = GroundForm()
    if form.validate_on_submit():
        move_event(desk(), event, "cancel", ground=form.ground.data)
        return _done(event, gettext("The event is cancelled."))
    status = 422 if form.errors else 200
    return render_template("admin/events/cancel.html", form=form, event=event), status


def event_here(event_id: int, permit: Permit = Permit.STAFF_HOME) -> Event:
    """Return the event of the address to somebody who holds ``permit`` in it."""
    event: Event = db.get_or_404(Event, event_id)
    require_here(permit, event.where)
    return event


def _occupations() -> list[Occupation]:
    return list(db.session.scalars(select(Occupation).order_by(Occupation.name)))


def _modules(event: Event) -> tuple[str, ...]:
    row = current_scheme(db.session(), event.id)
    return () if row is None else tuple(one.code for one in scheme_from_json(row.body).modules)


def _done(event: Event, words_: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words_, "done")
    return redirect(url_for(".show", event_id=event.id))
