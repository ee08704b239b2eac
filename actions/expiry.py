"""Answers that were kept long enough: erased field by field, with a line that says how many."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from actions.registration_forms import expiry
from actions.replies import ERASED, files_of, forget_files
from models.contests import Event
from models.entries import Entry
from models.registration_forms import EntryFile, RegistrationForm, form_in_force
from rules.permits import Permit
from rules.registration_forms import Field, Form

LOOSE = dt.timedelta(days=1)
"""How long a file may lie that no answer names yet."""


@dataclass(frozen=True)
class Expired:
    """What one round erased."""

    entries: int = 0
    answers: int = 0
    files: int = 0

    def __add__(self, other: "Expired") -> "Expired":
        """Return both together."""
        return Expired(
            self.entries + other.entries, self.answers + other.answers, self.files + other.files
        )


def expire_all(desk: Desk) -> Expired:
    """Erase what is due in every event, and files that no answer ever named."""
    events = desk.session.scalars(
        select(Event).where(Event.id.in_(select(RegistrationForm.event_id)))
    )
    return sum((expire_event(desk, event) for event in events), Expired()) + _loose(desk)


def expire_event(desk: Desk, event: Event) -> Expired:
    """Erase the answers of one event whose time is over."""
    desk.require(Permit.CONTEST_EDIT, event.where)
    newest = form_in_force(desk.session, event.id)
    entries = desk.session.scalars(select(Entry).filter_by(event_id=event.id).order_by(Entry.id))
    erased = Expired()
    for entry in entries:
        row = entry.form or newest
        erased += _expire(desk, event, entry, row.form) if row and entry.replies else Expired()
    if erased.answers:
        desk.record(
            "expire_answers",
            f"event:{event.id}",
            entries=erased.entries,
            answers=erased.answers,
            files=erased.files,
        )
    return erased


def _expire(desk: Desk, event: Event, entry: Entry, form: Form) -> Expired:
    due = [field for field in form.fields if _is_due(desk, event, field)]
    slots = [
        slot
        for field in due
        for slot in field.slots
        if slot in entry.replies and not _gone(entry.replies[slot])
    ]
    if not slots:
        return Expired()
    day = desk.now.date().isoformat()
    entry.replies = entry.replies | {slot: {ERASED: day} for slot in slots}
    codes = {field.code for field in due}
    entry.changes = {name: was for name, was in entry.changes.items() if name not in codes}
    files = forget_files(desk, [file for file in files_of(desk, entry) if file.slot in slots])
    desk.session.flush()
    return Expired(1, len(slots), files)


def _is_due(desk: Desk, event: Event, field: Field) -> bool:
    days = field.retention_days
    return days is not None and expiry(event, days) <= desk.now


def _gone(reply: object) -> bool:
    return isinstance(reply, dict) and ERASED in reply


def _loose(desk: Desk) -> Expired:
    """Drop files of abandoned pages: sent long ago, named by no answer."""
    rows = desk.session.execute(
        select(EntryFile, Entry.replies)
        .join(Entry, Entry.id == EntryFile.entry_id)
        .where(EntryFile.sent_at < desk.now - LOOSE)
    )
    loose = [file for file, replies in rows if replies.get(file.slot) != str(file.id)]
    return Expired(files=forget_files(desk, loose))
