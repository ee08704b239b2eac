"""The numbers of relevance, shared by the engines so that they rank alike.

They order pages, they decide nothing: floats are right here.
"""

import math

STORY_SHARE = 0.4
RELAX_BELOW = 3
FIRST, SECOND, RELAXED = 0, 1, 2


def rarity(pages: int, holding: int) -> float:
    """Weigh a term by how few of the ``pages`` hold it."""
    return math.log1p((pages - holding + 0.5) / (holding + 0.5))


def story_value(rare: float, count: float) -> float:
    """Weigh ``count`` appearances in a story; many say little more than one."""
    return STORY_SHARE * rare * count / (count + 1.0)


def enough(found: int, asked: int) -> bool:
    """Tell whether a relaxed match holds at least half of what was asked."""
    return found > 0 and found * 2 >= asked


def final(score: float, boost: float) -> float:
    """Return the score as ranked and shown."""
    return round(score * boost, 4)
