"""The engine for one host: a Whoosh index in a folder."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index
from whoosh.writing import LockError

from search_index import generations
from search_index.analysis import fingerprint
from search_index.documents import Document
from search_index.engine import (
    Batch,
    EngineBusy,
    EngineDamaged,
    Filters,
    Hits,
    Sort,
    Status,
    Suggestion,
    Vocabulary,
    check_request,
)
from search_index.generations import Generations, Stamp, number_of
from search_index.plan import Plan
from search_index.whoosh_schema import posting, schema
from search_index.whoosh_snapshot import Snapshot

LOCK_SECONDS = 10
MEMORY_MB = 128
PATIENCE = 5
PAUSE_SECONDS = 0.1

T = TypeVar("T")
# The generation and the moment its stamp was written: another mark, another state.
Mark = tuple[str, int]


class WhooshEngine:
    """Reads from an immutable snapshot, writes in batches, swaps whole generations.

    Writing belongs into ``flask work`` or a command, never into a web request.
    """

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._lock = threading.Lock()
        self._seen: Mark | None = None
        self._broken: tuple[Mark, EngineDamaged] | None = None
        self._trusted: frozenset[str] = frozenset()
        self._snapshot: Snapshot | None = None

    def apply(self, batch: Batch, cursor: int) -> None:
        """Write ``batch`` in one commit and remember ``cursor``, both or neither."""
        self._generations.check_room()
        path = self._generations.current()
        before = self._trustworthy(path)
        with _writer(index.open_dir(str(path))) as writer:
            # A document put twice in a batch is written once, as it was last.
            upserts = {document.key: document for document in batch.upserts}
            for key in {*batch.deletes, *upserts}:
                writer.delete_by_term("key", key)
            for document in upserts.values():
                writer.add_document(**posting(document))
        generations.seal(path, _stamp(path, cursor), before.files)

    def _trustworthy(self, path: Path) -> Stamp:
        stamp = generations.read_stamp(path)
        if stamp.analysis != fingerprint():
            raise EngineDamaged("The index was analysed by other rules; rebuild it.")
        generations.check(path, stamp, frozenset(stamp.files))
        return stamp

    def rebuild(self, documents: Iterable[Document], cursor: int) -> Status:
        """Write a new generation beside the current one, check it, and point to it."""
        self._generations.check_room()
        path = self._generations.new()
        with _writer(index.create_in(str(path), schema())) as writer:
            for document in {d.key: d for d in documents}.values():
                writer.add_document(**posting(document))
        generations.seal(path, _stamp(path, cursor))
        generations.check(path, generations.read_stamp(path))
        self._generations.point(path)
        return self.status()

    def search(
        self,
        plan: Plan,
        *,
        filters: Filters | None = None,
        facets: Sequence[str] = (),
        sort: Sort = "relevance",
        window: tuple[int, int] = (20, 0),
    ) -> Hits:
        """Return the hits of ``plan``; raise ``EngineDamaged`` when the index cannot be read."""
        check_request(filters, facets, sort, window)
        return self._read(lambda s: s.search(plan, filters or {}, facets, sort, window))

    def suggest(self, prefix: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return pages whose name, title or trade starts with ``prefix``, in 汉字 or pinyin."""
        return self._read(lambda snapshot: snapshot.suggest(prefix, limit))

    def vocabulary(self) -> Vocabulary:
        """Return the words a planner may correct to."""
        return self._read(Snapshot.vocabulary)

    def status(self) -> Status:
        """Return what the stamp tells; raise ``EngineDamaged`` when there is none."""
        path = self._generations.current()
        stamp = generations.read_stamp(path)
        return Status("whoosh", stamp.documents, stamp.cursor, stamp.analysis, number_of(path))

    def verify(self) -> Status:
        """Check every file against the stamp; raise ``EngineDamaged`` if one differs."""
        path = self._generations.current()
        generations.check(path, generations.read_stamp(path))
        return self.status()

    def _read(self, ask: Callable[[Snapshot], T]) -> T:
        mark, snapshot = self._open()
        try:
            return ask(snapshot)
        except Exception as error:
            # Whoosh meets broken bytes with any error at all; the caller answers from the database.
            damaged = EngineDamaged(f"The index cannot be read ({error!r}); rebuild it.")
            self._broken = mark, damaged
            raise damaged from error

    def _open(self) -> tuple[Mark, Snapshot]:
        """The snapshot of the newest stamp; a new stamp means a new snapshot, never a refresh.

        A state once found damaged is refused at once, so that answering from
        the database stays fast.
        """
        with self._lock:
            path = self._generations.current()
            mark = self._mark(path)
            if self._broken and self._broken[0] == mark:
                raise self._broken[1]
            if self._snapshot is None or mark != self._seen:
                self._snapshot = self._reopened(path, mark)
                self._seen = mark
            return mark, self._snapshot

    @staticmethod
    def _mark(path: Path) -> Mark:
        try:
            return path.name, (path / generations.STAMP).stat().st_mtime_ns
        except OSError as error:
            raise EngineDamaged("The index has no readable stamp; rebuild it.") from error

    def _reopened(self, path: Path, mark: Mark) -> Snapshot:
        try:
            return self._patiently(path)
        except EngineDamaged as error:
            self._broken = mark, error
            raise
        except Exception as error:
            damaged = EngineDamaged(f"The index cannot be opened ({error!r}); rebuild it.")
            self._broken = mark, damaged
            raise damaged from error

    def _patiently(self, path: Path) -> Snapshot:
        """Open ``path``; a writer between its commit and its stamp is given half a second."""
        for _ in range(PATIENCE - 1):
            try:
                return self._checked(path)
            except EngineDamaged:
                time.sleep(PAUSE_SECONDS)
        return self._checked(path)

    def _checked(self, path: Path) -> Snapshot:
        stamp = generations.read_stamp(path)
        if stamp.analysis != fingerprint():
            raise EngineDamaged("The index was analysed by other rules; rebuild it.")
        same = self._seen is not None and self._seen[0] == path.name
        generations.check(path, stamp, self._trusted if same else frozenset())
        snapshot = Snapshot(index.open_dir(str(path)).reader())
        if len(snapshot.pages) != stamp.documents:
            raise EngineDamaged(
                "The index holds another number of pages than its stamp; rebuild it."
            )
        self._trusted = frozenset(stamp.files)
        return snapshot


def _stamp(path: Path, cursor: int) -> Stamp:
    return Stamp(cursor, index.open_dir(str(path)).doc_count(), fingerprint())


@contextmanager
def _writer(opened: Any) -> Iterator[Any]:  # noqa: ANN401 - the library ships no types
    """Commit once at the end, or cancel; raise ``EngineBusy`` when another writer stays."""
    try:
        writer = opened.writer(timeout=LOCK_SECONDS, limitmb=MEMORY_MB)
    except LockError as error:
        raise EngineBusy("Another writer holds the index; nothing was written.") from error
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
