"""Teams before the office: one row in the queue, the members beside it, planned in the form."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.entries import Work, save_work
from actions.events import create_event
from admin.entry_teams import team_of as rows_of
from models.contests import Event
from models.entries import Entry
from rules.errors import Invalid
from rules.permits import Role
from rules.states import EntryState
from rules.terms import EntryForm, SkillLevel
from tests.admin.office import counted, staff
from tests.admin.test_events import form
from tests.contest_world import draft_contest, plan
from tests.team_world import founded, joined, seat_of, team_event, team_of, whole


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.REVIEWER, name="审核员乙")


def member_of(desk: Desk) -> Entry:
    return desk.session.query(Entry).filter_by(is_captain=False).order_by(Entry.id).first()  # type: ignore[return-value]  # there is one


def test_a_team_is_one_row_and_its_page_shows_each_members_conditions(
    office: FlaskClient, desk: Desk
) -> None:
    event = team_event(desk, least=2, most=4)
    captain = whole(desk, event, size=3)
    joined(desk, team_of(captain), 9, confirms=False)
    desk.session.commit()
    base = f"/admin/events/{event.id}/entries/"

    queue = office.get(base).text
    page = office.get(f"{base}{captain.id}").text

    assert queue.count('name="entries"') == 1
    assert "海燕队" in queue
    assert "队员2" not in queue
    for name in ("队员2", "队员3"):
        assert name in page
    assert page.count("年满 18 周岁") == 4, "three members, and the captain's own conditions"
    team = page.partition('id="team"')[2].partition("</section>")[0]
    assert "队员9" not in team, "what is not confirmed is its owner's alone"
    assert "尚未确认" in page


def test_a_members_page_is_read_and_not_decided(office: FlaskClient, desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    desk.session.commit()
    member = member_of(desk)
    base = f"/admin/events/{captain.event_id}/entries/"

    page = office.get(f"{base}{member.id}").text

    assert "随队长的报名一并审查" in page
    assert f'action="{base}{member.id}/accept"' not in page
    assert office.post(f"{base}{member.id}/accept").status_code == 409
    assert "队员2" in office.get(f"{base}?state=joined").text
    assert "队员2" not in office.get(f"{base}?state=all").text
    assert member.state is EntryState.JOINED


def test_a_change_of_a_member_is_marked_beside_the_team(office: FlaskClient, desk: Desk) -> None:
    captain = whole(desk, team_event(desk))
    member = member_of(desk)
    seat = seat_of(desk, member)
    save_work(seat, member, Work(SkillLevel.TWO, 2011, employer="另一家示例船厂"))
    desk.session.commit()

    page = office.get(f"/admin/events/{captain.event_id}/entries/{captain.id}").text

    assert "有修改" in page
    assert "另一家示例船厂" in page


def test_deciding_the_row_decides_the_team(office: FlaskClient, desk: Desk) -> None:
    event = team_event(desk)
    captain = whole(desk, event)
    desk.session.commit()

    told = office.post(f"/admin/events/{event.id}/entries/accept", data={"entries": [captain.id]})

    assert "参赛证" in told.text
    assert captain.state is EntryState.ACCEPTED


def test_the_queue_costs_the_same_for_more_teams(office: FlaskClient, desk: Desk) -> None:
    event = team_event(desk, quota=9)
    whole(desk, event)
    desk.session.commit()
    key = event.id
    with counted() as few:
        assert office.get(f"/admin/events/{key}/entries/").status_code == 200
    event = desk.session.get_one(Event, key)
    for number in range(2, 5):
        whole(desk, event, f"海鸥{number}队", number * 10)
    desk.session.commit()

    with counted() as many:
        assert office.get(f"/admin/events/{key}/entries/").status_code == 200

    assert len(many) == len(few) <= 15


def test_a_person_alone_has_no_team_beside(desk: Desk) -> None:
    event: Event = team_event(desk)
    captain = founded(desk, event)
    captain.team = None

    assert rows_of(desk, captain) == []


def test_sizes_are_planned_with_the_form_of_entry(app: Flask, desk: Desk) -> None:
    organizer = staff(app, desk, Role.ORGANIZER)
    contest = draft_contest(desk)
    desk.session.commit()
    url = f"/admin/contests/{contest.id}/events/new"
    sizes = {"entry_form": "team", "team_least": "3", "team_most": "5"}
    for wrong in ({"team_most": "2"}, {"team_least": ""}, {"team_most": "21"}):
        answer = organizer.post(url, data=form(desk, **{**sizes, **wrong}))
        assert answer.status_code == 422, wrong
    assert desk.session.query(Event).count() == 0

    organizer.post(url, data=form(desk, **sizes))
    organizer.post(url, data=form(desk, name="双人焊", entry_form="pair", team_most="9"))
    organizer.post(url, data=form(desk, name="单人焊", team_most="9"))

    made = desk.session.query(Event).order_by(Event.id).all()
    assert [(one.team_least, one.team_most) for one in made] == [(3, 5), (2, 2), (1, 1)]
    assert "3 至 5 人一组" in organizer.get(f"/admin/events/{made[0].id}/").text
    assert 'value="5"' in organizer.get(f"/admin/events/{made[0].id}/edit").text


def test_a_plan_of_wrong_sizes_makes_no_event(desk: Desk) -> None:
    contest = draft_contest(desk)
    changes = {"entry_form": EntryForm.TEAM, "team_least": 3, "team_most": 2}

    with pytest.raises(Invalid) as refusal:
        create_event(desk, contest, plan(desk.session, **changes))

    assert list(refusal.value.fields) == ["team_most"]
