"""The side bar: which parts of the staff's face a visitor finds, by permit."""

from dataclasses import dataclass
from typing import Final

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l

from rules.permits import Permit, may_somewhere
from web.login import current_actor

_P = Permit
ITEMS: Final = (
    ("Work", "admin_home.index", _l("Overview"), "layout-dashboard", (_P.STAFF_HOME,)),
    ("Contests", "admin_contests.index", _l("Contests and events"), "trophy", (_P.STAFF_HOME,)),
    (
        "Contests",
        "admin_message_templates.index",
        _l("Message texts"),
        "message-circle",
        (_P.MESSAGE_SEND,),
    ),
    (
        "Contests",
        "admin_duplicates.index",
        _l("Possible duplicates"),
        "users",
        (_P.PERSON_MERGE,),
    ),
    ("Contests", "admin_judges.index", _l("Pool of judges"), "users", (_P.PANEL_ASSIGN,)),
    ("Contests", "judging.index", _l("Judging"), "gavel", (_P.MARK_ENTER, _P.PANEL_WATCH)),
    ("Craftsmen", "admin_craftsmen.index", _l("Profiles"), "medal", (_P.CRAFTSMAN_EDIT,)),
    ("Craftsmen", "admin_stories.index", _l("Stories"), "book", (_P.STORY_EDIT, _P.STORY_PUBLISH)),
    ("Craftsmen", "admin_studios.index", _l("Studios"), "school", (_P.STUDIO_VIEW,)),
    ("Craftsmen", "admin_selection.index", _l("Selection rounds"), "award", (_P.SELECTION_VIEW,)),
    ("Craftsmen", "admin_notices.index", _l("Notices"), "news", (_P.NOTICE_EDIT,)),
    ("System", "admin_accounts.index", _l("Accounts"), "users", (_P.ACCOUNT_MANAGE, _P.ROLE_GRANT)),
    ("System", "admin_audit.index", _l("Audit trail"), "history", (_P.AUDIT_READ,)),
)
TITLES: Final = {
    "Work": _l("Work"),
    "Contests": _l("Contests"),
    "Craftsmen": _l("Craftsmen"),
    "System": _l("System"),
}


OF_CONTESTS: Final = frozenset(
    {"admin_events", "admin_schemes", "admin_entries", "admin_draws", "admin_panels"}
    | {"admin_results", "admin_certificates", "admin_messages", "admin_unit_quotas"}
    | {"admin_inquiries", "admin_checklists", "admin_money"}
    | {"admin_dashboards", "admin_entry_lists", "admin_exports"}
    | {"admin_timetables", "admin_placements", "admin_venues", "admin_papers"}
    | {"admin_check_ins", "admin_extra_times"}
    | {"admin_proposals"}
)
"""Journeys that begin at a contest: the bar points there."""


@dataclass(frozen=True)
class Item:
    """One link of the side bar."""

    title: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Group:
    """Links under one heading."""

    title: str
    items: tuple[Item, ...]


def sections() -> tuple[Group, ...]:
    """List what the visitor may open, grouped; groups without an item are left out."""
    actor, home = current_actor(), _home(request.blueprint or "")
    shown: dict[str, list[Item]] = {}
    for group, endpoint, title, icon, permits in ITEMS:
        if any(may_somewhere(actor, permit) for permit in permits):
            here = endpoint.partition(".")[0] == home
            shown.setdefault(group, []).append(Item(str(title), url_for(endpoint), icon, here))
    return tuple(Group(str(TITLES[group]), tuple(items)) for group, items in shown.items())


def _home(blueprint: str) -> str:
    if blueprint == "admin_target_lists":
        return "admin_home"
    if blueprint in OF_CONTESTS:
        return "admin_contests"
    homes = {"admin_honours": "admin_craftsmen", "admin_corrections": "admin_duplicates"}
    return homes.get(blueprint, blueprint)


def register(app: Flask) -> None:
    """Attach ``sections()`` to the templates."""
    app.add_template_global(sections)
