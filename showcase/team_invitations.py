"""Invitations into a team: by its captain's link, or by name through the messages."""

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.team_members import called
from actions.teams import decline, find_team, invited_team, join_team
from models.entries import members_of
from models.teams import Team
from showcase.entry_plan import place
from showcase.forms.entries import DeedForm
from showcase.forms.teams import JoinForm
from showcase.teams import own_part
from web.db import db
from web.guard import public, signed_in
from web.headers import keep_nothing
from web.login import desk, is_signed_in, request_time

bp = Blueprint("team_invitations", __name__, url_prefix="/account/teams")
keep_nothing(bp)


@bp.get("/join/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """Say who invites into which team; nothing begins yet."""
    team = find_team(desk(), token)
    if is_signed_in() and own_part(team.id) is not None:
        return redirect(url_for("teams.show", team_id=team.id))
    return _page(team, url_for(".show", token=token), url_for(".decline_link", token=token))


@bp.post("/join/<token>")
@signed_in
def join(token: str) -> ResponseReturnValue:
    """Take part by the link."""
    return _joined(find_team(desk(), token))


@bp.post("/join/<token>/decline")
@signed_in
def decline_link(token: str) -> ResponseReturnValue:
    """Answer the link with no."""
    return _declined(find_team(desk(), token))


@bp.get("/<int:team_id>/invited")
@signed_in
def invited(team_id: int) -> ResponseReturnValue:
    """Say who invites, to whom was invited by name."""
    team = invited_team(desk(), team_id)
    if own_part(team.id) is not None:
        return redirect(url_for("teams.show", team_id=team.id))
    here, no = url_for(".invited", team_id=team_id), url_for(".decline_name", team_id=team_id)
    return _page(team, here, no)


@bp.post("/<int:team_id>/invited")
@signed_in
def join_invited(team_id: int) -> ResponseReturnValue:
    """Take part on an invitation by name."""
    return _joined(invited_team(desk(), team_id))


@bp.post("/<int:team_id>/invited/decline")
@signed_in
def decline_name(team_id: int) -> ResponseReturnValue:
    """Answer an invitation by name with no."""
    return _declined(invited_team(desk(), team_id))


def _joined(team: Team) -> ResponseReturnValue:
    form, at = JoinForm(), desk()
    if not form.validate_on_submit():
        return redirect(url_for("teams.show", team_id=team.id))
    entry = join_team(at, team, form_key=form.form_key.data)
    db.session.commit()
    flash(gettext("You take part. Fill in your own part and confirm it at the end."), "done")
    return redirect(place(at, entry))


def _declined(team: Team) -> ResponseReturnValue:
    if DeedForm().validate_on_submit():
        decline(desk(), team)
        db.session.commit()
        flash(gettext("You have declined; the captain was told."), "done")
    return redirect(url_for("entries.index"))


def _page(team: Team, here: str, no: str) -> str:
    at = desk()
    members = members_of(at.session, team)
    return render_template(
        "showcase/teams/join.html",
        team=team,
        event=team.event,
        captain=called(at, members[0]),
        form=JoinForm(form_key=secrets.token_hex(16), formdata=None),
        here=here,
        no=no,
        now=request_time(),
    )
