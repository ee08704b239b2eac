"""Announcements: written for a group of entrants, previewed, held, released once."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from models.accounts import Account
from models.announcements import Announcement, MessageTemplate
from models.contests import Event
from models.entries import Entry, carrier_of, standing_in
from rules.announcements import BUILT_IN, REACHES, check_text, fill
from rules.errors import Blocked, Invalid
from rules.messages import HERE
from rules.permits import Permit
from rules.privacy import notice_name
from rules.states import AnnouncementState, EntryState
from rules.terms import Audience

LONGEST_NAME = 40


@dataclass(frozen=True)
class AnnouncementText:
    """What is written to whom; ``entry`` names the one person, where it is one."""

    audience: Audience
    subject: str
    body: str
    urgent: bool = False
    entry: Entry | None = None


@dataclass(frozen=True)
class TemplateText:
    """A text to keep under a name."""

    name: str
    audience: Audience
    subject: str
    body: str


@dataclass(frozen=True)
class Recipient:
    """Who gets an announcement, and the values of the placeholders."""

    account_id: int
    name: str
    shown: str
    """The name staff may read: a draft is its owner's alone, so its name is masked."""
    pass_no: str


def hold_announcement(desk: Desk, event: Event, text: AnnouncementText) -> Announcement:
    """Write an announcement; it is held until somebody releases it.

    Raises ``Invalid`` with the field that is wrong.
    """
    desk.require(Permit.MESSAGE_SEND, event.where)
    _check(event, text)
    row = Announcement(
        event_id=event.id,
        audience=text.audience,
        entry_id=text.entry.id if text.entry else None,
        subject=text.subject.strip(),
        body=text.body.strip(),
        urgent=text.urgent,
        created_by=desk.actor.account_id,
        created_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("hold_announcement", f"announcement:{row.id}", audience=text.audience.value)
    return row


def edit_announcement(desk: Desk, row: Announcement, text: AnnouncementText) -> None:
    """Change an announcement that is still held."""
    desk.require(Permit.MESSAGE_SEND, row.event.where)
    _require_held(row)
    _check(row.event, text)
    row.audience, row.urgent = text.audience, text.urgent
    row.entry_id = text.entry.id if text.entry else None
    row.subject, row.body = text.subject.strip(), text.body.strip()
    desk.record("edit_announcement", f"announcement:{row.id}")


def discard_announcement(desk: Desk, row: Announcement) -> None:
    """Throw an announcement away before it was released."""
    desk.require(Permit.MESSAGE_SEND, row.event.where)
    _require_held(row)
    row.move("discard")
    desk.record("discard_announcement", f"announcement:{row.id}")


def release_announcement(desk: Desk, row: Announcement) -> int:
    """Put the text into every recipient's inbox; returns how many were told now.

    Released twice it tells nobody twice: the second call returns 0. Raises
    ``Blocked`` where nobody is meant any more.
    """
    desk.require(Permit.MESSAGE_SEND, row.event.where)
    desk.session.flush()
    desk.session.refresh(row, with_for_update={"of": Announcement})
    if row.state is AnnouncementState.RELEASED:
        return 0
    _require_held(row)
    people = recipients_of(desk, row)
    if not people:
        raise Blocked("Nobody is in this group now. The message stays held.")
    row.move("release")
    row.released_at, row.released_by, row.recipients = desk.now, desk.actor.account_id, len(people)
    for person in people:
        values = values_for(row.event, person)
        desk.tell(
            person.account_id,
            "urgent_announcement" if row.urgent else "announcement",
            f"announcement:{row.id}",
            event_id=row.event_id,
            once=f"announcement:{row.id}:{person.account_id}",
            subject=fill(row.subject, values),
            body=fill(row.body, values),
        )
    desk.session.flush()
    desk.record("release_announcement", f"announcement:{row.id}", recipients=len(people))
    return len(people)


def recipients_of(desk: Desk, row: Announcement) -> list[Recipient]:
    """List who is meant now, each account once, in the order their entries were begun."""
    query = (
        select(Entry, Account.display_name)
        .join(Account, Account.id == Entry.account_id)
        .where(Entry.event_id == row.event_id, standing_in(REACHES[row.audience]))
        .options(joinedload(Entry.person))
        .order_by(Entry.id)
    )
    if row.audience is Audience.ONE:
        query = query.where(Entry.id == row.entry_id)
    found: dict[int, Recipient] = {}
    for entry, display_name in desk.session.execute(query):
        name = entry.person.name if entry.person else display_name
        shown = notice_name(name) if entry.state is EntryState.DRAFT else name
        passed = carrier_of(desk.session, entry).pass_no or ""
        found.setdefault(entry.account_id, Recipient(entry.account_id, name, shown, passed))
    return list(found.values())


def values_for(event: Event, person: Recipient, *, shown: bool = False) -> Mapping[str, str]:
    """Return what the placeholders stand for; ``shown`` is the preview staff read.

    Days and moments are written the Chinese way: the text around them is the office's own.
    """
    return {
        **event_values(event),
        "name": person.shown if shown else person.name,
        "pass_no": person.pass_no,
    }


def event_values(event: Event) -> Mapping[str, str]:
    """Return what the placeholders that name nobody stand for."""
    closes = event.entries_close_at.astimezone(HERE)
    return {
        "event": event.name,
        "contest": event.contest.name,
        "held_on": f"{event.held_on.year}年{event.held_on.month}月{event.held_on.day}日",
        "closes": f"{closes.month}月{closes.day}日 {closes:%H:%M}",
    }


def keep_template(desk: Desk, text: TemplateText, row: MessageTemplate | None = None) -> None:
    """Keep a text under a name of its own, or change one that is kept.

    Raises ``Invalid`` with the field that is wrong.
    """
    desk.require(Permit.MESSAGE_SEND)
    name = text.name.strip()
    check_text(text.subject, text.body, text.audience)
    if not name or len(name) > LONGEST_NAME or _is_taken(desk, name, row):
        sentence = "Give the text a name of its own, up to 40 characters."
        raise Invalid(sentence, {"name": [sentence]})
    if row is None:
        row = MessageTemplate()
        desk.session.add(row)
    row.name, row.audience = name, text.audience
    row.subject, row.body = text.subject.strip(), text.body.strip()
    row.changed_by, row.changed_at = desk.actor.account_id, desk.now
    desk.session.flush()
    desk.record("keep_template", f"message_template:{row.id}", name=name)


def remove_template(desk: Desk, row: MessageTemplate) -> None:
    """Forget a text; what was written from it stays."""
    desk.require(Permit.MESSAGE_SEND)
    desk.record("remove_template", f"message_template:{row.id}", name=row.name)
    desk.session.delete(row)


def templates_of(desk: Desk) -> list[MessageTemplate]:
    """Read the office's own texts by name."""
    return list(desk.session.scalars(select(MessageTemplate).order_by(MessageTemplate.name)))


def _is_taken(desk: Desk, name: str, row: MessageTemplate | None) -> bool:
    if any(name == text.name for text in BUILT_IN):
        return True
    query = select(func.count()).select_from(MessageTemplate).where(MessageTemplate.name == name)
    if row is not None:
        query = query.where(MessageTemplate.id != row.id)
    return bool(desk.session.scalar(query))


def _check(event: Event, text: AnnouncementText) -> None:
    check_text(text.subject, text.body, text.audience)
    if (text.audience is Audience.ONE) is not (text.entry is not None):
        sentence = "Choose the one person the message is for."
        raise Invalid(sentence, {"entry_id": [sentence]})
    entry = text.entry
    if entry is None:
        return
    if entry.event_id != event.id or entry.state not in REACHES[Audience.ONE]:
        sentence = "This person has no entry here that can be written to."
        raise Invalid(sentence, {"entry_id": [sentence]})
    if "{pass_no}" in text.subject + text.body and not entry.pass_no:
        sentence = "This person has no pass number yet. Leave {pass_no} out."
        raise Invalid(sentence, {"body": [sentence]})


def _require_held(row: Announcement) -> None:
    if row.state is not AnnouncementState.HELD:
        raise Blocked("This message was released or discarded already. Nothing was changed.")
