"""Turn a document into the weighted terms an index keeps, the same for every engine."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from search_index.documents import Document
from search_index.names import blur, initials, misreadings, readings, sort_key_pinyin, syllables
from search_index.text import document_words, fold, grams, is_han, runs

Bag = dict[str, float]

FIELDS = ("head", "story", "name", "pinyin", "initials", "folded", "label")
STORY_CAP = 4
# Weights are multiples of 1/16, so that a 32-bit float keeps them exactly.
PAIR_SHARE = 0.5
PART_SHARE = 0.5
HINT_SHARE = 0.25


def _head_parts(document: Document) -> Iterable[tuple[str, float]]:
    yield document.trade, 3.0
    yield document.town, 2.0
    yield from ((honour, 2.0) for honour in document.honours)
    yield from ((theme, 1.0) for theme in document.themes)
    yield document.title, 1.0
    yield document.employer, 1.0
    yield document.family, 1.5
    yield document.level, 1.0
    yield document.name, 0.5
    yield str(document.year or ""), 0.5


def _keep(bag: Bag, term: str, weight: float) -> None:
    if weight > bag.get(term, 0.0):
        bag[term] = weight


def head_bag(document: Document) -> Bag:
    """Weigh the words of the facts; pairs of characters stand in for words cut otherwise."""
    bag: Bag = {}
    for value, weight in _head_parts(document):
        folded = fold(value)
        for word in document_words(folded):
            _keep(bag, word, weight)
        for run in runs(folded):
            for pair in grams(run) if is_han(run) else []:
                _keep(bag, pair, weight * PAIR_SHARE)
    return bag


def story_bag(document: Document) -> Bag:
    """Count the words of the story, each at most ``STORY_CAP`` times."""
    bag: Bag = {}
    for word in document_words(fold(document.text)):
        bag[word] = min(bag.get(word, 0.0) + 1.0, STORY_CAP)
    return bag


def name_bag(document: Document) -> Bag:
    """Weigh the whole name, its pairs and its single characters."""
    name = fold(document.name).replace(" ", "")
    bag: Bag = {}
    if name:
        _keep(bag, name, 1.0)
        for pair in grams(name):
            _keep(bag, pair, PART_SHARE)
        for char in name if is_han(name) else "":
            _keep(bag, char, HINT_SHARE)
    return bag


def pinyin_bag(document: Document) -> Bag:
    """Weigh every reading of the name, its given name and surname alone, and misreadings."""
    if not document.name:
        return {}
    bag: Bag = dict.fromkeys(readings(document.name), 1.0)
    surname, given = syllables(document.name)
    if surname and given:
        _keep(bag, "".join(given), PART_SHARE)
        _keep(bag, "".join(surname), HINT_SHARE)
    for other in misreadings(document.name):
        _keep(bag, "".join(other), HINT_SHARE)
    return bag


def initials_bag(document: Document) -> Bag:
    """Weigh the initials of the name as it is read, then as strangers may read it."""
    if not document.name:
        return {}
    bag: Bag = {initials(document.name): 1.0}
    for other in misreadings(document.name):
        _keep(bag, "".join(part[0] for part in other), PART_SHARE)
    return bag


def _labels(document: Document) -> Iterable[str]:
    yield "person:" + fold(document.name) if document.name else ""
    for value in (document.trade, document.town, document.employer, *document.honours):
        yield "word:" + fold(value) if value else ""
    yield from ("word:" + fold(theme) for theme in document.themes)
    yield "title:" + fold(document.title) if document.title else ""


def bags(document: Document) -> Mapping[str, Bag]:
    """Return the weighted terms of ``document`` for each of ``FIELDS``."""
    sounds = pinyin_bag(document)
    return {
        "head": head_bag(document),
        "story": story_bag(document),
        "name": name_bag(document),
        "pinyin": sounds,
        "initials": initials_bag(document),
        "folded": {blur(sound): weight for sound, weight in reversed(sounds.items())},
        "label": dict.fromkeys(filter(None, _labels(document)), 1.0),
    }


def sort_columns(document: Document) -> tuple[str, str]:
    """Return the day of publication (ISO) and the pinyin key of the name or title."""
    day = document.published.isoformat() if document.published else ""
    return day, sort_key_pinyin(document.name or document.title)


@cache
def fingerprint() -> str:
    """Return a digest that changes when documents would be analysed otherwise.

    An index with another fingerprint needs a rebuild.
    """
    digest = hashlib.sha256()
    for name in ("analysis.py", "names.py", "text.py", "data/surnames.tsv"):
        digest.update((Path(__file__).parent / name).read_bytes())
    for library in ("rjieba", "opencc", "pypinyin"):
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]
