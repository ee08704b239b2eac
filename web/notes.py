"""SMS that belong to no inbox: to somebody who has no account, or with a code to sign in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import structlog
from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from actions.codes import SEND, by_password_only, claim_code, code_of
from actions.desk import Desk
from actions.helpers import is_to_be_told, own_phone, token_of
from adapters.letters import Letter, Sender, SendTrouble
from models.codes import LoginCode
from models.helpers import Helped
from rules.messages import MAX_ATTEMPTS, leaves_at, wait_after
from rules.terms import Channel
from web.clock import now
from web.outbox import AfterCommit, carries
from web.posting import full_link

log = structlog.get_logger()
LANGUAGE: Final = "zh_Hans"
"""Whoever has no account has chosen no language."""
LINK: Final = "helpers.show"


@carries("tell_helped")
def tell_helped(desk: Desk, payload: dict[str, Any]) -> AfterCommit | None:
    """Tell a person on their own telephone that somebody has entered them."""
    row = desk.session.get_one(Helped, payload["entry"])
    phone, wait = own_phone(desk, row), leaves_at(Channel.SMS, desk.now) - desk.now
    if not phone or not is_to_be_told(row):
        return None
    if wait:
        desk.send("tell_helped", after=wait, **payload)
        return None
    tries = payload.get("tries", 0) + 1
    row.told_at = desk.now  # noted first: a second errand finds nothing to tell
    letter = Letter(f"helped-{row.entry_id}", phone, "", _words(desk, row))

    def failed(trouble: SendTrouble) -> None:
        row = desk.session.get_one(Helped, payload["entry"])
        row.told_at = None
        if tries < MAX_ATTEMPTS and not trouble.final:
            at = replace(desk, now=now())
            at.send("tell_helped", after=wait_after(tries), entry=row.entry_id, tries=tries)

    return lambda: post_note(letter, failed)


@carries(SEND)
def send_code(desk: Desk, payload: dict[str, Any]) -> AfterCommit | None:
    """Send a code at any hour: somebody waits for it now, and asks again if it does not come."""
    row = desk.session.scalars(select(LoginCode).filter_by(key=payload["code"])).first()
    found = claim_code(desk, row) if row is not None else None
    if row is None or found is None:
        return None
    account, phone = found
    site_name = current_app.config["SETTINGS"].site_name
    with force_locale(account.lang):
        if by_password_only(desk, account):
            said = gettext(
                "Somebody asked for a code for your account. It signs in with its password alone, "
                "as accounts of staff, judges and contacts do."
            )
        else:
            said = gettext(
                "Your code to sign in is %(code)s, good once and for ten minutes. Tell it to "
                "nobody. If you did not ask for it, leave it be.",
                code=code_of(desk, row),
            )
    letter = Letter(f"code-{row.key}", phone, "", f"【{site_name}】{said}")
    return lambda: post_note(letter, _leave_it)


def _leave_it(trouble: SendTrouble) -> None:
    log.warning("code_not_sent", trouble=str(trouble))


def post_note(letter: Letter, failed: Callable[[SendTrouble], None]) -> None:
    """Hand one SMS to the gateway; where it does not leave, ``failed`` says what becomes of it."""
    sender: Sender = current_app.extensions["senders"][Channel.SMS]
    try:
        sender.send(letter)
    except SendTrouble as trouble:
        failed(trouble)


def _words(desk: Desk, row: Helped) -> str:
    settings, event = current_app.config["SETTINGS"], row.entry.event
    with force_locale(LANGUAGE):
        said = gettext(
            "%(helper)s has entered you for “%(event)s” of %(contest)s. If that is right, you need "
            "do nothing.",
            helper=row.helper.display_name,
            event=event.name,
            contest=event.contest.name,
        )
        link = full_link(settings, _path(token_of(desk, row.entry_id)))
        more = (
            gettext("To take the entry over or to object:")
            if link
            else gettext("To take the entry over or to object, call the office.")
        )
    return f"【{settings.site_name}】{said}{more}{link}"


def _path(token: str) -> str:
    """Return the address of the page a link opens, or nothing where this face is not shown."""
    if LINK not in current_app.view_functions:
        return ""
    return current_app.url_map.bind("site").build(LINK, {"token": token})
