"""News of a unit's people for its contacts: each line waits for the morning's digest."""

from typing import Final

from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.entries import Entry
from models.roles import RoleGrant
from rules.permits import Role, Scope

OF_WORKERS: Final = {
    "entry_submitted": "worker_submitted",
    "entry_returned": "worker_returned",
    "entry_accepted": "worker_accepted",
    "entry_rejected": "worker_rejected",
    "entry_withdrawn": "worker_withdrawn",
}
"""What an entrant is told, and what the contacts of the unit read of it; the rest is private."""


def tell_unit(desk: Desk, entry: Entry, kind: str) -> None:
    """Tell the contacts of the entrant's unit, once the entrant is told ``kind``."""
    person, told = entry.person, OF_WORKERS.get(kind)
    if told is None or person is None or person.organization_id is None:
        return
    for account_id in _contacts(desk, person.organization_id):
        desk.tell(
            account_id,
            told,
            f"entry:{entry.id}",
            event_id=entry.event_id,
            worker=person.name,
            contest=entry.event.contest.name,
            event=entry.event.name,
        )


def _contacts(desk: Desk, unit_id: int) -> list[int]:
    query = (
        select(RoleGrant.account_id)
        .join(RoleGrant.account)
        .where(
            RoleGrant.role == Role.UNIT_CONTACT,
            RoleGrant.scope == Scope.ORGANIZATION,
            RoleGrant.scope_id == unit_id,
            Account.is_active,
        )
        .order_by(RoleGrant.account_id)
    )
    return list(desk.session.scalars(query))
