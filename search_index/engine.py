"""The one protocol all engines speak, and what they answer with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search_index.documents import FACETS, Document
from search_index.plan import Plan, Why

Filters = Mapping[str, Sequence[str]]
Sort = Literal["relevance", "newest", "name"]


class EngineDamaged(Exception):
    """The index is missing or cannot be trusted; answer from the database and rebuild."""


class EngineBusy(Exception):
    """Another writer holds the index; nothing was written, try again."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page was found: ``asked`` is the reader's word, ``found`` what answered it."""

    why: Why
    asked: str
    found: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One found page; the caller reads its row, and whether it may be shown, by ``key``."""

    key: str
    score: float
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits, the exact total, and counts of facet values under the other filters.

    ``relaxed`` tells that some of the hits lack a word of the query.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page to offer while the reader types."""

    key: str
    kind: str
    why: Why


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes for the index: documents to put and keys to drop."""

    upserts: tuple[Document, ...] = ()
    deletes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index; ``cursor`` is the last outbox row it holds."""

    engine: str
    documents: int
    cursor: int
    analysis: str
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole words an index holds: people, their readings, and trades, towns, honours ..."""

    names: tuple[str, ...]
    pinyin: tuple[str, ...]
    words: tuple[str, ...]


class Engine(Protocol):
    """An index of public pages."""

    def apply(self, batch: Batch, cursor: int) -> None:
        """Write ``batch`` and remember ``cursor``, both or neither."""

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

    def suggest(self, prefix: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return pages whose name, title or trade starts with ``prefix``, in 汉字 or pinyin."""

    def vocabulary(self) -> Vocabulary:
        """Return the words a planner may correct to."""

    def status(self) -> Status:
        """Return what the index holds; raise ``EngineDamaged`` when it cannot tell."""

    def rebuild(self, documents: Iterable[Document], cursor: int) -> Status:
        """Replace the whole index by ``documents``; readers see the old one until the end."""


def check_request(
    filters: Filters | None, facets: Sequence[str], sort: str, window: tuple[int, int]
) -> None:
    """Refuse with ValueError a request no engine could answer."""
    unknown = sorted({*(filters or {}), *facets} - set(FACETS))
    if unknown:
        raise ValueError(f"There is no facet named {', '.join(unknown)}; nothing was searched.")
    if sort not in {"relevance", "newest", "name"}:
        raise ValueError(f"There is no order named {sort}; nothing was searched.")
    if min(window) < 0:
        raise ValueError("A page of hits needs a limit and an offset of at least 0.")
