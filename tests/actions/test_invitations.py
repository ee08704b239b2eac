"""Invitations: one link, one worker, one event, one use; the consent is the worker's alone."""

import datetime as dt

import pytest

from actions.desk import Desk
from actions.entries import confirm_conditions, save_photo
from actions.invitations import (
    MOST_TRIES,
    WrongLast,
    accept_invitation,
    find_invitation,
    is_own,
    lapse_invitations,
    named,
    refuse_used,
    renew_invitation,
    token_of,
    withdraw_invitation,
)
from actions.submissions import submit_entry
from actions.unit_places import left_of
from actions.unit_quotas import set_quota
from actions.workers import check_workers, commit_workers
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.outbox import Errand
from models.people import Consent, Person
from models.units import Invitation
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import SYSTEM
from rules.states import EntryState, InvitationState
from rules.terms import SkillLevel
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, own, picture, sample_id
from tests.unit_world import cells, contact, make_unit, sheet


@pytest.fixture
def event(desk: Desk) -> Event:
    return open_event(desk, quota=9)


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


@pytest.fixture
def clerk(desk: Desk, unit: Organization, event: Event) -> Desk:
    return contact(desk, unit, event)


@pytest.fixture
def row(clerk: Desk, event: Event, unit: Organization) -> Invitation:
    set_quota(clerk.acting_as(SYSTEM), event, unit, 3)
    batch = check_workers(clerk, event, unit, sheet(cells(7)), key="e" * 32)
    commit_workers(clerk, batch)
    return clerk.session.query(Invitation).one()


LAST = sample_id(7)[-4:]


def test_an_invited_worker_goes_on_to_the_portrait_and_hands_in(
    desk: Desk, row: Invitation, event: Event, unit: Organization
) -> None:
    seat = contestant(desk, event)

    entry = accept_invitation(seat, row, last=LAST.lower(), consents=True)

    person = entry.person
    assert person is not None
    assert (person.name, person.organization_id) == (cells(7)["name"], unit.id)
    assert (person.skill_level, person.in_trade_since) == (SkillLevel.THREE, 2012)
    assert person.occupation_id == event.occupation_id
    assert seat.session.query(Consent).filter_by(person_id=person.id).count() == 1
    assert (row.state, row.sealed, row.entry) == (InvitationState.ACCEPTED, b"", entry)
    save_photo(own(seat), entry, picture())
    confirm_conditions(own(seat), entry)
    submit_entry(own(seat), entry)
    assert entry.state is EntryState.SUBMITTED
    assert left_of(desk, event.id, unit.id) == 2


def test_nobody_is_in_the_register_before_agreeing(
    desk: Desk, row: Invitation, event: Event
) -> None:
    seat = contestant(desk, event)

    with pytest.raises(Invalid, match="consent"):
        accept_invitation(seat, row, last=LAST, consents=False)

    assert desk.session.query(Person).count() == 0
    assert desk.session.query(Entry).count() == 0
    assert row.state is InvitationState.OPEN


def test_a_link_works_once(desk: Desk, row: Invitation, event: Event) -> None:
    token = token_of(desk, row)
    seat = contestant(desk, event)
    accept_invitation(seat, row, last=LAST, consents=True)

    with pytest.raises(WrongMoment, match="used"):
        accept_invitation(contestant(desk, event), row, last=LAST, consents=True)
    assert find_invitation(seat, token) is row
    assert is_own(seat, row)
    assert not is_own(contestant(desk, event), row)
    with pytest.raises(WrongMoment, match="used"):
        refuse_used(row)


def test_only_the_print_of_a_token_lies_in_the_table(desk: Desk, row: Invitation) -> None:
    token = token_of(desk, row)

    assert token not in (row.key, row.token_hash)
    assert find_invitation(desk, token) is row


