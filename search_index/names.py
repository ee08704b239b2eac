"""How a Chinese name is read: pinyin with the surname first, initials, slugs."""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from search_index.text import fold, is_han

DATA = Path(__file__).parent / "data"
MAX_READINGS = 8

FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))
LOOSE = re.compile(r"[^a-z0-9]+")


@cache
def surnames() -> Mapping[str, tuple[str, ...]]:
    """Map surnames that are read otherwise than as a word, or have two characters."""
    rows = (DATA / "surnames.tsv").read_text(encoding="utf8").splitlines()[1:]
    return {name: tuple(read.split()) for name, read in (row.split("\t") for row in rows)}


@cache
def _common() -> frozenset[str]:
    singles = (DATA / "common_surnames.txt").read_text(encoding="utf8")
    return frozenset("".join(singles.split())) | frozenset(surnames())


@cache
def _pypinyin() -> Any:  # noqa: ANN401 - the library ships no types
    return import_module("pypinyin")


def split_name(name: str) -> tuple[str, str]:
    """Split a Chinese name into surname and given name.

    >>> split_name("钟离秋"), split_name("单雪琴")
    (('钟离', '秋'), ('单', '雪琴'))
    """
    width = 2 if len(name) > 2 and name[:2] in surnames() else 1  # noqa: PLR2004 - two characters
    return name[:width], name[width:]


def looks_like_name(word: str) -> bool:
    """Tell whether folded ``word`` could be a whole Chinese name, by length and surname."""
    return is_han(word) and 2 <= len(word) <= 4 and (word[0] in _common() or word[:2] in _common())  # noqa: PLR2004 - a name has two to four characters


def _primary(text: str) -> list[str]:
    return [fold_latin(part) for part in _pypinyin().lazy_pinyin(text)] if text else []


def _variants(text: str) -> list[tuple[str, ...]]:
    """All readings of ``text``, the one its words suggest first, at most ``MAX_READINGS``."""
    primary = tuple(_primary(text))
    if len(primary) != len(text):
        return [primary]
    style = _pypinyin().Style.NORMAL
    each = [
        list(dict.fromkeys([first, *(fold_latin(r) for r in _all(char, style))]))[:3]
        for char, first in zip(text, primary, strict=True)
    ]
    return list(itertools.islice(itertools.product(*each), MAX_READINGS))


def _all(char: str, style: object) -> list[str]:
    return list(_pypinyin().pinyin(char, heteronym=True, style=style)[0])


def _surname(surname: str) -> tuple[str, ...]:
    return surnames().get(surname) or tuple(_primary(surname))


@lru_cache(maxsize=20_000)
def syllables(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read ``name`` once: the syllables of the surname and of the given name, toneless."""
    folded = fold(name).replace(" ", "")
    if not is_han(folded):
        return (), (fold_latin(folded),)
    surname, given = split_name(folded)
    return _surname(surname), tuple(_primary(given))


@lru_cache(maxsize=20_000)
def readings(name: str) -> tuple[str, ...]:
    """List the joined pinyin readings of ``name``, the best first, at most eight.

    >>> readings("单雪琴")[0], readings("解放军")[0]
    ('shanxueqin', 'xiefangjun')
    """
    folded = fold(name)
    if not is_han(folded):
        return (fold_latin(folded),)
    surname, given = split_name(folded)
    first = "".join(_surname(surname))
    found = dict.fromkeys(first + "".join(rest) for rest in _variants(given))
    return tuple(found)[:MAX_READINGS]


@lru_cache(maxsize=20_000)
def misreadings(name: str) -> tuple[tuple[str, ...], ...]:
    """List, as syllables, how strangers may read ``name`` who do not know its surname.

    >>> ("dan", "xue", "qin") in misreadings("单雪琴")
    True
    """
    folded = fold(name)
    if not is_han(folded):
        return ()
    surname, given = split_name(folded)
    right, rest = _surname(surname), tuple(_primary(given))
    return tuple((*other, *rest) for other in _variants(surname) if other != right)


@lru_cache(maxsize=20_000)
def plain_readings(text: str) -> tuple[str, ...]:
    """List the joined readings of ``text`` as words, without the surname table."""
    return tuple(dict.fromkeys("".join(each) for each in _variants(fold(text))))


def initials(name: str) -> str:
    """Return the first letters of the syllables of ``name``.

    >>> initials("查国梁"), initials("钟离秋")
    ('zgl', 'zlq')
    """
    surname, given = syllables(name)
    return "".join(part[0] for part in (*surname, *given) if part)


def fold_latin(text: str) -> str:
    """Return pinyin as typed without tones, spaces or capitals; ü becomes v.

    >>> fold_latin("Lǚ Xuě-qín")
    'lvxueqin'
    """
    parts = unicodedata.normalize("NFD", text.lower().replace("ü", "v"))
    parts = re.sub("u[\u0304\u0301\u030c\u0300]?\u0308[\u0304\u0301\u030c\u0300]?", "v", parts)
    return LOOSE.sub("", "".join(c for c in parts if not unicodedata.combining(c)))


def blur(pinyin: str) -> str:
    """Return pinyin as a southern ear hears it: zh = z, ch = c, sh = s, ng = n.

    >>> blur("zhangdaming") == blur("zangdamin")
    True
    """
    for precise, loose in FOLDS:
        pinyin = pinyin.replace(precise, loose)
    return pinyin


def sort_key_pinyin(name: str) -> str:
    """Return a key that sorts names as a Chinese register does: by pinyin, then by character.

    >>> sorted(["张三", "曾四", "安五"], key=sort_key_pinyin)
    ['安五', '曾四', '张三']
    """
    surname, given = syllables(name)
    return " ".join(("".join(surname), *given, fold(name)))


def slug_for(name: str) -> str:
    """Return the toneless pinyin slug of a person's name: surname, hyphen, given name.

    >>> slug_for("单雪琴"), slug_for("钟离秋")
    ('shan-xueqin', 'zhongli-qiu')
    """
    if not is_han(fold(name)):
        return "-".join(part for part in re.split(r"[^a-z0-9]+", fold(name)) if part)
    surname, given = syllables(name)
    return "-".join(part for part in ("".join(surname), "".join(given)) if part)
