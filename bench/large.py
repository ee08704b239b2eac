"""The big contest that a season's load is measured on: 41 events, 5,000 entries, 800 units.

Names are put together by a seeded draw, ID numbers are of the region that does not exist; the
registers and the portrait are those of the sample world. Two runs give the same rows.
"""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from actions.accounts import open_session
from actions.contests import ContestText, announce_contest, approve_contest, create_contest
from actions.desk import Desk
from actions.events import EventPlan, create_event, move_event
from actions.media import take_portrait
from actions.schemes import adopt_scheme
from models.accounts import Account
from models.contests import Contest, Event
from models.entries import Entry
from models.everything import METADATA
from models.organizations import Organization
from models.people import Person
from models.roles import RoleGrant
from rules.numbering import receipt_number
from rules.permits import SYSTEM, Actor, Role, Scope
from rules.rulesets import AwardKind, AwardRule, EventRules
from rules.scheme_json import scheme_from_json
from rules.states import EntryState
from rules.terms import (
    ContestClass,
    ContestLevel,
    EntryForm,
    EntryGroup,
    Gender,
    OrganizationKind,
    SkillLevel,
)
from web.db import db
from web.login import desk
from web.world import files, register
from web.world.cast import World
from web.world.entries import portrait
from web.world.people import sample_id, sample_phone

EVENTS, ENTRIES, UNITS = 41, 5000, 800
SURNAMES: Final = "王陈李张林周黄刘徐朱杨胡郑夏邵贺乐应励邬"
GIVEN: Final = "海波定山芬军岚舟澜钧铭渔盈潮锋禾穗蓝青岳"
DAY: Final = dt.timedelta(days=1)
SHARES: Final = (
    (EntryState.ACCEPTED, 55),
    (EntryState.SUBMITTED, 22),
    (EntryState.RETURNED, 7),
    (EntryState.DRAFT, 7),
    (EntryState.REJECTED, 5),
    (EntryState.WITHDRAWN, 4),
)
SEATED: Final = (EntryState.ACCEPTED, EntryState.SUBMITTED, EntryState.RETURNED)


@dataclass(frozen=True)
class Large:
    """What a measurement needs of the big contest."""

    contest_id: int
    event_ids: tuple[int, ...]
    clerk_id: int
    """Account of a reviewer who is organizer too."""


def fill(app: Flask, *, entries: int = ENTRIES, events: int = EVENTS, units: int = UNITS) -> Large:
    """Make the schema and the contest in an empty database."""
    with app.app_context():
        METADATA.create_all(db.engine)
        large = fill_here(desk(SYSTEM), entries=entries, events=events, units=units)
        db.session.commit()
        return large


def fill_here(at: Desk, *, entries: int, events: int, units: int) -> Large:
    """Make the contest at a desk; the caller commits."""
    world = World(replace(at, now=at.now - 30 * DAY))
    register.load(world)
    clerk = _clerk(world)
    contest = _contest(world, clerk, events)
    chance = random.Random(20261124)  # noqa: S311  # load, not secrecy
    people = _people(world, entries, _units(world, units), chance)
    _entries(at, list(contest.events), people, chance)
    return Large(contest.id, tuple(event.id for event in contest.events), clerk.id)


def browser(app: Flask, large: Large) -> FlaskClient:
    """Return a browser in which the clerk is signed in."""
    client = app.test_client()
    with app.app_context():
        account = db.session.get_one(Account, large.clerk_id)
        token = open_session(desk(SYSTEM), account, "bench")
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _clerk(world: World) -> Account:
    moment = world.desk.now
    account = Account(
        username="clerk",
        password_hash="!",  # noqa: S106  # no password fits
        display_name="赛务示例",
        created_at=moment,
    )
    world.desk.session.add(account)
    world.desk.session.flush()
    for role in (Role.ORGANIZER, Role.REVIEWER):
        world.desk.session.add(
            RoleGrant(account_id=account.id, role=role, scope=Scope.SITE, granted_at=moment)
        )
    return account


def _contest(world: World, clerk: Account, events: int) -> Contest:
    at, year = world.desk, world.desk.now.year
    text = ContestText(
        name=f"技赢定海{year}年度大赛（示例）",
        year=year,
        level=ContestLevel.DISTRICT,
        contest_class=ContestClass.ONE,
        approval_no=f"定人社赛备〔{year}〕示例 99 号",
    )
    contest = create_contest(at, text, slug=f"large-{year}")
    scheme = scheme_from_json(next(files.documents("schemes"))["body"])
    trades = itertools.cycle(world.occupations.values())
    for number, trade in zip(range(events), trades, strict=False):
        plan = EventPlan(
            name=f"{trade.name}第{number + 1:02}场",
            occupation=trade,
            entry_group=EntryGroup.STUDENT if number % 5 == 0 else EntryGroup.WORKER,
            entry_form=EntryForm.INDIVIDUAL,
            quota=400,
            entries_open_at=at.now + DAY,
            entries_close_at=at.now + (40 + number % 9) * DAY,
            held_on=(at.now + 70 * DAY).date(),
            rules=EventRules(
                award=AwardRule(AwardKind.PERCENT, minimum_field=15 + number % 4 * 40)
            ),
        )
        adopt_scheme(at, create_event(at, contest, plan, slug=f"e{number:02}"), scheme)
    at.session.flush()
    at.session.refresh(contest)
    approve_contest(at.acting_as(Actor(clerk.id, None, SYSTEM.grants)), contest)
    announce_contest(at, contest)
    for event in contest.events:
        move_event(replace(at, now=event.entries_open_at), event, "open")
    at.session.flush()
    return contest


