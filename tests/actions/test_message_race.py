"""Two clicks and two workers at the same moment: each is told once, each copy is taken once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from actions.announcements import AnnouncementText, hold_announcement, release_announcement
from actions.desk import Desk
from actions.messages import claim_delivery
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.announcements import Announcement
from models.contests import Event
from models.messages import Delivery, Message
from rules.permits import SYSTEM
from rules.terms import Audience, Channel
from tests.actions.test_seat_race import PEOPLE, _world
from tests.support import NOW

THREADS = 8


def at(session: Session, folder: Path) -> Desk:
    return Desk(session, SYSTEM, NOW, Vault("race"), Shelf(folder))


def test_a_message_released_by_everybody_at_once_is_told_once(
    engine: Engine,
    tmp_path: Path,
) -> None:
    event_id, _ = _world(engine)
    with Session(engine) as session:
        event = session.get_one(Event, event_id)
        text = AnnouncementText(Audience.DRAFTS, "通知", "{name}，您好")
        key = hold_announcement(at(session, tmp_path), event, text).id
        session.commit()

    def release(_number: int) -> int:
        with Session(engine) as session:
            count = release_announcement(at(session, tmp_path), session.get_one(Announcement, key))
            session.commit()
            return count

    with ThreadPoolExecutor(THREADS) as pool:
        counts = list(pool.map(release, range(THREADS)))

    assert sorted(counts) == [0] * (THREADS - 1) + [PEOPLE]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Message)) == PEOPLE


def test_a_copy_wanted_by_many_workers_is_taken_by_one(
    engine: Engine,
    tmp_path: Path,
) -> None:
    _world(engine)
    with Session(engine) as session:
        desk = at(session, tmp_path)
        desk.tell(1, "contest_cancelled", "contest:1", contest="赛", reason="台风")
        session.flush()
        session.add(
            Delivery(
                key="k",
                message_id=session.scalars(select(Message.id)).one(),
                channel=Channel.MAIL,
                address_sealed=b"sealed",
                due_at=NOW,
                created_at=NOW,
            )
        )
        session.commit()

    def claim(_number: int) -> bool:
        with Session(engine) as session:
            taken = claim_delivery(at(session, tmp_path), "k") is not None
            session.commit()
            return taken

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(claim, range(THREADS))) == 1
