"""Who may do what: roles hold permits within a scope; what is not granted is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """How far a role reaches."""

    SITE = "site"
    CONTEST = "contest"
    EVENT = "event"
    ROUND = "round"
    STUDIO = "studio"
    ORGANIZATION = "organization"
    TOWN = "town"


class Permit(StrEnum):
    """One deed that needs leave."""

    STAFF_HOME = "staff_home"
    CONTEST_EDIT = "contest_edit"
    CONTEST_APPROVE = "contest_approve"
    SCHEME_IMPORT = "scheme_import"
    ENTRY_REVIEW = "entry_review"
    ENTRY_LIST = "entry_list"
    FIGURES_VIEW = "figures_view"
    PANEL_ASSIGN = "panel_assign"
    SITTING_PLAN = "sitting_plan"
    CHECK_IN = "check_in"
    LATE_ADMIT = "late_admit"
    DRAW_RUN = "draw_run"
    DRAW_WITNESS = "draw_witness"
    MARK_ENTER = "mark_enter"
    PANEL_WATCH = "panel_watch"
    RESULT_LOCK = "result_lock"
    RESULT_DECODE = "result_decode"
    RESULT_WITNESS = "result_witness"
    RESULT_DECIDE = "result_decide"
    RESULT_PUBLISH = "result_publish"
    CERTIFICATE_ISSUE = "certificate_issue"
    CRAFTSMAN_EDIT = "craftsman_edit"
    STORY_EDIT = "story_edit"
    STORY_PUBLISH = "story_publish"
    STUDIO_VIEW = "studio_view"
    SELECTION_VIEW = "selection_view"
    NOTICE_EDIT = "notice_edit"
    MESSAGE_SEND = "message_send"
    INQUIRY_ANSWER = "inquiry_answer"
    CHECKLIST_KEEP = "checklist_keep"
    MONEY_KEEP = "money_keep"
    UNIT_VIEW = "unit_view"
    UNIT_ENTER = "unit_enter"
    UNIT_ENDORSE = "unit_endorse"
    UNIT_TEAM = "unit_team"
    PERSON_MERGE = "person_merge"
    ACCOUNT_MANAGE = "account_manage"
    ROLE_GRANT = "role_grant"
    AUDIT_READ = "audit_read"


class Role(StrEnum):
    """The parts people play (domain: contest 2.2, selection 4.0, the three powers)."""

    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"
    OFFICER = "officer"
    EDITOR = "editor"
    ORGANIZER = "organizer"
    HOST_OFFICE = "host_office"
    REVIEWER = "eligibility_reviewer"
    ENCRYPTION_OFFICER = "encryption_officer"
    SUPERVISOR = "supervisor"
    VENUE_MANAGER = "venue_manager"
    CHIEF_JUDGE = "chief_judge"
    JUDGE = "judge"
    UNIT_CONTACT = "unit_contact"
    EXPERT = "expert"
    STUDIO_LEADER = "studio_leader"


_P = Permit
GRANTS: Final[Mapping[Role, frozenset[Permit]]] = {
    Role.SYSADMIN: frozenset({_P.STAFF_HOME, _P.ACCOUNT_MANAGE}),
    Role.SECADMIN: frozenset({_P.STAFF_HOME, _P.ROLE_GRANT}),
    Role.AUDITOR: frozenset({_P.STAFF_HOME, _P.AUDIT_READ}),
    Role.OFFICER: frozenset(
        {_P.STAFF_HOME, _P.CONTEST_APPROVE, _P.CRAFTSMAN_EDIT, _P.STUDIO_VIEW, _P.SELECTION_VIEW}
        | {_P.NOTICE_EDIT, _P.STORY_PUBLISH, _P.MESSAGE_SEND, _P.FIGURES_VIEW}
        | {_P.PERSON_MERGE, _P.CHECKLIST_KEEP, _P.MONEY_KEEP}
    ),
    Role.EDITOR: frozenset({_P.STAFF_HOME, _P.CRAFTSMAN_EDIT, _P.STORY_EDIT}),
    Role.ORGANIZER: frozenset(
        {_P.STAFF_HOME, _P.CONTEST_EDIT, _P.SCHEME_IMPORT, _P.PANEL_ASSIGN, _P.RESULT_DECIDE}
        | {_P.RESULT_PUBLISH, _P.CERTIFICATE_ISSUE, _P.NOTICE_EDIT, _P.MESSAGE_SEND}
        | {_P.ENTRY_LIST, _P.FIGURES_VIEW, _P.SITTING_PLAN, _P.CHECK_IN, _P.LATE_ADMIT}
        | {_P.INQUIRY_ANSWER, _P.CHECKLIST_KEEP, _P.MONEY_KEEP}
    ),
    Role.HOST_OFFICE: frozenset(
        {_P.STAFF_HOME, _P.ENTRY_REVIEW, _P.MESSAGE_SEND, _P.ENTRY_LIST, _P.FIGURES_VIEW}
        | {_P.SITTING_PLAN, _P.CHECK_IN, _P.LATE_ADMIT, _P.PERSON_MERGE}
        | {_P.INQUIRY_ANSWER, _P.CHECKLIST_KEEP}
    ),
    Role.REVIEWER: frozenset({_P.STAFF_HOME, _P.ENTRY_REVIEW, _P.ENTRY_LIST, _P.FIGURES_VIEW}),
    Role.ENCRYPTION_OFFICER: frozenset({_P.STAFF_HOME, _P.DRAW_RUN, _P.RESULT_DECODE}),
    Role.SUPERVISOR: frozenset({_P.STAFF_HOME, _P.DRAW_WITNESS, _P.RESULT_WITNESS}),
    Role.VENUE_MANAGER: frozenset({_P.STAFF_HOME, _P.SITTING_PLAN, _P.CHECK_IN, _P.CHECKLIST_KEEP}),
    Role.CHIEF_JUDGE: frozenset({_P.PANEL_WATCH, _P.RESULT_LOCK, _P.INQUIRY_ANSWER}),
    Role.JUDGE: frozenset({_P.MARK_ENTER}),
    Role.UNIT_CONTACT: frozenset({_P.UNIT_VIEW, _P.UNIT_ENTER, _P.UNIT_ENDORSE, _P.UNIT_TEAM}),
    Role.EXPERT: frozenset(),
    Role.STUDIO_LEADER: frozenset(),
}

POWERS: Final = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
SCORING: Final = frozenset({Role.CHIEF_JUDGE, Role.JUDGE})
CODE_KEEPING: Final = frozenset({Role.ENCRYPTION_OFFICER})
WATCHING: Final = frozenset({Role.SUPERVISOR})
RUNNING: Final = frozenset({Role.ORGANIZER, Role.HOST_OFFICE, Role.REVIEWER, Role.VENUE_MANAGER})
_APART: Final = (SCORING, CODE_KEEPING, WATCHING, RUNNING)
"""Within one contest nobody holds roles of two of these groups."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one account within one scope; ``scope_id`` is None for the site."""

    role: Role
    scope: Scope = Scope.SITE
    scope_id: int | None = None
    contest_id: int | None = None
    """The contest an event scope belongs to, so that separation reaches the whole contest."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a deed happens: every scope it lies in, by id."""

    contest_id: int | None = None
    event_id: int | None = None
    round_id: int | None = None
    studio_id: int | None = None
    organization_id: int | None = None
    town_id: int | None = None

    def covers(self, grant: Grant) -> bool:
        """Whether ``grant`` reaches this place; a site-wide role reaches every place."""
        if grant.scope is Scope.SITE:
            return True
        return grant.scope_id is not None and grant.scope_id == getattr(self, f"{grant.scope}_id")


ANYWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, the person behind it and the roles held now."""

    account_id: int | None = None
    person_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())


NOBODY: Final = Actor()
SYSTEM: Final = Actor(grants=tuple(Grant(role) for role in Role if role not in SCORING))
"""The loader of samples and the worker; it never enters a mark."""


def may(actor: Actor, permit: Permit, place: Place = ANYWHERE) -> bool:
    """Whether one of the actor's roles grants ``permit`` at ``place``."""
    return any(permit in GRANTS[grant.role] and place.covers(grant) for grant in actor.grants)


def may_somewhere(actor: Actor, permit: Permit) -> bool:
    """Whether the actor holds ``permit`` in any scope: for menus, never for deeds."""
    return any(permit in GRANTS[grant.role] for grant in actor.grants)


def clash(held: Iterable[Grant], wanted: Grant) -> Role | None:
    """Return the held role that forbids ``wanted``, or None.

    The three powers exclude each other and every other role. Within one
    contest the code keeper, the judges, the supervisor and those who run the
    contest are four different people (domain 2.2).
    """
    for grant in held:
        if grant.role is wanted.role:
            continue
        if grant.role in POWERS or wanted.role in POWERS:
            return grant.role
        if _share_contest(grant, wanted) and _group(grant.role) != _group(wanted.role):
            return grant.role
    return None


def _group(role: Role) -> int | None:
    return next((index for index, group in enumerate(_APART) if role in group), None)


def _share_contest(one: Grant, other: Grant) -> bool:
    if _group(one.role) is None or _group(other.role) is None:
        return False
    if Scope.SITE in (one.scope, other.scope):
        return True
    return _contest(one) == _contest(other)


def _contest(grant: Grant) -> int | None:
    return grant.scope_id if grant.scope is Scope.CONTEST else grant.contest_id
