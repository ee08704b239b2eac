"""One immutable state of a Whoosh index, read into columns and bitmaps."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from typing import Any

from whoosh.reading import TermNotFound

from search_index.columnar import Matches, Worth, match
from search_index.documents import FACETS
from search_index.engine import Filters, Hit, Hits, Sort, Suggestion, Vocabulary
from search_index.matching import Answer, relaxed, strict
from search_index.plan import Plan, Term, Why
from search_index.ranking import FIRST, RELAXED, final, rarity, story_value
from search_index.suggesting import prefixes
from search_index.whoosh_schema import read_boost

# Postings kept decoded: about 40 MB.
ROOM = 400_000


class Snapshot:
    """Everything a search reads; never changes, so that threads may share it."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 - the library ships no types
        self._reader = reader
        self._lock = threading.Lock()
        self._cache: dict[tuple[str, str], Mapping[int, float]] = {}
        self._worths: dict[Term, Worth] = {}
        self._cached = 0
        size = reader.doc_count_all()
        self.pages = [n for n in range(size) if not reader.is_deleted(n)]
        self._keys = [reader.stored_fields(n)["key"] for n in range(size)]
        self._boost = [read_boost(packed) for packed in self._column("boost")]
        self._by_newest = self._ranks("published", newest_first=True)
        self._by_name = self._ranks("sortname")
        self._live = _bitmap(self.pages, size)
        self._facets = self._read_facets()

    def _column(self, name: str) -> list[Any]:
        size = self._reader.doc_count_all()
        if not size:
            return []
        column = self._reader.column_reader(name)
        return [column[n] for n in range(size)]

    def _ranks(self, column: str, *, newest_first: bool = False) -> list[int]:
        """The place of each page in an order; equal pages stand newest first, then by key."""
        values = self._column(column)
        order = sorted(range(len(values)), key=self._keys.__getitem__)
        if newest_first:
            order.sort(key=values.__getitem__, reverse=True)
        else:
            order.sort(key=self._by_newest.__getitem__)
            order.sort(key=values.__getitem__)
        ranks = [0] * len(values)
        for rank, page in enumerate(order):
            ranks[page] = rank
        return ranks

    def _read_facets(self) -> Mapping[str, Mapping[str, int]]:
        bitmaps: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        for term in self._terms("facet"):
            facet, value = term.split(":", 1)
            pages = self._postings("facet", term)
            if pages:
                bitmaps[facet][value] = _bitmap(pages, len(self._keys))
        return bitmaps

    def _terms(self, field: str, start: str = "") -> Iterator[str]:
        for term in self._reader.expand_prefix(field, start.encode("utf8")):
            yield term.decode("utf8")

    def _postings(self, field: str, text: str) -> Mapping[int, float]:
        """The live pages of a term and its weight in each."""
        with self._lock:
            if (field, text) not in self._cache:
                if self._cached > ROOM:
                    self._cache, self._worths, self._cached = {}, {}, 0
                read = self._read(field, text)
                self._cached += len(read) + 1
                self._cache[field, text] = read
            return self._cache[field, text]

    def _read(self, field: str, text: str) -> Mapping[int, float]:
        try:
            matcher = self._reader.postings(field, text.encode("utf8"))
        except TermNotFound:
            return {}
        found: dict[int, float] = {}
        while matcher.is_active():
            found[matcher.id()] = matcher.weight()
            matcher.next()
        return found

    def worth(self, term: Term) -> Worth:
        """Return what ``term`` is worth in each page that holds it."""
        known = self._worths.get(term)
        if known is None:
            known = self._worths[term] = self._weigh(term)
        return known

    def _weigh(self, term: Term) -> Worth:
        held = self._postings("head" if term.field == "text" else term.field, term.text)
        rare = rarity(len(self.pages), len(held))
        heads = {page: rare * weight for page, weight in held.items()}
        if term.field != "text":
            return Worth(heads, heads.keys())
        told = self._postings("story", term.text)
        rare = rarity(len(self.pages), len(told))
        stories = {page: story_value(rare, count) for page, count in told.items()}
        both = stories | heads
        for page in heads.keys() & stories.keys():
            both[page] = heads[page] + stories[page]
        return Worth(both, heads.keys())

    def search(
        self, plan: Plan, filters: Filters, facets: Sequence[str], sort: Sort,
        window: tuple[int, int],
    ) -> Hits:  # fmt: skip
        """Find, filter, count and cut one page of hits in a single pass."""
        found = match(plan, self) if plan.groups else self._everything()
        every = _bitmap(found.scores, len(self._keys)) if plan.groups else self._live
        masks = {facet: self._mask(facet, wanted) for facet, wanted in filters.items() if wanted}
        kept = every
        for mask in masks.values():
            kept &= mask
        limit, offset = window
        pages = found.scores if kept == every else [p for p in found.scores if kept >> p & 1]
        top = nsmallest(limit + offset, pages, key=self._order(found, sort))[offset:]
        hits = tuple(self._hit(plan, found, page) for page in top)
        counts = {facet: self._counts(facet, every, masks) for facet in facets}
        return Hits(kept.bit_count(), hits, counts, relaxed=found.relaxed)

    def _everything(self) -> Matches:
        return Matches(dict.fromkeys(self.pages, FIRST), dict.fromkeys(self.pages, 1.0))

    def _mask(self, facet: str, wanted: Iterable[str]) -> int:
        mask = 0
        for value in wanted:
            mask |= self._facets[facet].get(value, 0)
        return mask

    def _counts(self, facet: str, every: int, masks: Mapping[str, int]) -> dict[str, int]:
        for other, mask in masks.items():
            every = every if other == facet else every & mask
        counts = {v: (every & pages).bit_count() for v, pages in self._facets[facet].items()}
        kept = ((value, count) for value, count in counts.items() if count)
        return dict(sorted(kept, key=lambda item: (-item[1], item[0])))

    def _order(self, found: Matches, sort: Sort) -> Any:  # noqa: ANN401 - a key of any order
        if sort == "newest":
            return self._by_newest.__getitem__
        if sort == "name":
            return self._by_name.__getitem__
        return lambda page: (found.tiers[page], -self._score(found, page), self._by_newest[page])

    def _score(self, found: Matches, page: int) -> float:
        return final(found.scores[page], self._boost[page])

    def _hit(self, plan: Plan, found: Matches, page: int) -> Hit:
        explain = relaxed if found.tiers[page] == RELAXED else strict
        answer: Answer | None = explain(plan, partial(self._value, page))
        reason = answer.reason if answer else None
        return Hit(self._keys[page], self._score(found, page), reason)

    def _value(self, page: int, term: Term) -> tuple[float, bool] | None:
        worth = self.worth(term)
        score = worth.scores.get(page)
        return None if score is None else (score, page in worth.heads)

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        """Return pages whose label or reading starts with ``prefix``, the surest first."""
        best: dict[int, tuple[tuple[int, int, float, str], Why]] = {}
        for rank, (field, start, why) in enumerate(prefixes(prefix)):
            exact = self._postings(field, start)
            for page in {
                p for term in self._terms(field, start) for p in self._postings(field, term)
            }:
                if page not in best:
                    key = self._keys[page]
                    best[page] = ((int(page not in exact), rank, -self._boost[page], key), why)
        top = nsmallest(limit, best.items(), key=lambda item: item[1][0])
        return tuple(Suggestion(self._keys[p], self._kind(p), why) for p, (_, why) in top)

    def _kind(self, page: int) -> str:
        return next(kind for kind, pages in self._facets["kind"].items() if pages >> page & 1)

    def vocabulary(self) -> Vocabulary:
        """Return the words of live pages; a withdrawn person's name is not among them."""
        return Vocabulary(
            tuple(self._living("label", "person:")),
            tuple(self._living("pinyin", "")),
            tuple(self._living("label", "word:")),
        )

    def _living(self, field: str, tag: str) -> Iterator[str]:
        dead = self._reader.has_deletions()
        for term in self._terms(field, tag):
            if not dead or self._postings(field, term):
                yield term[len(tag) :]


def _bitmap(pages: Iterable[int], size: int) -> int:
    marks = bytearray(size // 8 + 1)
    for page in pages:
        marks[page >> 3] |= 1 << (page & 7)
    return int.from_bytes(marks, "little")
