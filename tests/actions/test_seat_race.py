"""The last places of an event, wanted by many at once: none is sold twice, none is lost."""

import datetime as dt
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.seats import take_seat
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.accounts import Account
from models.contests import Contest, Event
from models.entries import Entry
from models.everything import METADATA
from models.occupations import Industry, Occupation
from rules.errors import Blocked
from rules.permits import NOBODY
from rules.states import EntryState
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup, Family
from tests.support import NOW
from web.db import tune_sqlite

QUOTA, PEOPLE, THREADS = 7, 40, 12


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own: a file of SQLite's, or a fresh database of the server."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        made = create_engine(f"sqlite:///{tmp_path / 'race.sqlite'}")
        tune_sqlite(made)
        yield made
        made.dispose()
        return
    outer = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with outer.connect() as connection:
        connection.execute(text("CREATE DATABASE seat_race"))
    made = create_engine(outer.url.set(database="seat_race"))
    yield made
    made.dispose()
    with outer.connect() as connection:
        connection.execute(text("DROP DATABASE seat_race"))
    outer.dispose()


def _world(engine: Engine) -> tuple[int, list[int]]:
    METADATA.create_all(engine)
    with Session(engine) as session:
        contest = Contest(
            slug="race",
            name="赛",
            year=2026,
            level=ContestLevel.DISTRICT,
            contest_class=ContestClass.ONE,
            created_at=NOW,
        )
        industry = Industry(code="i", name="行业", english="Industry", family=Family.SHIP)
        event = Event(
            contest=contest,
            slug="e",
            name="项",
            occupation=Occupation(name="焊工", industry=industry),
            entry_group=EntryGroup.WORKER,
            entry_form=EntryForm.INDIVIDUAL,
            quota=QUOTA,
            entries_open_at=NOW,
            entries_close_at=NOW + dt.timedelta(days=1),
            held_on=NOW.date(),
            rules={},
        )
        accounts = [
            Account(username=f"u{n}", password_hash="!", display_name="选手", created_at=NOW)
            for n in range(PEOPLE)
        ]
        session.add_all([event, *accounts])
        session.flush()
        entries = [
            Entry(event_id=event.id, account_id=account.id, form_key=f"k{n}", started_at=NOW)
            for n, account in enumerate(accounts)
        ]
        session.add_all(entries)
        session.commit()
        return event.id, [entry.id for entry in entries]


def _submit(engine: Engine, key: int, folder: Path) -> bool:
    """Hand one entry in the way the action does; True when it holds a place afterwards."""
    with Session(engine) as session:
        desk = Desk(session, NOBODY, NOW, Vault("race"), Shelf(folder))
        entry = session.get_one(Entry, key, with_for_update=True)
        if entry.state is EntryState.SUBMITTED:
            return True
        try:
            take_seat(desk, entry)
        except Blocked:
            session.rollback()
            return False
        entry.submitted_at = NOW
        entry.move("submit")
        session.commit()
        return True


def test_exactly_the_quota_is_sold_though_everybody_asks_twice(
    engine: Engine, tmp_path: Path
) -> None:
    event_id, keys = _world(engine)

    with ThreadPoolExecutor(THREADS) as pool:
        asked = [key for key in keys for _ in range(2)]
        answers = list(pool.map(lambda key: _submit(engine, key, tmp_path), asked))

    with Session(engine) as session:
        held = session.scalar(select(func.count()).select_from(Entry).where(Entry.holds_seat))
        assert session.get_one(Event, event_id).seats_taken == held == QUOTA
    happy = {key for key, got in zip(asked, answers, strict=True) if got}
    assert len(happy) == QUOTA


def test_without_the_condition_the_places_are_oversold(engine: Engine) -> None:
    """The negative control: counting first and writing afterwards sells the last place often."""
    event_id, keys = _world(engine)

    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(lambda _key: _count(engine, event_id), keys))

    assert sum(free > 0 for free in seen) > QUOTA


def _count(engine: Engine, event_id: int) -> int:
    with Session(engine) as session:
        event = session.get_one(Event, event_id)
        return event.quota - event.seats_taken
