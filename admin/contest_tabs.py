"""The parts of one contest's work that reach over its events, and finding the contest of a page."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.contests import Contest, Event
from rules.permits import Permit, may
from web.db import db
from web.login import current_actor, require_here

bp = Blueprint("admin_contest_tabs", __name__)


@dataclass(frozen=True)
class ContestTab:
    """A part as the visitor sees it."""

    title: str
    url: str
    current: bool


@bp.app_template_global()
def contest_tabs(contest: Contest) -> list[ContestTab]:
    """List the parts of a contest that the visitor may open."""
    actor = current_actor()
    parts = (
        ("admin_contests.show", gettext("Contest"), True),
        (
            "admin_dashboards.show",
            gettext("Figures"),
            bool(_open_events(contest, Permit.FIGURES_VIEW)),
        ),
        ("admin_entry_lists.index", gettext("Entries"), bool(_open_events(contest))),
        (
            "admin_timetables.show",
            gettext("Timetable"),
            may(actor, Permit.SITTING_PLAN, contest.where),
        ),
        (
            "admin_checklists.show",
            gettext("Checklist"),
            may(actor, Permit.CHECKLIST_KEEP, contest.where),
        ),
        ("admin_money.show", gettext("Money"), may(actor, Permit.MONEY_KEEP, contest.where)),
        (
            "admin_exports.index",
            gettext("Files"),
            bool(_open_events(contest)) or may(actor, Permit.CONTEST_EDIT, contest.where),
        ),
    )
    return [
        ContestTab(title, url, request.path == url)
        for endpoint, title, there in parts
        if there
        for url in (url_for(endpoint, contest_id=contest.id),)
    ]


def contest_here(contest_id: int, permit: Permit | None = None) -> Contest:
    """Return the contest of the address to somebody who works for it, or holds ``permit`` there."""
    contest: Contest = db.one_or_404(
        select(Contest).where(Contest.id == contest_id).options(selectinload(Contest.events))
    )
    if permit is not None:
        require_here(permit, contest.where)
    elif not any(grant.contest_id == contest.id for grant in current_actor().grants):
        require_here(Permit.STAFF_HOME, contest.where)
    return contest


def events_here(contest: Contest, permit: Permit) -> list[Event]:
    """Return the events the visitor holds ``permit`` in; a contest without one is closed."""
    found = _open_events(contest, permit)
    if not found:
        require_here(permit, contest.where)
    return found


def _open_events(contest: Contest, permit: Permit = Permit.ENTRY_LIST) -> list[Event]:
    actor = current_actor()
    return [event for event in contest.events if may(actor, permit, event.where)]
