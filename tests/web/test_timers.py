"""The worker opens and closes entries when their published moment has come."""

import datetime as dt

from flask import Flask

from actions.desk import Desk
from actions.workers import check_workers, commit_workers
from models.outbox import Errand
from models.units import Invitation, WorkerImport
from rules.states import EventState, InvitationState
from tests.contest_world import DAY, announced_event, at
from tests.entry_world import open_event
from tests.support import NOW
from tests.team_world import founded, team_event, told
from tests.unit_world import cells, contact, make_unit, sheet
from web.outbox import CARRIERS


def test_errands_open_and_close_entries(app: Flask, desk: Desk) -> None:
    event = announced_event(desk)
    payload = {"event_id": event.id}

    CARRIERS["open_entries"](at(desk, NOW + DAY), payload)
    assert event.state is EventState.OPEN
    CARRIERS["close_entries"](at(desk, NOW + 11 * DAY - dt.timedelta(seconds=1)), payload)
    assert event.state is EventState.OPEN
    CARRIERS["close_entries"](at(desk, NOW + 11 * DAY), payload)

    assert event.state is EventState.CLOSED


def test_lists_nobody_took_and_invitations_nobody_answered_are_forgotten(
    app: Flask, desk: Desk
) -> None:
    event = open_event(desk, quota=4)
    unit = make_unit(desk)
    clerk = contact(desk, unit, event)
    untaken = check_workers(clerk, event, unit, sheet(cells(1)), key="a" * 32)
    commit_workers(clerk, check_workers(clerk, event, unit, sheet(cells(2)), key="b" * 32))
    late = at(desk, event.entries_close_at)

    CARRIERS["forget_workers"](late, {"import_id": untaken.id})
    CARRIERS["lapse_invitations"](late, {"event_id": event.id})

    assert [row.key for row in desk.session.query(WorkerImport)] == ["b" * 32]
    assert desk.session.query(Invitation).one().state is InvitationState.WITHDRAWN


def test_teams_that_are_not_complete_are_told_when_entries_close(app: Flask, desk: Desk) -> None:
    event = team_event(desk)
    captain = founded(desk, event)
    errand = desk.session.query(Errand).filter_by(kind="settle_teams").one()
    assert errand.due_at == event.entries_close_at

    CARRIERS["settle_teams"](at(desk, event.entries_close_at), errand.payload)

    assert "team_incomplete" in told(desk, captain)
    assert captain.team_id is None
