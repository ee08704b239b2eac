"""Every kind of message there is: what it says, how it travels, where its link leads.

``subject`` and ``body`` are English gettext ids whose ``%(name)s`` places are
exactly ``places``; the catalogue has the Chinese. docs/messages.md tells it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from rules.entrant_messages import ENTRANT_KINDS
from rules.inquiry_kinds import INQUIRY_KINDS
from rules.message_shapes import BOTH, Kind, Page, places_of
from rules.team_messages import TEAM_KINDS

KINDS: Final[Mapping[str, Kind]] = {
    **ENTRANT_KINDS,
    **TEAM_KINDS,
    "panel_seated": Kind(
        "You are on the panel: %(event)s",
        "You are seated on the panel of “%(event)s” of %(contest)s, held on %(held_on)s. Sign the "
        "pledge before the marking begins.",
        places_of("held_on"),
        Page.JUDGING,
        to_judges=True,
    ),
    "judge_aside": Kind(
        "A judge has declared a conflict: %(event)s",
        "A judge of “%(event)s” of %(contest)s has stepped aside because of a conflict. Your room "
        "shows from what; see that the office names somebody else.",
        places_of(),
        Page.JUDGING,
        to_judges=True,
    ),
    "announcement": Kind("%(subject)s", "%(body)s", frozenset({"subject", "body"}), Page.INBOX),
    "urgent_announcement": Kind(
        "%(subject)s",
        "%(body)s",
        frozenset({"subject", "body"}),
        Page.INBOX,
        BOTH,
        whole=True,
    ),
    "worker_submitted": Kind(
        "%(worker)s handed in an entry for “%(event)s”",
        "%(worker)s handed in an entry for “%(event)s” of %(contest)s.",
        places_of("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_returned": Kind(
        "The entry of %(worker)s for “%(event)s” was returned",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was returned to be mended.",
        places_of("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_accepted": Kind(
        "The entry of %(worker)s for “%(event)s” was accepted",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was accepted.",
        places_of("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_rejected": Kind(
        "The entry of %(worker)s for “%(event)s” was not accepted",
        "The entry of %(worker)s for “%(event)s” of %(contest)s was not accepted.",
        places_of("worker"),
        Page.INBOX,
        digest=True,
    ),
    "worker_withdrawn": Kind(
        "%(worker)s withdrew from “%(event)s”",
        "%(worker)s withdrew from “%(event)s” of %(contest)s; the place is free again.",
        places_of("worker"),
        Page.INBOX,
        digest=True,
    ),
    "file_ready": Kind(
        "Your file is ready: %(contest)s",
        "The file you asked for from %(contest)s is written. It is kept for a day.",
        frozenset({"contest"}),
        Page.FILES,
        (),
    ),
    "records_merged": Kind(
        "Two records of you are one now",
        "The office found that the register held you twice and merged the two records: entries, "
        "certificates and honours stand together under this account. If you had two accounts, sign "
        "in here from now on. See whether all of it is yours; if not, call the office.",
        frozenset(),
        Page.RECORD,
    ),
    "record_put_right": Kind(
        "Your record was put right",
        "The office has put name or ID number in your record right as you asked. Certificates keep "
        "what was printed on them; ask for a replacement if you need one.",
        frozenset(),
        Page.RECORD,
    ),
    "record_not_changed": Kind(
        "Your record was not changed",
        "The office could not change name or ID number in your record as you asked: %(reason)s. If "
        "you see it otherwise, call the office.",
        frozenset({"reason"}),
        Page.RECORD,
    ),
    "checklist_assigned": Kind(
        "For you to do: %(title)s",
        "You were asked to see to “%(title)s” of %(contest)s by %(due)s. Tick it on the checklist "
        "when it is done.",
        frozenset({"contest", "title", "due"}),
        Page.CHECKLIST,
    ),
    "digest": Kind(
        "News of your people: %(count)s",
        "%(lines)s",
        frozenset({"count", "lines"}),
        Page.INBOX,
    ),
    **INQUIRY_KINDS,
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
