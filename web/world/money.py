"""Loads the money of one contest: its budget, payments, a reversal, award money paid."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from actions.money import (
    Payment,
    add_line,
    book,
    pay_award,
    reverse,
    set_award_sum,
    winners_of,
)
from models.contests import Contest, Event
from models.entries import Entry
from models.money import BudgetLine
from rules.terms import Award, BudgetKind
from web.world import files
from web.world.cast import World

KEEPER = "organizer"


def load(world: World) -> None:
    """Go through the file as the organizer."""
    for row in files.document("money.yaml")["money"]:
        contest = world.contests[row["contest"]]
        lines = {one["title"]: _line(world, contest, one) for one in row["lines"]}
        for number, one in enumerate(row["bookings"]):
            _booking(world, lines[one["line"]], one, f"sample-booking-{number}")
        for one in row["awards"]:
            desk = world.seat(KEEPER, files.moment(one["at"]))
            event, award = _event(world, contest, one["event"]), Award(one["award"])
            set_award_sum(desk, event, award, amount=one["amount"], places=one["places"])
        _paid(world, contest, row["paid"])


def _line(world: World, contest: Contest, row: dict[str, Any]) -> BudgetLine:
    desk = world.seat(KEEPER, files.moment(row["at"]))
    kind = BudgetKind(row["kind"])
    return add_line(desk, contest, kind, title=row["title"], planned=row["planned"])


def _booking(world: World, line: BudgetLine, row: dict[str, Any], key: str) -> None:
    desk = world.seat(KEEPER, files.moment(row["at"]))
    payment = Payment(
        _day(row["day"]),
        desk.now.date(),
        key,
        payee=row["payee"],
        voucher=row["voucher"],
        note=row.get("note", ""),
    )
    made = book(desk, line, row["amount"], payment)
    if row.get("reverse"):
        later = world.seat(KEEPER, files.moment(row["reversed_at"]))
        today = later.now.date()
        reverse(later, made, reason=row["reverse"], form_key=f"{key}-back", today=today)


def _paid(world: World, contest: Contest, row: dict[str, Any]) -> None:
    desk = world.seat(KEEPER, files.moment(row["at"]))
    event = _event(world, contest, row["event"])
    for number, entry in enumerate(list(winners_of(desk, event))[: row["winners"]]):
        payment = Payment(
            _day(row["day"]), desk.now.date(), f"sample-award-{number}", voucher=row["voucher"]
        )
        pay_award(desk, event, desk.session.get_one(Entry, entry), payment)


def _event(world: World, contest: Contest, slug: str) -> Event:
    query = select(Event).filter_by(contest_id=contest.id, slug=slug)
    return world.desk.session.scalars(query).one()


def _day(value: object) -> dt.date | None:
    return files.day(value) if isinstance(value, str | dt.date) else None
