"""Loads the contests: drafted, approved, announced and played as far as their files say."""

from typing import Any

from actions.contests import (
    ContestText,
    announce_contest,
    approve_contest,
    archive_contest,
    cancel_contest,
    create_contest,
)
from actions.desk import Desk
from actions.draws import commit_draw
from actions.events import EventPlan, create_event, move_event
from actions.registration_forms import begin_form, change_form, release_form
from actions.schemes import adopt_scheme
from models.contests import Contest, Event
from rules.eligibility_json import conditions_from_json
from rules.registration_forms import form_from_json
from rules.rulesets import rules_from_json
from rules.scheme_json import scheme_from_json
from rules.states import ContestState, EventState
from rules.teams import sizes
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup
from web.world import entries, files, judging, results, teams
from web.world.cast import World
from web.world.judging import OFFICER as CODE_OFFICER
from web.world.judging import seeds_of

ORGANIZER, OFFICER = "organizer", "officer"
ORDER = list(EventState)
Times = dict[str, Any]


def load(world: World) -> None:
    """Load every contest."""
    for row in files.documents("contests"):
        load_contest(world, row)


def load_contest(world: World, row: dict[str, Any]) -> Contest:
    """Draft a contest with its events, have it approved and announced, and play it."""
    times = {name: files.moment(text) for name, text in row["timeline"].items()}
    organizer = world.seat(ORGANIZER, times["created_at"])
    contest = create_contest(organizer, _text(row), slug=row["slug"])
    world.contests[row["slug"]] = contest
    events = [(_event(world, contest, event), event) for event in row["events"]]
    if "approved_at" in times:
        approve_contest(world.seat(OFFICER, times["approved_at"]), contest)
    if "announced_at" in times:
        announce_contest(world.seat(ORGANIZER, times["announced_at"]), contest)
        for event, plan in events:
            play(world, event, plan)
    _end(world, contest, row, times)
    return contest


def _end(world: World, contest: Contest, row: dict[str, Any], times: Times) -> None:
    """Archive a contest, or call it off, where its file says so."""
    if row["state"] == ContestState.ARCHIVED:
        archive_contest(world.seat(ORGANIZER, times["archived_at"]), contest)
    elif row["state"] == ContestState.CANCELLED:
        cancel_contest(world.seat(ORGANIZER, times["cancelled_at"]), contest, ground=row["ground"])


def _text(row: dict[str, Any]) -> ContestText:
    return ContestText(
        name=row["name"],
        year=row["year"],
        level=ContestLevel(row["level"]),
        contest_class=ContestClass(row["contest_class"]),
        approval_no=row["approval_no"],
        organiser=row["organiser"],
        host=row["host"],
        supporters=row["supporters"] or "",
        place=row["place"],
        starts_on=files.day(row["starts_on"]),
        ends_on=files.day(row["ends_on"]),
        summary=row["summary"],
    )


def _event(world: World, contest: Contest, row: dict[str, Any]) -> Event:
    opens, closes = files.moment(row["opens"]), files.moment(row["closes"])
    held_on = files.day(row["held_on"])
    if opens is None or closes is None or held_on is None:
        raise ValueError(f"{contest.slug}/{row['slug']} lacks a window or a day")
    organizer = world.seat(ORGANIZER, contest.created_at)
    least, most = sizes(EntryForm(row["form"]), *row.get("team", (0, 0)))
    event = create_event(
        organizer,
        contest,
        EventPlan(
            name=row["name"],
            occupation=world.occupations[row["occupation"]],
            entry_group=EntryGroup(row["group"]),
            entry_form=EntryForm(row["form"]),
            team_least=least,
            team_most=most,
            quota=row["quota"],
            entries_open_at=opens,
            entries_close_at=closes,
            held_on=held_on,
            appeal_hours=row["appeal_hours"],
            needs_endorsement=row.get("needs_endorsement", False),
            rules=rules_from_json(row["rules"]),
            eligibility=tuple(conditions_from_json(row["eligibility"])),
        ),
        slug=row["slug"],
    )
    scheme = files.document(f"schemes/{row['scheme']}.yaml")
    adopt_scheme(
        organizer, event, scheme_from_json(scheme["body"]), file_name=f"{scheme['title']}.xlsx"
    )
    if row.get("questions"):
        _questions(organizer, event, row["questions"])
    return event


def _questions(organizer: Desk, event: Event, body: object) -> None:
    """Build the event's own questions and put them to use."""
    form = begin_form(organizer, event, "empty")
    change_form(organizer, event, form, form_from_json(body))
    release_form(organizer, event, form)


def reaches(row: dict[str, Any], state: EventState) -> bool:
    """Whether the file leads an event to ``state`` or beyond; a cancelled one was open."""
    goal = EventState(row["state"])
    if goal is EventState.CANCELLED:
        return state is EventState.OPEN
    return ORDER.index(goal) >= ORDER.index(state)


def play(world: World, event: Event, row: dict[str, Any]) -> None:
    """Play one event up to its state."""
    if not reaches(row, EventState.OPEN):
        return
    move_event(world.seat(ORGANIZER, event.entries_open_at), event, "open")
    entries.load(world, event, row)
    teams.load(world, event, row)
    if reaches(row, EventState.CLOSED):
        move_event(world.seat(ORGANIZER, event.entries_close_at), event, "close")
    times = {name: files.moment(text) for name, text in (row.get("timeline") or {}).items()}
    if reaches(row, EventState.LISTED):
        move_event(world.seat(ORGANIZER, times["listed_at"]), event, "list")
    if row["state"] == EventState.LISTED and "draw_committed_at" in times:
        commit_draw(
            world.seat(CODE_OFFICER, times["draw_committed_at"]), event, seeds=seeds_of(row)
        )
    if reaches(row, EventState.DRAWN):
        judging.load(world, event, row)
    if reaches(row, EventState.LOCKED):
        results.load(world, event, row)
