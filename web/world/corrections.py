"""Loads what people want put right in the register and the office has not answered yet."""

from typing import Any

from actions.corrections import Mended, mend_record
from actions.people import Identity, own_identity
from web.world import files
from web.world.cast import World


def load(world: World) -> None:
    """Ask for every correction of the file as its person."""
    rows: list[dict[str, Any]] = files.document("corrections.yaml")["wishes"]
    for row in rows:
        seat = world.seat(row["person"], files.moment(row["at"]))
        number, phone = own_identity(seat, world.people[row["person"]])
        mend_record(seat, Mended(Identity(row["name"], number, phone), reason=row["reason"]))
