"""The numbers of relevance, shared by the engines so that they rank alike.

They order pages, they decide nothing: floats are right here.
"""

import math

from search_index.plan import Alternative, Why

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


def enough_terms(found: int, each: Alternative) -> bool:
    """Tell whether ``found`` terms will do for a relaxed match: half of the reader's own words.

    A synonym or a correction must stand there whole, or it means something else.
    """
    if each.why is Why.WORD:
        return enough(found, len(each.terms))
    return found == len(each.terms)


def final(score: float, boost: float) -> float:
    """Return the score as ranked and shown."""
    return round(score * boost, 4)
