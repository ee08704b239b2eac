"""Registration forms of an event: built as a draft, released, renewed once entries stand on it."""

import datetime as dt
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from actions.desk import Desk
from models.contests import Event
from models.registration_forms import RegistrationForm, form_in_force, newest_form
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit
from rules.registration_checks import check_form
from rules.registration_forms import Form, form_to_json
from rules.registration_templates import TEMPLATES
from rules.states import EventState

ASKING = frozenset({EventState.DRAFT, EventState.OPEN})
"""While new entries may still come."""


def begin_form(desk: Desk, event: Event, template: str) -> RegistrationForm:
    """Begin an event's form from a built-in one; the form that is there already is returned."""
    _require(desk, event)
    if template not in TEMPLATES:
        raise Invalid("There is no such form to start from. Nothing was changed.")
    return newest_form(desk.session, event.id) or _added(desk, event, TEMPLATES[template], 1)


def renew_form(desk: Desk, event: Event) -> RegistrationForm:
    """Begin the next version as a copy of the newest; a draft that is there is returned."""
    _require(desk, event)
    newest = newest_form(desk.session, event.id)
    if newest is None:
        raise Invalid("This event has no form yet. Begin one first.")
    if newest.released_at is None:
        return newest
    return _added(desk, event, newest.form, newest.number + 1)


def change_form(desk: Desk, event: Event, row: RegistrationForm, form: Form) -> None:
    """Keep a draft's questions; faults may stand in it until it is released."""
    _require(desk, event)
    if row.released_at is not None:
        raise WrongMoment(
            "This version is in use and stays as it is. Take it back or begin a new version."
        )
    row.body = form_to_json(form)
    desk.session.flush()
    desk.record("edit_form", f"event:{event.id}", number=row.number, questions=len(form.fields))


def release_form(desk: Desk, event: Event, row: RegistrationForm) -> None:
    """Ask new entries these questions from now on; entries handed in keep their own version.

    Raises ``Blocked`` with every fault of the form.
    """
    _require(desk, event)
    faults = check_form(row.form)
    if faults:
        raise Blocked(
            "This form cannot be used yet. Nothing was changed.",
            tuple(fault.reason for fault in faults),
        )
    if row.released_at is not None:
        return
    row.released_at = desk.now
    desk.session.flush()
    desk.record("release_form", f"event:{event.id}", number=row.number)
    plan_expiry(desk, event)


def reopen_form(desk: Desk, event: Event, row: RegistrationForm) -> None:
    """Take a released version back to change it, as long as no entry was handed in with it."""
    _require(desk, event)
    reopened = _changed(
        desk,
        update(RegistrationForm)
        .where(RegistrationForm.id == row.id, RegistrationForm.frozen_at.is_(None))
        .values(released_at=None, version=RegistrationForm.version + 1),
    )
    desk.session.refresh(row)
    if not reopened:
        raise Blocked(
            "Entries were handed in with this version: it stays as it is. Begin a new version."
        )
    desk.record("reopen_form", f"event:{event.id}", number=row.number)


def freeze_form(desk: Desk, row: RegistrationForm) -> None:
    """Hold a version for the entry that is handed in with it.

    Raises ``WrongMoment`` when it was taken back in the meantime.
    """
    if row.frozen_at is not None:
        return
    held = _changed(
        desk,
        update(RegistrationForm)
        .where(RegistrationForm.id == row.id, RegistrationForm.released_at.is_not(None))
        .values(frozen_at=desk.now, version=RegistrationForm.version + 1),
    )
    desk.session.refresh(row)
    if not held:
        raise WrongMoment(
            "The questions of this event are being changed. Your answers are kept: look again "
            "in a few minutes."
        )


def plan_expiry(desk: Desk, event: Event) -> None:
    """Send the errand that erases answers when the next of them will have been kept long enough."""
    fields = [field for row in versions(desk, event) for field in row.form.fields]
    days = [field.retention_days for field in fields if field.retention_days is not None]
    waits = sorted(at for at in (expiry(event, day) for day in days) if at > desk.now)
    if waits:
        desk.send("expire_answers", after=waits[0] - desk.now, event_id=event.id)


def expiry(event: Event, days: int) -> dt.datetime:
    """Return the moment an answer kept for ``days`` after the event is erased: midnight UTC."""
    day = event.held_on + dt.timedelta(days=days + 1)
    return dt.datetime.combine(day, dt.time.min, dt.UTC)


def versions(desk: Desk, event: Event) -> list[RegistrationForm]:
    """List the versions of an event's form, newest first."""
    query = select(RegistrationForm).filter_by(event_id=event.id)
    return list(desk.session.scalars(query.order_by(RegistrationForm.number.desc())))


def _require(desk: Desk, event: Event) -> None:
    desk.require(Permit.CONTEST_EDIT, event.where)
    if event.state not in ASKING:
        raise WrongMoment("Entries are closed: the questions of this event stay as they are.")


def _added(desk: Desk, event: Event, form: Form, number: int) -> RegistrationForm:
    row = RegistrationForm(
        event_id=event.id,
        number=number,
        body=form_to_json(form),
        created_by=desk.actor.account_id,
        created_at=desk.now,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(row)
    except IntegrityError:  # somebody else began the same version at the same time
        twin = newest_form(desk.session, event.id)
        if twin is None:
            raise
        return twin
    desk.record("begin_form", f"event:{event.id}", number=number)
    return row


def _changed(desk: Desk, statement: Any) -> bool:  # noqa: ANN401  # an Update
    options = {"synchronize_session": False}
    result = desk.session.execute(statement.execution_options(**options))
    return cast("CursorResult[Any]", result).rowcount == 1


__all__ = [
    "begin_form",
    "change_form",
    "expiry",
    "form_in_force",
    "freeze_form",
    "plan_expiry",
    "release_form",
    "renew_form",
    "reopen_form",
    "versions",
]
