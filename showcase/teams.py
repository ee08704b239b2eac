"""A team's pages: founded by its captain, seen by its members, parted from."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.conditions import DEAD
from actions.desk import Desk
from actions.entries import CHECK
from actions.entry_changes import check_entry_window
from actions.team_captains import hand_over
from actions.team_members import called
from actions.team_partings import leave_team, remove_member
from actions.team_parts import faults_of_team
from actions.teams import found_team, invite, renew_link, token_of
from adapters.documents import qr_svg
from models.contests import Contest, Event
from models.entries import Entry, members_of
from models.teams import Team
from rules.errors import Invalid, WrongMoment
from rules.states import BEFORE_LIST, EntryState
from showcase.entry_plan import next_page, place
from showcase.forms.entries import DeedForm
from showcase.forms.teams import FoundForm, InviteForm
from web.db import db
from web.errors import say
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import current_account, desk, request_time

bp = Blueprint("teams", __name__, url_prefix="/account/teams")
keep_nothing(bp)


@dataclass(frozen=True)
class Member:
    """One line of the team: who it is, where the own part stands."""

    entry: Entry
    name: str
    confirmed: bool


@bp.route("/new/<slug>/<event>", methods=["GET", "POST"])
@signed_in
def found(slug: str, event: str) -> ResponseReturnValue:
    """Found a team for an event; who is in one already is led to it."""
    query = select(Event).join(Contest).where(Contest.slug == slug, Event.slug == event)
    row: Event = db.one_or_404(query)
    if row.team_most == 1:
        return redirect(url_for("entries.begin", slug=slug, event=event))
    mine = team_in(row)
    if mine is not None:
        return redirect(url_for(".show", team_id=mine))
    form = FoundForm(form_key=secrets.token_hex(16))
    if form.validate_on_submit():
        try:
            entry = found_team(desk(), row, name=form.name.data, form_key=form.form_key.data)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The team is founded. Invite members and fill in your part."), "done")
            return redirect(url_for(".show", team_id=entry.team_id))
    page = render_template("showcase/teams/found.html", event=row, form=form, now=request_time())
    return page, 422 if form.errors else 200


@bp.get("/<int:team_id>")
@signed_in
def show(team_id: int) -> ResponseReturnValue:
    """Show the team to its members; who was invited is led to the invitation."""
    own = own_part(team_id)
    if own is None:
        return redirect(url_for("team_invitations.invited", team_id=team_id))
    return _page(own, InviteForm(formdata=None))


@bp.post("/<int:team_id>/link")
@signed_in
def renew(team_id: int) -> ResponseReturnValue:
    """Make a new link; the old one is closed."""
    renew_link(desk(), _part(team_id))
    db.session.commit()
    flash(gettext("There is a new link; the old one opens nothing any more."), "done")
    return redirect(url_for(".show", team_id=team_id))


@bp.get("/<int:team_id>/link.svg")
@signed_in
def code(team_id: int) -> ResponseReturnValue:
    """Draw the link as a code that a colleague's phone reads from the captain's."""
    own = _part(team_id)
    if not own.is_captain or own.team is None:
        abort(404)
    return Response(qr_svg(_link(desk(), own.team)), content_type="image/svg+xml")


@bp.post("/<int:team_id>/invite")
@signed_in
def invite_one(team_id: int) -> ResponseReturnValue:
    """Invite by name; the answer is the same whether there is such an account or not."""
    own, form = _part(team_id), InviteForm()
    if not form.validate_on_submit():
        return _page(own, form), 422
    invite(desk(), own, handle=form.handle.data)
    db.session.commit()
    flash(
        gettext("If there is an account under this name, the invitation lies in its messages."),
        "done",
    )
    return redirect(url_for(".show", team_id=team_id))


@bp.route("/<int:team_id>/members/<int:entry_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(team_id: int, entry_id: int) -> ResponseReturnValue:
    """Ask once, then take a member out."""
    own, member = _part(team_id), _member(team_id, entry_id)
    name = called(desk(), member)
    if DeedForm().validate_on_submit():
        remove_member(desk(), member)
        db.session.commit()
        flash(gettext("%(name)s is no longer in the team and was told.", name=name), "done")
        return redirect(url_for(".show", team_id=team_id))
    return render_template("showcase/teams/remove.html", own=own, team=own.team, name=name)


@bp.route("/<int:team_id>/members/<int:entry_id>/captain", methods=["GET", "POST"])
@signed_in
def make_captain(team_id: int, entry_id: int) -> ResponseReturnValue:
    """Ask once, then hand the team over."""
    own, member = _part(team_id), _member(team_id, entry_id)
    name = called(desk(), member)
    if DeedForm().validate_on_submit():
        hand_over(desk(), member)
        db.session.commit()
        flash(gettext("%(name)s is captain now and was told.", name=name), "done")
        return redirect(url_for(".show", team_id=team_id))
    return render_template("showcase/teams/captain.html", own=own, team=own.team, name=name)


@bp.route("/<int:team_id>/leave", methods=["GET", "POST"])
@signed_in
def leave(team_id: int) -> ResponseReturnValue:
    """Ask once, then leave; what was filled in stays a draft of one's own."""
    own = _part(team_id)
    if DeedForm().validate_on_submit():
        leave_team(desk(), own)
        db.session.commit()
        flash(gettext("You have left the team. What you filled in is kept as a draft."), "done")
        return redirect(url_for("entries.show", entry_id=own.id))
    return render_template("showcase/teams/leave.html", own=own, team=own.team)


