"""What the minutes of a draw (抽签记录) say, ready to be set."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from models.draws import Draw
from models.public.draws import draw as public_draw
from web.filters import moment


def minutes_of(session: Session, draw: Draw) -> dict[str, Any]:
    """Return the texts of the minutes; a seed that is still sealed is not among them."""
    event = draw.event
    shown = public_draw(session, event.id)
    places = shown.order if shown else ()
    return {
        "contest": event.contest.name,
        "event": event.name,
        "committed": moment(draw.committed_at),
        "sealed": moment(draw.sealed_at),
        "station_hash": draw.station_commitment,
        "station_seed": draw.station_seed or "",
        "code_hash": draw.code_commitment,
        "layers": [
            [str(one.number), one.commitment, one.keeper.display_name] for one in draw.inner
        ],
        "last": str(len(draw.inner) + 1),
        "officer": draw.officer.display_name,
        "witness": draw.witness.display_name if draw.witness else "",
        "places": [[str(one.station), one.pass_no, str(one.batch), one.unit] for one in places],
        "batched": shown is not None and shown.fairness.batches > 1,
        "clashes": str(shown.clashes if shown and shown.fairness.apart else 0),
        "uneven": str(shown.uneven if shown else 0),
        "url": url_for("draws.show", slug=event.contest.slug, event=event.slug, _external=True),
    }
