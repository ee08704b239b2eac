"""Answers to an event's own questions: kept with the entry, sensitive ones sealed, files too."""

import base64
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from sqlalchemy import select

from actions.desk import Desk
from adapters.entry_files import clean_paper
from models.entries import Entry
from models.registration_forms import EntryFile, RegistrationForm, form_in_force, questions_of
from rules.errors import Invalid, NotPermitted
from rules.registration_answers import MEGABYTES, standing, visible
from rules.registration_forms import DataClass, Field, FieldKind, Form
from rules.states import EntryState

SEALED, ERASED = "sealed", "erased"
"""Keys of a reply that is not a plain text: a sealed one, and the day one was erased on."""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer with the words of its question, for people who may see it.

    ``is_sealed`` says that a text is there and not shown; ``erased_on`` that
    it was kept long enough.
    """

    field: Field
    page: int
    text: str
    file: EntryFile | None = None
    is_sealed: bool = False
    erased_on: str = ""


def form_of(desk: Desk, entry: Entry) -> RegistrationForm | None:
    """Return the form an entry answers: a draft the newest, one handed in its own version."""
    if entry.state is EntryState.DRAFT:
        return form_in_force(desk.session, entry.event_id)
    return entry.form


def questions(desk: Desk, entry: Entry) -> Form:
    """Return the questions an entry answers."""
    return questions_of(form_of(desk, entry))


def answers_of(desk: Desk, entry: Entry) -> dict[str, str]:
    """Read an entry's answers by slot, sealed ones opened; a file's answer is its number."""
    return {
        slot: _opened(desk, entry, slot, reply)
        for slot, reply in entry.replies.items()
        if not _is_erased(reply)
    }


def keep_answers(desk: Desk, entry: Entry, form: Form, answers: Mapping[str, str]) -> None:
    """Keep the answers that count; files nobody refers to any more are dropped.

    Raises ``Invalid`` when a file is not one that was sent with this entry.
    """
    kept = standing(form, answers)
    files = files_of(desk, entry)
    sent = {(file.slot, str(file.id)) for file in files}
    for slot in (field.file_slot for field in form.fields):
        if slot in kept and (slot, kept[slot]) not in sent:
            raise Invalid("A file is not there any more. Choose it once more.")
    sealed = {field.code for field in form.fields if field.data_class is DataClass.SENSITIVE}
    entry.replies = {
        slot: _sealed(desk, entry, slot, text) if slot in sealed else text
        for slot, text in kept.items()
    }
    named = set(kept.items())
    forget_files(desk, [file for file in files if (file.slot, str(file.id)) not in named])


def take_file(desk: Desk, entry: Entry, field: Field, data: bytes, name: str) -> EntryFile:
    """Clean, seal and keep a file its owner sends for a question; the answers then name it."""
    if desk.actor.account_id != entry.account_id:
        raise NotPermitted("This entry belongs to another account.")
    slot = field.file_slot
    if slot is None:
        raise Invalid("This question is not answered with a file.")
    picture = field.kind is FieldKind.PHOTO
    most = int(field.most) if field.most else MEGABYTES
    paper = clean_paper(data, name, megabytes=most, picture=picture)
    file = EntryFile(
        entry_id=entry.id,
        slot=slot,
        key=secrets.token_hex(16),
        media_type=paper.media_type,
        name=paper.name,
        size=len(paper.data),
        sent_at=desk.now,
    )
    desk.shelf.put(place_of(file.key), desk.vault.seal_bytes(paper.data, bound_to=file.key))
    answered = answers_of(desk, entry).get(slot)
    older = [one for one in files_of(desk, entry) if one.slot == slot and str(one.id) != answered]
    forget_files(desk, older)
    desk.session.add(file)
    desk.session.flush()
    return file


def read_file(desk: Desk, file: EntryFile) -> bytes:
    """Open a kept file."""
    return open_file(desk, file.key)


def open_file(desk: Desk, key: str) -> bytes:
    """Open a kept file by its random name."""
    return desk.vault.open_bytes(desk.shelf.get(place_of(key)), bound_to=key)


def files_of(desk: Desk, entry: Entry) -> list[EntryFile]:
    """List the files sent with an entry."""
    return list(desk.session.scalars(select(EntryFile).filter_by(entry_id=entry.id)))


def answered_files(
    desk: Desk, entries: Sequence[Entry], *, whole: bool = False
) -> list[tuple[Entry, list[tuple[Field, EntryFile]]]]:
    """List what entries were handed in with, question by question: one query for any number.

    Files of sensitive questions are listed only ``whole``.
    """
    keys = [entry.id for entry in entries]
    sent = desk.session.scalars(select(EntryFile).where(EntryFile.entry_id.in_(keys)))
    files = {(file.entry_id, file.slot, str(file.id)): file for file in sent}
    return [(entry, _files_by_question(desk, entry, files, whole=whole)) for entry in entries]


def _files_by_question(
    desk: Desk, entry: Entry, files: Mapping[tuple[int, str, str], EntryFile], *, whole: bool
) -> list[tuple[Field, EntryFile]]:
    answers = answers_of(desk, entry)
    found = []
    for field in questions_of(entry.form).fields:
        slot = field.file_slot or ""
        file = files.get((entry.id, slot, answers.get(slot, "")))
        if file is not None and (whole or field.data_class is not DataClass.SENSITIVE):
            found.append((field, file))
    return found


def forget_files(desk: Desk, files: Iterable[EntryFile]) -> int:
    """Take files off the entry now and off the shelf once this is committed; returns how many."""
    keys = [file.key for file in files]
    if keys:
        for file in desk.session.scalars(select(EntryFile).where(EntryFile.key.in_(keys))):
            desk.session.delete(file)
        desk.send("forget_files", keys=keys)
    return len(keys)


def place_of(key: str) -> str:
    """Return where on the shelf a sealed file lies; no address leads there."""
    return f"entries/{key}"


def shown_answers(desk: Desk, entry: Entry, *, whole: bool = True) -> list[ShownAnswer]:
    """List what was answered, question by question; sealed texts are shown only ``whole``."""
    form, answers = questions(desk, entry), answers_of(desk, entry)
    asked = visible(form, answers)
    files = {str(file.id): file for file in files_of(desk, entry)} if form.fields else {}
    return [
        replace(_shown(field, entry, answers, files, whole=whole), page=form.page_of(field.code))
        for field in form.fields
        if field.code in asked or any(slot in entry.replies for slot in field.slots)
    ]


def told_answers(desk: Desk, entry: Entry, *, whole: bool = False) -> list[tuple[Field, str]]:
    """List the answers of an entry that was handed in, for a table; it asks for nothing more.

    A file has an empty text; sensitive answers are told only ``whole``.
    """
    answers = answers_of(desk, entry)
    return [
        (field, "" if field.file_slot == field.code else answers[field.code])
        for field in questions_of(entry.form).fields
        if field.code in answers and (whole or field.data_class is not DataClass.SENSITIVE)
    ]


def _shown(
    field: Field, entry: Entry, answers: dict[str, str], files: dict[str, EntryFile], *, whole: bool
) -> ShownAnswer:
    text = "" if field.file_slot == field.code else answers.get(field.code, "")
    file = files.get(answers.get(field.file_slot, "")) if field.file_slot else None
    erased = [reply[ERASED] for reply in map(entry.replies.get, field.slots) if _is_erased(reply)]
    sealed = bool(text) and field.data_class is DataClass.SENSITIVE and not whole
    return ShownAnswer(
        field,
        0,
        "" if sealed else text,
        file,
        is_sealed=sealed,
        erased_on=str(erased[0]) if erased else "",
    )


def _is_erased(reply: Any) -> TypeGuard[dict[str, str]]:  # noqa: ANN401  # as stored
    return isinstance(reply, dict) and ERASED in reply


def _sealed(desk: Desk, entry: Entry, slot: str, text: str) -> dict[str, str]:
    sealed = desk.vault.seal(text, bound_to=f"entry:{entry.id}:{slot}")
    return {SEALED: base64.b64encode(sealed).decode()}


def _opened(desk: Desk, entry: Entry, slot: str, reply: Any) -> str:  # noqa: ANN401  # as stored
    if isinstance(reply, dict):
        sealed = base64.b64decode(reply[SEALED])
        return desk.vault.open(sealed, bound_to=f"entry:{entry.id}:{slot}")
    return str(reply)
