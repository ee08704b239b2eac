"""The words of a rule set: each closed choice an organiser makes.

Source: docs/rules/ranking.md, docs/rules/awards.md.
"""

from enum import StrEnum


class Scale(StrEnum):
    """``points``: raw points of the modules of a part are added, then the part is weighed.

    ``weights``: each module is scaled to its own weight.
    """

    POINTS = "points"
    WEIGHTS = "weights"


class RankOn(StrEnum):
    """Whether places follow the published, rounded total or the exact one."""

    ROUNDED = "rounded"
    EXACT = "exact"


class LastResort(StrEnum):
    """What happens when the tie chain is at its end."""

    SHARED = "shared"
    EXTRA = "extra"
    DRAW = "draw"


class AwardKind(StrEnum):
    """How award numbers are counted."""

    PERCENT = "percent"
    FIXED = "fixed"
    NONE = "none"


class QuotaRounding(StrEnum):
    """How a percentage becomes a number of people."""

    FLOOR = "floor"
    HALF_UP = "half_up"
    CEIL = "ceil"


class Boundary(StrEnum):
    """What a tie across an award's last place does when the chain has not settled it.

    ``block`` waits for a recorded decision; ``chain`` gives all of them the
    better award at the cost of the next one; ``share_last`` at the cost of the last.
    """

    BLOCK = "block"
    CHAIN = "chain"
    SHARE_LAST = "share_last"
