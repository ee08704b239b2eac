"""Public notices: written, scanned for personal numbers, published, withdrawn."""

import datetime as dt
from dataclasses import dataclass

from actions.desk import Desk
from adapters.markdown import render
from models.contests import Contest
from models.notices import Notice
from rules.errors import Blocked, Invalid
from rules.permits import ANYWHERE, Permit
from rules.privacy import Level, leak_scan
from rules.states import NoticeState
from rules.terms import NoticeKind


@dataclass(frozen=True)
class NoticeText:
    """What a notice says; ``closes_on`` is the last day for objections, if it invites them."""

    number: str
    title: str
    kind: NoticeKind
    body: str
    doc_no: str = ""
    issuer: str = ""
    signed_on: dt.date | None = None
    closes_on: dt.date | None = None
    effective_on: dt.date | None = None
    lapses_on: dt.date | None = None
    replaces: Notice | None = None
    contest: Contest | None = None


def write_notice(desk: Desk, text: NoticeText) -> Notice:
    """Draft a notice."""
    desk.require(Permit.NOTICE_EDIT, text.contest.where if text.contest else ANYWHERE)
    _may_replace(desk, text)
    notice = Notice(number=text.number, **_columns(text))
    desk.session.add(notice)
    desk.session.flush()
    desk.record("write_notice", f"notice:{notice.number}")
    return notice


def edit_notice(desk: Desk, notice: Notice, text: NoticeText) -> None:
    """Change a draft; a published notice is corrected by a new one."""
    desk.require(Permit.NOTICE_EDIT, text.contest.where if text.contest else ANYWHERE)
    if notice.state is not NoticeState.DRAFT:
        raise Blocked("A published notice is not edited: withdraw it and publish a corrected one.")
    _may_replace(desk, text)
    for name, value in _columns(text).items():
        setattr(notice, name, value)
    desk.record("edit_notice", f"notice:{notice.number}")


def publish_notice(desk: Desk, notice: Notice, *, at: dt.datetime | None = None) -> None:
    """Publish a notice whose text holds no ID number, phone or bank card."""
    _require(desk, notice)
    found = [
        finding.shown
        for finding in leak_scan(f"{notice.title}\n{notice.body}")
        if finding.level is Level.BLOCK
    ]
    if found:
        raise Blocked(
            "The text holds personal numbers: %(found)s. Take them out, then publish.",
            found="、".join(found),
        )
    notice.move("publish")
    notice.published_at = at or desk.now
    desk.record("publish_notice", f"notice:{notice.number}")
    desk.send("index", key=f"notice:{notice.number}")


def withdraw_notice(desk: Desk, notice: Notice, *, ground: str) -> None:
    """Take a notice down, with the ground on record."""
    _require(desk, notice)
    if not ground.strip():
        raise Invalid("A notice is withdrawn on a ground that is written down.")
    notice.move("withdraw")
    desk.record("withdraw_notice", f"notice:{notice.number}", ground=ground)
    desk.send("index", key=f"notice:{notice.number}")


def _require(desk: Desk, notice: Notice) -> None:
    contest = desk.session.get(Contest, notice.contest_id) if notice.contest_id else None
    desk.require(Permit.NOTICE_EDIT, contest.where if contest else ANYWHERE)


def _may_replace(desk: Desk, text: NoticeText) -> None:
    if text.replaces is not None:
        _require(desk, text.replaces)


def _columns(text: NoticeText) -> dict[str, object]:
    if not text.title.strip() or not text.body.strip():
        raise Invalid("A notice has a title and a text.")
    if text.effective_on and text.lapses_on and text.lapses_on < text.effective_on:
        sentence = "The notice ends before it takes effect."
        raise Invalid(sentence, {"lapses_on": [sentence]})
    return {
        "title": text.title.strip(),
        "kind": text.kind,
        "doc_no": text.doc_no,
        "issuer": text.issuer,
        "body": text.body,
        "body_html": render(text.body),
        "signed_on": text.signed_on,
        "closes_on": text.closes_on,
        "effective_on": text.effective_on,
        "lapses_on": text.lapses_on,
        "replaces_id": text.replaces.id if text.replaces else None,
        "contest_id": text.contest.id if text.contest else None,
    }
