"""Reviewing entries: the reasons an office gives most often.

Source: docs/operating.md, "Reviewing entries".
"""

from typing import Final

REASONS: Final = (
    "The portrait is not clear: send one of the last six months, before a plain ground.",
    "The name and the ID number do not belong together.",
    "The unit is not proven: attach the employment contract or the social insurance record.",
    "The years in the trade are not proven.",
    "The number of the level certificate is not found by the certifying body.",
    "The conditions of the notice are not met.",
)
"""Gettext ids; a reviewer may choose one, write the own words, or both."""

TAG_LENGTH: Final = 20
TAGS_MOST: Final = 8


def clean_tags(text: str) -> tuple[str, ...]:
    """Read tags as they are typed, parted by commas or blanks, each once.

    >>> clean_tags("缺材料， 待电话 缺材料")
    ('缺材料', '待电话')
    """
    words = text.replace("，", " ").replace(",", " ").replace("、", " ").split()
    return tuple(dict.fromkeys(word[:TAG_LENGTH] for word in words))[:TAGS_MOST]
