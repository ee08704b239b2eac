"""What the choices of a rule set are called, for its form and for the pages that show it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rules.eligibility import RuleKind
from rules.rulesets import (
    AwardKind,
    Boundary,
    LastResort,
    QuotaRounding,
    RankOn,
    Scale,
    TieKey,
)
from rules.scoring import Rounding
from web.conditions import KINDS

WORDS: Final[Mapping[type[StrEnum], Mapping[str, LazyString]]] = {
    Scale: {
        Scale.POINTS: _l("Points of the modules are added, then weighed"),
        Scale.WEIGHTS: _l("Each module has its own weight"),
    },
    Rounding: {
        Rounding.HALF_UP: _l("Half up (4 down, 5 up)"),
        Rounding.HALF_EVEN: _l("Half to even (GB/T 8170)"),
    },
    RankOn: {
        RankOn.ROUNDED: _l("The published, rounded total"),
        RankOn.EXACT: _l("The exact total"),
    },
    LastResort: {
        LastResort.SHARED: _l("They share the place"),
        LastResort.EXTRA: _l("A play-off decides"),
        LastResort.DRAW: _l("A recorded draw decides"),
    },
    AwardKind: {
        AwardKind.PERCENT: _l("Percent of those who finished"),
        AwardKind.FIXED: _l("Fixed numbers"),
        AwardKind.NONE: _l("No awards"),
    },
    QuotaRounding: {
        QuotaRounding.HALF_UP: _l("Half up"),
        QuotaRounding.FLOOR: _l("Down"),
        QuotaRounding.CEIL: _l("Up"),
    },
    Boundary: {
        Boundary.BLOCK: _l("Wait for a recorded decision"),
        Boundary.CHAIN: _l("All of them get the better award, the next one shrinks"),
        Boundary.SHARE_LAST: _l("All of them get the better award, the last one shrinks"),
    },
    RuleKind: KINDS,
}
"""By class first: members of different lists may be equal as strings."""
TIES: Final[Mapping[str, LazyString]] = {
    "": _l("no further key"),
    "+practice": _l("Practice, higher first"),
    "+theory": _l("Theory, higher first"),
    "+total_exact": _l("Exact total, higher first"),
    "-time": _l("Time, shorter first"),
    "-age": _l("Age, younger first"),
}


def words(member: StrEnum) -> LazyString:
    """Say one choice of a rule set."""
    return WORDS[type(member)][member]


def tie_words(key: TieKey) -> str:
    """Say one key of a tie chain."""
    text = ("+" if key.highest_first else "-") + key.key
    return str(TIES[text] if text in TIES else module_words(key.key.partition(":")[2] or text))


def module_words(code: str) -> LazyString:
    """Say that the better mark of a module goes first."""
    return _l("Module %(code)s, higher first", code=code)
