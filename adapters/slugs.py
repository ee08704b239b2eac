"""Slugs: the readable last part of an address, from a Chinese or Latin name."""

import re
import unicodedata

from pypinyin import lazy_pinyin

LONGEST = 48


def slug_of(text: str, *, longest: int = LONGEST) -> str:
    """Write a name in toneless pinyin with hyphens, cut at a syllable.

    >>> slug_of("粮油储运 2026"), slug_of("“一老一小”照护")
    ('liang-you-chu-yun-2026', 'yi-lao-yi-xiao-zhao-hu')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    kept = ""
    for syllable in re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(plain)), re.ASCII):
        longer = f"{kept}-{syllable}" if kept else syllable[:longest]
        if len(longer) > longest:
            break
        kept = longer
    return kept
