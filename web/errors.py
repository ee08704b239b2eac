"""What a person reads when something is refused or breaks."""

import secrets
from collections.abc import Mapping
from enum import StrEnum

import structlog
from flask import Flask, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from rules.errors import Blocked, Invalid, NotPermitted, Refusal, Stale, WrongMoment
from rules.phrases import Phrase
from web.db import db
from web.labels import label, label_of

log = structlog.get_logger()
STATUS: dict[type[Refusal], int] = {
    NotPermitted: 403,
    WrongMoment: 409,
    Stale: 409,
    Blocked: 409,
    Invalid: 422,
}
PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})


def sentence(refusal: Refusal) -> str:
    """Say a refusal in the reader's language."""
    translated = str(gettext(refusal.message))
    return translated % _in_words(refusal.params) if refusal.params else translated


def _in_words(params: Mapping[str, object]) -> dict[str, object]:
    return {
        name: label(value) if isinstance(value, StrEnum) else value
        for name, value in params.items()
    }


def say(reason: Phrase | str) -> str:
    """Say a sentence of the law in the reader's language."""
    if isinstance(reason, str):
        return str(gettext(reason))
    translated = str(gettext(reason.message))
    params = {name: label_of(value) for name, value in reason.params}
    return translated % params if params else translated


def register(app: Flask) -> None:
    """Attach the error pages and the filter that says what the law hands up."""
    app.add_template_filter(say)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(InternalServerError, broken)


def page(status: int, *, message: str = "", reasons: tuple[str, ...] = ()) -> ResponseReturnValue:
    """Render the page of a status with the words of this case and a number to quote."""
    db.session.rollback()
    reference = secrets.token_hex(2).upper()
    name = status if status in PAGES else 500
    if status >= InternalServerError.code:
        log.error("page_failed", status=status, reference=reference)
    return (
        render_template(
            f"errors/{name}.html", message=message, reasons=reasons, reference=reference
        ),
        status,
    )


def refused(refusal: Refusal) -> ResponseReturnValue:
    """Answer a refusal that no view turned into words beside a field."""
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    reasons = tuple(say(reason) for reason in getattr(refusal, "reasons", ()))
    return page(status, message=sentence(refusal), reasons=reasons)


def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form whose token is missing or old."""
    return page(
        400, message=gettext("This form had been open too long. Go back, reload it and send again.")
    )


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer 404 and its kin; redirects pass."""
    if error.response is not None:
        return error.response
    return page(error.code or 500)


def stale(_error: StaleDataError) -> ResponseReturnValue:
    """Answer the second of two people who changed the same thing."""
    return page(
        409,
        message=gettext("Somebody else changed this while you were looking. Reload and try again."),
    )


def busy(error: OperationalError) -> ResponseReturnValue:
    """Answer a database that did not give the turn in time."""
    log.error("database_trouble", error=str(error.orig))
    answer = make_response(page(503))
    answer.headers["Retry-After"] = "5"
    return answer


def broken(error: InternalServerError) -> ResponseReturnValue:
    """Answer what nobody foresaw."""
    log.error("unforeseen", exc_info=error.original_exception)
    return page(500)
