"""Venues are kept by the contest that entered them; workplaces break and are repaired."""

from decimal import Decimal

import pytest

from actions.desk import Desk
from actions.venues import (
    VenueText,
    add_workplaces,
    create_venue,
    edit_venue,
    move_workplace,
    remove_venue,
    remove_workplace,
    set_map,
)
from models.venues import Venue
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role, Scope
from rules.states import WorkplaceState
from tests.contest_world import draft_contest
from tests.entry_world import picture
from tests.sitting_world import hall, venue_of
from tests.support import actor_of, give, make_account


def manager(desk: Desk, contest_id: int) -> Desk:
    account = make_account(desk.session, "场地经理")
    give(desk.session, account, Role.VENUE_MANAGER, Scope.CONTEST, contest_id, contest_id)
    return desk.acting_as(actor_of(desk.session, account))


def test_workplaces_are_numbered_on(desk: Desk) -> None:
    venue = venue_of(desk, draft_contest(desk), places=2)
    add_workplaces(desk, venue, count=2, equipment="加工中心")
    desk.session.expire(venue)

    assert [row.number for row in venue.workplaces] == [1, 2, 3, 4]
    assert venue.workplaces[3].equipment == "加工中心"


@pytest.mark.parametrize("count", [0, -1, 300])
def test_too_few_or_too_many_workplaces_are_refused(desk: Desk, count: int) -> None:
    venue = venue_of(desk, draft_contest(desk), places=1)

    with pytest.raises(Invalid, match="1 to 300"):
        add_workplaces(desk, venue, count=count, equipment="")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"latitude": Decimal(30)}, "longitude"),
        ({"latitude": Decimal(91), "longitude": Decimal(1)}, "latitude"),
        ({"latitude": Decimal(1), "longitude": Decimal(181)}, "longitude"),
        ({"name": "一号车间（示例）"}, "name"),
    ],
)
def test_a_wrong_venue_names_its_field(desk: Desk, changes: dict[str, object], field: str) -> None:
    contest = draft_contest(desk)
    venue_of(desk, contest, places=0)

    with pytest.raises(Invalid) as refused:
        create_venue(desk, contest, VenueText(**{"name": "二号", "address": "路", **changes}))  # type: ignore[arg-type]

    assert list(refused.value.fields) == [field]


def test_another_contest_s_office_uses_a_venue_and_does_not_change_it(desk: Desk) -> None:
    venue = venue_of(desk, draft_contest(desk), places=1)
    other = draft_contest(desk, name="别的竞赛（示例）")
    stranger, keeper = manager(desk, other.id), manager(desk, venue.contest_id)
    text = VenueText(venue.name, "新址 2 号")

    for deed in (
        lambda: edit_venue(stranger, venue, text),
        lambda: set_map(stranger, venue, picture()),
        lambda: move_workplace(stranger, venue.workplaces[0], "break"),
        lambda: remove_venue(stranger, venue),
    ):
        with pytest.raises(NotPermitted):
            deed()
    edit_venue(keeper, venue, text)

    assert venue.address == "新址 2 号"


def test_the_picture_of_the_site_is_re_encoded(desk: Desk) -> None:
    venue = venue_of(desk, draft_contest(desk), places=0)
    set_map(desk, venue, picture())

    assert venue.map is not None
    assert "示例相机".encode() not in desk.shelf.get(f"{venue.map.stem}.jpg")
    with pytest.raises(Invalid):
        set_map(desk, venue, b"no picture")


def test_a_workplace_breaks_and_is_repaired(desk: Desk) -> None:
    workplace = venue_of(desk, draft_contest(desk), places=1).workplaces[0]
    move_workplace(desk, workplace, "break")

    assert workplace.state is WorkplaceState.BROKEN
    with pytest.raises(WrongMoment):
        move_workplace(desk, workplace, "break")
    move_workplace(desk, workplace, "repair")
    assert workplace.state is WorkplaceState.USABLE


def test_what_is_used_is_not_removed(desk: Desk) -> None:
    made = hall(desk)
    made.placements[0].workplace = made.venue.workplaces[0]
    desk.session.flush()

    with pytest.raises(Blocked, match="Report it broken"):
        remove_workplace(desk, made.venue.workplaces[0])
    with pytest.raises(Blocked, match="Move the sitting"):
        remove_venue(desk, made.venue)
    remove_workplace(desk, made.venue.workplaces[1])


def test_an_unused_venue_goes_with_its_workplaces(desk: Desk) -> None:
    venue = venue_of(desk, draft_contest(desk))
    remove_venue(desk, venue)
    desk.session.flush()

    assert desk.session.query(Venue).count() == 0
