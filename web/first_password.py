"""First passwords: one that somebody else chose opens only the page that replaces it."""

from typing import Final

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from web.login import current_account, is_signed_in

OPEN: Final = frozenset({"account.password", "account.logout", "reader.switch", "static"})


def register(app: Flask) -> None:
    """Lead whoever still has a first password to the page that replaces it."""
    app.before_request(_first_things_first)


def _first_things_first() -> ResponseReturnValue | None:
    if request.endpoint in OPEN or "_user_id" not in session or not is_signed_in():
        return None
    if not current_account().must_change_password:
        return None
    return redirect(url_for("account.password"))
