"""What a query asks of an engine: groups of alternatives, each a set of terms."""

import enum
from dataclasses import dataclass
from typing import Literal

TermField = Literal["text", "name", "pinyin", "initials", "folded"]


class Why(enum.StrEnum):
    """Why a page was found."""

    WORD = "word"
    STORY = "story"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    HOMOPHONE = "homophone"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Term:
    """One word in one field; the field ``text`` is the head and the story."""

    field: TermField
    text: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that must all stand in a page; ``found`` is what they mean, for the reader.

    A ``sure`` alternative found in the head puts the page into the first tier.
    """

    terms: tuple[Term, ...]
    weight: float
    why: Why
    found: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the query and everything that would answer it."""

    asked: str
    alternatives: tuple[Alternative, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All required groups, or any ``whole`` alternative, must be found in a page.

    A plan without groups finds every page.
    """

    query: str
    groups: tuple[Group, ...] = ()
    whole: tuple[Alternative, ...] = ()

    @property
    def required(self) -> tuple[Group, ...]:
        """The groups a page may not lack."""
        return tuple(group for group in self.groups if not group.optional)

    def all_alternatives(self) -> tuple[tuple[str, Alternative], ...]:
        """Pair each alternative with the words it answers."""
        grouped = [(group.asked, each) for group in self.groups for each in group.alternatives]
        return (*grouped, *((self.query, each) for each in self.whole))
