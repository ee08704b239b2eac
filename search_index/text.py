"""Fold text and cut it into the words an index keeps."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
RUNS = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:[.\-/+][a-z0-9]+)*")
CODE = r"[a-z0-9]+(?:[.\-/+][a-z0-9]+)*"
SEAMS = re.compile(rf"(?=(?<![a-z0-9])(?P<right>{CODE}[{HAN}]))|(?=(?P<left>[{HAN}]{CODE}))")
PARTS = re.compile(r"[a-z]+|[0-9]+")
IS_HAN = re.compile(rf"[{HAN}]+")
# Words of grammar: they stand in every story and tell nothing.
STOP = frozenset("的了在和也把对为与让就又都很更被从向并将等着这那是他她它")


@cache
def _converter() -> Any:  # noqa: ANN401 - the library ships no types
    return import_module("opencc").OpenCC("t2s")


@cache
def _segmenter() -> Any:  # noqa: ANN401 - the library ships no types
    return import_module("rjieba").Jieba()


def fold(text: str) -> str:
    """Return ``text`` in half width, lower case and simplified characters.

    >>> fold("ＰＬＣ養老")
    'plc养老'
    """
    narrow = unicodedata.normalize("NFKC", text).lower()
    return str(_converter().convert(narrow)) if not narrow.isascii() else narrow


def is_han(text: str) -> bool:
    """Tell whether folded ``text`` is Chinese characters only.

    >>> is_han("焊工"), is_han("6g")
    (True, False)
    """
    return bool(IS_HAN.fullmatch(text))


def runs(folded: str) -> list[str]:
    """Split folded text at punctuation and at each change between Chinese and Latin.

    >>> runs("管道6g位置，ra0.4")
    ['管道', '6g', '位置', 'ra0.4']
    """
    return RUNS.findall(folded)


def seams(folded: str) -> list[str]:
    """List each Latin run joined with the one Chinese character it touches.

    >>> seams("管道6g位置，ra0.4")
    ['道6g', '6g位']
    """
    return [found["left"] or found["right"] for found in SEAMS.finditer(folded)]


def grams(run: str) -> list[str]:
    """List each pair of neighbours in ``run``.

    >>> grams("护理员")
    ['护理', '理员']
    """
    return [run[i : i + 2] for i in range(len(run) - 1)]


def document_words(folded: str) -> Iterator[str]:
    """Yield the words of a document: long words with the short ones inside them.

    Characters no dictionary joins are yielded alone and as pairs, so that
    rare words (鱼鲞, 鳓鱼) are found whole; seams keep codes beside their words.
    """
    yield from seams(folded)
    for run in runs(folded):
        if is_han(run):
            yield from _paired(_segmenter().cut_for_search(run, hmm=False))
        else:
            yield run
            parts = PARTS.findall(run)
            if len(parts) > 1:
                yield from (part for part in parts if len(part) > 1)


def _paired(tokens: list[str]) -> Iterator[str]:
    before = ""
    for token in tokens:
        alone = len(token) == 1
        if not alone or token not in STOP:
            yield token
        if alone and before:
            yield before + token
        before = token if alone else ""


def query_words(folded: str) -> list[str]:
    """List the fewest words that together stand for ``folded`` in a query.

    >>> query_words("鱼鲞皇后")
    ['鱼鲞', '皇后']
    """
    found: list[str] = []
    for run in runs(folded):
        found += _joined(_segmenter().cut(run, hmm=False)) if is_han(run) else [run]
    return list(dict.fromkeys(found))


def _joined(tokens: list[str]) -> Iterator[str]:
    """Join neighbours no dictionary joins into pairs, as ``document_words`` does."""
    alone = ""
    for token in [*tokens, ""]:
        if len(token) == 1:
            alone += token
            continue
        if len(alone) > 1:
            yield from grams(alone)
        elif alone and alone not in STOP:
            yield alone
        alone = ""
        if token:
            yield token


def is_word(text: str) -> bool:
    """Tell whether a dictionary of the language knows folded ``text``."""
    return bool(_segmenter().has_word(text))
