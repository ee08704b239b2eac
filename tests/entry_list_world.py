"""A contest of two events with entries of every state, put straight into the tables."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.contests import announce_contest, approve_contest
from actions.desk import Desk
from actions.events import move_event
from actions.media import take_portrait
from actions.people import Identity, enter_person
from models.contests import Contest, Event
from models.entries import Entry
from models.organizations import Organization, Town
from models.people import Person
from rules.states import EntryState
from rules.terms import EntryGroup, OrganizationKind, SkillLevel, TownKind
from tests.contest_world import at, draft_contest, draft_event, occupation, second
from tests.entry_world import picture, sample_id
from tests.support import make_account

TODAY = dt.date(2026, 11, 24)
STATES = (
    EntryState.SUBMITTED,
    EntryState.ACCEPTED,
    EntryState.RETURNED,
    EntryState.REJECTED,
    EntryState.WITHDRAWN,
    EntryState.DRAFT,
)
NAMES = ("贺定波", "林澈", "钟离秋水", "乐平", "应海梅", "未交人")
BIRTHS = ("20050102", "19950102", "19850102", "19750102", "19650102", "19900102")


@dataclass
class Listed:
    """What the tests look at: the contest, its events, the entries in the order of STATES."""

    contest: Contest
    events: list[Event]
    entries: list[Entry]


def listed(desk: Desk) -> Listed:
    """Make the contest: six entries for its first event, one for the second."""
    contest = draft_contest(desk)
    draft_event(desk, contest, name="粮油储运", quota=30)
    draft_event(desk, contest, name="制油", quota=5, entry_group=EntryGroup.STUDENT)
    desk.session.refresh(contest)
    approve_contest(second(desk), contest)
    announce_contest(desk, contest)
    for event in contest.events:
        move_event(at(desk, event.entries_open_at), event, "open")
    first, other = contest.events
    units = _units(desk)
    entries = [
        add_entry(desk, first, serial, state, unit=units[serial % 2] if serial < 4 else None)
        for serial, state in enumerate(STATES)
    ]
    entries.append(add_entry(desk, other, 6, EntryState.SUBMITTED, name="=1+1"))
    desk.session.commit()
    return Listed(contest, [first, other], entries)


def _units(desk: Desk) -> Sequence[Organization]:
    town = Town(code="test-town", name="示例镇", kind=TownKind.TOWN)
    rows = [
        Organization(name=name, kind=OrganizationKind.EMPLOYER, town=town)
        for name in ("示例船厂", "示例船厂二分厂")
    ]
    desk.session.add_all(rows)
    desk.session.flush()
    return rows


def add_entry(  # an entry has this many sides
    desk: Desk,
    event: Event,
    serial: int,
    state: EntryState,
    *,
    unit: Organization | None = None,
    name: str = "",
) -> Entry:
    """Add one entry as it would stand after its deeds."""
    person = _person(desk, serial, name or NAMES[serial % len(NAMES)], unit)
    sent = event.entries_open_at + dt.timedelta(days=serial // 3, minutes=serial)
    handed_in = state is not EntryState.DRAFT
    holds = state in (EntryState.SUBMITTED, EntryState.ACCEPTED, EntryState.RETURNED)
    entry = Entry(
        event=event,
        account_id=make_account(desk.session, person.name).id,
        person=person,
        state=state,
        answers={} if unit else {"employer": "自己写的厂"} if serial == 4 else {},
        form_key=f"listed-{serial}-{event.id}",
        receipt_no=f"26HG-{serial:04}" if handed_in else None,
        pass_no=f"HG{serial:03}" if state is EntryState.ACCEPTED else None,
        holds_seat=holds,
        remarks={"": "请补证明"} if state is EntryState.RETURNED else {},
        started_at=sent,
        submitted_at=sent if handed_in else None,
        photo_id=take_portrait(desk, picture()).id,
    )
    event.seats_taken += holds
    desk.session.add(entry)
    desk.session.flush()
    return entry


def _person(desk: Desk, serial: int, name: str, unit: Organization | None) -> Person:
    number = sample_id(700 + serial, BIRTHS[serial % len(BIRTHS)])
    plain = Identity("贺示例", number, f"138000012{serial:02}")
    person = enter_person(
        desk,
        plain,
        organization_id=unit.id if unit else None,
        town_id=unit.town_id if unit else None,
        occupation_id=occupation(desk.session).id if serial % 2 else None,
        skill_level=SkillLevel.THREE if serial < 3 else None,
    )
    person.name = name
    return person
