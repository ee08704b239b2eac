"""Measure the search: rebuild, one batch, and the time of a query at a given size.

Run: python -m bench.search [PAGES]
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from search_index.desk import Desk
from search_index.documents import FACETS
from search_index.engine import Batch
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.judged.corpus import document, judged, people

ROUNDS = 5


def main(size: int) -> None:
    """Print the times for an index of ``size`` pages, in milliseconds unless said otherwise."""
    everyone = list(people(size))
    documents = [document(facts) for facts in everyone]
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        started = time.perf_counter()
        engine.rebuild(documents, cursor=0)
        print(f"rebuild of {size} pages: {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        engine.apply(Batch(upserts=tuple(documents[:200])), cursor=1)
        print(f"batch of {min(size, 200)} pages: {time.perf_counter() - started:.2f} s")
        desk = Desk(engine)
        started = time.perf_counter()
        desk.planner()
        print(f"open and learn words: {(time.perf_counter() - started) * 1000:.0f}")
        queries = [q for _, q, _ in judged("queries.shared.json", everyone)]
        report("first time", [timed(desk, query) for query in queries])
        report("again", [timed(desk, query) for query in queries * ROUNDS])


def timed(desk: Desk, query: str) -> float:
    """Return the milliseconds of one query with its facets and a filter."""
    started = time.perf_counter()
    filters = {"level": ["技师", "高级技师", "首席技师"]}
    desk.search(query, facets=FACETS[:3], filters=filters)
    return (time.perf_counter() - started) * 1000


def report(name: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the worst."""
    times = sorted(times)
    p95 = times[int(len(times) * 0.95)]
    print(f"query, {name}: p50 {median(times):.2f}, p95 {p95:.2f}, worst {times[-1]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
