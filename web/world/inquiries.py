"""Loads questions of entrants to the jury, in every state they can be in."""

import datetime as dt

from sqlalchemy import select

from actions.inquiries import answer_alone, ask, claim, decline, publish_answer
from models.contests import Contest, Event
from models.entries import Entry
from models.inquiries import Inquiry
from rules.terms import StockReply
from web.world import files
from web.world.cast import World

SOON = dt.timedelta(minutes=35)


def load(world: World) -> None:
    """Ask every question of the file and answer it as far as the file says."""
    for number, row in enumerate(files.document("inquiries.yaml")["inquiries"]):
        _inquiry(world, row, f"sample-{number}")


def _inquiry(world: World, row: dict[str, str], form_key: str) -> None:
    contest, _, slug = row["event"].partition("/")
    entry = world.desk.session.scalars(
        select(Entry)
        .join(Event, Event.id == Entry.event_id)
        .join(Contest)
        .where(
            Contest.slug == contest,
            Event.slug == slug,
            Entry.account_id == world.account(row["person"]).id,
        )
    ).one()
    asked = files.moment(row["asked_at"]) or world.desk.now
    made = ask(world.seat(row["person"], asked), entry, row["question"], form_key=form_key)
    if row.get("by"):
        claim(world.seat(row["by"], asked + SOON / 2), made)
        _answer(world, row, made, asked + SOON)


def _answer(world: World, row: dict[str, str], made: Inquiry, at: dt.datetime) -> None:
    desk, way = world.seat(row["by"], at), row.get("way")
    if way == "all":
        wording = row.get("wording", row["question"])
        publish_answer(desk, made, question=wording, answer=row["answer"])
    elif way == "alone":
        answer_alone(desk, made, row["answer"])
    elif way == "decline":
        decline(desk, made, StockReply(row["stock"]))
