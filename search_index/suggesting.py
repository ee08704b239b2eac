"""Where to look for what a reader has begun to type."""

from search_index.names import blur, fold_latin
from search_index.plan import Why
from search_index.text import fold


def prefixes(typed: str) -> list[tuple[str, str, Why]]:
    """List field, beginning and reason for ``typed``, the surest first; empty for a blank."""
    folded = fold(typed).strip()
    if not folded:
        return []
    found = [
        ("label", "person:" + folded, Why.NAME),
        ("label", "word:" + folded, Why.WORD),
        ("label", "title:" + folded, Why.WORD),
    ]
    latin = fold_latin(folded)
    if folded.isascii() and latin:
        found += [
            ("pinyin", latin, Why.PINYIN),
            ("initials", latin, Why.INITIALS),
            ("folded", blur(latin), Why.SOUND),
        ]
    return found
