"""What entrants are told of their questions to the jury."""

from collections.abc import Mapping
from typing import Final

from rules.message_shapes import Kind, Page

_NAMES: Final = frozenset({"contest", "event", "question"})
INQUIRY_KINDS: Final[Mapping[str, Kind]] = {
    "inquiry_answered": Kind(
        "The jury has answered you: %(event)s",
        "You asked the jury of “%(event)s” of %(contest)s: %(question)s\n"
        "The answer, for you alone: %(answer)s",
        _NAMES | {"answer"},
        Page.INQUIRIES,
    ),
    "inquiry_published": Kind(
        "An answer for all entrants: %(event)s",
        "The jury of “%(event)s” of %(contest)s was asked: %(question)s\nThe answer: %(answer)s",
        _NAMES | {"answer"},
        Page.INQUIRIES,
    ),
    "inquiry_declined": Kind(
        "The jury cannot answer: %(event)s",
        "You asked the jury of “%(event)s” of %(contest)s: %(question)s\n%(stock)s",
        _NAMES | {"stock"},
        Page.INQUIRIES,
    ),
}
