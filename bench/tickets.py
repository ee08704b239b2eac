"""Measure a batch of tickets from the order to the last volume, as the worker carries it.

Run: python -m bench.tickets
"""

import tempfile
import time
from pathlib import Path

from flask import Flask
from PIL import Image

from actions.papers import order_papers, volume_name, volumes_of
from actions.placements import place_all
from actions.sittings import create_sitting
from models.contests import Event
from models.entries import Entry
from models.everything import METADATA
from models.media import Media
from models.papers import PrintBatch
from rules.permits import SYSTEM
from rules.terms import PaperKind
from tests.result_world import listed_event
from tests.sitting_world import plan, venue_of
from web import papers  # noqa: F401  # brings its carrier along
from web.db import db
from web.login import desk
from web.outbox import run_batch
from web.settings import Settings
from wsgi import create_app  # noqa: TID251  # a measurement stands outside the house

SIZES = (100, 500)
LIMIT = 60
PORTRAIT = (480, 640)


def main() -> None:
    """Print how long each batch took, and the longest time one errand held the database."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(secret_key="bench only", var_dir=Path(folder), demo=True)  # noqa: S106  # signs nothing that lasts
            app = create_app(settings)
            report(app, size)


def report(app: Flask, size: int) -> None:
    """Order and carry one batch."""
    with app.app_context(), app.test_request_context():
        METADATA.create_all(db.engine)
        event = field(size)
        batch = order_papers(desk(SYSTEM), event, PaperKind.TICKET, sample=True)
        key = batch.id
        db.session.commit()
        steps, started = [], time.perf_counter()
        while time_of(steps):
            pass
        whole = time.perf_counter() - started
        done = db.session.get_one(PrintBatch, key)
        octets = sum(
            len(desk(SYSTEM).shelf.get(volume_name(done, number)))
            for number, _, _ in volumes_of(done)
        )
        verdict = "within the limit" if whole <= LIMIT else "TOO SLOW"
        print(
            f"{done.done} of {size} tickets in {len(steps)} volumes: {whole:.1f} s ({verdict}), "
            f"longest errand {max(steps):.1f} s, {octets / 2**20:.1f} MB"
        )


def time_of(steps: list[float]) -> bool:
    """Carry one round of the outbox; returns whether it had anything to do."""
    started = time.perf_counter()
    if not run_batch():
        return False
    steps.append(time.perf_counter() - started)
    return True


def field(size: int) -> Event:
    """Accept so many entrants, each with a portrait, and place them in one sitting."""
    at = desk(SYSTEM)
    event = listed_event(at, size).event
    venue = venue_of(at, event.contest, places=0)
    create_sitting(at, event, plan(venue))
    place_all(at, event)
    for number, entry in enumerate(at.session.query(Entry).order_by(Entry.id)):
        stem = f"p0-{number:04}"
        picture = Image.effect_noise(PORTRAIT, 40).convert("RGB")
        at.shelf.folder.mkdir(parents=True, exist_ok=True)
        picture.save(at.shelf.path(f"{stem}.jpg"), "JPEG", quality=85)
        width, height = PORTRAIT
        entry.photo = Media(
            stem=stem, width=width, height=height, widths=[240, 480], created_at=at.now
        )
    db.session.commit()
    return event


if __name__ == "__main__":
    main()
