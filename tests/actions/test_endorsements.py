"""Recommendations: asked with the entry, given on stamped paper, refused in words."""

import pytest

from actions import endorsements
from actions.desk import Desk
from actions.endorsements import (
    endorse,
    endorsement_of,
    recommendation_form,
    refuse_endorsement,
)
from actions.reviews import accept_entries, accept_entry, return_entry
from actions.submissions import submit_entry
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.units import Endorsement
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.states import EndorsementState, EntryState
from tests.entry_world import contestant, filled, open_event, own, picture, reviewer, sample_id
from tests.pdf import characters
from tests.unit_world import contact, make_unit


@pytest.fixture
def event(desk: Desk) -> Event:
    row = open_event(desk, quota=9)
    row.needs_endorsement = True
    return row


@pytest.fixture
def unit(desk: Desk) -> Organization:
    return make_unit(desk)


@pytest.fixture
def clerk(desk: Desk, unit: Organization, event: Event) -> Desk:
    return contact(desk, unit, event)


def handed_in(desk: Desk, event: Event, unit: Organization, serial: int = 1) -> Entry:
    seat = contestant(desk, event)
    entry = filled(seat, event, serial, f"选手{serial}")
    assert entry.person is not None
    entry.person.organization_id = unit.id
    submit_entry(seat, entry)
    return entry


def asked(desk: Desk, entry: Entry) -> Endorsement:
    row = endorsement_of(desk, entry)
    assert row is not None
    return row


def test_an_entry_is_accepted_only_with_the_stamped_form(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    entry = handed_in(desk, event, unit)
    row = asked(desk, entry)
    seat = reviewer(desk, event)
    with pytest.raises(Blocked, match="has not uploaded it yet"):
        accept_entry(seat, entry)
    ((_, refusal),) = accept_entries(seat, [entry])
    assert refusal is not None
    assert (row.state, entry.state) == (EndorsementState.ASKED, EntryState.SUBMITTED)

    endorse(clerk, row, recommendation_form(clerk, row, url="https://example.cn/u"))
    accept_entry(seat, entry)

    assert entry.state is EntryState.ACCEPTED
    assert row.scan is not None
    assert not row.scan.is_public


def test_events_that_want_none_ask_nobody(desk: Desk, unit: Organization) -> None:
    event = open_event(desk, quota=9)
    entry = handed_in(desk, event, unit)

    accept_entry(reviewer(desk, event), entry)

    assert endorsement_of(desk, entry) is None


def test_an_entrant_without_a_unit_of_the_list_is_told_before_handing_in(
    desk: Desk, event: Event
) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event, 1, "自由人")

    with pytest.raises(Invalid, match="choose the unit from the list"):
        submit_entry(seat, entry)

    assert entry.state is EntryState.DRAFT
    assert event.seats_taken == 0


def test_a_refusal_has_its_reason_and_handing_in_again_asks_again(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    entry = handed_in(desk, event, unit)
    row, seat = asked(desk, entry), reviewer(desk, event)
    with pytest.raises(Invalid):
        refuse_endorsement(clerk, row, reason="  ")
    refuse_endorsement(clerk, row, reason="已调离岗位")
    with pytest.raises(Blocked, match="已调离岗位"):
        accept_entry(seat, entry)

    return_entry(seat, entry, remarks={"employer": "请核对单位"})
    owner = own(desk.acting_as(type(desk.actor)(entry.account_id)))
    submit_entry(owner, entry)

    assert (row.state, row.reason, row.decided_at) == (EndorsementState.ASKED, "", None)


def test_another_unit_is_asked_when_the_entrant_changes_it(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    entry, other = handed_in(desk, event, unit), make_unit(desk)
    row = asked(desk, entry)
    endorse(clerk, row, picture())
    return_entry(reviewer(desk, event), entry, remarks={"employer": "请核对单位"})
    assert entry.person is not None
    entry.person.organization_id = other.id

    submit_entry(own(desk.acting_as(type(desk.actor)(entry.account_id))), entry)

    assert (row.organization_id, row.state) == (other.id, EndorsementState.ASKED)
    assert row.scan_id is None


def test_a_given_recommendation_stands_through_a_return(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    entry = handed_in(desk, event, unit)
    row = asked(desk, entry)
    endorse(clerk, row, picture())
    return_entry(reviewer(desk, event), entry, remarks={"photo": "换一张"})

    submit_entry(own(desk.acting_as(type(desk.actor)(entry.account_id))), entry)

    assert row.state is EndorsementState.ENDORSED


def test_a_better_scan_replaces_the_first_until_the_office_decides(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    entry = handed_in(desk, event, unit)
    row = asked(desk, entry)
    endorse(clerk, row, picture())
    first = row.scan_id
    endorse(clerk, row, recommendation_form(clerk, row, url="https://example.cn/u"))
    assert row.scan_id != first
    accept_entry(reviewer(desk, event), entry)

    with pytest.raises(WrongMoment):
        endorse(clerk, row, picture())
    with pytest.raises(WrongMoment):
        refuse_endorsement(clerk, row, reason="晚了")
    assert row.state is EndorsementState.ENDORSED


def test_a_file_that_is_no_scan_changes_nothing(
    desk: Desk, clerk: Desk, event: Event, unit: Organization
) -> None:
    row = asked(desk, handed_in(desk, event, unit))

    with pytest.raises(Invalid, match="neither a picture"):
        endorse(clerk, row, b"MZ")

    assert (row.state, row.scan_id) == (EndorsementState.ASKED, None)


def test_the_form_names_the_person_and_masks_the_numbers(
    desk: Desk,
    clerk: Desk,
    event: Event,
    unit: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = asked(desk, handed_in(desk, event, unit))
    printed: dict[str, str] = {}
    assert set("参赛推荐表选手") <= characters(
        recommendation_form(clerk, row, url="https://a.cn/u")
    )

    def noted(fields: dict[str, str]) -> bytes:
        printed.update(fields)
        return b""

    monkeypatch.setattr(endorsements, "recommendation_pdf", noted)
    recommendation_form(clerk, row, url="https://a.cn/u")

    assert (printed["name"], printed["unit"]) == ("选手1", unit.name)
    assert printed["id_number"] == f"990001********{sample_id(1)[-4:]}"
    assert printed["phone"] == "138****1234"


def test_another_units_contact_neither_reads_nor_stamps(
    desk: Desk, event: Event, unit: Organization
) -> None:
    row = asked(desk, handed_in(desk, event, unit))
    stranger = contact(desk, make_unit(desk), event)

    with pytest.raises(NotPermitted):
        endorse(stranger, row, picture())
    with pytest.raises(NotPermitted):
        refuse_endorsement(stranger, row, reason="x")
    with pytest.raises(NotPermitted):
        recommendation_form(stranger, row, url="https://example.cn/u")
