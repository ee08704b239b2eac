"""The public page of a draw: what was promised, what came out, how to replay it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from models.public import contests
from models.public.draws import draw
from web.db import db
from web.guard import public

bp = Blueprint("draws", __name__)


@bp.get("/contests/<slug>/<event>/draw")
@public
def show(slug: str, event: str) -> ResponseReturnValue:
    """Show hashes and order, and the seeds once they are revealed."""
    row = contests.event(db.session(), slug, event)
    found = draw(db.session(), row.key) if row else None
    if row is None or found is None:
        abort(404)
    return render_template("showcase/draws/show.html", event=row, draw=found)
