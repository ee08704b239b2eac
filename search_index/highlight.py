"""Mark the words of a query in a text; the caller escapes each piece and writes the marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search_index.plan import Plan, Why
from search_index.text import fold

LENGTH = 120
LEAD = 24
SENTENCE_ENDS = "。！？!?\n"
READABLE = {Why.WORD, Why.SYNONYM, Why.CORRECTION, Why.NAME}


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, as it stands there; ``marked`` when it answers the query."""

    text: str
    marked: bool = False


def words_of(plan: Plan) -> tuple[str, ...]:
    """List the words worth marking for ``plan``, the longest first.

    Single characters are marked only where they are a whole word of the query.
    """
    found: dict[str, None] = {}
    for asked, each in plan.all_alternatives():
        if each.why in READABLE:
            found |= dict.fromkeys(t.text for t in each.terms if len(t.text) > 1)
            found[each.found] = None
        found[asked] = None
    return tuple(sorted(filter(None, found), key=lambda word: (-len(word), word)))


def mark(text: str, words: Iterable[str]) -> list[Segment]:
    """Cut ``text`` into pieces, those that are one of ``words`` marked."""
    segments: list[Segment] = []
    end = 0
    for start, stop in _spans(text, words):
        if start > end:
            segments.append(Segment(text[end:start]))
        segments.append(Segment(text[start:stop], marked=True))
        end = stop
    return [*segments, Segment(text[end:])] if end < len(text) else segments


def fragment(text: str, words: Iterable[str], *, length: int = LENGTH) -> list[Segment]:
    """Return the part of ``text`` with the most different ``words``, marked.

    The part has about ``length`` characters, starts at a sentence where one
    is near, and wears an ellipsis where text is left out.
    """
    if length <= 0:
        raise ValueError("A fragment needs a length of at least one character.")
    words = tuple(words)
    start = _sentence_start(text, _best_start(text, _spans(text, words), length))
    stop = min(len(text), start + length)
    cut = mark(text[start:stop], words)
    before = [Segment("…")] if start else []
    after = [Segment("…")] if stop < len(text) else []
    return [*before, *cut, *after]


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``, the longest first at each place."""
    wanted = sorted(filter(None, words), key=len, reverse=True)
    if not wanted:
        return []
    folded, places = _fold_places(text)
    pattern = "|".join(
        rf"(?<![a-z0-9]){re.escape(w)}(?![a-z0-9])" if w.isascii() else re.escape(w) for w in wanted
    )
    return [
        (places[found.start()], places[found.end() - 1] + 1)
        for found in re.finditer(pattern, folded)
    ]


def _fold_places(text: str) -> tuple[str, list[int]]:
    """Fold ``text`` and tell for each folded character which one it came from."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, list(range(len(text)))
    parts = [fold(char) for char in text]
    places = [at for at, part in enumerate(parts) for _ in part]
    return "".join(parts), places


def _best_start(text: str, spans: list[tuple[int, int]], length: int) -> int:
    """Where the window with the most different marked words begins, the earliest of equals."""
    best, most = 0, 0
    for first, (start, _) in enumerate(spans):
        seen = {fold(text[a:b]) for a, b in spans[first : first + 32] if b <= start + length - LEAD}
        weight = sum(len(word) for word in seen)
        if weight > most:
            best, most = start, weight
    return best


def _sentence_start(text: str, at: int) -> int:
    """The start of the sentence ``at`` lies in, if it is near; else a little before ``at``."""
    if at <= LEAD:
        return 0
    ends = [text.rfind(end, at - LEAD, at) for end in SENTENCE_ENDS]
    return max(ends) + 1 if max(ends) >= 0 else at - LEAD // 2
