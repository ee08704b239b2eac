"""Public notices."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from models.public import office
from web.clock import local
from web.db import db
from web.guard import public
from web.login import request_time

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List the notices, newest first."""
    return render_template(
        "showcase/notices/index.html",
        notices=office.notices(db.session()),
        today=local(request_time()).date(),
    )


@bp.get("/<number>")
@public
def show(number: str) -> ResponseReturnValue:
    """Show one notice the way documents look, ready for paper."""
    found = office.notices(db.session(), number)
    if not found:
        abort(404)
    return render_template(
        "showcase/notices/show.html",
        notice=found[0],
        html=Markup(found[0].html),  # noqa: S704  # cleaned when it was saved
        today=local(request_time()).date(),
    )