def own_part(team_id: int) -> Entry | None:
    """Return the visitor's own entry in a team that exists."""
    return db.session.scalars(
        select(Entry)
        .join(Entry.team)
        .where(Team.id == team_id, Entry.account_id == current_account().id)
    ).first()


def team_in(event: Event) -> int | None:
    """Return the team the visitor is in at this event."""
    return db.session.scalars(
        select(Entry.team_id).where(
            Entry.event_id == event.id,
            Entry.account_id == current_account().id,
            Entry.state.not_in(DEAD),
            Entry.team_id.is_not(None),
        )
    ).first()


def _part(team_id: int) -> Entry:
    own = own_part(team_id)
    if own is None:
        abort(404)
    return own


def _member(team_id: int, entry_id: int) -> Entry:
    member: Entry = db.one_or_404(select(Entry).filter_by(id=entry_id, team_id=team_id))
    return member


def _page(own: Entry, form: InviteForm) -> str:
    at, team = desk(), own.team
    if team is None:
        abort(404)
    members = members_of(at.session, team)
    captain = members[0]
    filled = captain.step >= CHECK and not next_page(at, captain)
    return render_template(
        "showcase/teams/show.html",
        team=team,
        own=own,
        captain=captain,
        members=[_line(at, one, filled=filled) for one in members],
        faults=[say(fault) for fault in faults_of_team(at, captain)],
        filled=filled,
        next_step=place(at, own) if own.state is EntryState.DRAFT else "",
        link=_link(at, team) if own.is_captain else "",
        form=form,
        may=_may(at, captain),
        now=request_time(),
    )


def _line(at: Desk, entry: Entry, *, filled: bool) -> Member:
    confirmed = filled if entry.is_captain else entry.state is EntryState.JOINED
    return Member(entry, called(at, entry), confirmed or entry.state is not EntryState.DRAFT)


def _may(at: Desk, captain: Entry) -> dict[str, Any]:
    """Say what can be done now, so that the page offers nothing that would be refused."""
    try:
        check_entry_window(at, captain)
    except WrongMoment:
        is_open = False
    else:
        is_open = captain.team is not None and captain.team.dissolved_at is None
    return {
        "change": is_open,
        "hand_over": is_open and captain.state is not EntryState.RETURNED,
        "leave": captain.event.state in BEFORE_LIST and captain.state not in DEAD,
    }


def _link(at: Desk, team: Team) -> str:
    return url_for("team_invitations.show", token=token_of(at, team), _external=True)
