"""Loads the views of entries that the office keeps, shared with colleagues or one's own."""

from typing import Any

from actions.views import save_view
from rules.views import read_view
from web.world import files
from web.world.cast import World


def load(world: World) -> None:
    """Save every view of the file as the account that keeps it."""
    rows: list[dict[str, Any]] = files.document("views.yaml")["views"]
    for row in rows:
        query = {name: [str(value)] for name, value in row["query"].items()}
        contest = world.contests[row["contest"]]
        seat = world.seat(row["account"], files.moment(row["at"]))
        save_view(seat, contest, row["name"], read_view(query), shared=row["shared"])