def _units(world: World, units: int) -> list[int]:
    session = world.desk.session
    towns = [town.id for town in world.towns.values()]
    rows = [
        {
            "name": f"定海示例{GIVEN[at % 20]}{GIVEN[at // 20 % 20]}{at:03}厂",
            "kind": OrganizationKind.EMPLOYER,
            "town_id": towns[at % len(towns)],
        }
        for at in range(units)
    ]
    session.execute(insert(Organization), rows)
    names = [row["name"] for row in rows]
    return list(session.scalars(select(Organization.id).where(Organization.name.in_(names))))


def _people(world: World, count: int, units: list[int], chance: random.Random) -> list[int]:
    at = world.desk
    towns = [town.id for town in world.towns.values()]
    trades = [trade.id for trade in world.occupations.values()]
    rows = [
        _person(at, serial, chance)
        | {
            "town_id": chance.choice(towns),
            "organization_id": chance.choice(units),
            "occupation_id": chance.choice(trades),
        }
        for serial in range(count)
    ]
    at.session.execute(insert(Person), rows)
    return list(
        at.session.scalars(select(Person.id).where(Person.key.like("large-%")).order_by(Person.id))
    )


def _person(at: Desk, serial: int, chance: random.Random) -> dict[str, Any]:
    key, gender = f"large-{serial:06}", chance.choice(list(Gender))
    born = dt.date(1966, 1, 1) + dt.timedelta(days=serial * 3 % 14600)
    number, phone = sample_id(born, gender, serial // 400), sample_phone(serial % 6000)
    return {
        "key": key,
        "name": chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
        "gender": gender,
        "birth_date": born,
        "id_number_sealed": at.vault.seal(number, bound_to=f"{key}:id_number"),
        "id_number_mark": at.vault.mark(f"{number}{serial}"),
        "phone_sealed": at.vault.seal(phone, bound_to=f"{key}:phone"),
        "phone_mark": at.vault.mark(f"{phone}{serial}"),
        "skill_level": chance.choice(list(SkillLevel)[:6]),
        "in_trade_since": min(born.year + 18 + serial % 9, at.now.year),
        "created_at": at.now,
    }


def _entries(at: Desk, events: list[Event], people: list[int], chance: random.Random) -> None:
    accounts = [
        {
            "username": f"large{person}",
            "password_hash": "!",
            "display_name": "示例",
            "person_id": person,
            "created_at": at.now,
        }
        for person in people
    ]
    at.session.execute(insert(Account), accounts)
    owners = dict(
        at.session.execute(
            select(Account.person_id, Account.id).where(Account.person_id.in_(people))
        ).all()
    )
    photo = take_portrait(at, portrait()).id
    rows = list(_rows(events, [(person, owners[person]) for person in people], chance))
    for row in rows:
        row["photo_id"] = photo
    at.session.execute(insert(Entry), rows)
    for event in events:
        event.seats_taken = sum(row["holds_seat"] for row in rows if row["event_id"] == event.id)
    at.session.flush()


def _rows(
    events: list[Event], people: list[tuple[int, int]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    states, weights = zip(*SHARES, strict=True)
    verdicts = [
        {"code": "E1", "state": "pass", "clause": "年满 18 周岁", "message": "", "params": {}}
    ]
    for serial, (person, account) in enumerate(people, start=1):
        state, event = chance.choices(states, weights)[0], events[serial % len(events)]
        sent = event.entries_open_at + dt.timedelta(minutes=serial * 7 % 36000)
        handed_in = state is not EntryState.DRAFT
        yield {
            "event_id": event.id,
            "account_id": account,
            "person_id": person,
            "state": state,
            "step": 5,
            "answers": {"employer": "", "certificate_no": ""},
            "receipt_no": receipt_number(2026, "DS", serial) if handed_in else None,
            "pass_no": f"DS{serial:05}" if state is EntryState.ACCEPTED else None,
            "form_key": f"large-{serial}",
            "holds_seat": state in SEATED,
            "verdicts": verdicts,
            "remarks": {"": "请补证明"} if state is EntryState.RETURNED else {},
            "started_at": sent,
            "submitted_at": sent if handed_in else None,
            "decided_at": sent + DAY
            if state in (EntryState.ACCEPTED, EntryState.REJECTED)
            else None,
            "version": 1,
        }
