"""Loads draw, panel and marks of an event, each by the person whose deed it is."""

import datetime as dt
import hashlib
from typing import Any

from actions.desk import Desk
from actions.draw_layers import commit_layer, seal_layer
from actions.draws import CODES, commit_draw, join_draw, seal_draw
from actions.event_plans import rules_of
from actions.panels import assign_chief, assign_judge, sign_pledge, start_marking
from actions.scores import MarkEntry, enter_mark, mark_presence, sign_sheet
from adapters.crypto import write_slip
from models.contests import Event
from models.scores import ScoreSheet
from rules.draws import blind_codes, shuffle
from rules.judging import GROUP_SEAT
from rules.states import EventState
from web.world import files
from web.world.cast import World

ORGANIZER, OFFICER, SUPERVISOR = "organizer", "encryption", "supervisor"
KEEPER = "encryption2"
"""Who keeps the first of two layers of codes."""


def seeds_of(row: dict[str, Any]) -> tuple[str, str]:
    """Return the two seeds of a sample draw; a real draw takes random ones."""
    return f"{row['seed']} stations sample", f"{row['seed']} codes sample"


def slips_of(row: dict[str, Any]) -> tuple[str, str]:
    """Return the slips of officer and supervisor of a sample event, so that a demo can decode."""
    return tuple(
        write_slip(hashlib.sha256(f"{row['seed']} {role}".encode()).digest())
        for role in (OFFICER, SUPERVISOR)
    )  # type: ignore[return-value]  # two roles, two slips


def layer_slip(row: dict[str, Any]) -> str:
    """Return the slip of the keeper of the first layer of a sample event."""
    return write_slip(hashlib.sha256(f"{row['seed']} {KEEPER}".encode()).digest())


def load(world: World, event: Event, row: dict[str, Any]) -> None:
    """Draw, seat the panel, begin marking and enter the marks as far as the file says."""
    times = {name: files.moment(text) for name, text in row["timeline"].items()}
    officer_slip, witness_slip = slips_of(row)
    officer = world.seat(OFFICER, times["draw_committed_at"])
    draw = commit_draw(officer, event, seeds=seeds_of(row))
    if rules_of(event).fairness.layers > 1:
        keeper = world.seat(KEEPER, times["draw_committed_at"])
        commit_layer(keeper, draw, 1, seed=f"{row['seed']} layer sample")
    join_draw(world.seat(SUPERVISOR, times["draw_committed_at"]), draw, slip=witness_slip)
    _panel(world, event, row, times["listed_at"])
    for layer in draw.inner:
        seal_layer(world.seat(KEEPER, times["drawn_at"]), layer, slip=layer_slip(row))
    seal_draw(world.seat(OFFICER, times["drawn_at"]), draw, slip=officer_slip)
    if EventState(row["state"]) is EventState.DRAWN:
        return
    start = times["started_at"] or world.desk.now
    sheets = start_marking(world.seat(ORGANIZER, start), event)
    _marks(world, event, row, sheets, start)


def _panel(world: World, event: Event, row: dict[str, Any], at: dt.datetime | None) -> None:
    organizer = world.seat(ORGANIZER, at)
    panel = row["panel"]
    assign_chief(organizer, event, world.account(panel["chief"]))
    for number, key in enumerate(panel["judges"], start=1):
        seat = assign_judge(organizer, event, world.account(key), number=number)
        sign_pledge(world.seat(key, at), seat)


def codes_of(row: dict[str, Any]) -> dict[str, str]:
    """Map person key to blind code, as the sealed draw has it."""
    accepted = [entry["person"] for entry in row["entries"] if entry["state"] == "accepted"]
    drawn = shuffle(accepted, seeds_of(row)[1], CODES)
    return dict(zip(drawn, blind_codes(len(drawn), seeds_of(row)[1]), strict=True))


def _marks(
    world: World,
    event: Event,
    row: dict[str, Any],
    sheets: list[ScoreSheet],
    start: dt.datetime,
) -> None:
    codes = codes_of(row)
    judges = [world.seat(key, start + dt.timedelta(hours=1)) for key in row["panel"]["judges"]]
    _absent(row, codes, sheets[GROUP_SEAT - 1], judges[GROUP_SEAT - 1])
    lines = files.table(f"marks/{event.contest.slug}--{event.slug}.tsv")
    done = round(len(lines) * float(row.get("marks_done", "1")))
    for number, line in enumerate(lines[:done]):
        values = line["values"].split("|")
        for seat, value in enumerate(values):
            entry = MarkEntry(
                codes[line["person"]], line["aspect"], value, f"s{event.id}-{number}-{seat}"
            )
            enter_mark(judges[seat], sheets[seat], entry)
    if EventState(row["state"]) is not EventState.SCORING:
        for seat, (judge, sheet) in enumerate(zip(judges, sheets, strict=True)):
            sign_sheet(judge, sheet, client_key=f"s{event.id}-sign-{seat}")


def _absent(row: dict[str, Any], codes: dict[str, str], sheet: ScoreSheet, judge: Desk) -> None:
    for entry in row["entries"]:
        if entry.get("attendance") == "absent":
            code = codes[entry["person"]]
            mark_presence(judge, sheet, code, absent=True, client_key=f"s{sheet.id}-absent-{code}")
