"""A contest for tests, made by the actions a real one goes through."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from actions.contests import ContestText, announce_contest, approve_contest, create_contest
from actions.desk import Desk
from actions.events import EventPlan, create_event
from actions.schemes import adopt_scheme
from models.contests import Contest, Event
from models.occupations import Industry, Occupation
from rules.permits import SYSTEM, Actor
from rules.rulesets import AwardKind, AwardRule, EventRules, TieKey
from rules.schemes import Aspect, Criterion, Module, Scheme, SubCriterion
from rules.terms import ContestClass, ContestLevel, EntryForm, EntryGroup, Family
from tests.support import NOW, make_account

TEXT = ContestText(
    name="技赢定海粮油赛（示例）",
    year=2026,
    level=ContestLevel.DISTRICT,
    contest_class=ContestClass.TWO,
    approval_no="定人社赛备〔2026〕示例 01 号",
)
RULES = EventRules(
    parts=(("practice", Decimal(100)),),
    tie_chain=(TieKey("practice"),),
    award=AwardRule(AwardKind.PERCENT, minimum_field=1),
)
DAY = dt.timedelta(days=1)


def at(desk: Desk, moment: dt.datetime) -> Desk:
    """Return the same desk at another moment."""
    return dataclasses.replace(desk, now=moment)


def occupation(session: Session, name: str = "粮油保管员") -> Occupation:
    """Return an occupation, made once."""
    row = session.query(Occupation).filter_by(name=name).first()
    if row is None:
        industry = Industry(code=f"i-{name}", name=f"{name}业", english="", family=Family.GRAIN)
        row = Occupation(name=name, industry=industry)
        session.add(row)
        session.flush()
    return row


def plan(session: Session, **changes: Any) -> EventPlan:  # noqa: ANN401 (any field of a plan)
    """Return the plan of an event whose entries run from tomorrow for ten days."""
    values = {
        "name": "粮油储运",
        "occupation": occupation(session),
        "entry_group": EntryGroup.WORKER,
        "entry_form": EntryForm.INDIVIDUAL,
        "quota": 3,
        "entries_open_at": NOW + DAY,
        "entries_close_at": NOW + 11 * DAY,
        "held_on": (NOW + 20 * DAY).date(),
        "rules": RULES,
    }
    return EventPlan(**{**values, **changes})


def scheme(maximum: str = "10") -> Scheme:
    """Return a scheme of one module with a measured and a judged aspect."""
    half = Decimal(maximum) / 2
    aspects = (
        Aspect("A1.1", "含水率", "measurement", half, "direct", unit="%"),
        Aspect("A1.2", "整洁", "judgement", half, levels=("乱", "一般", "整齐", "很整齐")),
    )
    sub = SubCriterion("A1a", "质量", aspects, Decimal(maximum))
    criterion = Criterion("A1", "操作", (sub,), Decimal(maximum))
    return Scheme((Module("A", "实操", "practice", Decimal(maximum), (criterion,), Decimal(100)),))


def draft_contest(desk: Desk, **changes: Any) -> Contest:  # noqa: ANN401 (any field of the text)
    """Draft a contest."""
    return create_contest(desk, dataclasses.replace(TEXT, **changes))


def draft_event(desk: Desk, contest: Contest | None = None, **changes: Any) -> Event:  # noqa: ANN401 (any field of a plan)
    """Draft an event with a scheme."""
    event = create_event(desk, contest or draft_contest(desk), plan(desk.session, **changes))
    adopt_scheme(desk, event, scheme())
    return event


def second(desk: Desk) -> Desk:
    """Seat a second person, whom the system would let do everything."""
    account = make_account(desk.session, "第二人")
    return desk.acting_as(Actor(account.id, None, SYSTEM.grants))


def announced_event(desk: Desk, **changes: Any) -> Event:  # noqa: ANN401 (any field of a plan)
    """Draft, approve and announce a contest with one event."""
    event = draft_event(desk, **changes)
    approve_contest(second(desk), event.contest)
    announce_contest(desk, event.contest)
    return event
