"""The states things can be in; what leads from one to the next stands in rules/lifecycle.py."""

from enum import StrEnum
from typing import Final


class ContestState(StrEnum):
    """A contest from the first draft to the archive."""

    DRAFT = "draft"
    APPROVED = "approved"
    ANNOUNCED = "announced"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class EventState(StrEnum):
    """One event from its rules to its awards."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    LISTED = "listed"
    DRAWN = "drawn"
    SCORING = "scoring"
    LOCKED = "locked"
    DECODED = "decoded"
    POSTED = "posted"
    FINAL = "final"
    AWARDED = "awarded"
    CANCELLED = "cancelled"


BEFORE_LIST: Final = frozenset({EventState.OPEN, EventState.CLOSED})
"""While entries are still taken, mended and decided."""


class EntryState(StrEnum):
    """One person's entry; a team's stands in its captain's, the others have joined it."""

    DRAFT = "draft"
    JOINED = "joined"
    WAITING = "waiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ImportState(StrEnum):
    """A list of workers that a unit uploaded: looked through, taken whole, taken back."""

    CHECKED = "checked"
    COMMITTED = "committed"
    UNDONE = "undone"


class InvitationState(StrEnum):
    """A worker named by a unit, who completes the entry in person."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class EndorsementState(StrEnum):
    """A unit's recommendation of one entry, on paper with its stamp."""

    ASKED = "asked"
    ENDORSED = "endorsed"
    REFUSED = "refused"


class SheetState(StrEnum):
    """One judge's score sheet."""

    OPEN = "open"
    SIGNED = "signed"
    LOCKED = "locked"


class DrawState(StrEnum):
    """A draw: its hash is published, then it is sealed, then opened for everyone to replay."""

    COMMITTED = "committed"
    SEALED = "sealed"
    OPENED = "opened"


class CertificateState(StrEnum):
    """What a verification page answers."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


class StoryState(StrEnum):
    """A story on its way to the gallery (三审三校)."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class HonourState(StrEnum):
    """Whether an honour still stands."""

    VALID = "valid"
    REVOKED = "revoked"


class StudioState(StrEnum):
    """A studio from application to its end."""

    APPLIED = "applied"
    APPROVED = "approved"
    ESTABLISHED = "established"
    RECTIFYING = "rectifying"
    CLOSED = "closed"


class RoundState(StrEnum):
    """A selection round."""

    DRAFT = "draft"
    CALL_OPEN = "call_open"
    CHECKING = "checking"
    REVIEW = "review"
    VOTE = "vote"
    PUBLICITY = "publicity"
    NAMED = "named"


class CandidateState(StrEnum):
    """One candidate within a round."""

    APPLIED = "applied"
    RECOMMENDED = "recommended"
    CHECKED = "checked"
    REVIEWED = "reviewed"
    PROPOSED = "proposed"
    NAMED = "named"
    REJECTED = "rejected"


class NoticeState(StrEnum):
    """A public notice."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class OutboxState(StrEnum):
    """One errand of the outbox."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class DeliveryState(StrEnum):
    """One copy of a message on its way by mail or SMS."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class AnnouncementState(StrEnum):
    """A message of the office to a group: held until it is released once."""

    HELD = "held"
    RELEASED = "released"
    DISCARDED = "discarded"


class CorrectionState(StrEnum):
    """A wish to have name or ID number put right in the register."""

    WISHED = "wished"
    PUT_RIGHT = "put_right"
    DECLINED = "declined"


class InquiryState(StrEnum):
    """An entrant's question to the jury of an event, from the asking to the answer."""

    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    PUBLISHED = "published"
    DECLINED = "declined"


class CheckState(StrEnum):
    """One item of a contest's checklist."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class ExportState(StrEnum):
    """A file made in the background: being written, ready to be fetched, removed again."""

    WAITING = "waiting"
    READY = "ready"
    GONE = "gone"


class WorkplaceState(StrEnum):
    """Whether a workplace of a venue can be used."""

    USABLE = "usable"
    BROKEN = "broken"


class SittingState(StrEnum):
    """Whether people are still checked in to a sitting."""

    OPEN = "open"
    CLOSED = "closed"


class PrintState(StrEnum):
    """A batch of papers on its way to the printer."""

    SETTING = "setting"
    READY = "ready"
    FAILED = "failed"


CHECKABLE = frozenset({EventState.LISTED, EventState.DRAWN, EventState.SCORING})
"""While an event is here, people are checked in and absences can be settled."""
