"""Loads one employer's work: its quota, a list taken, a list to mend, a colleague."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from actions.invitations import LAST, accept_invitation, named
from actions.people import own_identity
from actions.unit_quotas import set_quota
from actions.units import open_colleague
from actions.workers import check_workers, commit_workers, undo_workers
from adapters.worker_sheets import LEVELS, workers_workbook
from models.contests import Event
from models.organizations import Organization
from models.units import Invitation
from rules.permits import Actor
from web.world import files
from web.world.cast import World

ORGANIZER = "organizer"
LEVEL_WORDS = {level: words for words, level in LEVELS.items()}


def load(world: World) -> None:
    """Load what the file tells, at moments within the window of each event."""
    told = files.document("unit.yaml")
    unit = world.organizations[told["unit"]]
    event = world.event(told["quota"]["event"])
    seat = world.seat(ORGANIZER, _moment(world, event, 7))
    set_quota(seat, event, unit, told["quota"]["places"])
    for number, row in enumerate(told["lists"]):
        _list(world, unit, row, number, told["login"])
    open_colleague(world.seat(told["login"]), unit, **told["colleague"])


def _list(world: World, unit: Organization, row: dict[str, Any], number: int, login: str) -> None:
    event = world.event(row["event"])
    seat = world.seat(login, _moment(world, event, row["days_before"]))
    wrong = row.get("wrong") or {}
    cells = [{**_cells(world, key), **wrong.get(key, {})} for key in row["people"]]
    batch = check_workers(
        seat, event, unit, workers_workbook(cells), key=f"{number:032x}", file_name=row["file"]
    )
    if not row["commit"]:
        return
    commit_workers(seat, batch)
    if row.get("undone"):
        undo_workers(seat, batch)
    for key in row.get("began", ()):
        _begin(world.seat(key, seat.now), world.people[key].name, batch.id)


def _begin(seat: Desk, name: str, import_id: int) -> None:
    """Let an invited worker open the link and agree; the portrait is still to come."""
    query = select(Invitation).filter_by(import_id=import_id, name=name)
    row = seat.session.scalars(query).one()
    last = named(seat, row).id_number[-LAST:]
    accept_invitation(seat, row, last=last, consents=True)


def _cells(world: World, key: str) -> dict[str, str]:
    """Write a person down as the unit's clerk would."""
    person = world.people[key]
    own = world.desk.acting_as(Actor(None, person.id))
    number, phone = own_identity(own, person)
    return {
        "name": person.name,
        "id_number": number,
        "phone": phone,
        "town": person.town.name if person.town else "",
        "in_trade_since": str(person.in_trade_since or ""),
        "skill_level": LEVEL_WORDS[person.skill_level] if person.skill_level else "",
    }


def _moment(world: World, event: Event, days: int) -> dt.datetime:
    """Return a moment so many days before now, or before the end where that is over."""
    day = dt.timedelta(days=1)
    return min(world.desk.now, event.entries_close_at - day / 24) - days * day / 4
