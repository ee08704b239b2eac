"""What a successor needs to know of a contest: people, decisions and what is still open."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from admin.deeds import say_deed
from models.accounts import Account
from models.announcements import Announcement
from models.audit import AuditLine
from models.contests import Contest
from models.entries import Entry
from models.inquiries import Inquiry
from models.roles import RoleGrant
from rules.permits import Role, Scope
from rules.states import AnnouncementState, EntryState, EventState, InquiryState

CONTEST_ROLES = frozenset(
    {Role.ORGANIZER, Role.HOST_OFFICE, Role.REVIEWER, Role.ENCRYPTION_OFFICER, Role.SUPERVISOR}
    | {Role.VENUE_MANAGER, Role.CHIEF_JUDGE, Role.JUDGE, Role.OFFICER}
)
DECISIONS = frozenset(
    {"create_contest", "edit_contest", "approve_contest", "reopen_contest", "announce_contest"}
    | {"cancel_contest", "archive_contest", "clone_contest", "cancel_event", "close_event"}
    | {"reopen_event", "list_event", "edit_event", "assign_chief", "commit_draw", "seal_draw"}
    | {"start_marking", "lock_results", "unlock_results", "decode_event", "decode_refused"}
    | {"decide_tie", "post_results", "withdraw_results", "finalise_results", "award_event"}
    | {"waive_item", "declare_recusal", "import_scheme"}
)
"""Deeds in the contest and its events a successor should know of; an entrant's own are none."""
GROUNDS = ("ground", "reason", "approval_no")
MOST = 200


@dataclass(frozen=True)
class Held:
    """Who holds which role, how far, and since when."""

    role: Role
    name: str
    where: str
    since: dt.datetime


@dataclass(frozen=True)
class Decision:
    """One deed with who did it, to what, and the ground that was written down."""

    at: dt.datetime
    name: str
    deed: str
    where: str
    ground: str


@dataclass(frozen=True)
class Matter:
    """Something open, counted, in words."""

    words: str


@dataclass(frozen=True)
class Manual:
    """All of it."""

    people: tuple[Held, ...]
    decisions: tuple[Decision, ...]
    matters: tuple[Matter, ...]


def manual_of(session: Session, contest: Contest) -> Manual:
    """Read what the manual of a contest needs beside the contest and its checklist."""
    return Manual(
        tuple(_people(session, contest)),
        tuple(_decisions(session, contest)),
        tuple(_matters(session, contest)),
    )


def _people(session: Session, contest: Contest) -> list[Held]:
    names = {event.id: event.name for event in contest.events}
    here = (RoleGrant.scope == Scope.CONTEST) & (RoleGrant.scope_id == contest.id)
    there = (RoleGrant.scope == Scope.EVENT) & RoleGrant.scope_id.in_(names)
    rows = session.scalars(
        select(RoleGrant)
        .where(here | there | (RoleGrant.scope == Scope.SITE))
        .where(RoleGrant.role.in_(CONTEST_ROLES))
        .options(joinedload(RoleGrant.account))
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    ).all()
    order = list(Role)
    held = [
        Held(row.role, row.account.display_name, _reach(row, names), row.granted_at)
        for row in rows
        if row.account.is_active
    ]
    return sorted(held, key=lambda one: order.index(one.role))


def _reach(row: RoleGrant, names: dict[int, str]) -> str:
    if row.scope is Scope.EVENT and row.scope_id is not None:
        return names[row.scope_id]
    here = row.scope is Scope.CONTEST
    return str(gettext("this contest") if here else gettext("the whole site"))


def _decisions(session: Session, contest: Contest) -> list[Decision]:
    names = {f"event:{event.id}": event.name for event in contest.events}
    things = {f"contest:{contest.id}": gettext("this contest"), **names}
    rows = session.execute(
        select(AuditLine, Account.display_name)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .where(AuditLine.thing.in_(things), AuditLine.deed.in_(DECISIONS))
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        .limit(MOST)
    )
    return [
        Decision(
            line.at,
            name or gettext("the system"),
            say_deed(line.deed),
            things[line.thing],
            next((str(line.detail[key]) for key in GROUNDS if line.detail.get(key)), ""),
        )
        for line, name in reversed(rows.all())
    ]


def _matters(session: Session, contest: Contest) -> list[Matter]:
    events = [event.id for event in contest.events]
    counts = (
        (
            gettext("Entries that wait for review"),
            select(func.count())
            .select_from(Entry)
            .where(Entry.event_id.in_(events), Entry.state == EntryState.SUBMITTED),
        ),
        (
            gettext("Questions to the jury without an answer"),
            select(func.count())
            .select_from(Inquiry)
            .where(
                Inquiry.event_id.in_(events),
                Inquiry.state.in_((InquiryState.OPEN, InquiryState.CLAIMED)),
            ),
        ),
        (
            gettext("Messages to entrants that are held back"),
            select(func.count())
            .select_from(Announcement)
            .where(Announcement.event_id.in_(events), Announcement.state == AnnouncementState.HELD),
        ),
    )
    found = [(words, session.scalar(query) or 0) for words, query in counts]
    running = sum(
        event.state not in (EventState.AWARDED, EventState.CANCELLED) for event in contest.events
    )
    found.append((gettext("Events that are not over"), running))
    return [Matter(f"{words} {count}") for words, count in found if count]
