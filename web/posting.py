"""Carries the copies of messages out: errands become mails and SMS through the adapters.

A copy's own row is the record: it is claimed in one transaction, sent in none, noted in
another. An errand carried twice sends once. If the process dies after the adapter took a copy
and before that is noted, the copy is sent once more, under the same key: at most one double
for each such death.
"""

from dataclasses import replace
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale, gettext

from actions.desk import Desk
from actions.messages import (
    claim_delivery,
    collect_digest,
    deliver,
    note_sent,
    note_trouble,
    open_address,
)
from actions.reminders import carry_closing, carry_day
from adapters.letters import FolderSender, Letter, Sender, SendTrouble
from adapters.mail import SmtpSender
from adapters.sms import GatewaySender
from adapters.storage import Shelf
from models.contests import Event
from models.messages import Delivery
from rules.message_kinds import KINDS
from rules.terms import Channel
from web.clock import now
from web.messages import inbox_path, words_of
from web.outbox import AfterCommit, carries
from web.settings import Settings

LONGEST_SMS = 300


def register(app: Flask) -> None:
    """Choose the way of each channel by the settings."""
    app.extensions["senders"] = senders(app.config["SETTINGS"])


def senders(settings: Settings) -> dict[Channel, Sender]:
    """Return who carries each channel: a server where one is set, a folder where none is."""
    found: dict[Channel, Sender] = {
        channel: FolderSender(Shelf(settings.var_dir / channel.value)) for channel in Channel
    }
    if settings.mail_url:
        found[Channel.MAIL] = SmtpSender(settings.mail_url, settings.mail_from)
    if settings.sms_url:
        found[Channel.SMS] = GatewaySender(settings.sms_url, settings.sms_key)
    return found


@carries("deliver")
def make_copies(desk: Desk, payload: dict[str, Any]) -> None:
    """Make the copies of one message."""
    deliver(desk, payload["message"])


@carries("send_copy")
def send_copy(desk: Desk, payload: dict[str, Any]) -> AfterCommit | None:
    """Claim one copy; it is sent after the commit, so that no server is waited for meanwhile."""
    at = replace(desk, now=now())
    delivery = claim_delivery(at, payload["delivery"])
    if delivery is None:
        return None
    letter, channel = letter_of(at, delivery), delivery.channel
    return lambda: _post(at, letter, channel)


def _post(desk: Desk, letter: Letter, channel: Channel) -> None:
    sender: Sender = current_app.extensions["senders"][channel]
    try:
        sender.send(letter)
    except SendTrouble as trouble:
        note_trouble(replace(desk, now=now()), letter.key, str(trouble), final=trouble.final)
    else:
        note_sent(replace(desk, now=now()), letter.key)


@carries("digest")
def send_digest(desk: Desk, payload: dict[str, Any]) -> None:
    """Gather the morning's digest of one account."""
    collect_digest(desk, payload["account_id"])


@carries("remind_closing")
def remind_closing(desk: Desk, payload: dict[str, Any]) -> None:
    """Remind drafts and returned entries of one event."""
    event = desk.session.get_one(Event, payload["event_id"])
    carry_closing(desk, event, days=payload["days"], closes=payload["closes"])


@carries("remind_day")
def remind_day(desk: Desk, payload: dict[str, Any]) -> None:
    """Remind the accepted entrants of one event."""
    event = desk.session.get_one(Event, payload["event_id"])
    carry_day(desk, event, days=payload["days"], held_on=payload["held_on"])


def letter_of(desk: Desk, delivery: Delivery) -> Letter:
    """Write a copy in the language its account reads."""
    message, settings = delivery.message, current_app.config["SETTINGS"]
    with force_locale(message.account.lang):
        words = words_of(message)
        link = full_link(settings, words.path or inbox_path(message))
        if delivery.channel is Channel.SMS:
            whole = words.body if KINDS[message.kind].whole else ""
            text = f"【{settings.site_name}】{_joined(words.subject, whole)}"[:LONGEST_SMS] + link
        else:
            text = _mail_text(words.body, link, settings.site_name)
    return Letter(delivery.key, open_address(desk, delivery), _one_line(words.subject), text)


def _joined(subject: str, body: str) -> str:
    if body:
        return f"{subject}：{_one_line(body)}"
    return f"{subject}。{gettext('The whole message is in your inbox.')}"


def _mail_text(body: str, link: str, site_name: str) -> str:
    last = gettext("This mail was written by the site; the same text is in your inbox there.")
    return "\n\n".join(part for part in (body, link.strip(), f"{site_name}\n{last}") if part)


def full_link(settings: Settings, path: str) -> str:
    """Write a blank and the whole address of a page, or nothing where the site's own is not set."""
    return f" {settings.site_url.rstrip('/')}{path}" if settings.site_url and path else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
