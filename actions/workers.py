"""A unit's list of workers: looked through, mended, taken whole or not at all, taken back."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from actions.desk import Desk
from actions.entry_changes import check_window
from actions.invitations import Named, invite_all, withdraw_all
from actions.unit_places import hold_event
from actions.worker_checks import look_through
from adapters.worker_sheets import read_workers
from models.contests import Event
from models.organizations import Organization
from models.units import Invitation, WorkerImport
from rules.errors import Blocked, WrongMoment
from rules.identity import clean_id
from rules.permits import Permit, Place
from rules.states import ImportState, InvitationState
from rules.workers import RowFault

Row = tuple[int, dict[str, str]]
NAME_LENGTH = 120
KEPT = dt.timedelta(days=7)
"""A list that is not taken by then is forgotten."""


class StillWrong(Blocked):
    """The list cannot be taken as it stands; what is wrong was kept with it for the page."""


def check_workers(
    desk: Desk, event: Event, unit: Organization, data: bytes, *, key: str, file_name: str = ""
) -> WorkerImport:
    """Look a list through without taking it; the same form sent twice is one list.

    Raises ``Invalid`` when the file is no such list, ``WrongMoment`` outside the window.
    """
    desk.require(Permit.UNIT_ENTER, Place(organization_id=unit.id))
    known = desk.session.scalars(select(WorkerImport).filter_by(key=key)).first()
    if known is not None:
        _require(desk, known)
        return known
    check_window(desk, event)
    rows = read_workers(data)
    batch = WorkerImport(
        key=key,
        event_id=event.id,
        organization_id=unit.id,
        file_name=file_name[-NAME_LENGTH:],
        rows=len(rows),
        bad_rows=0,
        created_by=desk.actor.account_id,
        created_at=desk.now,
    )
    desk.session.add(batch)
    desk.session.flush()
    _look(desk, batch, rows)
    desk.record("check_workers", f"import:{batch.id}", rows=batch.rows, bad=batch.bad_rows)
    _forget_later(desk, batch)
    return batch


def mend_workers(desk: Desk, batch: WorkerImport, data: bytes) -> None:
    """Put mended rows in the place of the wrong ones and look the whole list through again.

    A row with the ID number of a right one replaces it, so that sending the
    whole list again does no harm.
    """
    _require(desk, batch)
    _hold(desk, batch)
    rows = rows_of(desk, batch)
    mended = read_workers(data)
    again = {clean_id(cells.get("id_number", "")) for _, cells in mended}
    bad = {fault["at"] for fault in batch.faults}
    kept = [
        (at, cells)
        for at, cells in rows
        if at not in bad and clean_id(cells.get("id_number", "")) not in again
    ]
    _look(desk, batch, sorted([*kept, *mended], key=_number))
    desk.record("mend_workers", f"import:{batch.id}", rows=batch.rows, bad=batch.bad_rows)


def commit_workers(desk: Desk, batch: WorkerImport) -> None:
    """Take the list whole: every row becomes an invitation; a second click changes nothing.

    Everything is looked at once more under the event's turn. Raises
    ``StillWrong`` when something has become wrong meanwhile: the caller
    commits, so that the page shows what; no row is taken then.
    """
    _require(desk, batch)
    desk.session.refresh(batch, with_for_update=True)
    if batch.state is ImportState.COMMITTED:
        return
    event = batch.event
    hold_event(desk, event.id)
    check_window(desk, event)
    workers = _look(desk, batch, rows_of(desk, batch))
    if batch.bad_rows:
        raise StillWrong(
            "%(count)s rows of the list are wrong. Nothing was taken; mend them and try again.",
            count=batch.bad_rows,
        )
    batch.move("commit")
    batch.committed_at, batch.rows_sealed = desk.now, None
    try:
        with desk.session.begin_nested():
            invite_all(desk, event, batch.organization, workers, import_id=batch.id)
    except IntegrityError:
        raise Blocked(
            "Another list with one of these people was taken a moment ago. Nothing was taken: "
            "reload the page and look again."
        ) from None
    desk.record("commit_workers", f"import:{batch.id}", rows=batch.rows)


def undo_workers(desk: Desk, batch: WorkerImport) -> None:
    """Take a list back whole while no worker has begun; its places are free again."""
    _require(desk, batch)
    desk.session.refresh(batch, with_for_update=True)
    if batch.state is ImportState.UNDONE:
        return
    begun = moved_on(desk, batch)
    if begun:
        raise Blocked(
            "%(count)s workers of this list have begun their entry or their invitation was "
            "changed: it cannot be taken back whole. Withdraw the other invitations one by one.",
            count=begun,
        )
    batch.move("undo")
    withdraw_all(desk, batch)
    desk.record("undo_workers", f"import:{batch.id}", rows=batch.rows)


def moved_on(desk: Desk, batch: WorkerImport) -> int:
    """Count the invitations of a list that are not waiting any more."""
    rows = desk.session.scalars(
        select(Invitation.state).where(
            Invitation.import_id == batch.id, Invitation.state != InvitationState.OPEN
        )
    )
    return len(rows.all())


def forget_workers(desk: Desk, import_id: int) -> None:
    """Remove a list that nobody took, on behalf of the clock."""
    desk.session.execute(
        delete(WorkerImport).where(
            WorkerImport.id == import_id, WorkerImport.state == ImportState.CHECKED
        )
    )


def rows_of(desk: Desk, batch: WorkerImport) -> list[Row]:
    """Open the rows of a list that waits to be taken."""
    _require(desk, batch)
    if batch.rows_sealed is None:
        raise WrongMoment("This list is settled; its rows are not kept any more.")
    text = desk.vault.open(batch.rows_sealed, bound_to=f"import:{batch.key}")
    return [(at, cells) for at, cells in json.loads(text)]


def _look(desk: Desk, batch: WorkerImport, rows: list[Row]) -> list[Named]:
    """Look rows through; returns the people, keeps rows and faults with the list."""
    people, faults = look_through(desk, batch.event_id, batch.organization_id, rows)
    batch.rows, batch.bad_rows = len(rows), len({fault.at for fault in faults})
    batch.faults = [_kept(fault) for fault in sorted(faults, key=_place)]
    batch.rows_sealed = desk.vault.seal(
        json.dumps(rows, ensure_ascii=False), bound_to=f"import:{batch.key}"
    )
    desk.session.flush()
    return people


def _kept(fault: RowFault) -> dict[str, Any]:
    return {
        "at": fault.at,
        "column": fault.column,
        "message": fault.reason.message,
        "params": dict(fault.reason.params),
    }


def _place(fault: RowFault) -> tuple[int, str]:
    return fault.at, fault.column


def _number(row: tuple[int, Mapping[str, str]]) -> int:
    return row[0]


def _require(desk: Desk, batch: WorkerImport) -> None:
    desk.require(Permit.UNIT_ENTER, Place(organization_id=batch.organization_id))


def _hold(desk: Desk, batch: WorkerImport) -> None:
    desk.session.refresh(batch, with_for_update=True)
    if batch.state is not ImportState.CHECKED:
        raise WrongMoment("This list is settled; its rows are not kept any more.")
    check_window(desk, batch.event)


def _forget_later(desk: Desk, batch: WorkerImport) -> None:
    desk.send("forget_workers", after=KEPT, import_id=batch.id)
