"""What a kind of message is made of: two sentences, their places, its ways and its link."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.terms import Channel

MOMENTS: Final = frozenset({"closes", "until", "starts", "reports"})
"""Places kept as ISO moments and shown on the district's clock."""
DAYS: Final = frozenset({"held_on", "due"})
"""Places kept as ISO dates."""
NAMING: Final = frozenset(
    {"name", "worker", "receipt", "pass_no", "remarks", "reason", "number", "old", "body"}
    | {"question", "answer"}
    | {"team", "member", "captain"}
)
"""Places that may lead to a contestant; no kind for judges has one."""


class Page(StrEnum):
    """Where the link of a message leads; ``thing`` and the hidden places name the very page."""

    ENTRY = "entry"
    RESULTS = "results"
    CONTEST = "contest"
    CERTIFICATE = "certificate"
    ENTRIES = "entries"
    JUDGING = "judging"
    FILES = "files"
    RECORD = "record"
    INBOX = "inbox"
    INQUIRIES = "inquiries"
    CHECKLIST = "checklist"
    TEAM = "team"


LINKS: Final[Mapping[Page, frozenset[str]]] = {
    Page.RESULTS: frozenset({"slug", "event_slug"}),
    Page.CONTEST: frozenset({"slug"}),
}
"""Places a page needs beside the thing itself; no sentence shows them."""


@dataclass(frozen=True)
class Kind:
    """One kind of message; ``digest`` waits for the next morning, ``whole`` fits into the SMS."""

    subject: str
    body: str
    places: frozenset[str]
    page: Page
    channels: tuple[Channel, ...] = (Channel.MAIL,)
    digest: bool = False
    to_judges: bool = False
    whole: bool = False

    @property
    def params(self) -> frozenset[str]:
        """What must be handed in: the places of its sentences and those of its link."""
        return self.places | LINKS.get(self.page, frozenset())


def places_of(*names: str) -> frozenset[str]:
    """Return the places of a sentence about an event of a contest."""
    return frozenset({"contest", "event", *names})


BOTH: Final = (Channel.MAIL, Channel.SMS)
