"""Answering an event's own questions: page by page in a draft, all at once afterwards."""

from collections.abc import Mapping

from actions.desk import Desk
from actions.entry_changes import changing, refuse_unanswered, require_owner
from actions.registration_forms import freeze_form
from actions.replies import form_of, keep_answers, questions
from models.entries import Entry
from models.registration_forms import questions_of
from rules.registration_forms import Form
from rules.states import EntryState


def save_answers(
    desk: Desk, entry: Entry, answers: Mapping[str, str], *, page: int | None = None
) -> None:
    """Save answers to the event's own questions, up to one page or to all of them.

    Raises ``Blocked`` with what is still open among them.
    """
    require_owner(desk, entry)
    form = questions(desk, entry)
    with changing(desk, entry):
        keep_answers(desk, entry, form, answers)
        refuse_unanswered(desk, entry, form if page is None else Form(form.pages[:page]))
        entry.pages_done = max(entry.pages_done, page or len(form.pages))
        desk.record("save_answers", f"entry:{entry.id}")


def take_form(desk: Desk, entry: Entry) -> None:
    """Tie an entry to the version it answers; from here on that version never changes.

    Raises ``Blocked`` while a question is still open.
    """
    row = form_of(desk, entry)
    refuse_unanswered(desk, entry, questions_of(row))
    if row is not None:
        freeze_form(desk, row)
    entry.form = row
    if entry.state is EntryState.DRAFT:
        entry.changes = {}
