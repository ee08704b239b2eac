"""Conflicts: what the register, the pool and the judges themselves say against a seat."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from actions.appraisals import last_grades
from actions.desk import Desk
from actions.event_plans import rules_of
from models.accounts import Account
from models.contests import Event
from models.craftsmen import Apprenticeship
from models.entries import Entry, standing_in
from models.judges import Judge as PoolRow
from models.panels import PanelSeat, Recusal
from models.people import Person
from models.roles import RoleGrant
from rules.errors import Blocked
from rules.panel_proposals import Demand
from rules.panels import Contestant, Judge, Tie, conflicts, obstacles
from rules.permits import Grant, Role, Scope, clash
from rules.phrases import Phrase, phrase
from rules.states import EntryState, EventState
from rules.terms import TieKind

COMPETING = (EntryState.SUBMITTED, EntryState.ACCEPTED)
DECLARED = phrase("This judge has declared a conflict with this event.")


def field_of(desk: Desk, event: Event) -> tuple[Contestant, ...]:
    """Read who competes in an event, or waits for the review."""
    rows = desk.session.execute(
        select(Person.id, Person.name, Person.organization_id)
        .join(Entry, Entry.person_id == Person.id)
        .where(Entry.event_id == event.id, standing_in(COMPETING))
        .order_by(Entry.id)
    )
    return tuple(Contestant(*row) for row in rows)


def demand_of(desk: Desk, event: Event, present: Iterable[int] = ()) -> Demand:
    """Say how many judges an event wants, on which day, for whom."""
    rules = rules_of(event)
    return Demand(
        key=event.id,
        day=event.held_on,
        trade=event.occupation_id,
        wanted=rules.judges_per_aspect,
        contestants=field_of(desk, event),
        years=rules.fairness.conflict_years,
        present=frozenset(present),
    )


def hard_conflicts(
    desk: Desk, event: Event, accounts: Sequence[Account]
) -> dict[int, tuple[Phrase, ...]]:
    """Map each account to what forbids it to judge here: declared, unit, ties; never overruled."""
    demand = demand_of(desk, event)
    recused = _recused(desk, event)
    found = {}
    for judge in facts_of(desk, accounts):
        own = (DECLARED,) if judge.key in recused else ()
        found[judge.key] = (*own, *conflicts(judge, demand.contestants, demand.day, demand.years))
    return found


def check_conflict(desk: Desk, event: Event, account: Account) -> None:
    """Refuse a judge with a hard conflict; raises ``Blocked`` with every one of them."""
    found = hard_conflicts(desk, event, [account])[account.id]
    if found:
        first, *others = found
        raise Blocked(first.message, tuple(others), **dict(first.params))


def soft_obstacles(
    desk: Desk, event: Event, accounts: Sequence[Account]
) -> dict[int, tuple[Phrase, ...]]:
    """Map each account to what speaks against the day: shown at the name, not refused."""
    judges = with_seats(desk, facts_of(desk, accounts), [event])
    return {judge.key: obstacles(judge, event.held_on) for judge in judges}


def pool_of(desk: Desk, events: Sequence[Event]) -> tuple[list[Judge], dict[int, Account]]:
    """Read the active pool as the law takes it, for panels of these events of one contest."""
    accounts = list(
        desk.session.scalars(
            select(Account)
            .join(PoolRow, PoolRow.person_id == Account.person_id)
            .where(PoolRow.is_active, Account.is_active)
            .options(joinedload(Account.person).joinedload(Person.organization))
            .order_by(PoolRow.id)
        )
    )
    judges = with_seats(desk, facts_of(desk, accounts), events)
    return _barred(desk, events, judges), {account.id: account for account in accounts}


def facts_of(desk: Desk, accounts: Sequence[Account]) -> list[Judge]:
    """Read units, ties, trades and days of accounts, in a fixed number of statements."""
    people = [account.person_id for account in accounts if account.person_id is not None]
    rows = _pool_rows(desk, people)
    lines, grades = _apprenticeships(desk, people), last_grades(desk, people)
    judges = (_judge(one, rows.get(one.person_id or 0), lines) for one in accounts)
    return [
        replace(judge, grade=grades.get(account.person_id or 0))
        for account, judge in zip(accounts, judges, strict=True)
    ]


def with_seats(desk: Desk, judges: Sequence[Judge], events: Sequence[Event]) -> list[Judge]:
    """Add the seats held elsewhere: busy days, and the load of the year."""
    own = [event.id for event in events]
    year = min((event.held_on.year for event in events), default=1)
    rows = desk.session.execute(
        select(PanelSeat.account_id, Event.held_on)
        .join(Event, Event.id == PanelSeat.event_id)
        .where(
            PanelSeat.account_id.in_([judge.key for judge in judges]),
            Event.id.not_in(own),
            Event.state != EventState.CANCELLED,
            Event.held_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
    )
    days = defaultdict(list)
    for account, day in rows:
        days[account].append(day)
    return [
        replace(judge, busy=frozenset(days[judge.key]), load=len(days[judge.key]))
        for judge in judges
    ]


def _barred(desk: Desk, events: Sequence[Event], judges: Sequence[Judge]) -> list[Judge]:
    """Add what forbids any seat: other roles in the contest, leading the panel, a recusal."""
    grants = defaultdict(list)
    for row in desk.session.scalars(
        select(RoleGrant).where(RoleGrant.account_id.in_([judge.key for judge in judges]))
    ):
        grants[row.account_id].append(row.as_grant())
    gone = {account for event in events for account in _recused(desk, event)}
    return [
        replace(judge, barred=_bars(grants[judge.key], events, judge.key in gone))
        for judge in judges
    ]


def _bars(held: list[Grant], events: Sequence[Event], recused: bool) -> tuple[Phrase, ...]:  # noqa: FBT001  # a fact
    event = events[0]
    foe = clash(held, Grant(Role.JUDGE, Scope.EVENT, event.id, event.contest_id))
    found = []
    if foe is not None:
        found.append(phrase("This judge holds a role in this contest that excludes judging."))
    leads = {grant.scope_id for grant in held if grant.role is Role.CHIEF_JUDGE}
    if leads & {event.id for event in events}:
        found.append(phrase("This judge leads the panel as chief judge."))
    return (*found, *((DECLARED,) if recused else ()))


def _recused(desk: Desk, event: Event) -> set[int]:
    return set(desk.session.scalars(select(Recusal.account_id).filter_by(event_id=event.id)))


def _pool_rows(desk: Desk, people: list[int]) -> dict[int, PoolRow]:
    rows = desk.session.scalars(
        select(PoolRow)
        .where(PoolRow.person_id.in_(people))
        .options(
            selectinload(PoolRow.trades),
            selectinload(PoolRow.qualifications),
            selectinload(PoolRow.days),
            selectinload(PoolRow.former),
            selectinload(PoolRow.ties),
        )
    )
    return {row.person_id: row for row in rows}


def _apprenticeships(desk: Desk, people: list[int]) -> dict[int, list[Tie]]:
    """Read masters and apprentices of people, both ways."""
    found: dict[int, list[Tie]] = defaultdict(list)
    rows = desk.session.scalars(
        select(Apprenticeship).where(
            Apprenticeship.master_id.in_(people) | Apprenticeship.apprentice_id.in_(people)
        )
    )
    for row in rows:
        if row.master_id is not None:
            other = Tie(TieKind.PUPIL, row.apprentice_id, row.apprentice_name)
            found[row.master_id].append(other)
        if row.apprentice_id is not None:
            other = Tie(TieKind.PUPIL, row.master_id, row.master_name)
            found[row.apprentice_id].append(other)
    return found


def _judge(account: Account, row: PoolRow | None, lines: dict[int, list[Tie]]) -> Judge:
    person = account.person
    judge = Judge(
        account.id,
        unit=person.organization_id if person else None,
        ties=tuple(lines.get(account.person_id or 0, ())),
    )
    if row is None:
        return judge
    told = (Tie(tie.kind, tie.person_id, tie.person_name) for tie in row.ties)
    return replace(
        judge,
        past=tuple((unit.organization_id, unit.left_on) for unit in row.former),
        ties=(*judge.ties, *told),
        trades=frozenset(trade.occupation_id for trade in row.trades),
        since=row.since,
        valid_until=tuple(one.valid_until for one in row.qualifications),
        available=tuple((one.starts_on, one.ends_on) for one in row.days),
    )
