"""What the states are called; the other closed lists stand in web/labels.py."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from rules import states

STATE_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    states.CorrectionState: {
        states.CorrectionState.WISHED: "With the office",
        states.CorrectionState.PUT_RIGHT: "Put right",
        states.CorrectionState.DECLINED: "Not changed",
    },
    states.ExportState: {
        states.ExportState.WAITING: "Being written",
        states.ExportState.READY: "Ready to be fetched",
        states.ExportState.GONE: "Removed",
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
        states.EntryState.JOINED: "Confirmed in its team",
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
    states.WorkplaceState: {
        states.WorkplaceState.USABLE: "Usable",
        states.WorkplaceState.BROKEN: "Broken",
    },
    states.SittingState: {
        states.SittingState.OPEN: "Check-in open",
        states.SittingState.CLOSED: "Check-in closed",
    },
    states.PrintState: {
        states.PrintState.SETTING: "Being set",
        states.PrintState.READY: "Ready to print",
        states.PrintState.FAILED: "Could not be set",
    },
    states.CheckState: {
        states.CheckState.OPEN: "To be done",
        states.CheckState.DONE: "Item done",
        states.CheckState.NOT_NEEDED: "Not needed",
    },
    states.InquiryState: {
        states.InquiryState.OPEN: "Waits for the jury",
        states.InquiryState.CLAIMED: "Being answered",
        states.InquiryState.ANSWERED: "Answered in private",
        states.InquiryState.PUBLISHED: "Answered for all",
        states.InquiryState.DECLINED: "Cannot be answered",
    },
}
