"""Venues: entered by a contest, equipped with numbered workplaces that break and are repaired."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from actions.desk import Desk
from actions.media import take_picture
from models.contests import Contest
from models.sittings import Placement, Sitting
from models.venues import Venue, Workplace
from rules.errors import Blocked, Invalid
from rules.permits import Permit

MOST_WORKPLACES = 300
NORTH, EAST = Decimal(90), Decimal(180)


@dataclass(frozen=True)
class VenueText:
    """What the office says of a venue; both coordinates in degrees, or neither."""

    name: str
    address: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    notes: str = ""


def create_venue(desk: Desk, contest: Contest, text: VenueText) -> Venue:
    """Enter a venue, kept by this contest; raises ``Invalid`` with the field that is wrong."""
    desk.require(Permit.SITTING_PLAN, contest.where)
    _check(desk, text, None)
    venue = Venue(contest=contest, **vars(text))
    desk.session.add(venue)
    desk.session.flush()
    desk.record("create_venue", f"venue:{venue.id}", name=venue.name)
    return venue


def edit_venue(desk: Desk, venue: Venue, text: VenueText) -> None:
    """Change what is said of a venue; only the contest that entered it may."""
    desk.require(Permit.SITTING_PLAN, venue.where)
    _check(desk, text, venue)
    for name, value in vars(text).items():
        setattr(venue, name, value)
    desk.record("edit_venue", f"venue:{venue.id}")


def set_map(desk: Desk, venue: Venue, data: bytes) -> None:
    """Keep the picture of the site: it is re-encoded and printed on the tickets."""
    desk.require(Permit.SITTING_PLAN, venue.where)
    venue.map = take_picture(desk, data, alt=venue.name)
    desk.record("edit_venue", f"venue:{venue.id}", map=venue.map.stem)


def add_workplaces(desk: Desk, venue: Venue, *, count: int, equipment: str) -> None:
    """Add workplaces of one kind, numbered on from the last."""
    desk.require(Permit.SITTING_PLAN, venue.where)
    last = desk.session.scalar(select(func.max(Workplace.number)).filter_by(venue_id=venue.id)) or 0
    if count < 1 or last + count > MOST_WORKPLACES:
        sentence = "A venue has 1 to 300 workplaces. Nothing was added."
        raise Invalid(sentence, {"count": [sentence]})
    desk.session.add_all(
        Workplace(venue=venue, number=last + number, equipment=equipment.strip())
        for number in range(1, count + 1)
    )
    desk.session.flush()
    desk.record("add_workplaces", f"venue:{venue.id}", first=last + 1, count=count)


def move_workplace(desk: Desk, workplace: Workplace, verb: str) -> None:
    """Report a workplace broken, or repaired."""
    desk.require(Permit.SITTING_PLAN, workplace.venue.where)
    workplace.move(verb)
    desk.record(f"{verb}_workplace", f"venue:{workplace.venue_id}", number=workplace.number)


def remove_workplace(desk: Desk, workplace: Workplace) -> None:
    """Remove a workplace nobody was given."""
    desk.require(Permit.SITTING_PLAN, workplace.venue.where)
    used = select(Placement.id).filter_by(workplace_id=workplace.id).limit(1)
    if desk.session.scalars(used).first() is not None:
        raise Blocked("Somebody was given this workplace. Report it broken instead.")
    desk.session.delete(workplace)
    desk.record("remove_workplace", f"venue:{workplace.venue_id}", number=workplace.number)


def remove_venue(desk: Desk, venue: Venue) -> None:
    """Remove a venue no sitting is held at, with its workplaces."""
    desk.require(Permit.SITTING_PLAN, venue.where)
    used = select(Sitting.id).filter_by(venue_id=venue.id).limit(1)
    if desk.session.scalars(used).first() is not None:
        raise Blocked("A sitting is held at this venue. Move the sitting first.")
    for workplace in venue.workplaces:
        desk.session.delete(workplace)
    desk.session.delete(venue)
    desk.record("remove_venue", f"venue:{venue.id}", name=venue.name)


def _check(desk: Desk, text: VenueText, own: Venue | None) -> None:
    twin = desk.session.scalars(select(Venue).filter_by(name=text.name)).first()
    if twin is not None and twin is not own:
        raise _wrong("name", "A venue of this name is already kept. Use it, or add a room number.")
    if (text.latitude is None) != (text.longitude is None):
        raise _wrong("longitude", "Give both coordinates, or leave both empty.")
    if abs(text.latitude or Decimal(0)) > NORTH:
        raise _wrong("latitude", "A latitude lies between -90 and 90 degrees.")
    if abs(text.longitude or Decimal(0)) > EAST:
        raise _wrong("longitude", "A longitude lies between -180 and 180 degrees.")


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
