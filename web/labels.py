"""What a member of a closed list is called; ids are English, the catalogue has the Chinese."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask import Flask
from flask_babel import gettext

from rules import states, terms
from rules.permits import Permit, Role, Scope

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    terms.ContestLevel: {
        terms.ContestLevel.NATIONAL: "National",
        terms.ContestLevel.PROVINCE: "Provincial",
        terms.ContestLevel.CITY: "City",
        terms.ContestLevel.DISTRICT: "District",
        terms.ContestLevel.ENTERPRISE: "Enterprise",
    },
    terms.ContestClass: {terms.ContestClass.ONE: "Class one", terms.ContestClass.TWO: "Class two"},
    terms.EntryGroup: {
        terms.EntryGroup.WORKER: "Workers",
        terms.EntryGroup.STUDENT: "Students",
        terms.EntryGroup.TEACHER: "Teachers",
    },
    terms.EntryForm: {terms.EntryForm.INDIVIDUAL: "Individual", terms.EntryForm.TEAM: "Team"},
    terms.SkillLevel: {
        terms.SkillLevel.APPRENTICE: "Apprentice worker",
        terms.SkillLevel.FIVE: "Level five worker",
        terms.SkillLevel.FOUR: "Level four worker",
        terms.SkillLevel.THREE: "Senior worker",
        terms.SkillLevel.TWO: "Technician",
        terms.SkillLevel.ONE: "Senior technician",
        terms.SkillLevel.SPECIAL: "Special-grade technician",
        terms.SkillLevel.CHIEF: "Chief technician",
    },
    terms.Gender: {terms.Gender.FEMALE: "Female", terms.Gender.MALE: "Male"},
    terms.TieKind: {
        terms.TieKind.KIN: "Relative",
        terms.TieKind.PUPIL: "Master or apprentice",
        terms.TieKind.COACH: "Coach",
        terms.TieKind.OTHER: "Another close tie",
    },
    terms.OrganizationKind: {
        terms.OrganizationKind.EMPLOYER: "Employer",
        terms.OrganizationKind.SCHOOL: "School",
        terms.OrganizationKind.ASSOCIATION: "Association",
        terms.OrganizationKind.AUTHORITY: "Authority",
        terms.OrganizationKind.TOWN_OFFICE: "Town office",
    },
    terms.TownKind: {
        terms.TownKind.STREET: "Street",
        terms.TownKind.TOWN: "Town",
        terms.TownKind.TOWNSHIP: "Township",
        terms.TownKind.PARK: "Industrial park",
    },
    terms.Family: {
        terms.Family.SHIP: "Ship building and repair",
        terms.Family.SCREW: "Screws and machinery",
        terms.Family.FISH: "Seafood processing",
        terms.Family.GRAIN: "Grain and oil processing",
        terms.Family.CHEM: "Green petrochemicals",
        terms.Family.CARE: "Care for old and young",
        terms.Family.CRAFT: "Local crafts",
    },
    terms.HonourKind: {
        terms.HonourKind.RESULT: "Contest result",
        terms.HonourKind.TITLE: "Title",
        terms.HonourKind.LEVEL: "Skill level",
        terms.HonourKind.OTHER: "Other honour",
    },
    terms.Award: {
        terms.Award.FIRST: "First prize",
        terms.Award.SECOND: "Second prize",
        terms.Award.THIRD: "Third prize",
        terms.Award.MERIT: "Merit prize",
    },
    terms.Attendance: {
        terms.Attendance.FINISHED: "Finished",
        terms.Attendance.ABSENT: "Absent",
        terms.Attendance.WITHDRAWN: "Withdrew",
        terms.Attendance.DISQUALIFIED: "Disqualified",
    },
    terms.NoticeKind: {
        terms.NoticeKind.CALL: "Call",
        terms.NoticeKind.LIST: "List of entrants",
        terms.NoticeKind.RESULT: "Results",
        terms.NoticeKind.NAMING: "Proposed naming",
        terms.NoticeKind.STUDIO: "Studios",
        terms.NoticeKind.OTHER: "Notice",
    },
    terms.Decision: {
        terms.Decision.ACCEPT: "Accept the entry",
        terms.Decision.RETURN: "Return the entry",
        terms.Decision.REJECT: "Reject the entry",
    },
    terms.Validity: {
        terms.Validity.COMING: "Not yet in force",
        terms.Validity.IN_FORCE: "Valid today",
        terms.Validity.LAPSED: "No longer in force",
        terms.Validity.REPLACED: "Replaced by a newer notice",
    },
    terms.ConsentPurpose: {
        terms.ConsentPurpose.REGISTRATION: "Handling of the entry",
        terms.ConsentPurpose.PORTRAIT: "Use of the portrait",
        terms.ConsentPurpose.STORY: "Publishing the story",
    },
    terms.Channel: {
        terms.Channel.MAIL: "Mail",
        terms.Channel.SMS: "SMS",
    },
    terms.Audience: {
        terms.Audience.ACCEPTED: "All accepted",
        terms.Audience.RETURNED: "All returned",
        terms.Audience.DRAFTS: "All drafts",
        terms.Audience.EVERYONE: "Everyone with an entry",
        terms.Audience.ONE: "One person",
    },
    terms.LedgerKind: {
        terms.LedgerKind.SCORE: "Mark",
        terms.LedgerKind.CORRECTION: "Correction",
        terms.LedgerKind.CLEARED: "Cleared",
        terms.LedgerKind.ABSENT: "Marked absent",
        terms.LedgerKind.PRESENT: "Marked present",
        terms.LedgerKind.SIGNOFF: "Signed",
        terms.LedgerKind.RELEASE: "Released for change",
    },
    states.ContestState: {
        states.ContestState.DRAFT: "Draft",
        states.ContestState.APPROVED: "Approved",
        states.ContestState.ANNOUNCED: "Announced",
        states.ContestState.ARCHIVED: "Archived",
        states.ContestState.CANCELLED: "Cancelled",
    },
    states.EventState: {
        states.EventState.DRAFT: "Not open yet",
        states.EventState.OPEN: "Entries open",
        states.EventState.CLOSED: "Entries closed",
        states.EventState.LISTED: "List published",
        states.EventState.DRAWN: "Drawn",
        states.EventState.SCORING: "Being marked",
        states.EventState.LOCKED: "Marks locked",
        states.EventState.DECODED: "Decoded",
        states.EventState.POSTED: "Provisional results",
        states.EventState.FINAL: "Final results",
        states.EventState.AWARDED: "Awarded",
        states.EventState.CANCELLED: "Event cancelled",
    },
    states.EntryState: {
        states.EntryState.DRAFT: "Entry draft",
        states.EntryState.WAITING: "On the waiting list",
        states.EntryState.SUBMITTED: "Submitted",
        states.EntryState.RETURNED: "Returned",
        states.EntryState.ACCEPTED: "Accepted",
        states.EntryState.REJECTED: "Rejected",
        states.EntryState.WITHDRAWN: "Withdrawn",
    },
    states.ImportState: {
        states.ImportState.CHECKED: "Looked through, not taken yet",
        states.ImportState.COMMITTED: "List taken",
        states.ImportState.UNDONE: "List taken back",
    },
    states.InvitationState: {
        states.InvitationState.OPEN: "Waits for the worker",
        states.InvitationState.ACCEPTED: "Worker has begun",
        states.InvitationState.WITHDRAWN: "Invitation withdrawn",
    },
    states.EndorsementState: {
        states.EndorsementState.ASKED: "Waits for the stamp",
        states.EndorsementState.ENDORSED: "Recommended by the unit",
        states.EndorsementState.REFUSED: "Not recommended by the unit",
    },
    states.SheetState: {
        states.SheetState.OPEN: "Open for marks",
        states.SheetState.SIGNED: "Sheet signed",
        states.SheetState.LOCKED: "Locked",
    },
    states.DrawState: {
        states.DrawState.COMMITTED: "Hash published",
        states.DrawState.SEALED: "Sealed",
        states.DrawState.OPENED: "Opened",
    },
    states.CertificateState: {
        states.CertificateState.VALID: "Valid",
        states.CertificateState.REPLACED: "Replaced",
        states.CertificateState.REVOKED: "Revoked",
    },
    states.StoryState: {
        states.StoryState.DRAFT: "Story draft",
        states.StoryState.CONFIRMED: "Confirmed by the subject",
        states.StoryState.EDITED: "Edited",
        states.StoryState.REVIEWED: "Reviewed",
        states.StoryState.PUBLISHED: "Published",
        states.StoryState.WITHDRAWN: "Taken down",
    },
    states.HonourState: {
        states.HonourState.VALID: "In force",
        states.HonourState.REVOKED: "Honour revoked",
    },
    states.StudioState: {
        states.StudioState.APPLIED: "Applied",
        states.StudioState.APPROVED: "Studio approved",
        states.StudioState.ESTABLISHED: "Established",
        states.StudioState.RECTIFYING: "Rectifying",
        states.StudioState.CLOSED: "Closed down",
    },
    states.RoundState: {
        states.RoundState.DRAFT: "Being prepared",
        states.RoundState.CALL_OPEN: "Call open",
        states.RoundState.CHECKING: "Eligibility check",
        states.RoundState.REVIEW: "Expert review",
        states.RoundState.VOTE: "Vote",
        states.RoundState.PUBLICITY: "Public notice period",
        states.RoundState.NAMED: "Named",
    },
    states.CandidateState: {
        states.CandidateState.APPLIED: "Candidate applied",
        states.CandidateState.RECOMMENDED: "Recommended",
        states.CandidateState.CHECKED: "Check passed",
        states.CandidateState.REVIEWED: "Experts done",
        states.CandidateState.PROPOSED: "Proposed",
        states.CandidateState.NAMED: "Title conferred",
        states.CandidateState.REJECTED: "Not passed",
    },
    states.NoticeState: {
        states.NoticeState.DRAFT: "Notice draft",
        states.NoticeState.PUBLISHED: "In public",
        states.NoticeState.WITHDRAWN: "Notice withdrawn",
    },
    states.OutboxState: {
        states.OutboxState.WAITING: "Waiting",
        states.OutboxState.DONE: "Done",
        states.OutboxState.FAILED: "Failed",
    },
    states.DeliveryState: {
        states.DeliveryState.WAITING: "On its way",
        states.DeliveryState.SENT: "Sent",
        states.DeliveryState.FAILED: "Not delivered",
    },
    states.AnnouncementState: {
        states.AnnouncementState.HELD: "Held back",
        states.AnnouncementState.RELEASED: "Released to entrants",
        states.AnnouncementState.DISCARDED: "Discarded",
    },
    Role: {
        Role.SYSADMIN: "System administrator",
        Role.SECADMIN: "Security administrator",
        Role.AUDITOR: "Auditor",
        Role.OFFICER: "Programme officer",
        Role.EDITOR: "Editor",
        Role.ORGANIZER: "Organizer",
        Role.HOST_OFFICE: "Host office",
        Role.REVIEWER: "Eligibility reviewer",
        Role.ENCRYPTION_OFFICER: "Encryption officer",
        Role.SUPERVISOR: "Supervisor",
        Role.VENUE_MANAGER: "Venue manager",
        Role.CHIEF_JUDGE: "Chief judge",
        Role.JUDGE: "Judge",
        Role.UNIT_CONTACT: "Unit contact",
        Role.EXPERT: "Expert",
        Role.STUDIO_LEADER: "Studio leader",
    },
    Scope: {
        Scope.SITE: "Whole site",
        Scope.CONTEST: "Contest",
        Scope.EVENT: "Event",
        Scope.ROUND: "Selection round",
        Scope.STUDIO: "Studio",
        Scope.ORGANIZATION: "Organization",
        Scope.TOWN: "Town (scope)",
    },
}
"""By class first: members of different lists may be equal as strings."""
LISTS: Final = {kind.__name__: kind for kind in WORDS}
UNSHOWN: Final = frozenset({Permit, terms.Reader})
"""Lists no person ever reads."""


def label(member: StrEnum | None) -> str:
    """Say a member of a closed list in the reader's language; None says nothing."""
    return "" if member is None else str(gettext(WORDS[type(member)][member]))


def label_of(text: str) -> str:
    """Say a text a phrase kept: a member stands as ``List:member``, all else for itself."""
    name, colon, value = text.partition(":")
    kind = LISTS.get(name) if colon else None
    return label(kind(value)) if kind is not None and value in list(kind) else text


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """List (value, words) of a closed list in its own order, for a form's choices."""
    return [(member.value, label(member)) for member in kind]


def register(app: Flask) -> None:
    """Attach the filter."""
    app.add_template_filter(label)
