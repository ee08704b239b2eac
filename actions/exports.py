"""Taking a contest's entries away as files: asked with a purpose, recorded, masked as a rule."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, func, select

from actions.desk import Desk
from actions.views import events_listed
from models.contests import Contest, Event
from models.entries import Entry
from models.exports import Export
from models.looks import keep_taken
from models.registration_forms import EntryFile
from models.views import narrowed
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.list_terms import EntryColumn, ExportKind
from rules.permits import Permit, may
from rules.phrases import phrase
from rules.privacy import leak_scan
from rules.states import ContestState, EventState, ExportState
from rules.text import clean_line, is_plain_line
from rules.views import View

AT_ONCE: Final = 2000
"""Rows a workbook is written with while its reader waits; more are written in the background."""
STEP: Final = 1000
"""Rows one errand writes."""
KEPT: Final = dt.timedelta(days=1)
PURPOSE_MIN, PURPOSE_MAX = 2, 120
MOST_WAITING: Final = 3
STREAMED: Final = frozenset({ExportKind.CSV, ExportKind.PHOTOS, ExportKind.FILES})
"""Sent while they are written, whatever their size."""
MOST_PRINTED: Final = 1000
"""Rows a PDF takes: more are a workbook."""
FORM_COLUMNS: Final = {
    ExportKind.SUMMARY: (
        EntryColumn.EVENT,
        EntryColumn.NAME,
        EntryColumn.GENDER,
        EntryColumn.AGE,
        EntryColumn.ID_NUMBER,
        EntryColumn.PHONE,
        EntryColumn.LEVEL,
        EntryColumn.RECEIPT,
        EntryColumn.STATE,
    ),
    ExportKind.REVIEW: (
        EntryColumn.EVENT,
        EntryColumn.NAME,
        EntryColumn.UNIT,
        EntryColumn.ID_NUMBER,
        EntryColumn.RECEIPT,
        EntryColumn.STATE,
        EntryColumn.PASS_NO,
        EntryColumn.REMARK,
    ),
}
"""Columns the fixed forms have, whatever the view shows."""


@dataclass(frozen=True)
class Wish:
    """What is asked for: the kind of file, what for, and whether numbers stand in full."""

    kind: ExportKind
    purpose: str
    whole: bool = False


@dataclass(frozen=True)
class Taken:
    """What a wish came to: the entries in order, and the file to come where there are many."""

    keys: tuple[int, ...]
    columns: tuple[EntryColumn, ...]
    export: Export | None = None


def export_entries(
    desk: Desk, contest: Contest, view: View, wish: Wish, *, today: dt.date
) -> Taken:
    """Fix and record what is taken away: exactly the entries the view shows now.

    Raises ``Invalid`` without a purpose, for a view that makes no sense or shows nobody, and
    ``NotPermitted`` for whole numbers, named portraits or the entrants' own files unless the
    actor may review it all.
    """
    events = events_listed(desk, contest)
    purpose = checked_purpose(wish.purpose)
    _check_reviewer(desk, events, wish)
    query = narrowed(view.checked(), [event.id for event in events], today)
    keys = tuple(desk.session.scalars(query.with_only_columns(Entry.id)))
    if not keys:
        raise Invalid("The list is empty: there is nothing to take away.")
    if wish.kind is ExportKind.FILES and not _have_files(desk, query):
        raise Invalid("Nobody in this view has sent a file with the entry. Nothing was made.")
    if wish.kind is ExportKind.PDF and len(keys) > MOST_PRINTED:
        raise Invalid(
            "The list has %(rows)s rows; a PDF takes at most %(most)s. Narrow the list, or take "
            "the workbook. Nothing was made.",
            rows=len(keys),
            most=MOST_PRINTED,
        )
    columns = FORM_COLUMNS.get(wish.kind, view.columns)
    export = None
    if len(keys) > AT_ONCE and wish.kind not in STREAMED:
        export = _begin(desk, contest, wish.kind, keys)
        export.purpose, export.whole, export.columns = purpose, wish.whole, list(columns)
    desk.record(
        "export_entries",
        f"contest:{contest.id}",
        purpose=purpose,
        kind=wish.kind.value,
        view=view.told,
        rows=len(keys),
        whole=wish.whole,
    )
    if wish.whole and EntryColumn.ID_NUMBER in columns:
        keep_taken(desk.session, desk.actor.account_id, query, at=desk.now, purpose=purpose)
    return Taken(keys, columns, export)


def _have_files(desk: Desk, query: Select[Entry]) -> bool:
    entries = query.with_only_columns(Entry.id).order_by(None)
    found = desk.session.scalar(
        select(EntryFile.id).where(EntryFile.entry_id.in_(entries)).limit(1)
    )
    return found is not None


def _check_reviewer(desk: Desk, events: Sequence[Event], wish: Wish) -> None:
    if all(may(desk.actor, Permit.ENTRY_REVIEW, one.where) for one in events):
        return
    if wish.whole:
        raise NotPermitted(
            "Whole numbers go to reviewers of these events only. Take the masked table."
        )
    if wish.kind is ExportKind.FILES:
        raise NotPermitted(
            "What entrants sent with their entries goes to reviewers of these events only. "
            "Nothing was made."
        )


def copy_contest(desk: Desk, contest: Contest) -> Export:
    """Have a finished contest's public pages written as a copy that opens without this site.

    Raises ``Blocked`` while an event is neither awarded nor cancelled.
    """
    desk.require(Permit.CONTEST_EDIT, contest.where)
    events = finished_events(contest)
    export = _begin(desk, contest, ExportKind.COPY, [event.id for event in events])
    desk.record("copy_contest", f"contest:{contest.id}")
    return export


def finished_events(contest: Contest) -> list[Event]:
    """Return the events of a finished contest, or raise ``Blocked`` naming what still runs."""
    if contest.state not in (ContestState.ANNOUNCED, ContestState.ARCHIVED):
        raise WrongMoment("Only a contest that has been announced has public pages to keep.")
    over = (EventState.AWARDED, EventState.CANCELLED)
    running = tuple(
        phrase("“%(event)s” is neither awarded nor cancelled.", event=event.name)
        for event in contest.events
        if event.state not in over
    )
    if running:
        raise Blocked("The contest is not over yet: no copy was made.", running)
    return list(contest.events)


def next_parts(export: Export) -> Sequence[int]:
    """Return what the next errand has to write: a thousand entries, or one event of a copy."""
    keys: Sequence[int] = export.parts[export.done : export.done + _size(export)]
    return keys


def keep_part(desk: Desk, export: Export, data: bytes, written: int) -> bool:
    """Keep what one errand wrote, sealed; returns whether it was the last, else sends the next."""
    sealed = desk.vault.seal_bytes(data, bound_to=f"{export.key}:{export.done}")
    desk.shelf.put(_part(export, export.done), sealed)
    export.done += written
    if export.done >= export.total:
        return True
    desk.send("write_export", export_id=export.id)
    return False


def parts_kept(desk: Desk, export: Export) -> list[bytes]:
    """Return everything the errands wrote, in order."""
    return [
        desk.vault.open_bytes(desk.shelf.get(_part(export, at)), bound_to=f"{export.key}:{at}")
        for at in _starts(export)
    ]


def finish_export(desk: Desk, export: Export, data: bytes, file_name: str) -> None:
    """Put the finished file on the shelf, sealed; it is removed after a day."""
    desk.shelf.put(_place(export), desk.vault.seal_bytes(data, bound_to=f"{export.key}:export"))
    export.file_name, export.finished_at = file_name, desk.now
    export.move("finish")
    _drop_parts(desk, export)
    thing = f"contest:{export.contest_id}"
    desk.tell(export.account_id, "file_ready", thing, contest=export.contest.name)
    desk.send("remove_export", after=KEPT, export_id=export.id)


def fetch_export(desk: Desk, export: Export) -> bytes:
    """Return the file to the account that asked for it, as long as its roles still allow it."""
    if export.account_id != desk.actor.account_id:
        raise NotPermitted("This file was made for another account.")
    if export.kind is ExportKind.COPY:
        desk.require(Permit.CONTEST_EDIT, export.contest.where)
    else:
        events = events_listed(desk, export.contest)
        if export.whole and not all(
            may(desk.actor, Permit.ENTRY_REVIEW, one.where) for one in events
        ):
            raise NotPermitted("Your role no longer allows whole numbers. Ask for a masked table.")
    if export.state is not ExportState.READY:
        raise WrongMoment("This file is not there: it is still being written, or was removed.")
    sealed = desk.shelf.get(_place(export))
    return desk.vault.open_bytes(sealed, bound_to=f"{export.key}:export")


def remove_export(desk: Desk, export: Export) -> None:
    """Take the file off the shelf; that it was made stays on record."""
    if export.state is ExportState.GONE:
        return
    export.move("remove")
    _drop_parts(desk, export)
    desk.shelf.drop(_place(export))


def _begin(desk: Desk, contest: Contest, kind: ExportKind, parts: Sequence[int]) -> Export:
    if desk.actor.account_id is None:
        raise NotPermitted("A file is made for an account: sign in first.")
    waiting = desk.session.scalar(
        select(func.count()).where(
            Export.account_id == desk.actor.account_id, Export.state == ExportState.WAITING
        )
    )
    if (waiting or 0) >= MOST_WAITING:
        raise Blocked(
            "%(most)s of your files are still being written. Wait for one of them; nothing new "
            "was begun.",
            most=MOST_WAITING,
        )
    export = Export(
        key=secrets.token_hex(12),
        contest_id=contest.id,
        account_id=desk.actor.account_id,
        kind=kind,
        parts=list(parts),
        total=len(parts),
        created_at=desk.now,
    )
    desk.session.add(export)
    desk.session.flush()
    desk.send("write_export", export_id=export.id)
    return export


def _size(export: Export) -> int:
    return 1 if export.kind is ExportKind.COPY else STEP


def _starts(export: Export) -> range:
    return range(0, export.total, _size(export))


def _drop_parts(desk: Desk, export: Export) -> None:
    for at in _starts(export):
        desk.shelf.drop(_part(export, at))


def _part(export: Export, at: int) -> str:
    return f"exports/{export.key}.{at}"


def _place(export: Export) -> str:
    return f"exports/{export.key}.sealed"


def checked_purpose(text: str) -> str:
    """Return what a file is for, cleaned; raises ``Invalid`` for none, or one with numbers."""
    clean = clean_line(text)
    if not PURPOSE_MIN <= len(clean) <= PURPOSE_MAX or not is_plain_line(clean):
        sentence = "Say in a few words what the file is for; it is kept on record."
        raise Invalid(sentence, {"purpose": [sentence]})
    if leak_scan(clean):
        sentence = "Write the purpose without anybody's numbers: it stands in the audit trail."
        raise Invalid(sentence, {"purpose": [sentence]})
    return clean
