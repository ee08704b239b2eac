"""Read a query: split it, and list for each word what would answer it."""

import itertools
import re

from search_index.lexicon import Lexicon
from search_index.names import blur, fold_latin, looks_like_name, plain_readings, readings
from search_index.plan import Alternative, Group, Plan, Term, Why
from search_index.synonyms import Synonyms, generic_words
from search_index.text import fold, grams, is_han, is_word, query_words, runs, seams

MAX_LENGTH = 80
MAX_WORDS = 8
MAX_ALTERNATIVES = 24
SEPARATORS = re.compile(r"[\s,;:|/\"'“”‘’《》「」、。!?()\[\]<>]+")
LATIN = re.compile(r"[a-zv'üǖǘǚǜāáǎàēéěèīíǐìōóǒòūúǔù-]+")

NAME, PINYIN, HOMOPHONE, INITIALS, SOUND, HEARD, SLIP = 12.0, 12.0, 3.0, 8.0, 4.0, 2.0, 2.0
WORD, PAIRS, SYNONYM, CORRECTION = 1.0, 0.9, 0.8, 0.6
NAME_LENGTHS = range(2, 5)
INITIALS_LENGTHS = range(2, 5)


class Planner:
    """Plans queries against the words one state of the index knows."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms) -> None:
        self.lexicon = lexicon
        self.synonyms = synonyms

    def plan(self, query: str) -> Plan:
        """Return the plan of ``query``; text past ``MAX_LENGTH`` characters is not read."""
        folded = fold(query.strip()[:MAX_LENGTH])
        words = list(dict.fromkeys(filter(None, SEPARATORS.split(folded))))[:MAX_WORDS]
        groups = [group for word in words if (group := self._group(word)).alternatives]
        joined = "".join(words)
        whole = self._person(joined) if len(words) > 1 else []
        return Plan(folded.strip(), tuple(_soften(groups)), tuple(whole))

    def _group(self, word: str) -> Group:
        found = [*self._person(word), *self._text(word), *self._mistyped(word)]
        kept: dict[tuple[Term, ...], Alternative] = {}
        for each in found:
            if each.terms and (each.terms not in kept or kept[each.terms].weight < each.weight):
                kept[each.terms] = each
        return Group(word, tuple(kept.values())[:MAX_ALTERNATIVES])

    def _text(self, word: str) -> list[Alternative]:
        """The word itself, then with its pieces replaced by their synonyms."""
        own = _own(word)
        pieces = self.lexicon.pieces(word)
        options = [(piece, *self.synonyms.others.get(piece, ())) for piece in pieces]
        swapped = [
            _all_of("".join(chosen), SYNONYM, Why.SYNONYM, terms=_terms_of(chosen))
            for chosen in itertools.islice(itertools.product(*options), MAX_ALTERNATIVES)
            if list(chosen) != pieces
        ]
        apart = [_all_of(word, WORD, Why.WORD, terms=_terms_of(pieces))] if len(pieces) > 1 else []
        kept = [each for each in swapped if not _says_more(each, own[0])]
        return [*own, *apart, *kept]

    def _mistyped(self, word: str) -> list[Alternative]:
        if LATIN.fullmatch(word):
            meant = self.lexicon.spelled(fold_latin(word))
            return [_all_of(each, SYNONYM, Why.PINYIN) for each in meant]
        if len(word) < NAME_LENGTHS.start or is_word(word):
            return []
        return [
            _all_of(each, CORRECTION, Why.CORRECTION, sure=False)
            for each in self.lexicon.corrections(word)
        ]

    def _person(self, word: str) -> list[Alternative]:
        if LATIN.fullmatch(word):
            return self._person_latin(fold_latin(word))
        if not is_han(word) or len(word) > NAME_LENGTHS[-1]:
            return []
        return [*_named(word), *self._person_heard(word), *self._person_slip(word)]

    def _person_latin(self, typed: str) -> list[Alternative]:
        if typed not in self.lexicon.pinyin:
            # Passports write ü as yu: Lyu, Nyu.
            passport = typed.replace("lyu", "lv").replace("nyu", "nv")
            typed = passport if passport in self.lexicon.pinyin else typed
        found = [_person("pinyin", typed, PINYIN, Why.PINYIN)]
        if len(typed) in INITIALS_LENGTHS:
            found.append(_person("initials", typed, INITIALS, Why.INITIALS))
        if len(typed) > INITIALS_LENGTHS.start:
            found.append(_person("folded", blur(typed), SOUND, Why.SOUND))
        near = self.lexicon.pinyin_near(typed)
        return found + [_person("pinyin", each, SLIP, Why.CORRECTION) for each in near]

    def _person_heard(self, word: str) -> list[Alternative]:
        if len(word) not in NAME_LENGTHS:
            return []
        sounds = readings(word) if looks_like_name(word) else ()
        known = [s for s in dict.fromkeys((*sounds, *plain_readings(word))) if s]
        exact = [_person("pinyin", s, HOMOPHONE, Why.HOMOPHONE) for s in known
                 if s in self.lexicon.pinyin]  # fmt: skip
        blurred = dict.fromkeys(blur(s) for s in known)
        return exact + [_person("folded", s, HEARD, Why.SOUND) for s in blurred]

    def _person_slip(self, word: str) -> list[Alternative]:
        return [_person("name", n, SLIP, Why.CORRECTION) for n in self.lexicon.names_near(word)]


def _person(field: str, text: str, weight: float, why: Why) -> Alternative:
    term = Term(field, text)  # type: ignore[arg-type]
    return Alternative((term,), weight, why, text, sure=weight >= INITIALS)


def _named(word: str) -> list[Alternative]:
    return [_person("name", word, NAME, Why.NAME)]


def _own(word: str) -> list[Alternative]:
    terms = query_words(word)
    pairs = [
        p for run in runs(word) for p in (grams(run) if is_han(run) and len(run) > 1 else [run])
    ]
    own = [_all_of(word, WORD, Why.WORD, terms=terms)]
    if joints := seams(word):
        # Holds the same words side by side: finds nothing more, but ranks it higher.
        own.append(_all_of(word, WORD, Why.WORD, terms=[*terms, *joints]))
    return own if pairs == terms else [*own, _all_of(word, PAIRS, Why.WORD, terms=pairs)]


def _all_of(
    found: str, weight: float, why: Why, *, terms: list[str] | None = None, sure: bool = True
) -> Alternative:
    texts = dict.fromkeys(query_words(found) if terms is None else terms)
    return Alternative(tuple(Term("text", text) for text in texts), weight, why, found, sure=sure)


def _says_more(each: Alternative, own: Alternative) -> bool:
    """Tell whether ``each`` only narrows ``own``: it finds nothing new and would score higher."""
    return set(each.terms) >= set(own.terms)


def _terms_of(pieces: list[str] | tuple[str, ...]) -> list[str]:
    return [term for piece in pieces for term in query_words(piece)]


def _soften(groups: list[Group]) -> list[Group]:
    """Let generic words rank but not restrict, unless the query has nothing else."""
    generic = [group.asked in generic_words() for group in groups]
    if all(generic):
        return groups
    return [
        Group(group.asked, group.alternatives, optional=True) if soft else group
        for group, soft in zip(groups, generic, strict=True)
    ]
