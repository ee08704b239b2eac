"""What became of a unit's people waits for one digest; strangers hear nothing of it."""

import pytest

from actions.desk import Desk
from actions.messages import collect_digest
from actions.reviews import accept_entry, return_entry
from actions.submissions import submit_entry, withdraw_entry
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.messages import Message
from models.organizations import Organization
from tests.entry_world import contestant, contestant_of, filled, open_event, own, reviewer
from tests.unit_world import contact, make_unit


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


def handed_in(desk: Desk, event: Event, unit: Organization | None, serial: int) -> Entry:
    seat = contestant(desk, event)
    entry = filled(seat, event, serial, f"选手{serial}")
    assert entry.person is not None
    entry.person.organization_id = unit.id if unit else None
    submit_entry(own(seat), entry)
    return entry


def told(desk: Desk, seat: Desk) -> list[str]:
    rows = desk.session.query(Message).filter_by(account_id=seat.actor.account_id)
    return [row.kind for row in rows.order_by(Message.id)]


def test_contacts_get_one_digest_of_all_their_people(
    desk: Desk, event: Event, unit: Organization
) -> None:
    clerk, stranger = contact(desk, unit, event), contact(desk, make_unit(desk), event)
    entries = [handed_in(desk, event, unit, serial) for serial in (1, 2, 3)]
    handed_in(desk, event, None, 4)
    seat = reviewer(desk, event)
    accept_entry(seat, entries[0])
    return_entry(seat, entries[1], remarks={"photo": "换一张"})
    withdraw_entry(contestant_of(desk, entries[2]), entries[2], reason="值班")

    kinds = ["worker_submitted"] * 3 + ["worker_accepted", "worker_returned", "worker_withdrawn"]
    assert told(desk, clerk) == kinds
    assert told(desk, stranger) == []

    account_id = clerk.actor.account_id
    assert account_id is not None
    collect_digest(clerk, account_id)

    assert told(desk, clerk) == [*kinds, "digest"]


def test_a_closed_account_hears_nothing(desk: Desk, event: Event, unit: Organization) -> None:
    clerk = contact(desk, unit, event)
    desk.session.get_one(Account, clerk.actor.account_id).is_active = False

    handed_in(desk, event, unit, 1)

    assert told(desk, clerk) == []
