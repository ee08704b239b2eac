"""Loads lock, decoding, publication and awards of an event, each at its time by its people."""

from typing import Any

from actions.awards import award_event
from actions.results import (
    Ceremony,
    decode_event,
    finalise_results,
    lock_results,
    post_results,
)
from models.contests import Event
from rules.states import EventState
from web.world import files
from web.world.cast import World
from web.world.judging import OFFICER, ORGANIZER, SUPERVISOR, slips_of

ORDER = list(EventState)


def load(world: World, event: Event, row: dict[str, Any]) -> None:
    """Lead an event from its signed sheets to where its file says it stands."""
    times = {name: files.moment(text) for name, text in row["timeline"].items()}
    goal = ORDER.index(EventState(row["state"]))
    lock_results(world.seat(row["panel"]["chief"], times["locked_at"]), event)
    if goal < ORDER.index(EventState.DECODED):
        return
    officer_slip, witness_slip = slips_of(row)
    witness = world.seat(SUPERVISOR).actor
    decode_event(
        world.seat(OFFICER, times["decoded_at"]),
        event,
        Ceremony(officer_slip, witness_slip, witness),
    )
    if goal >= ORDER.index(EventState.POSTED):
        post_results(world.seat(ORGANIZER, times["posted_at"]), event)
    if goal >= ORDER.index(EventState.FINAL):
        finalise_results(world.seat(ORGANIZER, times["final_at"]), event)
    if goal >= ORDER.index(EventState.AWARDED):
        award_event(world.seat(ORGANIZER, times["awarded_at"]), event, sample=True)
