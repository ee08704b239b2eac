"""Quotas of units: how many of one employer's people may enter an event, never oversold."""

from sqlalchemy import delete, select, update

from actions.desk import Desk
from actions.seats import pass_on
from actions.unit_places import changed, hold_event, quota_of
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.units import Invitation, UnitQuota
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from rules.states import InvitationState

MOST = 5000


def set_quota(desk: Desk, event: Event, unit: Organization, quota: int | None) -> None:
    """Give a unit so many places in an event; None lifts the limit.

    Who already entered or waits for an invitation counts from the first; a
    larger quota lets people of the unit move up from the waiting list.
    Raises ``Blocked`` when more have entered than would be allowed.
    """
    desk.require(Permit.CONTEST_EDIT, event.where)
    if quota is not None and not 0 <= quota <= MOST:
        sentence = "A quota is a whole number from 0 to 5000."
        raise Invalid(sentence, {"quota": [sentence]})
    hold_event(desk, event.id)
    row = quota_of(desk, event.id, unit.id)
    if quota is None:
        _lift(desk, row)
    elif row is None:
        _begin(desk, event, unit, quota)
    elif not changed(
        desk,
        update(UnitQuota)
        .where(UnitQuota.id == row.id, UnitQuota.taken <= quota)
        .values(quota=quota),
    ):
        raise _too_few(row.taken)
    desk.session.expire_all()
    pass_on(desk, event)
    desk.record("set_unit_quota", f"event:{event.id}", unit=unit.id, quota=quota)


def _begin(desk: Desk, event: Event, unit: Organization, quota: int) -> None:
    """Start a quota with everybody on it who holds a place or is invited."""
    entries = (
        select(Entry.id)
        .join(Person, Person.id == Entry.person_id)
        .where(Entry.event_id == event.id, Person.organization_id == unit.id, Entry.holds_seat)
    )
    invited = select(Invitation.id).filter_by(
        event_id=event.id, organization_id=unit.id, state=InvitationState.OPEN
    )
    keys = list(desk.session.scalars(entries)), list(desk.session.scalars(invited))
    taken = sum(map(len, keys))
    if taken > quota:
        raise _too_few(taken)
    row = UnitQuota(event_id=event.id, organization_id=unit.id, quota=quota, taken=taken)
    desk.session.add(row)
    desk.session.flush()
    mine = {"unit_quota_id": row.id}
    changed(desk, update(Entry).where(Entry.id.in_(keys[0])).values(mine))
    changed(desk, update(Invitation).where(Invitation.id.in_(keys[1])).values(mine))


def _lift(desk: Desk, row: UnitQuota | None) -> None:
    if row is None:
        return
    for table in (Entry, Invitation):
        changed(
            desk,
            update(table).where(table.unit_quota_id == row.id).values(unit_quota_id=None),
        )
    changed(desk, delete(UnitQuota).where(UnitQuota.id == row.id))


def _too_few(taken: int) -> Blocked:
    return Blocked(
        "%(taken)s of this unit have entered or are invited already; the quota cannot be smaller. "
        "Nothing was changed.",
        taken=taken,
    )
