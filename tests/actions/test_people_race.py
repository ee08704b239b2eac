"""Many at the same moment: a code signs in once, codes are counted, a merging is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from actions.codes import ask_code, code_of, sign_in_by_code
from actions.desk import Desk
from actions.merges import merge_people
from actions.people import Identity, enter_person
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.accounts import Account, LoginSession
from models.audit import AuditLine
from models.base import Base
from models.codes import LoginCode
from models.everything import METADATA
from models.people import Person
from rules.codes import SENDS
from rules.errors import NotPermitted, Refusal
from rules.permits import NOBODY, SYSTEM, Actor
from tests.entry_world import sample_id
from tests.support import NOW

PHONE, THREADS = "13800001234", 8


@pytest.fixture
def together(engine: Engine, tmp_path: Path) -> Callable[..., int]:
    """Do something in many threads, each in its own transaction; says how many were not refused."""
    METADATA.create_all(engine)

    def run(deed: Callable[[Desk, int], object], actor: Actor, threads: int = THREADS) -> int:
        def one(number: int) -> bool:
            with Session(engine) as session:
                desk = Desk(session, actor, NOW, Vault("race"), Shelf(tmp_path))
                try:
                    deed(desk, number)
                except NotPermitted:
                    session.commit()  # tries count
                    return False
                except Refusal:
                    return False
                session.commit()
                return True

        with ThreadPoolExecutor(threads) as pool:
            return sum(pool.map(one, range(threads)))

    return run


def count(engine: Engine, kind: type[Base]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_code_used_by_many_at_once_signs_in_once(
    engine: Engine, together: Callable[..., int]
) -> None:
    def prepare(desk: Desk, _number: int) -> None:
        mark = desk.vault.mark(PHONE)
        account = Account(phone_mark=mark, password_hash="!", display_name="贺", created_at=NOW)
        desk.session.add(account)
        ask_code(desk, phone=PHONE, address="a")

    def use(desk: Desk, _number: int) -> None:
        row = desk.session.scalars(select(LoginCode)).one()
        sign_in_by_code(desk, phone=PHONE, code=code_of(desk, row), address="a")

    assert together(prepare, NOBODY, 1) == 1
    assert together(use, NOBODY) == 1
    assert count(engine, LoginSession) == 1


def test_codes_asked_for_by_many_at_once_are_counted(
    engine: Engine, together: Callable[..., int]
) -> None:
    def ask(desk: Desk, _number: int) -> None:
        ask_code(desk, phone=PHONE, address="a")

    assert together(ask, NOBODY, SENDS[0] * 3) == SENDS[0]
    assert count(engine, LoginCode) == SENDS[0]


def test_a_merging_wanted_by_many_at_once_both_ways_is_done_once(
    engine: Engine, together: Callable[..., int]
) -> None:
    def prepare(desk: Desk, number: int) -> None:
        enter_person(desk, Identity("贺", sample_id(number), PHONE))

    def merge(desk: Desk, number: int) -> None:
        one, other = desk.session.scalars(select(Person).order_by(Person.id)).all()
        kept, gone = (one, other) if number % 2 else (other, one)
        merge_people(desk, kept=kept, gone=gone, reason="同一个人")

    assert together(prepare, SYSTEM, 2) == 2
    together(merge, SYSTEM)

    with Session(engine) as session:
        merged = session.scalars(select(Person.merged_into_id)).all()
        lines = session.scalars(select(AuditLine).filter_by(deed="merge_people")).all()
    assert [one is None for one in sorted(merged, key=str)] in ([False, True], [True, False])
    assert len(lines) == 1
