"""A listed event with a venue, a sitting and its entrants, for tests."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from actions.desk import Desk
from actions.placements import place_all, placements_of
from actions.sittings import SittingPlan, create_sitting
from actions.venues import VenueText, add_workplaces, create_venue
from models.contests import Contest, Event
from models.sittings import Placement, Sitting
from models.venues import Venue
from rules.permits import Role
from rules.terms import SittingPart
from tests.contest_world import at
from tests.result_world import Stage, listed_event
from tests.support import NOW, actor_of, give, make_account

MINUTE = dt.timedelta(minutes=1)
STARTS = NOW + 60 * MINUTE


@dataclass
class Hall:
    """One sitting that begins an hour from now, with everybody expected in it."""

    stage: Stage
    venue: Venue
    sitting: Sitting

    @property
    def event(self) -> Event:
        """The event of the sitting."""
        return self.stage.event

    @property
    def placements(self) -> list[Placement]:
        """Who is expected, by pass number."""
        return placements_of(self.stage.desk, self.sitting)

    def door(self, minutes: int = -10, role: Role = Role.HOST_OFFICE) -> Desk:
        """Seat somebody at the door, so many minutes after the start (before, when negative)."""
        session = self.stage.desk.session
        account = make_account(session, "检录员")
        give(session, account, role)
        seat = self.stage.desk.acting_as(actor_of(session, account))
        return at(seat, STARTS + minutes * MINUTE)


def venue_of(
    desk: Desk, contest: Contest, name: str = "一号车间（示例）", places: int = 6
) -> Venue:
    """Enter a venue with workplaces."""
    venue = create_venue(desk, contest, VenueText(name, "示例路 18 号", notes="南门进"))
    if places:
        add_workplaces(desk, venue, count=places, equipment="普通车床")
    return venue


def plan(venue: Venue, **changes: Any) -> SittingPlan:  # noqa: ANN401 (any field of a plan)
    """Plan a practical sitting of two hours."""
    values = {
        "name": "实操",
        "part": SittingPart.PRACTICE,
        "venue": venue,
        "reports_at": STARTS - 30 * MINUTE,
        "starts_at": STARTS,
        "ends_at": STARTS + 120 * MINUTE,
    }
    return SittingPlan(**{**values, **changes})


def hall(desk: Desk, count: int = 3) -> Hall:
    """Plan one sitting and place everybody in it."""
    stage = listed_event(desk, count)
    venue = venue_of(desk, stage.event.contest)
    sitting = create_sitting(desk, stage.event, plan(venue))
    place_all(desk, stage.event)
    return Hall(stage, venue, sitting)
