"""The words a mistyped query may have meant."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from search_index.engine import Vocabulary
from search_index.names import blur, plain_readings
from search_index.synonyms import QUALIFIER, Synonyms
from search_index.text import is_han, query_words

SHORTEST = 3
SHORTEST_LATIN = 4
MOST = 3
TOWN_ENDINGS = ("街道", "镇", "乡")


class Lexicon:
    """Known words by sound and by spelling; built once for each state of the index."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms) -> None:
        self.names = frozenset(vocabulary.names)
        self.pinyin = frozenset(vocabulary.pinyin)
        self.words = frozenset(self._forms(vocabulary.words)) | frozenset(synonyms.others)
        self.longest = max(map(len, self.words), default=0)

    @staticmethod
    def _forms(words: Iterable[str]) -> Iterable[str]:
        for word in words:
            yield from {word, QUALIFIER.sub("", word)} - {""}
            for ending in TOWN_ENDINGS:
                short = word.removesuffix(ending)
                if short != word and len(short) > 1:
                    yield short
                    break

    @cached_property
    def _by_sound(self) -> Mapping[str, tuple[str, ...]]:
        return _gather((blur(s), w) for w in self.words if is_han(w) for s in plain_readings(w)[:2])

    @cached_property
    def _by_pinyin(self) -> Mapping[str, tuple[str, ...]]:
        parts = {p for word in self.words for p in query_words(word) if len(p) > 1 and is_han(p)}
        whole = {word for word in self.words if is_han(word)}
        return _gather((s, w) for w in sorted(whole | parts) for s in plain_readings(w)[:1])

    @cached_property
    def _words_by_slip(self) -> Mapping[str, tuple[str, ...]]:
        return _slips(self.words)

    @cached_property
    def _names_by_slip(self) -> Mapping[str, tuple[str, ...]]:
        return _slips(self.names)

    @cached_property
    def _pinyin_by_slip(self) -> Mapping[str, tuple[str, ...]]:
        return _slips(p for p in self.pinyin if len(p) > SHORTEST_LATIN)

    def corrections(self, word: str) -> tuple[str, ...]:
        """Return known words that sound like ``word``, else those one character off."""
        if word in self.words:
            return ()
        heard = [w for s in plain_readings(word)[:2] for w in self._by_sound.get(blur(s), ())]
        return _best(heard or _near(word, self._words_by_slip), word)

    def names_near(self, word: str) -> tuple[str, ...]:
        """Return names one character off ``word``."""
        return _best(_near(word, self._names_by_slip), word)

    def pinyin_near(self, typed: str) -> tuple[str, ...]:
        """Return readings of names one letter off ``typed``."""
        if len(typed) <= SHORTEST_LATIN or typed in self.pinyin:
            return ()
        return _best(_near(typed, self._pinyin_by_slip), typed)

    def spelled(self, typed: str) -> tuple[str, ...]:
        """Return the words that ``typed`` spells in pinyin."""
        if len(typed) < SHORTEST_LATIN:
            return ()
        return self._by_pinyin.get(typed, ())[:MOST]

    def pieces(self, word: str) -> list[str]:
        """Cut ``word`` at the known words in it, the longest first at each place."""
        found: list[str] = []
        rest, at = "", 0
        while at < len(word):
            size = next(
                (n for n in range(min(self.longest, len(word) - at), 1, -1)
                 if word[at : at + n] in self.words), 0
            )  # fmt: skip
            if size:
                found += [rest] * bool(rest) + [word[at : at + size]]
                rest = ""
            else:
                rest += word[at]
            at += size or 1
        return found + [rest] * bool(rest)


def _gather(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    gathered: dict[str, set[str]] = {}
    for key, word in pairs:
        gathered.setdefault(key, set()).add(word)
    return {key: tuple(sorted(words)) for key, words in gathered.items()}


def _cuts(word: str) -> set[str]:
    """``word`` itself and with each one character left out."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _slips(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    return _gather((cut, word) for word in words if len(word) >= SHORTEST for cut in _cuts(word))


def _near(word: str, slips: Mapping[str, tuple[str, ...]]) -> list[str]:
    if len(word) < SHORTEST:
        return []
    near = {other for cut in _cuts(word) for other in slips.get(cut, ())}
    return [other for other in near if other != word and _one_off(word, other)]


def _one_off(left: str, right: str) -> bool:
    """Tell whether one character put, dropped, changed or swapped turns one into the other.

    >>> _one_off("竺可芯", "竺可心"), _one_off("水产加工", "水产品加工"), _one_off("ab", "ba")
    (True, True, True)
    """
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _best(words: Iterable[str], asked: str) -> tuple[str, ...]:
    """At most ``MOST`` words, those of the same length and with the most in common first."""
    common = set(asked)
    return tuple(
        sorted(
            dict.fromkeys(words),
            key=lambda word: (abs(len(word) - len(asked)), -len(common & set(word)), word),
        )[:MOST]
    )
