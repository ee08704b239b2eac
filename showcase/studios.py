"""Craftsmen's studios as the public sees them."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from models.public import office
from web.db import db
from web.guard import public

bp = Blueprint("studios", __name__, url_prefix="/studios")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List the studios."""
    return render_template("showcase/studios/index.html", studios=office.studios(db.session()))


@bp.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one studio: leader, members, projects."""
    found = office.studios(db.session(), [slug])
    if not found:
        abort(404)
    return render_template("showcase/studios/show.html", studio=found[0])
