"""What a face asks: a query in plain words, answered by whichever engine is set up."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from search_index.engine import Engine, Filters, Hits, Sort, Status, Suggestion
from search_index.highlight import words_of
from search_index.lexicon import Lexicon
from search_index.plan import Plan
from search_index.planner import Planner
from search_index.synonyms import Synonyms, shipped

ENGINES = ("memory", "whoosh")


@dataclass(frozen=True, slots=True)
class Answered:
    """The hits of a query, its plan, and the words to mark in the texts of the page."""

    hits: Hits
    plan: Plan
    words: tuple[str, ...]


class Desk:
    """Plans queries with the words of the index as it stands, and runs them.

    ``synonyms`` returns those of the register; it is asked once for each
    state of the index. Every method may raise ``EngineDamaged``.
    """

    def __init__(self, engine: Engine, synonyms: Callable[[], Synonyms] = shipped) -> None:
        self.engine = engine
        self._synonyms = synonyms
        self._lock = threading.Lock()
        self._planner: tuple[Status, Planner] | None = None

    def planner(self) -> Planner:
        """Return the planner for the present state of the index."""
        status = self.engine.status()
        with self._lock:
            if self._planner is None or self._planner[0] != status:
                synonyms = self._synonyms()
                lexicon = Lexicon(self.engine.vocabulary(), synonyms)
                self._planner = status, Planner(lexicon, synonyms)
            return self._planner[1]

    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        facets: Sequence[str] = (),
        sort: Sort = "relevance",
        window: tuple[int, int] = (20, 0),
    ) -> Answered:
        """Answer ``query``; ``window`` is limit and offset; an empty query finds every page."""
        plan = self.planner().plan(query)
        hits = self.engine.search(plan, filters=filters, facets=facets, sort=sort, window=window)
        return Answered(hits, plan, words_of(plan))

    def suggest(self, prefix: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return pages to offer for what the reader has typed so far."""
        return self.engine.suggest(prefix, limit=limit)


def open_engine(name: str, folder: Path) -> Engine:
    """Return the engine called ``name`` over ``folder``; raises ValueError for another name."""
    if name == "memory":
        engine: Engine = import_module("search_index.memory").MemoryEngine()
    elif name == "whoosh":
        engine = import_module("search_index.whoosh_engine").WhooshEngine(folder)
    else:
        raise ValueError(f"There is no search engine {name}; set one of {', '.join(ENGINES)}.")
    return engine
