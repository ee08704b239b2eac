"""Loads the entries of an event: each filled in by its own person and decided by the reviewer."""

import datetime as dt
from typing import Any

from actions.desk import Desk
from actions.endorsements import (
    endorse,
    endorsement_of,
    recommendation_form,
    refuse_endorsement,
)
from actions.entries import Work, begin_entry, confirm_conditions, save_photo, save_who, save_work
from actions.entry_answers import save_answers
from actions.people import Identity, own_identity
from actions.replies import answers_of, questions, take_file
from actions.reviews import accept_entry, reject_entry, return_entry
from actions.submissions import join_waiting, submit_entry, withdraw_entry
from adapters.images import redrawn
from models.contests import Event
from models.entries import Entry
from models.people import Person
from rules.states import EntryState
from web.world import files
from web.world.cast import World

REVIEWER = "reviewer"
PORTRAIT = "gauge.webp"
PAPER_WIDTH = 900


def load(world: World, event: Event, row: dict[str, Any]) -> None:
    """Fill in every entry of one person, an hour apart, within the published window."""
    width = event.entries_close_at - event.entries_open_at
    alone = [entry for entry in row["entries"] if not entry.get("team")]
    for number, entry in enumerate(alone):
        at = event.entries_open_at + width * (number + 1) / (len(alone) + 2)
        _entry(world, event, entry, min(at.replace(microsecond=0), latest(world, event)))


def latest(world: World, event: Event) -> dt.datetime:
    """Return the last moment anything is filled in: now, or a minute before entries close."""
    return min(world.desk.now, event.entries_close_at - dt.timedelta(minutes=1))


def _entry(world: World, event: Event, row: dict[str, Any], at: dt.datetime) -> None:
    person = world.people[row["person"]]
    seat = world.seat(row["person"], at)
    state = EntryState(row["state"])
    entry = begin_entry(seat, event, form_key=f"sample-{event.id}-{row['person']}")
    say_who(seat, entry, person)
    if state is EntryState.DRAFT:
        return
    fill_in(seat, entry, person, row.get("answers") or {})
    if state is EntryState.WAITING:
        join_waiting(seat, entry)
        return
    submit_entry(seat, entry)
    decide(world, entry, row, at + dt.timedelta(minutes=50))
    _change(world, entry, row, at + dt.timedelta(minutes=75))


def say_who(seat: Desk, entry: Entry, person: Person) -> None:
    """Fill in the first step as the person."""
    number, phone = own_identity(seat, person)
    save_who(seat, entry, Identity(person.name, number, phone), consents=True)


def fill_in(seat: Desk, entry: Entry, person: Person, said: dict[str, Any]) -> None:
    """Fill in everything else, up to handing in."""
    save_work(
        seat,
        entry,
        Work(
            skill_level=person.skill_level,
            in_trade_since=person.in_trade_since or seat.now.year,
            town=person.town,
            organization=person.organization,
            occupation=person.occupation,
        ),
    )
    answer(seat, entry, said)
    save_photo(seat, entry, portrait())
    confirm_conditions(seat, entry)


def answer(seat: Desk, entry: Entry, said: dict[str, Any]) -> None:
    """Answer the event's own questions; the word of a file stands for a sample picture."""
    form = questions(seat, entry)
    answers = {code: str(answer) for code, answer in said.items()}
    for field in form.fields:
        if field.file_slot in answers:
            paper = redrawn(portrait(), PAPER_WIDTH)
            name = f"{field.label}（示例）.jpg"
            answers[field.file_slot] = str(take_file(seat, entry, field, paper, name).id)
    if form.fields:
        save_answers(seat, entry, answers)


def _change(world: World, entry: Entry, row: dict[str, Any], at: dt.datetime) -> None:
    """Let the owner change an accepted entry: it waits for the reviewer once more."""
    if row.get("changed"):
        _endorse(world.at(at), entry)
        accept_entry(world.seat(REVIEWER, at), entry)
        seat = world.seat(row["person"], at + dt.timedelta(minutes=20))
        answers = answers_of(seat, entry) | {c: str(said) for c, said in row["changed"].items()}
        save_answers(seat, entry, answers)


def decide(world: World, entry: Entry, row: dict[str, Any], at: dt.datetime) -> None:
    """Let the reviewer decide as the file says, or the owner withdraw."""
    reviewer = world.seat(REVIEWER, at)
    remark = row.get("remark") or ""
    if row["state"] == EntryState.ACCEPTED:
        _endorse(world.at(at), entry)
        accept_entry(reviewer, entry)
    elif row["state"] == EntryState.RETURNED:
        return_entry(reviewer, entry, remarks=row.get("remarks") or {"": remark})
    elif row["state"] == EntryState.REJECTED:
        reject_entry(reviewer, entry, reason=remark)
    elif row.get("unit_refuses"):
        _refuse(world.at(at), entry, row["unit_refuses"])
    elif row["state"] == EntryState.WITHDRAWN:
        withdraw_entry(world.seat(row["person"], at), entry, reason=remark or "当天另有生产任务")


def _endorse(desk: Desk, entry: Entry) -> None:
    """Let the unit send its form back, where the event wants one."""
    row = endorsement_of(desk, entry)
    if row is not None:
        form = recommendation_form(desk, row, url="https://example.cn/")
        endorse(desk, row, form)


def _refuse(desk: Desk, entry: Entry, reason: str) -> None:
    """Let the unit say that it does not recommend the entry."""
    row = endorsement_of(desk, entry)
    if row is None:
        raise ValueError(f"entry {entry.id} asks no unit for a recommendation")
    refuse_endorsement(desk, row, reason=reason)


def portrait() -> bytes:
    """Return the plate that stands in for a portrait: sample people have no faces."""
    return (files.FOLDER / "plates" / PORTRAIT).read_bytes()
