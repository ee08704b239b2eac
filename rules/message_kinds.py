"""Every kind of message there is: what it says, how it travels, where its link leads.

``subject`` and ``body`` are English gettext ids whose ``%(name)s`` places are
exactly ``places``; the catalogue has the Chinese. docs/messages.md tells it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.terms import Channel

MOMENTS: Final = frozenset({"closes", "until"})
"""Places kept as ISO moments and shown on the district's clock."""
DAYS: Final = frozenset({"held_on"})
"""Places kept as ISO dates."""
NAMING: Final = frozenset(
    {"name", "worker", "receipt", "pass_no", "remarks", "reason", "number", "old", "body"}
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
    INBOX = "inbox"


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


def _places(*names: str) -> frozenset[str]:
    return frozenset({"contest", "event", *names})


_BOTH: Final = (Channel.MAIL, Channel.SMS)
KINDS: Final[Mapping[str, Kind]] = {
    "entry_submitted": Kind(
        "Entry received: %(event)s",
        "Your entry for “%(event)s” of %(contest)s has arrived and holds a place. Receipt "
        "%(receipt)s. The office checks it within 3 working days and answers here.",
        _places("receipt"),
        Page.ENTRY,
    ),
    "entry_waiting": Kind(
        "On the waiting list: %(event)s",
        "All places of “%(event)s” of %(contest)s are taken; your entry is on the waiting list, "
        "receipt %(receipt)s. As soon as a place becomes free for you it is yours, and you are "
        "told here.",
        _places("receipt"),
        Page.ENTRY,
    ),
    "entry_placed": Kind(
        "You have a place now: %(event)s",
        "A place in “%(event)s” of %(contest)s became free and it is yours. The office checks your "
        "entry and answers here; there is nothing for you to do.",
        _places(),
        Page.ENTRY,
        _BOTH,
    ),
    "entry_lapsed": Kind(
        "No place became free: %(event)s",
        "The list of “%(event)s” of %(contest)s is public and no place became free for you. Thank "
        "you for waiting; the other contests are open to you.",
        _places(),
        Page.ENTRY,
        _BOTH,
    ),
    "deadline_extended": Kind(
        "Your deadline is extended: %(event)s",
        "For you alone entries for “%(event)s” of %(contest)s stay open until %(closes)s. Hand in "
        "before then.",
        _places("closes"),
        Page.CONTEST,
        _BOTH,
    ),
    "entry_returned": Kind(
        "Please mend your entry: %(event)s",
        "The office has returned your entry for “%(event)s” of %(contest)s. To be mended: "
        "%(remarks)s. Your place stays held; mend it and hand in again.",
        _places("remarks"),
        Page.ENTRY,
        _BOTH,
    ),
    "entry_accepted": Kind(
        "Entry accepted: %(event)s, pass %(pass_no)s",
        "Your entry for “%(event)s” of %(contest)s is accepted. Pass %(pass_no)s, held on "
        "%(held_on)s. Your admission pass is ready to print.",
        _places("pass_no", "held_on"),
        Page.ENTRY,
        _BOTH,
    ),
    "entry_rejected": Kind(
        "Entry not accepted: %(event)s",
        "Your entry for “%(event)s” of %(contest)s could not be accepted: %(reason)s. If you see "
        "it otherwise, call the office.",
        _places("reason"),
        Page.ENTRY,
        _BOTH,
    ),
    "list_published": Kind(
        "List of entrants published: %(event)s",
        "The list of entrants of “%(event)s” of %(contest)s is public and you are on it with pass "
        "%(pass_no)s. Held on %(held_on)s.",
        _places("pass_no", "held_on"),
        Page.ENTRY,
    ),
    "results_posted": Kind(
        "Results posted: %(event)s",
        "The provisional results of “%(event)s” of %(contest)s are public. Objections are heard "
        "until %(until)s.",
        _places("until"),
        Page.RESULTS,
        _BOTH,
    ),
    "certificate_issued": Kind(
        "Your certificate is issued: %(event)s",
        "Congratulations. Your certificate for “%(event)s” of %(contest)s is issued under number "
        "%(number)s and can be downloaded.",
        _places("number"),
        Page.CERTIFICATE,
        _BOTH,
    ),
    "certificate_replaced": Kind(
        "Your certificate has a new number: %(event)s",
        "Your certificate %(old)s for “%(event)s” of %(contest)s is replaced by %(number)s: "
        "%(reason)s. The old one is no longer valid.",
        _places("old", "number", "reason"),
        Page.CERTIFICATE,
    ),
    "certificate_revoked": Kind(
        "Your certificate is revoked: %(event)s",
        "Your certificate %(number)s for “%(event)s” of %(contest)s is revoked: %(reason)s. If you "
        "see it otherwise, call the office.",
        _places("number", "reason"),
        Page.CERTIFICATE,
        _BOTH,
    ),
    "contest_cancelled": Kind(
        "Contest cancelled: %(contest)s",
        "%(contest)s is cancelled: %(reason)s. Your entries for it are void; you need do nothing.",
        frozenset({"contest", "reason"}),
        Page.ENTRIES,
        _BOTH,
    ),
    "event_cancelled": Kind(
        "Event cancelled: %(event)s",
        "“%(event)s” of %(contest)s is cancelled: %(reason)s. Your entry for it is void; you need "
        "do nothing.",
        _places("reason"),
        Page.ENTRIES,
        _BOTH,
    ),
    "closing_soon": Kind(
        "Entries close soon: %(event)s",
        "Your entry for “%(event)s” of %(contest)s is still a draft. Entries close at %(closes)s; "
        "what you filled in is kept.",
        _places("closes"),
        Page.ENTRY,
        _BOTH,
    ),
    "mend_soon": Kind(
        "Still to be mended: %(event)s",
        "Your entry for “%(event)s” of %(contest)s was returned and waits for you. Entries close "
        "at %(closes)s.",
        _places("closes"),
        Page.ENTRY,
        _BOTH,
    ),
    "day_soon": Kind(
        "The day is near: %(event)s on %(held_on)s",
        "“%(event)s” of %(contest)s is held on %(held_on)s. Bring your identity card and your "
        "admission pass %(pass_no)s.",
        _places("held_on", "pass_no"),
        Page.ENTRY,
        _BOTH,
    ),
    "panel_seated": Kind(
        "You are on the panel: %(event)s",
        "You are seated on the panel of “%(event)s” of %(contest)s, held on %(held_on)s. Sign the "
        "pledge before the marking begins.",
        _places("held_on"),
        Page.JUDGING,
        to_judges=True,
    ),
    "judge_aside": Kind(
        "A judge has declared a conflict: %(event)s",
        "A judge of “%(event)s” of %(contest)s has stepped aside because of a conflict. Your room "
        "shows from what; see that the office names somebody else.",
        _places(),
        Page.JUDGING,
        to_judges=True,
    ),
    "announcement": Kind("%(subject)s", "%(body)s", frozenset({"subject", "body"}), Page.INBOX),
    "urgent_announcement": Kind(
        "%(subject)s",
        "%(body)s",
        frozenset({"subject", "body"}),
        Page.INBOX,
        _BOTH,
        whole=True,
    ),
    "worker_submitted": Kind(
        "%(worker)s handed in an entry for “%(event)s”",
        "%(worker)s handed in an entry for “%(event)s” of %(contest)s.",
        _places("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_returned": Kind(
        "The entry of %(worker)s for “%(event)s” was returned",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was returned to be mended.",
        _places("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_accepted": Kind(
        "The entry of %(worker)s for “%(event)s” was accepted",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was accepted.",
        _places("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_rejected": Kind(
        "The entry of %(worker)s for “%(event)s” was not accepted",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was not accepted.",
        _places("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_withdrawn": Kind(
        "%(worker)s withdrew from “%(event)s”",
        "%(worker)s withdrew from “%(event)s” of %(contest)s; the place is free again.",
        _places("worker"),
        Page.INBOX,
        digest=True,
    ),
    "digest": Kind(
        "News of your people: %(count)s",
        "%(lines)s",
        frozenset({"count", "lines"}),
        Page.INBOX,
    ),
}


def check_told(kind: str, params: Iterable[str]) -> Kind:
    """Return the kind, or raise ``ValueError`` where it is unknown or its places differ.

    >>> check_told("contest_cancelled", {"contest", "reason"}).page.value
    'entries'
    """
    known = KINDS.get(kind)
    if known is None or frozenset(params) != known.params:
        wanted = sorted(known.params) if known else "nothing: there is no such kind"
        raise ValueError(f"message {kind!r} with {sorted(params)} instead of {wanted}")
    return known
