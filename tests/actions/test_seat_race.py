"""The last places of an event, wanted by many at once: none is sold twice, none is lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.submissions import submit_entry
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.accounts import Account
from models.audit import AuditLine
from models.contests import Contest, Event
from models.entries import Entry
from models.everything import METADATA
from models.media import Media
from models.occupations import Industry, Occupation
from models.people import Person
from rules.errors import Blocked
from rules.permits import Actor
from rules.states import EntryState, EventState
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup, Family
from tests.support import NOW

QUOTA, PEOPLE, THREADS = 20, 400, 24


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
            state=EventState.OPEN,
        )
        session.add(event)
        entries = [_ready(session, event, number) for number in range(PEOPLE)]
        session.commit()
        return event.id, [entry.id for entry in entries]


def _ready(session: Session, event: Event, number: int) -> Entry:
    """Add an entry that lacks nothing but a place."""
    account = Account(username=f"u{number}", password_hash="!", display_name="选手", created_at=NOW)
    person = Person(
        key=f"k{number}",
        name="选手",
        id_number_sealed=b"sealed",
        id_number_mark=f"mark{number}",
        created_at=NOW,
    )
    photo = Media(stem=f"p{number}", width=3, height=4, widths=[3], is_public=False, created_at=NOW)
    session.add_all([account, photo])
    session.flush()
    entry = Entry(
        event=event,
        account_id=account.id,
        person=person,
        photo=photo,
        form_key=f"k{number}",
        answers={"employer": "示例船厂"},
        started_at=NOW,
    )
    session.add(entry)
    session.flush()
    return entry


def _submit(engine: Engine, key: int, folder: Path) -> bool:
    """Hand one entry in as its owner does; False when all places are taken."""
    with Session(engine) as session:
        entry = session.get_one(Entry, key)
        desk = Desk(session, Actor(entry.account_id), NOW, Vault("race"), Shelf(folder))
        try:
            submit_entry(desk, entry)
        except Blocked:
            session.rollback()
            return False
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
        states = select(func.count()).where(Entry.state == EntryState.SUBMITTED)
        assert session.scalar(states) == QUOTA
        lines = select(func.count()).where(AuditLine.deed == "submit_entry")
        assert session.scalar(lines) == QUOTA
    happy = {key for key, got in zip(asked, answers, strict=True) if got}
    assert len(happy) == QUOTA


def test_counting_first_and_writing_afterwards_oversells(engine: Engine) -> None:
    """The negative control: the same world, the same threads, without the condition."""
    event_id, keys = _world(engine)
    counted = Barrier(THREADS)

    with ThreadPoolExecutor(THREADS) as pool:
        sold = list(pool.map(lambda key: _naive(engine, event_id, key, counted), keys[:THREADS]))

    assert sum(sold) == THREADS > QUOTA


def _naive(engine: Engine, event_id: int, key: int, counted: Barrier) -> bool:
    with Session(engine) as session:
        event = session.get_one(Event, event_id)
        free = event.quota - event.seats_taken
    counted.wait(timeout=30)
    if not free:
        return False
    with Session(engine) as session:
        session.execute(update(Entry).where(Entry.id == key).values(holds_seat=True))
        session.commit()
    return True
