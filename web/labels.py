"""What a member of a closed list is called; ids are English, the catalogue has the Chinese."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask import Flask
from flask_babel import gettext

from rules import list_terms, terms
from rules.permits import Permit, Role, Scope
from web.state_words import STATE_WORDS

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
    terms.EntryForm: {
        terms.EntryForm.INDIVIDUAL: "Individual",
        terms.EntryForm.PAIR: "Pair",
        terms.EntryForm.TEAM: "Team",
    },
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
    terms.JudgeGrade: {
        terms.JudgeGrade.EXCELLENT: "Excellent judge",
        terms.JudgeGrade.SOUND: "Sound judge",
        terms.JudgeGrade.WEAK: "Judge in need of help",
        terms.JudgeGrade.UNFIT: "Unfit to judge",
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
    terms.Relation: {
        terms.Relation.CHILD: "Child",
        terms.Relation.ELDER: "Older member of the family",
        terms.Relation.COLLEAGUE: "Colleague or apprentice",
        terms.Relation.OTHER: "Somebody else who needs help",
    },
    terms.Likeness: {
        terms.Likeness.PHONE: "Same mobile phone",
        terms.Likeness.NAME_UNIT: "Same name, same unit",
        terms.Likeness.NAME_YEAR: "Same name, same year of birth",
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
    list_terms.AgeBand: {
        list_terms.AgeBand.UNDER_25: "Under 25",
        list_terms.AgeBand.FROM_25: "25 to 34",
        list_terms.AgeBand.FROM_35: "35 to 44",
        list_terms.AgeBand.FROM_45: "45 to 54",
        list_terms.AgeBand.FROM_55: "55 and over",
    },
    list_terms.EntryColumn: {
        list_terms.EntryColumn.NAME: "Name",
        list_terms.EntryColumn.TEAM: "The team",
        list_terms.EntryColumn.EVENT: "Event",
        list_terms.EntryColumn.UNIT: "Unit",
        list_terms.EntryColumn.TOWN: "Town or street",
        list_terms.EntryColumn.OCCUPATION: "Trade",
        list_terms.EntryColumn.LEVEL: "Skill level",
        list_terms.EntryColumn.GROUP: "Group",
        list_terms.EntryColumn.GENDER: "Sex",
        list_terms.EntryColumn.AGE: "Age",
        list_terms.EntryColumn.SINCE: "In the trade",
        list_terms.EntryColumn.ID_NUMBER: "ID number",
        list_terms.EntryColumn.PHONE: "Mobile phone",
        list_terms.EntryColumn.RECEIPT: "Receipt",
        list_terms.EntryColumn.PASS_NO: "Pass",
        list_terms.EntryColumn.STATE: "State",
        list_terms.EntryColumn.SUBMITTED: "Handed in",
        list_terms.EntryColumn.DECIDED: "Decided",
        list_terms.EntryColumn.REMARK: "The reviewer's words",
        list_terms.EntryColumn.ANSWERS: "Answers to further questions",
    },
    list_terms.ExportKind: {
        list_terms.ExportKind.XLSX: "Workbook (xlsx)",
        list_terms.ExportKind.CSV: "Plain table (csv)",
        list_terms.ExportKind.PDF: "For printing (pdf, A4)",
        list_terms.ExportKind.PHOTOS: "Portraits (zip)",
        list_terms.ExportKind.FILES: "Files sent with the entries (zip)",
        list_terms.ExportKind.SUMMARY: "Registration summary by unit",
        list_terms.ExportKind.REVIEW: "Results of the eligibility review",
        list_terms.ExportKind.COPY: "Copy of the contest to keep",
    },
    terms.SittingPart: {
        terms.SittingPart.THEORY: "Theory paper",
        terms.SittingPart.PRACTICE: "Practical work",
        terms.SittingPart.MODULE: "Module",
    },
    terms.PaperKind: {
        terms.PaperKind.TICKET: "Tickets",
        terms.PaperKind.CLOTH: "Number cloths",
        terms.PaperKind.CARD: "Workplace cards",
        terms.PaperKind.BADGE: "Badges",
        terms.PaperKind.SHEET: "Check-in lists",
    },
    terms.BudgetKind: {
        terms.BudgetKind.VENUE: "Venue and equipment",
        terms.BudgetKind.MATERIAL: "Material and tools",
        terms.BudgetKind.JUDGES: "Judges and experts",
        terms.BudgetKind.PRINTING: "Printing and trophies",
        terms.BudgetKind.CATERING: "Meals and transport",
        terms.BudgetKind.SAFETY: "Safety and insurance",
        terms.BudgetKind.PUBLICITY: "Publicity",
        terms.BudgetKind.OTHER: "Other spending",
    },
    terms.StockReply: {
        terms.StockReply.IN_THE_RULES: "The answer stands in the notice and the technical papers "
        "of the event; please read there.",
        terms.StockReply.GIVES_AWAY: "An answer would give away a part of the task, so nobody is "
        "given one.",
        terms.StockReply.AT_THE_PLACE: "This can only be settled at your place: raise your hand "
        "and a judge comes.",
        terms.StockReply.NOT_A_QUESTION: "This is no question to the jury; the office helps you "
        "by telephone.",
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
    **STATE_WORDS,
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
