"""Views of a contest's entries: who may look, and the views an account keeps and shares."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from actions.desk import Desk
from models.contests import Contest, Event
from models.views import SavedView
from rules.errors import Invalid, NotPermitted
from rules.permits import Permit, may
from rules.text import clean_line, is_plain_line
from rules.views import View

NAME_MAX = 40
MOST = 30
"""Views one account keeps in one contest."""


def events_listed(desk: Desk, contest: Contest) -> list[Event]:
    """Return the events of a contest whose entries the actor may list; none is refused."""
    found = [event for event in contest.events if may(desk.actor, Permit.ENTRY_LIST, event.where)]
    if not found:
        desk.require(Permit.ENTRY_LIST, contest.where)
    return found


def save_view(desk: Desk, contest: Contest, name: str, view: View, *, shared: bool) -> SavedView:
    """Keep a view under a name of one's own.

    Raises ``Invalid`` for a name that is empty, too long or taken, and for the view after the 30th.
    """
    events_listed(desk, contest)
    kept = select(func.count()).where(
        SavedView.contest_id == contest.id, SavedView.account_id == desk.actor.account_id
    )
    if (desk.session.scalar(kept) or 0) >= MOST:
        raise Invalid(
            "You keep %(most)s views of this contest already. Remove one first; nothing was saved.",
            most=MOST,
        )
    if desk.actor.account_id is None:
        raise NotPermitted("A view belongs to an account: sign in first.")
    saved = SavedView(
        contest_id=contest.id,
        account_id=desk.actor.account_id,
        name=_checked(name),
        query=view.checked().query,
        shared=shared,
        created_at=desk.now,
    )
    with _own_name(desk):
        desk.session.add(saved)
    desk.record("save_view", f"view:{saved.id}", contest=contest.id, shared=shared)
    return saved


def edit_view(desk: Desk, saved: SavedView, name: str, *, shared: bool) -> None:
    """Rename a view of one's own, or share it with colleagues or no longer."""
    _require_own(desk, saved)
    clean = _checked(name)
    with _own_name(desk):
        saved.name, saved.shared = clean, shared
    desk.record("edit_view", f"view:{saved.id}", contest=saved.contest_id, shared=shared)


def remove_view(desk: Desk, saved: SavedView) -> None:
    """Remove a view of one's own; colleagues it was shared with lose it too."""
    _require_own(desk, saved)
    desk.session.delete(saved)
    desk.record("remove_view", f"view:{saved.id}", contest=saved.contest_id)


def _require_own(desk: Desk, saved: SavedView) -> None:
    if saved.account_id != desk.actor.account_id:
        raise NotPermitted("This view belongs to a colleague. Nothing was changed.")


def _checked(name: str) -> str:
    clean = clean_line(name)
    if not clean or len(clean) > NAME_MAX or not is_plain_line(clean):
        sentence = "Give the view a name of up to 40 characters."
        raise Invalid(sentence, {"name": [sentence]})
    return clean


@contextlib.contextmanager
def _own_name(desk: Desk) -> Iterator[None]:
    """Write inside; the database judges whether the name is free, however many press at once."""
    try:
        with desk.session.begin_nested():
            yield
    except IntegrityError:
        sentence = "You have a view of this name already. Choose another; nothing was saved."
        raise Invalid(sentence, {"name": [sentence]}) from None
