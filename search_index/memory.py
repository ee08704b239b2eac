"""The reference engine: every page scored in turn, in plain steps. It defines the semantics."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from search_index.analysis import bags, fingerprint, sort_columns
from search_index.documents import Document, facet_values
from search_index.engine import (
    Batch,
    Filters,
    Hit,
    Hits,
    Sort,
    Status,
    Suggestion,
    Vocabulary,
    check_request,
)
from search_index.matching import Answer, Value, relaxed, strict
from search_index.plan import Plan, Term, Why
from search_index.ranking import RELAX_BELOW, final, rarity, story_value
from search_index.suggesting import prefixes

Match = Callable[[Plan, Value], Answer | None]


class MemoryEngine:
    """Pages in a dictionary; for tests and for a handful of pages."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._bags: dict[str, Mapping[str, Mapping[str, float]]] = {}
        self._held: dict[tuple[str, str], int] = {}
        self._cursor = 0

    def apply(self, batch: Batch, cursor: int) -> None:
        """Put and drop pages, and remember ``cursor``."""
        for key in batch.deletes:
            self._documents.pop(key, None)
            self._bags.pop(key, None)
        for document in batch.upserts:
            self._documents[document.key] = document
            self._bags[document.key] = bags(document)
        self._held, self._cursor = {}, cursor

    def rebuild(self, documents: Iterable[Document], cursor: int) -> Status:
        """Forget everything, then put ``documents``."""
        self._documents, self._bags = {}, {}
        self.apply(Batch(upserts=tuple(documents)), cursor)
        return self.status()

    def status(self) -> Status:
        """Return what the index holds."""
        return Status("memory", len(self._documents), self._cursor, fingerprint())

    def vocabulary(self) -> Vocabulary:
        """Return the words a planner may correct to."""
        labels = {label for bag in self._bags.values() for label in bag["label"]}
        spoken = {sound for bag in self._bags.values() for sound in bag["pinyin"]}
        tagged = [label.split(":", 1) for label in sorted(labels)]
        names = tuple(text for tag, text in tagged if tag == "person")
        words = tuple(text for tag, text in tagged if tag == "word")
        return Vocabulary(names, tuple(sorted(spoken)), words)

    def suggest(self, prefix: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return pages whose label or reading starts with ``prefix``, the surest first."""
        ranked: dict[str, tuple[tuple[int, int, float, str], Why]] = {}
        for rank, (field, start, why) in enumerate(prefixes(prefix)):
            for key, bag in self._bags.items():
                terms = [term for term in bag[field] if term.startswith(start)]
                if terms and key not in ranked:
                    inexact = int(start not in terms)
                    boost = self._documents[key].boost
                    ranked[key] = ((inexact, rank, -boost, key), why)
        best = sorted(ranked.items(), key=lambda item: item[1][0])[:limit]
        return tuple(Suggestion(k, self._documents[k].kind, why) for k, (_, why) in best)

    def search(
        self,
        plan: Plan,
        *,
        filters: Filters | None = None,
        facets: Sequence[str] = (),
        sort: Sort = "relevance",
        window: tuple[int, int] = (20, 0),
    ) -> Hits:
        """Return the hits of ``plan``; ``window`` is limit and offset."""
        check_request(filters, facets, sort, window)
        found = self._answers(strict, plan)
        exact = len(found)
        if plan.groups and exact < RELAX_BELOW:
            found = {**self._answers(relaxed, plan), **found}
        kept = [key for key in found if self._passes(key, filters or {})]
        limit, offset = window
        page = self._ordered(kept, found, sort)[offset : offset + limit]
        hits = tuple(Hit(key, self._score(found, key), found[key].reason) for key in page)
        counts = {facet: self._counts(facet, found, filters or {}) for facet in facets}
        return Hits(len(kept), hits, counts, relaxed=len(found) > exact)

    def _answers(self, match: Match, plan: Plan) -> dict[str, Answer]:
        found = {key: match(plan, partial(self._value, key)) for key in self._bags}
        return {key: answer for key, answer in found.items() if answer}

    def _score(self, found: Mapping[str, Answer], key: str) -> float:
        return final(found[key].score, self._documents[key].boost)

    def _ordered(self, keys: list[str], found: Mapping[str, Answer], sort: Sort) -> list[str]:
        columns = {key: sort_columns(self._documents[key]) for key in keys}
        keys = sorted(sorted(keys), key=lambda key: columns[key][0], reverse=True)
        if sort == "name":
            return sorted(keys, key=lambda key: columns[key][1])
        if sort == "relevance":
            return sorted(keys, key=lambda key: (found[key].tier, -self._score(found, key)))
        return keys

    def _passes(self, key: str, filters: Filters, but: str = "") -> bool:
        held = facet_values(self._documents[key])
        return all(
            not wanted or set(wanted) & set(held[facet])
            for facet, wanted in filters.items()
            if facet != but
        )

    def _counts(self, facet: str, found: Iterable[str], filters: Filters) -> dict[str, int]:
        counts: dict[str, int] = {}
        for key in found:
            if self._passes(key, filters, but=facet):
                for value in facet_values(self._documents[key])[facet]:
                    counts[value] = counts.get(value, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _rarity(self, field: str, text: str) -> float:
        if (field, text) not in self._held:
            holding = sum(text in bag[field] for bag in self._bags.values())
            self._held[field, text] = holding
        return rarity(len(self._bags), self._held[field, text])

    def _value(self, key: str, term: Term) -> tuple[float, bool] | None:
        """What ``term`` is worth in a page, and whether its head says so."""
        bag = self._bags[key]
        head = "head" if term.field == "text" else term.field
        worth = 0.0
        if term.text in bag[head]:
            worth += self._rarity(head, term.text) * bag[head][term.text]
        if term.field == "text" and term.text in bag["story"]:
            worth += story_value(self._rarity("story", term.text), bag["story"][term.text])
        return (worth, term.text in bag[head]) if worth else None
