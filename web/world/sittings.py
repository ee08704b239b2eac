"""Loads venues, timetables, check-ins and extra time, as the office of each contest keeps them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from actions.check_ins import check_in, close_check_in
from actions.extra_times import grant_extra_time
from actions.placements import give_workplaces, place_all, placements_of
from actions.sittings import SittingPlan, create_sitting
from actions.venues import VenueText, add_workplaces, create_venue, move_workplace, set_map
from models.contests import Event
from models.entries import Entry
from models.sittings import Sitting
from models.venues import Venue
from rules.states import CHECKABLE, EventState
from rules.terms import SittingPart
from web.world import files
from web.world.cast import World

ORGANIZER = "organizer"
LATE = dt.timedelta(minutes=16)


def load(world: World) -> None:
    """Enter the venues, plan the sittings, place and check in whoever the file says."""
    told = files.document("sittings.yaml")
    venues = {row["name"]: _venue(world, row) for row in told["venues"]}
    planned = [(_sitting(world, row, venues), row) for row in told["sittings"]]
    events = {sitting.event for sitting, _ in planned}
    for event in sorted(events, key=lambda event: event.id):
        place_all(world.seat(ORGANIZER), event)
    for sitting, row in planned:
        _open(world, sitting, row)
    for row in told["venues"]:
        _break(world, venues[row["name"]], row.get("broken_later", ()))
    for row in told["extra_times"]:
        event = world.event(row["event"])
        entry = _entry(world, event, row["person"])
        at = world.seat(ORGANIZER, files.moment("2026-11-24T10:20"))
        grant_extra_time(
            at, event, pass_no=entry.pass_no or "", minutes=row["minutes"], reason=row["reason"]
        )


def _venue(world: World, row: dict[str, Any]) -> Venue:
    organizer = world.seat(ORGANIZER)
    text = VenueText(
        name=row["name"],
        address=row["address"],
        latitude=Decimal(row["latitude"]) if "latitude" in row else None,
        longitude=Decimal(row["longitude"]) if "longitude" in row else None,
        notes=row["notes"],
    )
    venue = create_venue(organizer, world.contests[row["contest"]], text)
    if "map" in row:
        set_map(organizer, venue, (files.FOLDER / "maps" / row["map"]).read_bytes())
    if "workplaces" in row:
        add_workplaces(organizer, venue, **row["workplaces"])
    _break(world, venue, row.get("broken", ()))
    return venue


def _break(world: World, venue: Venue, numbers: list[int] | tuple[int, ...]) -> None:
    world.desk.session.expire(venue, ["workplaces"])
    for workplace in venue.workplaces:
        if workplace.number in numbers:
            move_workplace(world.seat(ORGANIZER), workplace, "break")


def _sitting(world: World, row: dict[str, Any], venues: dict[str, Venue]) -> Sitting:
    reports, starts, ends = (files.moment(row[name]) for name in ("reports", "starts", "ends"))
    if reports is None or starts is None or ends is None:
        raise ValueError(f"{row['event']} {row['name']} lacks its hours")
    plan = SittingPlan(
        name=row["name"],
        part=SittingPart(row["part"]),
        venue=venues[row["venue"]],
        reports_at=reports,
        starts_at=starts,
        ends_at=ends,
    )
    return create_sitting(world.seat(ORGANIZER), world.event(row["event"]), plan)


def _open(world: World, sitting: Sitting, row: dict[str, Any]) -> None:
    """Give the workplaces once drawn, and check people in a minute apart."""
    if sitting.event.state in CHECKABLE - {EventState.LISTED}:
        give_workplaces(world.seat(ORGANIZER), sitting)
    gone = {_entry(world, sitting.event, person).id for person in row["missing"]}
    expected = [one for one in placements_of(world.desk, sitting) if one.entry_id not in gone]
    for number, placement in enumerate(expected[: row["seen"]]):
        at = world.seat(ORGANIZER, sitting.reports_at + dt.timedelta(minutes=number + 3))
        check_in(at, sitting, placement, key=f"sample{number}")
    if row["closed"]:
        close_check_in(world.seat(ORGANIZER, sitting.starts_at + LATE), sitting)


def _entry(world: World, event: Event, person: str) -> Entry:
    query = select(Entry).filter_by(event_id=event.id, person_id=world.people[person].id)
    return world.desk.session.scalars(query).one()
