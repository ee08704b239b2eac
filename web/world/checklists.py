"""Loads how far the checklists of the contests are: items ticked, waived, added and assigned."""

from typing import Any

from actions.checklists import Plan, add_item, tick_item, waive_item
from actions.desk import Desk
from models.contests import Contest
from web.world import files
from web.world.cast import World


def load(world: World) -> None:
    """Go through the checklists of the file as the colleagues it names."""
    for row in files.document("checklists.yaml")["checklists"]:
        contest = world.contests[row["contest"]]
        for one in row.get("done", ()):
            tick_item(_seat(world, one), contest, one["item"], note=one.get("note", ""))
        for one in row.get("waived", ()):
            waive_item(_seat(world, one), contest, one["item"], note=one["note"])
        for one in row.get("own", ()):
            _own(world, contest, one)


def _own(world: World, contest: Contest, row: dict[str, Any]) -> None:
    assignee = world.account(row["assignee"]).id if row.get("assignee") else None
    plan = Plan(files.day(row["due_on"]), assignee)
    made = add_item(_seat(world, row), contest, row["title"], plan)
    if row.get("done_at"):
        seat = world.seat(row["by"], files.moment(row["done_at"]))
        tick_item(seat, contest, made.key)


def _seat(world: World, row: dict[str, Any]) -> Desk:
    return world.seat(row["by"], files.moment(row["at"]))
