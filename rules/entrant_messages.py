"""What entrants are told of their entries, their day, their results and their certificates."""

from collections.abc import Mapping
from typing import Final

from rules.message_shapes import BOTH, Kind, Page, places_of

ENTRANT_KINDS: Final[Mapping[str, Kind]] = {
    "entry_submitted": Kind(
        "Entry received: %(event)s",
        "Your entry for “%(event)s” of %(contest)s has arrived and holds a place. Receipt "
        "%(receipt)s. The office checks it within 3 working days and answers here.",
        places_of("receipt"),
        Page.ENTRY,
    ),
    "entry_waiting": Kind(
        "On the waiting list: %(event)s",
        "All places of “%(event)s” of %(contest)s are taken; your entry is on the waiting list, "
        "receipt %(receipt)s. As soon as a place becomes free for you it is yours, and you are "
        "told here.",
        places_of("receipt"),
        Page.ENTRY,
    ),
    "entry_placed": Kind(
        "You have a place now: %(event)s",
        "A place in “%(event)s” of %(contest)s became free and it is yours. The office checks your "
        "entry and answers here; there is nothing for you to do.",
        places_of(),
        Page.ENTRY,
        BOTH,
    ),
    "entry_lapsed": Kind(
        "No place became free: %(event)s",
        "The list of “%(event)s” of %(contest)s is public and no place became free for you. Thank "
        "you for waiting; the other contests are open to you.",
        places_of(),
        Page.ENTRY,
        BOTH,
    ),
    "deadline_extended": Kind(
        "Your deadline is extended: %(event)s",
        "For you alone entries for “%(event)s” of %(contest)s stay open until %(closes)s. Hand in "
        "before then.",
        places_of("closes"),
        Page.CONTEST,
        BOTH,
    ),
    "entry_returned": Kind(
        "Please mend your entry: %(event)s",
        "The office has returned your entry for “%(event)s” of %(contest)s. To be mended: "
        "%(remarks)s. Your place stays held; mend it and hand in again.",
        places_of("remarks"),
        Page.ENTRY,
        BOTH,
    ),
    "entry_accepted": Kind(
        "Entry accepted: %(event)s, pass %(pass_no)s",
        "Your entry for “%(event)s” of %(contest)s is accepted. Pass %(pass_no)s, held on "
        "%(held_on)s. Your admission pass is ready to print.",
        places_of("pass_no", "held_on"),
        Page.ENTRY,
        BOTH,
    ),
    "entry_rejected": Kind(
        "Entry not accepted: %(event)s",
        "Your entry for “%(event)s” of %(contest)s could not be accepted: %(reason)s. If you see "
        "it otherwise, call the office.",
        places_of("reason"),
        Page.ENTRY,
        BOTH,
    ),
    "list_published": Kind(
        "List of entrants published: %(event)s",
        "The list of entrants of “%(event)s” of %(contest)s is public and you are on it with pass "
        "%(pass_no)s. Held on %(held_on)s.",
        places_of("pass_no", "held_on"),
        Page.ENTRY,
    ),
    "results_posted": Kind(
        "Results posted: %(event)s",
        "The provisional results of “%(event)s” of %(contest)s are public. Objections are heard "
        "until %(until)s.",
        places_of("until"),
        Page.RESULTS,
        BOTH,
    ),
    "certificate_issued": Kind(
        "Your certificate is issued: %(event)s",
        "Congratulations. Your certificate for “%(event)s” of %(contest)s is issued under number "
        "%(number)s and can be downloaded.",
        places_of("number"),
        Page.CERTIFICATE,
        BOTH,
    ),
    "certificate_replaced": Kind(
        "Your certificate has a new number: %(event)s",
        "Your certificate %(old)s for “%(event)s” of %(contest)s is replaced by %(number)s: "
        "%(reason)s. The old one is no longer valid.",
        places_of("old", "number", "reason"),
        Page.CERTIFICATE,
    ),
    "certificate_revoked": Kind(
        "Your certificate is revoked: %(event)s",
        "Your certificate %(number)s for “%(event)s” of %(contest)s is revoked: %(reason)s. If you "
        "see it otherwise, call the office.",
        places_of("number", "reason"),
        Page.CERTIFICATE,
        BOTH,
    ),
    "contest_cancelled": Kind(
        "Contest cancelled: %(contest)s",
        "%(contest)s is cancelled: %(reason)s. Your entries for it are void; you need do nothing.",
        frozenset({"contest", "reason"}),
        Page.ENTRIES,
        BOTH,
    ),
    "event_cancelled": Kind(
        "Event cancelled: %(event)s",
        "“%(event)s” of %(contest)s is cancelled: %(reason)s. Your entry for it is void; you need "
        "do nothing.",
        places_of("reason"),
        Page.ENTRIES,
        BOTH,
    ),
    "closing_soon": Kind(
        "Entries close soon: %(event)s",
        "Your entry for “%(event)s” of %(contest)s is still a draft. Entries close at %(closes)s; "
        "what you filled in is kept.",
        places_of("closes"),
        Page.ENTRY,
        BOTH,
    ),
    "mend_soon": Kind(
        "Still to be mended: %(event)s",
        "Your entry for “%(event)s” of %(contest)s was returned and waits for you. Entries close "
        "at %(closes)s.",
        places_of("closes"),
        Page.ENTRY,
        BOTH,
    ),
    "sitting_moved": Kind(
        "New hours or place: %(event)s, %(sitting)s",
        "“%(sitting)s” of “%(event)s” of %(contest)s now begins at %(starts)s at %(venue)s; "
        "check-in from %(reports)s. Your ticket says the same when you download it again.",
        places_of("sitting", "starts", "venue", "reports"),
        Page.ENTRY,
        BOTH,
    ),
    "day_soon": Kind(
        "The day is near: %(event)s on %(held_on)s",
        "“%(event)s” of %(contest)s is held on %(held_on)s. Bring your identity card and your "
        "admission pass %(pass_no)s.",
        places_of("held_on", "pass_no"),
        Page.ENTRY,
        BOTH,
    ),
}
