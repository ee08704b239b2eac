"""Two at once: one of many gets a question in hand, one form makes one question."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.inquiries import ask, claim
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.accounts import Account
from models.entries import Entry
from models.inquiries import Inquiry
from rules.errors import Blocked
from rules.permits import Actor, Grant, Role
from rules.states import EntryState
from tests.actions.test_seat_race import _world
from tests.support import NOW

THREADS = 8


def _accepted(engine: Engine) -> int:
    _, keys = _world(engine)
    with Session(engine) as session:
        entry = session.get_one(Entry, keys[0])
        entry.submitted_at, entry.pass_no, entry.holds_seat = NOW, "P-1", True
        entry.state = EntryState.ACCEPTED
        session.commit()
    return keys[0]


def _at(session: Session, actor: Actor, folder: Path) -> Desk:
    return Desk(session, actor, NOW, Vault("race"), Shelf(folder))


def test_a_form_sent_by_many_taps_is_one_question_and_limits_hold(
    engine: Engine, tmp_path: Path
) -> None:
    key = _accepted(engine)

    def send(number: int) -> bool:
        with Session(engine) as session:
            entry = session.get_one(Entry, key)
            desk = _at(session, Actor(entry.account_id), tmp_path)
            try:
                ask(desk, entry, "可以带卡尺吗？", form_key=f"form-key-{number // 2}")
            except Blocked:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(THREADS) as pool:
        sent = list(pool.map(send, range(12)))

    assert sum(sent) == 6, "three forms, each tapped twice"
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Inquiry)) == 3


def test_of_many_who_take_a_question_at_once_one_has_it(engine: Engine, tmp_path: Path) -> None:
    key = _accepted(engine)
    with Session(engine) as session:
        entry = session.get_one(Entry, key)
        desk = _at(session, Actor(entry.account_id), tmp_path)
        asked = ask(desk, entry, "可以带卡尺吗？", form_key="form-key").id
        clerks = [
            Account(username=f"c{n}", password_hash="!", display_name="赛务", created_at=NOW)
            for n in range(THREADS)
        ]
        session.add_all(clerks)
        session.commit()
        numbers = [clerk.id for clerk in clerks]

    def take(number: int) -> bool:
        with Session(engine) as session:
            actor = Actor(number, None, (Grant(Role.HOST_OFFICE),))
            try:
                claim(_at(session, actor, tmp_path), session.get_one(Inquiry, asked))
            except Blocked:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(take, numbers)) == 1
