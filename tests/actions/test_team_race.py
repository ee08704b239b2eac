"""The last place of a team, wanted by many at once; two taps at once; a parting in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from actions.desk import Desk
from actions.submissions import submit_entry
from actions.team_partings import remove_member
from actions.teams import found_team, join_team
from adapters.crypto import Vault
from adapters.storage import Shelf
from models.contests import Event
from models.entries import Entry
from models.teams import Team
from rules.errors import Refusal
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import EntryForm
from tests.actions.test_seat_race import _world
from tests.support import NOW

PLACES, THREADS = 4, 16


def _founded(engine: Engine, folder: Path, places: int = PLACES) -> tuple[int, list[int]]:
    """Found a team on the ready entry of one person; returns it and the other entries."""
    event_id, keys = _world(engine)
    with Session(engine) as session:
        sizes = {"entry_form": EntryForm.TEAM, "team_least": 2, "team_most": places}
        session.execute(update(Event).where(Event.id == event_id).values(**sizes))
        session.commit()
        captain = session.get_one(Entry, keys[0])
        seat = _seat(session, captain, folder)
        found_team(seat, session.get_one(Event, event_id), name="海燕队", form_key="f")
        session.commit()
        assert captain.team_id is not None
        return captain.team_id, keys


def _seat(session: Session, entry: Entry, folder: Path) -> Desk:
    return Desk(session, Actor(entry.account_id), NOW, Vault("race"), Shelf(folder))


def _done(engine: Engine, key: int, folder: Path, deed: Callable[[Desk, Entry], object]) -> bool:
    """Do a deed as the owner of an entry; False when it was refused."""
    with Session(engine) as session:
        entry = session.get_one(Entry, key)
        try:
            deed(_seat(session, entry, folder), entry)
            session.commit()
        except (Refusal, StaleDataError):
            session.rollback()
            return False
        return True


def _join(team_id: int) -> Callable[[Desk, Entry], object]:
    return lambda seat, entry: join_team(
        seat, seat.session.get_one(Team, team_id), form_key=f"j{entry.id}"
    )


def test_the_last_place_goes_to_one_though_everybody_taps_twice(
    engine: Engine, tmp_path: Path
) -> None:
    team_id, keys = _founded(engine, tmp_path)

    with ThreadPoolExecutor(THREADS) as pool:
        asked = [key for key in keys[1:41] for _ in range(2)]
        answers = list(pool.map(lambda key: _done(engine, key, tmp_path, _join(team_id)), asked))

    with Session(engine) as session:
        inside = session.scalar(select(func.count()).where(Entry.team_id == team_id))
        assert session.get_one(Team, team_id).members == inside == PLACES
    happy = {key for key, got in zip(asked, answers, strict=True) if got}
    assert len(happy) == PLACES - 1


def test_counting_first_and_writing_afterwards_oversells(engine: Engine, tmp_path: Path) -> None:
    """The negative control: the same world, the same threads, without the condition."""
    team_id, keys = _founded(engine, tmp_path)
    counted = Barrier(THREADS)

    def naive(key: int) -> bool:
        with Session(engine) as session:
            team = session.get_one(Team, team_id)
            free = team.places - team.members
        counted.wait(timeout=30)
        if not free:
            return False
        with Session(engine) as session:
            session.execute(update(Entry).where(Entry.id == key).values(team_id=team_id))
            session.commit()
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        got = list(pool.map(naive, keys[1 : THREADS + 1]))

    assert sum(got) == THREADS > PLACES


def test_a_team_is_never_handed_in_with_a_member_just_taken_out(
    engine: Engine, tmp_path: Path
) -> None:
    team_id, keys = _founded(engine, tmp_path, places=2)
    captain, member = keys[:2]
    assert _done(engine, member, tmp_path, _join(team_id))
    assert _done(engine, member, tmp_path, submit_entry)

    def take_out(seat: Desk, _entry: Entry) -> None:
        remove_member(seat, seat.session.get_one(Entry, member))

    with ThreadPoolExecutor(2) as pool:
        deeds = (submit_entry, take_out)
        list(pool.map(lambda deed: _done(engine, captain, tmp_path, deed), deeds))

    with Session(engine) as session:
        led, other = session.get_one(Entry, captain), session.get_one(Entry, member)
        pair = (led.state, other.state)
        assert pair in {
            (EntryState.SUBMITTED, EntryState.JOINED),
            (EntryState.RETURNED, EntryState.DRAFT),
            (EntryState.DRAFT, EntryState.DRAFT),
        }
