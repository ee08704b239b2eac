"""Words of the trades that mean the same; the register hands in its own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search_index.text import fold

DATA = Path(__file__).parent / "data"
QUALIFIER = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Synonyms:
    """Each known word with the others of its sets, all folded."""

    others: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, *registers: Mapping[str, Iterable[str]]) -> "Synonyms":
        """Join registers that map a trade to its other names.

        >>> Synonyms.of({"焊工（船舶）": ["电焊工"]}).others["电焊工"]
        ('焊工(船舶)', '焊工')
        """
        others: dict[str, dict[str, None]] = {}
        for register in registers:
            for canonical, names in register.items():
                ring = dict.fromkeys(_forms([canonical, *names]))
                for word in ring:
                    others.setdefault(word, {}).update(ring)
        return cls({w: tuple(o for o in ring if o != w) for w, ring in others.items()})


def _forms(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        folded = fold(word).strip()
        yield from filter(None, (folded, QUALIFIER.sub("", folded).strip()))


@cache
def shipped() -> Synonyms:
    """Return the synonyms that come with the product, from data/synonyms.tsv."""
    return Synonyms.of(read_table(DATA / "synonyms.tsv"))


def read_table(path: Path) -> Mapping[str, list[str]]:
    """Read a table of ``trade<TAB>synonym|synonym``; raises ValueError naming a bad line."""
    register: dict[str, list[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines()[1:], start=2):
        parts = line.split("\t")
        if len(parts) != 2 or not all(part.strip() for part in parts):  # noqa: PLR2004 - two columns
            raise ValueError(f"Line {number} of {path.name} is not a trade and its synonyms.")
        register.setdefault(parts[0], []).extend(parts[1].split("|"))
    return register


@cache
def generic_words() -> frozenset[str]:
    """Return words that suit every page of the site: they rank, they do not restrict."""
    return frozenset((DATA / "generic_words.txt").read_text(encoding="utf8").split())
