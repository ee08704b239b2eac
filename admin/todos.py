"""What waits for somebody: each line a count from the records, and the way there."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, selectinload

from admin.checklist_boards import late_lines
from models.contests import Contest, Event
from models.entries import Entry
from models.inquiries import Inquiry
from models.notices import Notice
from models.outbox import Errand
from models.roles import RoleGrant
from models.schemes import MarkingScheme
from models.stories import Story
from models.studios import Studio
from rules.permits import Actor, Permit, Role, may
from rules.states import (
    ContestState,
    EntryState,
    EventState,
    InquiryState,
    NoticeState,
    OutboxState,
    StoryState,
    StudioState,
)
from web.clock import from_local, local

SOON = dt.timedelta(days=2)


@dataclass(frozen=True)
class Todo:
    """One thing to do; ``tone`` is bad when it is late, warn when it is nearly."""

    words: str
    small: str
    url: str
    since: dt.datetime | None = None
    tone: str = ""


def todos(session: Session, actor: Actor, now: dt.datetime) -> list[Todo]:
    """List what this actor may do something about, the longest waiting first."""
    found = [
        *_beginnings(session, actor),
        *_entries(session, actor, now),
        *_inquiries(session, actor, now),
        *_checklists(session, actor, now),
        *_contests(session, actor),
        *_events(session, actor),
        *_desks(session, actor),
        *_errands(session, actor),
    ]
    far = now + dt.timedelta(days=3650)
    return sorted(found, key=lambda todo: todo.since or far)


def _beginnings(session: Session, actor: Actor) -> Iterator[Todo]:
    """Say what comes first on a site where nothing is yet."""
    keeps = may(actor, Permit.ACCOUNT_MANAGE) or may(actor, Permit.ROLE_GRANT)
    if keeps and session.scalar(select(~exists().where(RoleGrant.role == Role.ORGANIZER))):
        opens = may(actor, Permit.ACCOUNT_MANAGE)
        yield Todo(
            gettext("Nobody runs contests yet"),
            gettext("Open an account for each of the office.")
            if opens
            else gettext("Give the roles: an organizer first, and a programme officer."),
            url_for("admin_accounts.new" if opens else "admin_accounts.index"),
        )
    if may(actor, Permit.CONTEST_EDIT) and session.scalar(select(~exists(Contest.id))):
        yield Todo(
            gettext("No contest yet"),
            gettext("Draft the first one: about five minutes until entries can open."),
            url_for("admin_contests.new"),
        )


def _entries(session: Session, actor: Actor, now: dt.datetime) -> Iterator[Todo]:
    rows = session.execute(
        select(Event, func.count(), func.min(Entry.submitted_at))
        .join(Event, Entry.event_id == Event.id)
        .where(Entry.state == EntryState.SUBMITTED)
        .group_by(Event.id)
        .order_by(Event.id)
    )
    for event, count, since in rows:
        if may(actor, Permit.ENTRY_REVIEW, event.where):
            late = since is not None and now - since > SOON
            yield Todo(
                gettext("%(count)s entries wait for review", count=count),
                event.name,
                f"{url_for('admin_events.show', event_id=event.id)}entries/",
                since,
                "bad" if late else "warn",
            )


def _inquiries(session: Session, actor: Actor, now: dt.datetime) -> Iterator[Todo]:
    rows = session.execute(
        select(Event, func.count(), func.min(Inquiry.asked_at))
        .join(Event, Inquiry.event_id == Event.id)
        .where(Inquiry.state == InquiryState.OPEN)
        .group_by(Event.id)
        .order_by(Event.id)
    )
    for event, count, since in rows:
        if may(actor, Permit.INQUIRY_ANSWER, event.where):
            yield Todo(
                gettext("%(count)s questions to the jury wait", count=count),
                event.name,
                url_for("admin_inquiries.index", event_id=event.id),
                since,
                "bad" if now - since > SOON else "warn",
            )


def _checklists(session: Session, actor: Actor, now: dt.datetime) -> Iterator[Todo]:
    over = (ContestState.ARCHIVED, ContestState.CANCELLED)
    rows = session.scalars(
        select(Contest)
        .where(Contest.state.not_in(over))
        .options(selectinload(Contest.events))
        .order_by(Contest.id)
    ).all()
    kept = [one for one in rows if may(actor, Permit.CHECKLIST_KEEP, one.where)]
    late = late_lines(session, kept, local(now).date()) if kept else {}
    for contest in kept:
        lines = late[contest.id]
        if lines and lines[0].due:
            yield Todo(
                gettext("%(count)s items of the checklist are overdue", count=len(lines)),
                contest.name,
                url_for("admin_checklists.show", contest_id=contest.id),
                from_local(dt.datetime.combine(lines[0].due, dt.time())),
                "bad",
            )


def _contests(session: Session, actor: Actor) -> Iterator[Todo]:
    states = (ContestState.DRAFT, ContestState.APPROVED)
    rows = session.scalars(select(Contest).where(Contest.state.in_(states)).order_by(Contest.id))
    for contest in rows:
        url = url_for("admin_contests.show", contest_id=contest.id)
        if contest.state is ContestState.APPROVED:
            if may(actor, Permit.CONTEST_EDIT, contest.where):
                yield Todo(gettext("Approved, to be announced"), contest.name, url)
        elif may(actor, Permit.CONTEST_APPROVE, contest.where):
            yield Todo(gettext("A draft waits for its second person"), contest.name, url)


STEPS: Final = {
    EventState.DRAFT: (Permit.SCHEME_IMPORT, "scheme/"),
    EventState.CLOSED: (Permit.CONTEST_EDIT, ""),
    EventState.LISTED: (Permit.DRAW_RUN, "draw/"),
    EventState.DRAWN: (Permit.PANEL_ASSIGN, "panel/"),
    EventState.LOCKED: (Permit.RESULT_DECODE, "results/"),
    EventState.DECODED: (Permit.RESULT_PUBLISH, "results/"),
    EventState.POSTED: (Permit.RESULT_PUBLISH, "results/"),
    EventState.FINAL: (Permit.CERTIFICATE_ISSUE, "certificates/"),
}
WORDS: Final[dict[EventState, Callable[[], str]]] = {
    EventState.DRAFT: lambda: gettext("The marking scheme is missing"),
    EventState.CLOSED: lambda: gettext("Entries are closed: publish the list of entrants"),
    EventState.LISTED: lambda: gettext("The list is public: hold the draw"),
    EventState.DRAWN: lambda: gettext("Drawn: complete the panel and start marking"),
    EventState.LOCKED: lambda: gettext("Marks are locked: decode together with the supervisor"),
    EventState.DECODED: lambda: gettext("Decoded: publish the provisional results"),
    EventState.POSTED: lambda: gettext("Provisional: make final when the appeals have ended"),
    EventState.FINAL: lambda: gettext("Final: issue the certificates"),
}


def _events(session: Session, actor: Actor) -> Iterator[Todo]:
    having = select(MarkingScheme.event_id)
    waiting = select(Entry.event_id).where(Entry.state == EntryState.SUBMITTED)
    rows = session.scalars(
        select(Event)
        .join(Event.contest)
        .where(Event.state.in_(STEPS), Contest.state != ContestState.CANCELLED)
        .where((Event.state != EventState.DRAFT) | Event.id.not_in(having))
        .where((Event.state != EventState.CLOSED) | Event.id.not_in(waiting))
        .options(selectinload(Event.contest))
        .order_by(Event.held_on)
    )
    for event in rows:
        permit, path = STEPS[event.state]
        if may(actor, permit, event.where):
            yield Todo(
                WORDS[event.state](),
                f"{event.contest.name} · {event.name}",
                f"{url_for('admin_events.show', event_id=event.id)}{path}",
                event.appeals_close_at if event.state is EventState.POSTED else None,
            )


DESKS: Final[tuple[tuple[Permit, str, ColumnElement[bool], Callable[[int], str]], ...]] = (
    (
        Permit.STORY_EDIT,
        "stories/",
        Story.state.in_((StoryState.DRAFT, StoryState.CONFIRMED)),
        lambda count: gettext("%(count)s stories are being written", count=count),
    ),
    (
        Permit.STORY_PUBLISH,
        "stories/",
        Story.state == StoryState.REVIEWED,
        lambda count: gettext("%(count)s stories may be published", count=count),
    ),
    (
        Permit.NOTICE_EDIT,
        "notices/",
        Notice.state == NoticeState.DRAFT,
        lambda count: gettext("%(count)s notices are drafts", count=count),
    ),
    (
        Permit.STUDIO_VIEW,
        "studios/",
        Studio.state == StudioState.APPLIED,
        lambda count: gettext("%(count)s studios have applied", count=count),
    ),
)
"""Whose desk, its address below the start page, what lies on it, and the words."""


def _desks(session: Session, actor: Actor) -> Iterator[Todo]:
    for permit, path, waiting, words in DESKS:
        if not may(actor, permit):
            continue
        count = session.scalar(select(func.count()).where(waiting)) or 0
        if count:
            yield Todo(words(count), "", url_for("admin_home.index") + path)


def _errands(session: Session, actor: Actor) -> Iterator[Todo]:
    if not may(actor, Permit.ACCOUNT_MANAGE):
        return
    count, since = session.execute(
        select(func.count(), func.min(Errand.created_at)).where(Errand.state == OutboxState.FAILED)
    ).one()
    if count:
        yield Todo(
            gettext("%(count)s errands of the outbox failed", count=count),
            gettext("Look into the log of the worker; flask work carries them out again."),
            "",
            since,
            "bad",
        )
