"""Choices for a panel made by hand: everybody of the pool, the best first, clashes said at once."""

from dataclasses import dataclass

from sqlalchemy import select

from actions.conflicts import demand_of, pool_of
from actions.desk import Desk
from actions.event_plans import rules_of
from actions.panels import assign_judge, remove_judge, seats_of
from models.accounts import Account
from models.contests import Event
from models.panels import PanelSeat
from rules.errors import Invalid
from rules.panel_proposals import APPRAISED, price
from rules.panels import conflicts, obstacles
from rules.permits import Permit
from rules.phrases import Phrase, phrase

FOREIGN = phrase("Not this judge's trade.")


@dataclass(frozen=True)
class Choice:
    """Somebody who could be seated; ``hard`` forbids it, ``soft`` speaks against it."""

    account: Account
    hard: tuple[Phrase, ...]
    soft: tuple[Phrase, ...]


def choices_of(desk: Desk, event: Event) -> list[Choice]:
    """List the pool without those who sit here: who may and suits first, who must not last."""
    desk.require(Permit.PANEL_ASSIGN, event.where)
    judges, accounts = pool_of(desk, [event])
    demand = demand_of(desk, event)
    seated = {seat.account_id for seat in seats_of(desk, event)}
    found = []
    for judge in judges:
        if judge.key in seated:
            continue
        hard = conflicts(judge, demand.contestants, demand.day, demand.years)
        soft = [*obstacles(judge, demand.day)]
        if demand.trade not in judge.trades:
            soft.append(FOREIGN)
        if judge.grade in APPRAISED:
            soft.append(APPRAISED[judge.grade])
        choice = Choice(accounts[judge.key], (*judge.barred, *hard), tuple(soft))
        weight = (bool(choice.hard), len(obstacles(judge, demand.day)), price(demand, judge))
        found.append(((*weight, judge.load), choice))
    return [choice for _, choice in sorted(found, key=lambda pair: pair[0])]


def seat_choice(desk: Desk, event: Event, account: Account, *, number: int) -> PanelSeat:
    """Seat somebody at a place of the panel; whoever sits there leaves in the same deed.

    Raises ``Blocked`` with every clash, and ``Invalid`` for a place the panel does not have.
    """
    desk.require(Permit.PANEL_ASSIGN, event.where)
    if not 1 <= number <= rules_of(event).judges_per_aspect:
        raise Invalid("The panel has no such seat. Nothing was changed.")
    sitting = desk.session.scalars(
        select(PanelSeat).filter_by(event_id=event.id, number=number)
    ).first()
    if sitting is not None and sitting.account_id == account.id:
        return sitting
    if sitting is not None:
        remove_judge(desk, event, sitting)
        desk.session.flush()
    return assign_judge(desk, event, account, number=number)
