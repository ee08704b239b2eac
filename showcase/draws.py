"""The public page of a draw: what was promised, what came out, how to replay it."""

import json

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from models.public import contests
from models.public.contests import EventRow
from models.public.draws import PublicDraw, draw, record
from web.db import db
from web.guard import public

bp = Blueprint("draws", __name__)


@bp.get("/contests/<slug>/<event>/draw")
@public
def show(slug: str, event: str) -> ResponseReturnValue:
    """Show hashes and order, and the seeds once they are revealed."""
    row, found = _drawn(slug, event)
    return render_template("showcase/draws/show.html", event=row, draw=found)


@bp.get("/contests/<slug>/<event>/draw.json")
@public
def download(slug: str, event: str) -> ResponseReturnValue:
    """Offer the record of a draw: ``flask draw replay`` computes it again, and so may anybody."""
    _, found = _drawn(slug, event)
    if found.sealed_at is None:
        abort(404)
    text = json.dumps(record(found), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="draw-{slug}-{event}.json"'}
    return Response(text + "\n", mimetype="application/json", headers=headers)


def _drawn(slug: str, event: str) -> tuple[EventRow, PublicDraw]:
    row = contests.event(db.session(), slug, event)
    found = draw(db.session(), row.key) if row else None
    if row is None or found is None:
        abort(404)
    return row, found
