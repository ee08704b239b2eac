"""Measure the office's pages over the big contest: statements and server time of each.

Run: python -m bench.registration
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from bench.large import ENTRIES, Large, browser, fill
from models.entries import Entry
from rules.states import EntryState
from web.catalogues import build
from web.db import db
from web.settings import Settings
from wsgi import create_app  # noqa: TID251  # a measurement stands outside the house

ROUNDS = 40
MOST_STATEMENTS, MOST_MS = 15, 150
SMALL = 500


def main() -> None:
    """Measure a small and the large contest; print each page beside what it may cost."""
    build()
    times = {size: measure(size) for size in (SMALL, ENTRIES)}
    for name in times[ENTRIES]:
        ratio = times[ENTRIES][name] / times[SMALL][name]
        print(f"{name}: {ratio:.1f} times as long for {ENTRIES // SMALL} times the entries")


def measure(size: int) -> dict[str, float]:
    """Print statements, p50 and p95 of every page; return the medians by name."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            secret_key="bench only",  # noqa: S106  # signs nothing that lasts
            database_url="",
            var_dir=Path(folder),
            demo=True,
        )
        app = create_app(settings)
        started = time.perf_counter()
        large = fill(app, entries=size)
        print(f"== {size} entries, seeded in {time.perf_counter() - started:.1f} s")
        client = browser(app, large)
        found = {name: timed(app, client, path) for name, path in pages(app, large).items()}
        with app.app_context():
            db.engine.dispose()
    for name, (statements, times) in found.items():
        p95 = times[int(len(times) * 0.95)]
        kept = statements <= MOST_STATEMENTS and p95 <= MOST_MS
        words = f"{statements} statements, p50 {median(times):.0f} ms, p95 {p95:.0f} ms"
        print(f"{name}: {words}{'' if kept else '  MORE THAN PROMISED'}")
    return {name: median(times) for name, (_, times) in found.items()}


def pages(app: Flask, large: Large) -> dict[str, str]:
    """Return the addresses measured: the list as it opens, searched and deep, a review, figures."""
    with app.app_context():
        waiting = db.session.scalars(
            select(Entry.id).where(
                Entry.event_id == large.event_ids[0], Entry.state == EntryState.SUBMITTED
            )
        ).first()
    base, first = f"/admin/contests/{large.contest_id}", f"/admin/events/{large.event_ids[0]}"
    return {
        "entry list": f"{base}/entries/",
        "entry list, narrowed by unit and age": f"{base}/entries/?unit=示例&band=35_44&sort=unit",
        "entry list, page 8, numbers shown": f"{base}/entries/?page=8&columns=name,id_number,phone",
        "queue of an event": f"{first}/entries/",
        "review of one entry": f"{first}/entries/{waiting}",
        "dashboard": f"{base}/dashboard/",
    }


def timed(app: Flask, client: FlaskClient, path: str) -> tuple[int, list[float]]:
    """Return the statements of one page and its times in milliseconds, ascending."""
    times = []
    with counting(app) as seen:
        for _ in range(ROUNDS + 1):
            seen.clear()
            started = time.perf_counter()
            answer = client.get(path)
            times.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:  # noqa: PLR2004  # anything else is not the page
                raise SystemExit(f"{path} answered {answer.status_code}: nothing was measured.")
        return len(seen), sorted(times[1:])


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """Collect the statements sent inside the block."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
