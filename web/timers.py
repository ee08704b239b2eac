"""Timers: errands that wait for a moment: entries open and close, what is over is forgotten."""

from typing import Any

from actions.desk import Desk
from actions.events import close_on_time, open_on_time
from actions.expiry import expire_event
from actions.invitations import lapse_invitations
from actions.registration_forms import plan_expiry
from actions.replies import place_of
from actions.team_partings import settle_teams
from actions.workers import forget_workers
from models.contests import Event
from web.outbox import carries


@carries("open_entries")
def open_entries(desk: Desk, payload: dict[str, Any]) -> None:
    """Open the entries of one event."""
    open_on_time(desk, desk.session.get_one(Event, payload["event_id"]))


@carries("close_entries")
def close_entries(desk: Desk, payload: dict[str, Any]) -> None:
    """Close the entries of one event."""
    close_on_time(desk, desk.session.get_one(Event, payload["event_id"]))


@carries("forget_workers")
def forget_list(desk: Desk, payload: dict[str, Any]) -> None:
    """Remove a list of workers that nobody took."""
    forget_workers(desk, payload["import_id"])


@carries("lapse_invitations")
def lapse(desk: Desk, payload: dict[str, Any]) -> None:
    """Forget what units wrote of workers who never agreed."""
    lapse_invitations(desk, desk.session.get_one(Event, payload["event_id"]))


@carries("settle_teams")
def settle(desk: Desk, payload: dict[str, Any]) -> None:
    """Tell teams that are not complete that time has run out."""
    settle_teams(desk, desk.session.get_one(Event, payload["event_id"]))


@carries("expire_answers")
def expire_answers(desk: Desk, payload: dict[str, Any]) -> None:
    """Erase the answers of one event that were kept long enough; the next round is planned."""
    event = desk.session.get_one(Event, payload["event_id"])
    expire_event(desk, event)
    plan_expiry(desk, event)


@carries("forget_files")
def forget_files(desk: Desk, payload: dict[str, Any]) -> None:
    """Take files off the shelf whose rows are gone."""
    for key in payload["keys"]:
        desk.shelf.drop(place_of(key))
