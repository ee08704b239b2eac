"""Measure the public pages over the sample world, in a database of their own.

Run: python -m bench.pages
"""

import tempfile
import time
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from models.everything import METADATA
from web.catalogues import build
from web.db import db
from web.settings import Settings
from wsgi import create_app  # noqa: TID251  # a measurement stands outside the house

PATHS = ("/", "/craftsmen/", "/stories/", "/contests/", "/studios/", "/notices/", "/search?q=匠")
ROUNDS = 15


def main() -> None:
    """Load the sample world, then print how long each page takes beside the lightest answer."""
    build()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            secret_key="bench only",  # noqa: S106  # signs nothing that lasts
            database_url="",
            var_dir=Path(folder),
            demo=True,
        )
        app = create_app(settings)
        load(app)
        client = app.test_client()
        least = milliseconds(client, "/healthz")
        for path in PATHS:
            took = milliseconds(client, path)
            print(f"{path}: {took:.1f} ms, {took / least:.0f} times the lightest answer")


def load(app: Flask) -> None:
    """Fill the database and the index."""
    with app.app_context():
        METADATA.create_all(db.engine)
    runner = app.test_cli_runner()
    for command in (["seed"], ["search", "rebuild"]):
        result = runner.invoke(args=command)
        if result.exception:
            raise result.exception


def milliseconds(client: FlaskClient, path: str) -> float:
    """Return the median time of one page, after a first request that warms it."""
    times = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:  # noqa: PLR2004  # anything else is not the page
            raise SystemExit(f"{path} answered {answer.status_code}: nothing was measured.")
    return median(times[1:])


if __name__ == "__main__":
    main()
