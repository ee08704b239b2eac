"""Extra time is granted with a reason, at most taken back, and never rewritten."""

import pytest

from actions.desk import Desk
from actions.extra_times import extra_times_of, grant_extra_time, take_back_extra_time
from models.audit import AuditLine
from models.schedules import extra_minutes_of
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.permits import Role
from rules.states import EntryState, EventState
from tests.sitting_world import hall


def test_minutes_add_up_until_they_are_taken_back(desk: Desk) -> None:
    made = hall(desk)
    entry, office = made.placements[0].entry, made.door()
    first = grant_extra_time(office, made.event, pass_no="p-000", minutes=10, reason="机床停机")
    grant_extra_time(office, made.event, pass_no="P-000", minutes=5, reason="停电")
    assert extra_minutes_of(desk.session, entry.id) == 15

    take_back_extra_time(office, first)

    assert extra_minutes_of(desk.session, entry.id) == 5
    assert [row.minutes for row in extra_times_of(office, made.event)] == [5, 10]
    line = desk.session.query(AuditLine).filter_by(deed="grant_extra_time").first()
    assert line is not None
    assert line.detail == {"minutes": 10, "reason": "机床停机"}
    with pytest.raises(WrongMoment, match="before"):
        take_back_extra_time(office, first)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 241}, "minutes"),
        ({"reason": " "}, "reason"),
        ({"pass_no": "P-999"}, "pass_no"),
    ],
)
def test_a_wrong_grant_names_its_field(desk: Desk, changes: dict[str, object], field: str) -> None:
    made = hall(desk)
    values = {"pass_no": "P-000", "minutes": 10, "reason": "停电", **changes}

    with pytest.raises(Invalid) as refused:
        grant_extra_time(made.door(), made.event, **values)  # type: ignore[arg-type]

    assert list(refused.value.fields) == [field]
    assert extra_times_of(made.door(), made.event) == []


def test_only_the_office_of_an_event_that_is_held_grants(desk: Desk) -> None:
    made = hall(desk)
    for role in (Role.VENUE_MANAGER, Role.CHIEF_JUDGE):
        with pytest.raises(NotPermitted):
            grant_extra_time(
                made.door(role=role), made.event, pass_no="P-000", minutes=1, reason="x"
            )
    made.placements[0].entry.state = EntryState.WITHDRAWN
    desk.session.flush()
    with pytest.raises(Invalid):
        grant_extra_time(made.door(), made.event, pass_no="P-000", minutes=1, reason="x")
    made.event.state = EventState.LOCKED
    with pytest.raises(WrongMoment):
        grant_extra_time(made.door(), made.event, pass_no="P-001", minutes=1, reason="x")
