"""Whether the process lives and whether the site can answer."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.settings import Setting
from web.db import db
from web.guard import public

bp = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Attach the two probes."""
    app.register_blueprint(bp)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Answer while the process can answer at all."""
    return {"alive": True}


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Answer 200 once the database holds the schema."""
    db.session.execute(select(Setting.key).limit(1)).first()
    return {"ready": True}
