"""Measure a unit's list of workers from the upload to the invitations.

Run: python -m bench.workers
"""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flask import Flask

from actions.workers import check_workers, commit_workers
from adapters.worker_sheets import workers_workbook
from models.everything import METADATA
from rules.permits import SYSTEM
from tests.entry_world import open_event, sample_id
from tests.unit_world import make_unit
from web.db import db
from web.login import desk
from web.settings import Settings
from wsgi import create_app  # noqa: TID251  # a measurement stands outside the house

SIZES = (1000, 5000)
LIMIT = 20


def main() -> None:
    """Print how long looking through and taking each list took, and how the time grows."""
    times = {size: measure(size) for size in SIZES}
    small, large = SIZES
    print(f"{times[large] / times[small]:.1f} times as long for {large // small} times the rows")


def measure(size: int) -> float:
    """Print the seconds of one list; returns them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(secret_key="bench only", var_dir=Path(folder), demo=True)  # noqa: S106  # signs nothing that lasts
        app = create_app(settings)
        looked, taken = imported(app, workers_workbook([worker(at) for at in range(size)]))
    whole = looked + taken
    verdict = "within the limit" if whole <= LIMIT else "TOO SLOW"
    print(f"{size} workers: looked through {looked:.1f} s, taken {taken:.1f} s ({verdict})")
    return whole


def imported(app: Flask, data: bytes) -> tuple[float, float]:
    """Look a list through and take it, each in its own transaction."""
    with app.app_context(), app.test_request_context():
        METADATA.create_all(db.engine)
        at = desk(SYSTEM)
        event = open_event(at, quota=10_000)
        unit = make_unit(at)
        db.session.commit()
        at = replace(desk(SYSTEM), now=event.entries_open_at)
        started = time.perf_counter()
        batch = check_workers(at, event, unit, data, key="bench", file_name="list.xlsx")
        db.session.commit()
        looked = time.perf_counter() - started
        commit_workers(at, batch)
        db.session.commit()
        return looked, time.perf_counter() - started - looked


def worker(number: int) -> dict[str, str]:
    """Write one worker down; odd numbers are men, as their ID numbers say."""
    born = f"{1960 + number // 1000}0102"
    return {
        "name": f"职工{chr(0x4E00 + number)}",
        "gender": "男" if number % 2 else "女",
        "id_number": sample_id(number % 1000, born),
        "phone": f"139{number:08d}",
        "in_trade_since": "2014",
        "skill_level": "高级工（三级）",
    }


if __name__ == "__main__":
    main()
