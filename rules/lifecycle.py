"""State machines as tables of data: (state, verb) -> state. Nothing else moves a state."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from rules.errors import WrongMoment
from rules.states import (
    AnnouncementState,
    CandidateState,
    CertificateState,
    CheckState,
    ContestState,
    CorrectionState,
    DeliveryState,
    DrawState,
    EndorsementState,
    EntryState,
    EventState,
    ExportState,
    HonourState,
    ImportState,
    InquiryState,
    InvitationState,
    NoticeState,
    OutboxState,
    PrintState,
    RoundState,
    SheetState,
    SittingState,
    StoryState,
    StudioState,
    WorkplaceState,
)

S = TypeVar("S", bound=StrEnum)


Table = Mapping[tuple[S, str], S]

CONTEST_STEPS: Final[Table[ContestState]] = {
    (ContestState.DRAFT, "approve"): ContestState.APPROVED,
    (ContestState.APPROVED, "reopen"): ContestState.DRAFT,
    (ContestState.APPROVED, "announce"): ContestState.ANNOUNCED,
    (ContestState.ANNOUNCED, "archive"): ContestState.ARCHIVED,
    (ContestState.DRAFT, "cancel"): ContestState.CANCELLED,
    (ContestState.APPROVED, "cancel"): ContestState.CANCELLED,
    (ContestState.ANNOUNCED, "cancel"): ContestState.CANCELLED,
}

EVENT_STEPS: Final[Table[EventState]] = {
    (EventState.DRAFT, "open"): EventState.OPEN,
    (EventState.OPEN, "close"): EventState.CLOSED,
    (EventState.CLOSED, "reopen"): EventState.OPEN,
    (EventState.CLOSED, "list"): EventState.LISTED,
    (EventState.LISTED, "draw"): EventState.DRAWN,
    (EventState.DRAWN, "start"): EventState.SCORING,
    (EventState.SCORING, "lock"): EventState.LOCKED,
    (EventState.LOCKED, "unlock"): EventState.SCORING,
    (EventState.LOCKED, "decode"): EventState.DECODED,
    (EventState.DECODED, "post"): EventState.POSTED,
    (EventState.POSTED, "withdraw"): EventState.DECODED,
    (EventState.POSTED, "finalise"): EventState.FINAL,
    (EventState.FINAL, "award"): EventState.AWARDED,
    (EventState.DRAFT, "cancel"): EventState.CANCELLED,
    (EventState.OPEN, "cancel"): EventState.CANCELLED,
    (EventState.CLOSED, "cancel"): EventState.CANCELLED,
    (EventState.LISTED, "cancel"): EventState.CANCELLED,
    (EventState.DRAWN, "cancel"): EventState.CANCELLED,
}

ENTRY_STEPS: Final[Table[EntryState]] = {
    (EntryState.DRAFT, "submit"): EntryState.SUBMITTED,
    (EntryState.RETURNED, "submit"): EntryState.SUBMITTED,
    (EntryState.DRAFT, "queue"): EntryState.WAITING,
    (EntryState.WAITING, "place"): EntryState.SUBMITTED,
    (EntryState.WAITING, "lapse"): EntryState.REJECTED,
    (EntryState.WAITING, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.SUBMITTED, "recall"): EntryState.DRAFT,
    (EntryState.WAITING, "change"): EntryState.WAITING,
    (EntryState.SUBMITTED, "change"): EntryState.SUBMITTED,
    (EntryState.ACCEPTED, "change"): EntryState.SUBMITTED,
    (EntryState.SUBMITTED, "accept"): EntryState.ACCEPTED,
    (EntryState.SUBMITTED, "return"): EntryState.RETURNED,
    (EntryState.SUBMITTED, "reject"): EntryState.REJECTED,
    (EntryState.ACCEPTED, "return"): EntryState.RETURNED,
    (EntryState.DRAFT, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.SUBMITTED, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.RETURNED, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.ACCEPTED, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.DRAFT, "join"): EntryState.JOINED,
    (EntryState.JOINED, "change"): EntryState.JOINED,
    (EntryState.JOINED, "let_go"): EntryState.DRAFT,
    (EntryState.JOINED, "lead_in"): EntryState.SUBMITTED,
    (EntryState.JOINED, "lead_queue"): EntryState.WAITING,
    (EntryState.SUBMITTED, "follow"): EntryState.JOINED,
    (EntryState.ACCEPTED, "follow"): EntryState.JOINED,
    (EntryState.WAITING, "follow"): EntryState.JOINED,
    (EntryState.WAITING, "recall"): EntryState.DRAFT,
    (EntryState.RETURNED, "lapse"): EntryState.REJECTED,
}

IMPORT_STEPS: Final[Table[ImportState]] = {
    (ImportState.CHECKED, "commit"): ImportState.COMMITTED,
    (ImportState.COMMITTED, "undo"): ImportState.UNDONE,
}

INVITATION_STEPS: Final[Table[InvitationState]] = {
    (InvitationState.OPEN, "accept"): InvitationState.ACCEPTED,
    (InvitationState.OPEN, "withdraw"): InvitationState.WITHDRAWN,
}

ENDORSEMENT_STEPS: Final[Table[EndorsementState]] = {
    (EndorsementState.ASKED, "endorse"): EndorsementState.ENDORSED,
    (EndorsementState.ASKED, "refuse"): EndorsementState.REFUSED,
    (EndorsementState.REFUSED, "ask"): EndorsementState.ASKED,
    (EndorsementState.ENDORSED, "ask"): EndorsementState.ASKED,
}

SHEET_STEPS: Final[Table[SheetState]] = {
    (SheetState.OPEN, "sign"): SheetState.SIGNED,
    (SheetState.SIGNED, "release"): SheetState.OPEN,
    (SheetState.SIGNED, "lock"): SheetState.LOCKED,
    (SheetState.LOCKED, "unlock"): SheetState.SIGNED,
}

DRAW_STEPS: Final[Table[DrawState]] = {
    (DrawState.COMMITTED, "seal"): DrawState.SEALED,
    (DrawState.SEALED, "open"): DrawState.OPENED,
}

CERTIFICATE_STEPS: Final[Table[CertificateState]] = {
    (CertificateState.VALID, "replace"): CertificateState.REPLACED,
    (CertificateState.VALID, "revoke"): CertificateState.REVOKED,
}

STORY_STEPS: Final[Table[StoryState]] = {
    (StoryState.DRAFT, "confirm"): StoryState.CONFIRMED,
    (StoryState.CONFIRMED, "edit"): StoryState.EDITED,
    (StoryState.EDITED, "review"): StoryState.REVIEWED,
    (StoryState.REVIEWED, "publish"): StoryState.PUBLISHED,
    (StoryState.PUBLISHED, "withdraw"): StoryState.WITHDRAWN,
    (StoryState.CONFIRMED, "rework"): StoryState.DRAFT,
    (StoryState.EDITED, "rework"): StoryState.DRAFT,
    (StoryState.REVIEWED, "rework"): StoryState.DRAFT,
    (StoryState.WITHDRAWN, "rework"): StoryState.DRAFT,
}

HONOUR_STEPS: Final[Table[HonourState]] = {
    (HonourState.VALID, "revoke"): HonourState.REVOKED,
}

STUDIO_STEPS: Final[Table[StudioState]] = {
    (StudioState.APPLIED, "approve"): StudioState.APPROVED,
    (StudioState.APPROVED, "establish"): StudioState.ESTABLISHED,
    (StudioState.ESTABLISHED, "rectify"): StudioState.RECTIFYING,
    (StudioState.RECTIFYING, "restore"): StudioState.ESTABLISHED,
    (StudioState.APPLIED, "close"): StudioState.CLOSED,
    (StudioState.APPROVED, "close"): StudioState.CLOSED,
    (StudioState.ESTABLISHED, "close"): StudioState.CLOSED,
    (StudioState.RECTIFYING, "close"): StudioState.CLOSED,
}

ROUND_STEPS: Final[Table[RoundState]] = {
    (RoundState.DRAFT, "open_call"): RoundState.CALL_OPEN,
    (RoundState.CALL_OPEN, "close_call"): RoundState.CHECKING,
    (RoundState.CHECKING, "send_to_experts"): RoundState.REVIEW,
    (RoundState.REVIEW, "call_vote"): RoundState.VOTE,
    (RoundState.VOTE, "post"): RoundState.PUBLICITY,
    (RoundState.PUBLICITY, "name"): RoundState.NAMED,
}

CANDIDATE_STEPS: Final[Table[CandidateState]] = {
    (CandidateState.APPLIED, "recommend"): CandidateState.RECOMMENDED,
    (CandidateState.RECOMMENDED, "check"): CandidateState.CHECKED,
    (CandidateState.CHECKED, "review"): CandidateState.REVIEWED,
    (CandidateState.REVIEWED, "propose"): CandidateState.PROPOSED,
    (CandidateState.PROPOSED, "name"): CandidateState.NAMED,
    (CandidateState.APPLIED, "reject"): CandidateState.REJECTED,
    (CandidateState.RECOMMENDED, "reject"): CandidateState.REJECTED,
    (CandidateState.CHECKED, "reject"): CandidateState.REJECTED,
    (CandidateState.REVIEWED, "reject"): CandidateState.REJECTED,
    (CandidateState.PROPOSED, "reject"): CandidateState.REJECTED,
}

NOTICE_STEPS: Final[Table[NoticeState]] = {
    (NoticeState.DRAFT, "publish"): NoticeState.PUBLISHED,
    (NoticeState.PUBLISHED, "withdraw"): NoticeState.WITHDRAWN,
}

OUTBOX_STEPS: Final[Table[OutboxState]] = {
    (OutboxState.WAITING, "finish"): OutboxState.DONE,
    (OutboxState.WAITING, "give_up"): OutboxState.FAILED,
    (OutboxState.FAILED, "retry"): OutboxState.WAITING,
}

DELIVERY_STEPS: Final[Table[DeliveryState]] = {
    (DeliveryState.WAITING, "send"): DeliveryState.SENT,
    (DeliveryState.WAITING, "give_up"): DeliveryState.FAILED,
    (DeliveryState.FAILED, "resend"): DeliveryState.WAITING,
}

ANNOUNCEMENT_STEPS: Final[Table[AnnouncementState]] = {
    (AnnouncementState.HELD, "release"): AnnouncementState.RELEASED,
    (AnnouncementState.HELD, "discard"): AnnouncementState.DISCARDED,
}

CORRECTION_STEPS: Final[Table[CorrectionState]] = {
    (CorrectionState.WISHED, "grant"): CorrectionState.PUT_RIGHT,
    (CorrectionState.WISHED, "decline"): CorrectionState.DECLINED,
}

INQUIRY_STEPS: Final[Table[InquiryState]] = {
    (InquiryState.OPEN, "claim"): InquiryState.CLAIMED,
    (InquiryState.CLAIMED, "release"): InquiryState.OPEN,
    (InquiryState.CLAIMED, "answer"): InquiryState.ANSWERED,
    (InquiryState.CLAIMED, "publish"): InquiryState.PUBLISHED,
    (InquiryState.CLAIMED, "decline"): InquiryState.DECLINED,
}

CHECK_STEPS: Final[Table[CheckState]] = {
    (CheckState.OPEN, "tick"): CheckState.DONE,
    (CheckState.OPEN, "waive"): CheckState.NOT_NEEDED,
    (CheckState.DONE, "reopen"): CheckState.OPEN,
    (CheckState.NOT_NEEDED, "reopen"): CheckState.OPEN,
}

EXPORT_STEPS: Final[Table[ExportState]] = {
    (ExportState.WAITING, "finish"): ExportState.READY,
    (ExportState.WAITING, "remove"): ExportState.GONE,
    (ExportState.READY, "remove"): ExportState.GONE,
}

WORKPLACE_STEPS: Final[Table[WorkplaceState]] = {
    (WorkplaceState.USABLE, "break"): WorkplaceState.BROKEN,
    (WorkplaceState.BROKEN, "repair"): WorkplaceState.USABLE,
}

SITTING_STEPS: Final[Table[SittingState]] = {
    (SittingState.OPEN, "close"): SittingState.CLOSED,
    (SittingState.CLOSED, "reopen"): SittingState.OPEN,
}

PRINT_STEPS: Final[Table[PrintState]] = {
    (PrintState.SETTING, "finish"): PrintState.READY,
    (PrintState.SETTING, "give_up"): PrintState.FAILED,
    (PrintState.SETTING, "again"): PrintState.SETTING,
    (PrintState.READY, "again"): PrintState.SETTING,
    (PrintState.FAILED, "again"): PrintState.SETTING,
}

TABLES: Final[Mapping[str, Mapping[tuple[Any, str], Any]]] = {
    "contest": CONTEST_STEPS,
    "event": EVENT_STEPS,
    "entry": ENTRY_STEPS,
    "import": IMPORT_STEPS,
    "invitation": INVITATION_STEPS,
    "endorsement": ENDORSEMENT_STEPS,
    "sheet": SHEET_STEPS,
    "draw": DRAW_STEPS,
    "certificate": CERTIFICATE_STEPS,
    "story": STORY_STEPS,
    "honour": HONOUR_STEPS,
    "studio": STUDIO_STEPS,
    "round": ROUND_STEPS,
    "candidate": CANDIDATE_STEPS,
    "notice": NOTICE_STEPS,
    "outbox": OUTBOX_STEPS,
    "delivery": DELIVERY_STEPS,
    "announcement": ANNOUNCEMENT_STEPS,
    "inquiry": INQUIRY_STEPS,
    "check": CHECK_STEPS,
    "export": EXPORT_STEPS,
    "correction": CORRECTION_STEPS,
    "workplace": WORKPLACE_STEPS,
    "sitting": SITTING_STEPS,
    "print": PRINT_STEPS,
}


def step(table: Mapping[tuple[S, str], S], state: S, verb: str) -> S:
    """Return the state after ``verb``, or raise :class:`WrongMoment`."""
    try:
        return table[state, verb]
    except KeyError:
        raise WrongMoment(
            "This cannot be done while the state is “%(state)s”. Nothing was changed: reload the "
            "page and it shows what can be done next.",
            state=state,
        ) from None


def verbs(table: Mapping[tuple[S, str], S], state: S) -> tuple[str, ...]:
    """List what may be done in ``state``, in the table's order."""
    return tuple(verb for (at, verb) in table if at == state)
