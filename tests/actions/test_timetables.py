"""The timetable finds what clashes within a contest and with others, in a fixed number of reads."""

import pytest

from actions.desk import Desk
from actions.placements import place_all, placements_of, set_workplace
from actions.sittings import create_sitting
from actions.timetables import timetable_of
from actions.venues import move_workplace
from models.contests import Contest, Event
from models.entries import Entry
from models.panels import PanelSeat
from models.sittings import Sitting
from models.venues import Venue
from rules.errors import NotPermitted
from rules.states import EventState
from rules.terms import SittingPart
from tests.admin.office import counted
from tests.result_world import listed_event
from tests.sitting_world import MINUTE, STARTS, hall, plan, venue_of
from tests.support import make_account


def said(desk: Desk, contest: object) -> list[str]:
    return [str(words) for words in timetable_of(desk, contest).warnings]  # type: ignore[arg-type]


def test_a_sound_timetable_warns_of_nothing(desk: Desk) -> None:
    made = hall(desk)
    made.event.contest.starts_on = made.event.contest.ends_on = STARTS.date()
    table = timetable_of(desk, made.event.contest)

    assert table.warnings == []
    assert table.expected == {made.sitting.id: 3}
    assert [(one.accepted, one.unplaced) for one in table.fields] == [(3, 0)]


def test_a_person_in_another_contest_at_the_same_hour_is_named(desk: Desk) -> None:
    made, other = hall(desk, 1), listed_event(desk, 1)
    entry = desk.session.query(Entry).filter_by(event_id=other.event.id).one()
    entry.person_id = made.placements[0].entry.person_id
    far = venue_of(desk, other.event.contest, "外区场馆（示例）")
    create_sitting(desk, other.event, plan(far, starts_at=STARTS + 60 * MINUTE))
    place_all(desk, other.event)

    for contest in (made.event.contest, other.event.contest):
        (words,) = said(desk, contest)
        assert "贺定波 is expected in two sittings at once" in words
        assert "粮油储运 实操" in words


def test_a_workplace_and_a_judge_are_found_across_contests(desk: Desk) -> None:
    made, other = hall(desk, 1), listed_event(desk, 1)
    create_sitting(desk, other.event, plan(made.venue, starts_at=STARTS + 60 * MINUTE))
    place_all(desk, other.event)
    judge = make_account(desk.session, "戎卫国")
    for event in (made.event, other.event):
        seat = PanelSeat(event_id=event.id, account_id=judge.id, number=9, assigned_at=desk.now)
        desk.session.add(seat)
    set_workplace(desk, made.placements[0], 2)
    twin = desk.session.query(Sitting).filter_by(event_id=other.event.id).one()
    set_workplace(desk, placements_of(desk, twin)[0], 2)

    words = "\n".join(said(desk, made.event.contest))

    assert "Workplace 一号车间（示例） 2 is taken twice at once" in words
    assert "戎卫国 sits on two panels at once" in words
    assert len(said(desk, made.event.contest)) == 2


def test_a_cancelled_event_clashes_with_nobody(desk: Desk) -> None:
    made, other = hall(desk, 1), hall_twin(desk)
    assert len(said(desk, made.event.contest)) == 1
    other.state = EventState.CANCELLED
    desk.session.flush()

    assert said(desk, made.event.contest) == []


def hall_twin(desk: Desk):  # noqa: ANN201 (an event)
    """Expect the first person of the register in another contest too."""
    stage = listed_event(desk, 1)
    entry = desk.session.query(Entry).filter_by(event_id=stage.event.id).one()
    entry.person_id = desk.session.query(Entry).order_by(Entry.id).first().person_id  # type: ignore[union-attr]
    venue = venue_of(desk, stage.event.contest, "外区场馆（示例）")
    create_sitting(desk, stage.event, plan(venue))
    place_all(desk, stage.event)
    return stage.event


def test_days_rooms_broken_places_and_gaps_are_told(desk: Desk) -> None:
    made = hall(desk, 3)
    made.event.contest.starts_on = made.event.contest.ends_on = made.event.held_on
    set_workplace(desk, made.placements[0], 1)
    for workplace in made.venue.workplaces[:4]:
        move_workplace(desk, workplace, "break")
    create_sitting(desk, made.event, plan(made.venue, name="理论", part=SittingPart.THEORY))

    words = "\n".join(said(desk, made.event.contest))

    assert words.count("lies outside the days") == 2
    assert "has 3 entrants and only 2 usable workplaces" in words
    assert "Workplace 一号车间（示例） 1 is broken" in words
    assert "3 entrants of “粮油储运” have no sitting yet." in words


def test_an_event_without_a_sitting_is_named(desk: Desk) -> None:
    stage = listed_event(desk, 1)

    assert said(desk, stage.event.contest) == ["“粮油储运” has no sitting yet."]


def test_judges_and_strangers_have_no_timetable(desk: Desk) -> None:
    made = hall(desk)

    with pytest.raises(NotPermitted):
        timetable_of(made.stage.seat("judge1"), made.event.contest)


def test_a_large_timetable_costs_no_more_reads_than_a_small_one(desk: Desk) -> None:
    made = hall(desk, 2)
    key, event_id, venue_id = made.event.contest_id, made.event.id, made.venue.id
    with counted() as few:
        timetable_of(desk, desk.session.get_one(Contest, key))
    event, venue = desk.session.get_one(Event, event_id), desk.session.get_one(Venue, venue_id)
    for number in range(6):
        create_sitting(desk, event, plan(venue, name=f"第{number}场", part=SittingPart.THEORY))
    place_all(desk, event)
    with counted() as many:
        timetable_of(desk, desk.session.get_one(Contest, key))

    assert len(many) <= len(few) <= 12
