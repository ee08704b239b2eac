"""Plays the whole sample world, from the registers to the certificates."""

from collections.abc import Callable

from sqlalchemy import update

from actions.desk import Desk
from models.outbox import Errand
from models.settings import Setting
from rules.states import OutboxState
from web.world import (
    checklists,
    contests,
    corrections,
    duplicates,
    gallery,
    helpers,
    inquiries,
    judges,
    logins,
    messages,
    money,
    people,
    programme,
    register,
    sittings,
    units,
    views,
)
from web.world.cast import World

MARK = "sample_world"
Say = Callable[[str], None]


def is_loaded(desk: Desk) -> bool:
    """Whether this database already holds the sample world."""
    return desk.session.get(Setting, MARK) is not None


def load(desk: Desk, say: Say) -> World:
    """Load everything in one transaction; the caller commits once."""
    world = World(desk)
    for words, loader in (
        ("towns, trades and organizations", register.load),
        ("people", people.load),
        ("accounts", logins.load_accounts),
        ("plates, profiles and stories", gallery.load),
        ("pool of judges", judges.load),
        ("contests, entries, marks and results", contests.load),
        ("venues, timetables and check-ins", sittings.load),
        ("studios, selection rounds and notices", programme.load),
        ("roles", logins.load_roles),
        ("appraisals of judges", judges.appraise),
        ("questions to the juries", inquiries.load),
        ("checklists", checklists.load),
        ("budgets and payments", money.load),
        ("messages", messages.load),
        ("employers", units.load),
        ("saved views", views.load),
        ("entries for others", helpers.load),
        ("doubles", duplicates.load),
        ("corrections", corrections.load),
    ):
        say(words)
        loader(world)
        desk.session.flush()
    _settle_index(desk)
    desk.session.add(Setting(key=MARK, value="loaded", changed_at=desk.now))
    return world


def _settle_index(desk: Desk) -> None:
    """Drop the index errands of the load: the index is built whole right after it."""
    desk.session.execute(
        update(Errand)
        .where(Errand.kind == "index", Errand.state == OutboxState.WAITING)
        .values(state=OutboxState.DONE, finished_at=desk.now)
    )
