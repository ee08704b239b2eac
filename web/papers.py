"""Papers: the errand that sets one volume after the other."""

from typing import Any

from actions.desk import Desk
from actions.papers import set_volume
from web.outbox import carries


@carries("papers")
def papers(desk: Desk, payload: dict[str, Any]) -> None:
    """Set the next volume of a batch."""
    set_volume(desk, payload["batch"], run=payload["run"], sample=payload["sample"])