def test_unknown_replaced_expired_and_withdrawn_links_say_what_they_are(
    desk: Desk, clerk: Desk, row: Invitation, event: Event
) -> None:
    old = token_of(desk, row)
    with pytest.raises(NotPermitted, match="opens nothing"):
        find_invitation(desk, "x" * 40)
    renew_invitation(clerk, row)
    with pytest.raises(NotPermitted, match="replaced"):
        find_invitation(clerk, old)
    new = token_of(desk, row)
    late = at(desk, row.expires_at)
    with pytest.raises(WrongMoment, match="expired"):
        find_invitation(late, new)
    with pytest.raises(WrongMoment, match="expired"):
        accept_invitation(
            at(contestant(desk, event), row.expires_at), row, last=LAST, consents=True
        )
    withdraw_invitation(clerk, row)
    with pytest.raises(WrongMoment, match="taken this invitation back"):
        find_invitation(clerk, new)
    assert row.sealed == b""
    assert left_of(desk, event.id, row.organization_id) == 3


def test_a_link_ends_with_the_window_at_the_latest(row: Invitation, event: Event) -> None:
    assert row.expires_at == min(row.created_at + dt.timedelta(days=14), event.entries_close_at)


def test_wrong_tries_are_counted_and_close_the_link(
    desk: Desk, clerk: Desk, row: Invitation, event: Event
) -> None:
    seat = contestant(desk, event)
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongLast):
            accept_invitation(seat, row, last="0000", consents=True)

    with pytest.raises(WrongMoment, match="five wrong tries"):
        accept_invitation(seat, row, last=LAST, consents=True)
    renew_invitation(clerk, row)
    accept_invitation(seat, row, last=LAST, consents=True)


def test_an_account_of_somebody_else_is_refused_and_stays_theirs(
    desk: Desk, row: Invitation, event: Event
) -> None:
    other = open_event(desk, quota=3)
    seat = contestant(desk, event)
    filled(seat, other, 8, "别的人")

    with pytest.raises(Blocked, match="somebody else"):
        accept_invitation(own(seat), row, last=LAST, consents=True)

    assert row.state is InvitationState.OPEN


def test_a_worker_known_already_keeps_what_the_register_says(
    desk: Desk, row: Invitation, event: Event
) -> None:
    other = open_event(desk, quota=3)
    seat = contestant(desk, event)
    first = filled(seat, other, 7, cells(7)["name"])
    assert first.person is not None
    first.person.in_trade_since = 2001

    entry = accept_invitation(own(seat), row, last=LAST, consents=True)

    assert entry.person is first.person
    assert first.person.in_trade_since == 2001


def test_an_entry_begun_alone_is_not_overwritten(desk: Desk, row: Invitation, event: Event) -> None:
    seat = contestant(desk, event)
    filled(seat, event, 7, cells(7)["name"])

    with pytest.raises(Blocked, match="begun an entry"):
        accept_invitation(own(seat), row, last=LAST, consents=True)


def test_what_is_settled_is_neither_renewed_nor_withdrawn(
    desk: Desk, clerk: Desk, row: Invitation, event: Event, unit: Organization
) -> None:
    stranger = contact(desk, make_unit(desk), event)
    for deed in (renew_invitation, withdraw_invitation):
        with pytest.raises(NotPermitted):
            deed(stranger, row)
    assert named(clerk, row).id_number == sample_id(7)
    accept_invitation(contestant(desk, event), row, last=LAST, consents=True)
    for deed in (renew_invitation, withdraw_invitation):
        with pytest.raises(WrongMoment):
            deed(clerk, row)
    assert left_of(desk, event.id, unit.id) == 2


def test_what_nobody_agreed_to_is_forgotten_when_entries_close(
    desk: Desk, row: Invitation, event: Event, unit: Organization
) -> None:
    errand = desk.session.query(Errand).filter_by(kind="lapse_invitations").one()
    assert errand.due_at == event.entries_close_at
    event.entries_close_at += dt.timedelta(days=1)
    lapse_invitations(at(desk, errand.due_at), event)
    assert row.state is InvitationState.OPEN
    later = desk.session.query(Errand).filter_by(kind="lapse_invitations").all()[-1]
    assert later.due_at == event.entries_close_at

    lapse_invitations(at(desk, event.entries_close_at), event)

    assert (row.state, row.sealed) == (InvitationState.WITHDRAWN, b"")
    assert left_of(desk, event.id, unit.id) == 3
    lapse_invitations(at(desk, event.entries_close_at), event)
    assert desk.session.query(AuditLine).filter_by(deed="lapse_invitations").count() == 1
