"""The checklist of a contest as a person reads it: what the records show beside what was noted."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.accounts import Account
from models.audit import AuditLine
from models.checklist_facts import Records
from models.checklists import ChecklistItem, items_of
from models.contests import Contest, Event
from rules.checklists import TEMPLATE, Days, Item, days_of, is_late
from rules.permits import Actor, Permit, may
from rules.states import CheckState, EventState
from web.clock import local

PAGES: Final = {
    "event": (Permit.STAFF_HOME,),
    "scheme": (Permit.SCHEME_IMPORT, Permit.CONTEST_APPROVE),
    "entries": (Permit.ENTRY_REVIEW,),
    "panel": (Permit.PANEL_ASSIGN,),
    "draw": (Permit.DRAW_RUN, Permit.DRAW_WITNESS),
    "results": (Permit.RESULT_DECODE, Permit.RESULT_WITNESS, Permit.RESULT_PUBLISH),
    "certificates": (Permit.CERTIFICATE_ISSUE,),
}
"""Who finds the page of an event on which a watched item is done."""
DEEDS = tuple(deed for item in TEMPLATE for deed in item.deeds)


@dataclass(frozen=True)
class Line:
    """One item; ``by`` and ``at`` say who settled it and when, where that is known."""

    key: str
    title: str
    due: dt.date | None
    state: CheckState
    late: bool
    watched: bool = False
    own: bool = False
    by: str = ""
    at: dt.datetime | None = None
    note: str = ""
    assignee: str = ""
    assignee_id: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Doing:
    """The last time a deed was done in a contest."""

    by: str
    at: dt.datetime


def board(session: Session, contest: Contest, actor: Actor, today: dt.date) -> list[Line]:
    """Read one contest's checklist, what is due first at the top."""
    lines = _lines(
        contest,
        Records(session, [contest]),
        items_of(session, [contest.id])[contest.id],
        today,
    )
    done = _doings(session, contest)
    return [_with_doing(line, done, _page(contest, line, actor)) for line in lines]


def late_lines(
    session: Session, contests: Sequence[Contest], today: dt.date
) -> dict[int, list[Line]]:
    """List what is overdue on some contests' checklists, in the same few statements for all."""
    records, kept = Records(session, contests), items_of(session, [one.id for one in contests])
    found = {one.id: _lines(one, records, kept[one.id], today) for one in contests}
    return {key: [line for line in lines if line.late] for key, lines in found.items()}


def days_here(contest: Contest) -> Days:
    """Return the calendar of a contest's events that are not cancelled, by the district's clock."""
    return days_of(
        (local(event.entries_open_at).date(), local(event.entries_close_at).date(), event.held_on)
        for event in contest.events
        if event.state is not EventState.CANCELLED
    )


def _lines(
    contest: Contest, records: Records, rows: Iterable[ChecklistItem], today: dt.date
) -> list[Line]:
    kept = {row.key: row for row in rows}
    shown, days = records.shown(contest), days_here(contest)
    found = [_of_item(item, kept.get(item.code), shown, days, today) for item in TEMPLATE]
    found += [_of_row(row, today) for row in kept.values() if row.code is None]
    return sorted(found, key=lambda line: line.due or dt.date.max)


def _of_item(
    item: Item, row: ChecklistItem | None, shown: frozenset[str], days: Days, today: dt.date
) -> Line:
    due = row.due_on if row is not None and row.due_on else item.due(days)
    state = CheckState.DONE if item.code in shown else row.state if row else CheckState.OPEN
    return Line(
        key=item.code,
        title=gettext(item.title),
        due=due,
        state=state,
        late=state is CheckState.OPEN and is_late(due, today),
        watched=item.watched,
        **(_noted(row, settled=item.code not in shown) if row else {}),
    )


def _of_row(row: ChecklistItem, today: dt.date) -> Line:
    late = row.state is CheckState.OPEN and is_late(row.due_on, today)
    return Line(
        key=row.key,
        title=row.title,
        due=row.due_on,
        state=row.state,
        late=late,
        own=True,
        **_noted(row, settled=True),
    )


def _noted(row: ChecklistItem, *, settled: bool) -> dict[str, Any]:
    return {
        "by": row.settler.display_name if settled and row.settler else "",
        "at": row.settled_at if settled else None,
        "note": row.note,
        "assignee": row.assignee.display_name if row.assignee else "",
        "assignee_id": row.assignee_id,
    }


def _doings(session: Session, contest: Contest) -> dict[str, Doing]:
    things = [f"contest:{contest.id}", *(f"event:{event.id}" for event in contest.events)]
    rows = session.execute(
        select(AuditLine.deed, AuditLine.at, Account.display_name)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .where(AuditLine.thing.in_(things), AuditLine.deed.in_(DEEDS))
        .order_by(AuditLine.id)
    )
    return {deed: Doing(name or gettext("the system"), at) for deed, at, name in rows}


def _with_doing(line: Line, done: Mapping[str, Doing], url: str) -> Line:
    doing = None
    if line.watched and line.state is CheckState.DONE:
        deeds = next(item.deeds for item in TEMPLATE if item.code == line.key)
        doing = next((done[deed] for deed in deeds if deed in done), None)
    by, at = (doing.by, doing.at) if doing else (line.by, line.at)
    return replace(line, by=by, at=at, url=url)


def _page(contest: Contest, line: Line, actor: Actor) -> str:
    """Return where a watched item is done, if the visitor may go there."""
    if not line.watched:
        return ""
    page = next(item.page for item in TEMPLATE if item.code == line.key)
    if not page:
        return url_for("admin_contests.show", contest_id=contest.id)
    path, permits = "" if page == "event" else f"{page}/", PAGES[page]
    live = [event for event in contest.events if event.state is not EventState.CANCELLED]
    events = [event for event in live if any(may(actor, one, event.where) for one in permits)]
    return f"{url_for('admin_events.show', event_id=_behind(events).id)}{path}" if events else ""


def _behind(events: Sequence[Event]) -> Event:
    """Return the event that is farthest behind: there the deed is missing, if anywhere."""
    order = list(EventState)
    return min(events, key=lambda event: order.index(event.state))
