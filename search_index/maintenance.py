"""The work behind ``flask search``: rebuild, verify, query and judge, as plain functions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from search_index.analysis import fingerprint
from search_index.desk import Desk
from search_index.documents import Document
from search_index.engine import Batch, Engine, EngineDamaged, Hit, Status
from search_index.judging import Judgement, judge_one

BATCH = 200
CANARIES = 20

# The outbox: after a cursor, the next batch and its own cursor; None when it is empty.
Replay = Callable[[int], tuple[Batch, int] | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found; ``faults`` are whole sentences, none when all is well."""

    status: Status | None
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults


def rebuild(
    engine: Engine, documents: Iterable[Document], *, cursor: int, replay: Replay | None = None
) -> Status:
    """Build the index anew from ``documents``, read when the outbox stood at ``cursor``.

    What happened since is then taken from ``replay`` until it is empty.
    """
    engine.rebuild(documents, cursor)
    while replay and (more := replay(engine.status().cursor)):
        engine.apply(*more)
    return engine.status()


def batches(documents: Iterable[Document], size: int = BATCH) -> Iterator[Batch]:
    """Cut a stream of documents into batches an engine writes at once."""
    stream = iter(documents)
    while chunk := tuple(islice(stream, size)):
        yield Batch(upserts=chunk)


def verify(engine: Engine, documents: Iterable[Document]) -> Verdict:
    """Compare the index with ``documents``: checksums, the count, and canary queries by name."""
    try:
        status = engine.status()
        if hasattr(engine, "verify"):
            engine.verify()
        return Verdict(status, tuple(_faults(engine, status, list(documents))))
    except EngineDamaged as error:
        return Verdict(None, (str(error),))


def _faults(engine: Engine, status: Status, documents: Sequence[Document]) -> Iterator[str]:
    if status.analysis != fingerprint():
        yield "The index was analysed by other rules; rebuild it."
    if status.documents != len(documents):
        yield f"The index holds {status.documents} pages, the database {len(documents)}."
    desk = Desk(engine)
    named = [document for document in documents if document.name]
    for document in named[:: max(1, len(named) // CANARIES)]:
        hits = desk.search(document.name, window=(len(named), 0)).hits.hits
        if document.key not in {hit.key for hit in hits}:
            yield f"The page {document.key} is not found by the name it carries."


def query(desk: Desk, text: str, *, limit: int = 10) -> list[str]:
    """Answer ``text`` in lines for a terminal: place, score, key and reason."""
    hits = desk.search(text, window=(limit, 0)).hits
    lines = [f"{place}. {_line(hit)}" for place, hit in enumerate(hits.hits, start=1)]
    return [f"{hits.total} found" + " (relaxed)" * hits.relaxed, *lines]


def _line(hit: Hit) -> str:
    reason = f"{hit.reason.why}: {hit.reason.asked} = {hit.reason.found}" if hit.reason else "-"
    return f"{hit.score:8.2f}  {hit.key}  {reason}"


def judge(
    desk: Desk, judged: Iterable[tuple[str, str, Mapping[str, int]]]
) -> Mapping[str, Judgement]:
    """Score (class, query, grade by key) triples; return the mean for each class and ``ALL``."""
    scores: dict[str, list[Judgement]] = {}
    for kind, text, grades in judged:
        found = [hit.key for hit in desk.search(text, window=(10, 0)).hits.hits]
        one = judge_one(found, grades)
        for name in (kind, "ALL"):
            scores.setdefault(name, []).append(one)
    return {name: Judgement.mean(many) for name, many in sorted(scores.items())}
