"""What a message says in its reader's language, and where its link leads."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, g
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from models.messages import Message, unread_count
from rules.message_kinds import KINDS
from rules.message_shapes import DAYS, MOMENTS, Page
from web.db import db
from web.filters import day, moment
from web.labels import label_of
from web.login import current_actor

REMARKS: Final[Mapping[str, Any]] = {
    "name": _l("Your name"),
    "id_number": _l("ID number"),
    "phone": _l("Mobile phone"),
    "employer": _l("Your unit"),
    "town": _l("Town"),
    "occupation": _l("Your trade"),
    "position": _l("Your post"),
    "in_trade_since": _l("In the trade"),
    "skill_level": _l("Skill level"),
    "certificate_no": _l("Number of the level certificate"),
    "photo": _l("Portrait"),
}
"""Fields a reviewer remarks on, as the entrant's form calls them."""
ENDPOINTS: Final[Mapping[Page, str]] = {
    Page.ENTRY: "entries.show",
    Page.RESULTS: "results.show",
    Page.CONTEST: "contests.show",
    Page.CERTIFICATE: "certificates.own",
    Page.ENTRIES: "entries.index",
    Page.JUDGING: "judging.index",
    Page.FILES: "admin_exports.index",
    Page.RECORD: "records.index",
    Page.INBOX: "inbox.show",
    Page.INQUIRIES: "inquiries.index",
    Page.CHECKLIST: "admin_checklists.show",
    Page.TEAM: "teams.show",
}
NUMBERED: Final[Mapping[Page, str]] = {
    Page.ENTRY: "entry_id",
    Page.INQUIRIES: "entry_id",
    Page.FILES: "contest_id",
    Page.CHECKLIST: "contest_id",
    Page.TEAM: "team_id",
}
"""Pages known by a number, which is the message's thing."""
LINK_WORDS: Final[Mapping[Page, Any]] = {
    Page.ENTRY: _l("Open the entry"),
    Page.RESULTS: _l("See the results"),
    Page.CONTEST: _l("See the contest"),
    Page.CERTIFICATE: _l("Download the certificate"),
    Page.ENTRIES: _l("My entries"),
    Page.JUDGING: _l("To the judging"),
    Page.FILES: _l("Fetch the file"),
    Page.RECORD: _l("See my record"),
    Page.INQUIRIES: _l("To the questions"),
    Page.CHECKLIST: _l("To the checklist"),
    Page.TEAM: _l("To the team"),
}


@dataclass(frozen=True)
class Words:
    """A message as it reads: ``path`` is its link within the site, empty where there is none."""

    subject: str
    body: str
    path: str = ""
    link: str = ""


def words_of(message: Message) -> Words:
    """Write a message out in the language in force."""
    subject, body = said(message.kind, message.params)
    page = KINDS[message.kind].page
    if page is Page.INBOX:
        return Words(subject, body)
    return Words(subject, body, path_of(message), str(LINK_WORDS[page]))


def said(kind: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """Say subject and body of a kind."""
    known = KINDS[kind]
    values = {name: _value(name, value) for name, value in params.items()}
    return str(gettext(known.subject)) % values, str(gettext(known.body)) % values


def path_of(message: Message) -> str:
    """Return the address of the page a message leads to, without host; empty on a bare face."""
    page = KINDS[message.kind].page
    endpoint = ENDPOINTS[page]
    if endpoint not in current_app.view_functions:
        return ""
    return current_app.url_map.bind("site").build(endpoint, _address(page, message))


def inbox_path(message: Message) -> str:
    """Return the address of a message itself, without host; empty on a bare face."""
    if ENDPOINTS[Page.INBOX] not in current_app.view_functions:
        return ""
    values = {"message_id": message.id}
    return current_app.url_map.bind("site").build(ENDPOINTS[Page.INBOX], values)


def _address(page: Page, message: Message) -> dict[str, Any]:
    _, _, key = message.thing.partition(":")
    params = message.params
    if page in NUMBERED:
        return {NUMBERED[page]: int(key)}
    if page is Page.CERTIFICATE:
        return {"number": key}
    if page is Page.RESULTS:
        return {"slug": params["slug"], "event": params["event_slug"]}
    if page is Page.CONTEST:
        return {"slug": params["slug"]}
    return {"message_id": message.id} if page is Page.INBOX else {}


def _value(name: str, value: Any) -> str:  # noqa: ANN401  # JSON holds what was told
    if name in MOMENTS:
        return moment(dt.datetime.fromisoformat(value))
    if name in DAYS:
        return day(dt.date.fromisoformat(value))
    if name in SAID:
        return SAID[name](value)
    if name == "remarks":
        return "；".join(_remark(field, text) for field, text in value.items())
    if name == "lines":
        return "\n".join(said(line["kind"], line["params"])[0] for line in value)
    return str(value)


SAID: Final[Mapping[str, Callable[[str], str]]] = {
    "title": lambda value: str(gettext(value)),
    "stock": lambda value: label_of(f"StockReply:{value}"),
}
"""Places kept as a gettext id or a member of a closed list."""


def _remark(field: str, text: str) -> str:
    words = REMARKS.get(field, field)
    return f"{words}：{text}" if words else text


def unread() -> int:
    """Count what the visitor has not read, once a request."""
    if "unread" not in g:
        account = current_actor().account_id
        g.unread = unread_count(db.session(), account) if account else 0
    count: int = g.unread
    return count


def register(app: Flask) -> None:
    """Attach the count and the words to the templates."""
    app.add_template_global(unread, "unread_messages")
    app.add_template_filter(words_of)
