"""A holder's own certificates."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from actions.certificates import render_certificate
from models.certificates import Certificate
from web.db import db
from web.guard import signed_in
from web.login import current_account

bp = Blueprint("certificates", __name__, url_prefix="/account/certificates")


@bp.get("/<number>.pdf")
@signed_in
def own(number: str) -> ResponseReturnValue:
    """Send a certificate to the person it was issued to."""
    person = current_account().person_id or 0
    row = db.one_or_404(select(Certificate).filter_by(number=number, person_id=person))
    url = url_for("verify.show", number=row.number, _external=True)
    answer = Response(render_certificate(row, url=url), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename={row.number}.pdf"
    return answer
