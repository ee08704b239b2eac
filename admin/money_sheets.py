"""The money of a contest as a person reads it, and as a workbook."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from actions.desk import Desk
from actions.money import winners_of
from adapters.workbooks import Page, write_workbook
from models.contests import Contest, Event
from models.entries import Entry
from models.money import AwardSum, Booking, BudgetLine, paid_to, spent_of
from rules.money import FEN, Standing, whole
from rules.privacy import notice_name
from rules.terms import Award
from web.labels import label


@dataclass(frozen=True)
class LineView:
    """One budget line and how it stands."""

    line: BudgetLine
    standing: Standing


@dataclass(frozen=True)
class AwardView:
    """One level of an event: what each gets, how many are planned, won and paid."""

    event: Event
    award: Award
    amount: int
    places: int
    won: int | None
    standing: Standing


@dataclass(frozen=True)
class Winner:
    """One winner, the name masked; ``paid`` in fen."""

    entry_id: int
    shown: str
    pass_no: str
    award: Award
    due: int
    paid: int


@dataclass(frozen=True)
class Money:
    """All of a contest's money."""

    lines: tuple[LineView, ...]
    awards: tuple[AwardView, ...]
    bookings: tuple[Booking, ...]
    reversed: frozenset[int]

    @property
    def total(self) -> Standing:
        """Everything together."""
        return whole(
            [*(row.standing for row in self.lines), *(row.standing for row in self.awards)]
        )


def money_of(desk: Desk, contest: Contest) -> Money:
    """Read lines, award sums and bookings of a contest."""
    session = desk.session
    spent = spent_of(session, contest.id)
    lines = session.scalars(
        select(BudgetLine).filter_by(contest_id=contest.id).order_by(BudgetLine.id)
    )
    bookings = bookings_of(session, Booking.contest_id == contest.id)
    return Money(
        tuple(LineView(line, Standing(line.planned, spent.get(line.id, 0))) for line in lines),
        tuple(view for event in contest.events for view in awards_of(desk, event)),
        tuple(bookings),
        frozenset(row.reverses_id for row in bookings if row.reverses_id is not None),
    )


def bookings_of(session: Session, which: object) -> Sequence[Booking]:
    """Read bookings, newest first."""
    return session.scalars(
        select(Booking)
        .where(which)  # type: ignore[arg-type]  # a condition of the callers above
        .options(
            joinedload(Booking.line),
            joinedload(Booking.booker),
            joinedload(Booking.entry).joinedload(Entry.event),
        )
        .order_by(Booking.id.desc())
    ).all()


def awards_of(desk: Desk, event: Event) -> list[AwardView]:
    """List the levels of an event that have a sum, best first."""
    sums = {
        row.award: row
        for row in desk.session.scalars(select(AwardSum).filter_by(event_id=event.id))
    }
    if not sums:
        return []
    won = winners_of(desk, event)
    counts, paid = Counter(won.values()), paid_to(desk.session, list(won))
    spent: Counter[Award] = Counter()
    for entry, award in won.items():
        spent[award] += paid.get(entry, 0)
    return [
        AwardView(
            event,
            award,
            sums[award].amount,
            sums[award].places,
            counts[award] if won else None,
            Standing(sums[award].amount * sums[award].places, spent[award]),
        )
        for award in Award
        if award in sums
    ]


def winners_here(desk: Desk, event: Event) -> list[Winner]:
    """List the winners of an event with what they get and what they were paid."""
    won = winners_of(desk, event)
    due = {row.award: row.amount for row in awards_of(desk, event)}
    paid = paid_to(desk.session, list(won))
    rows = desk.session.scalars(
        select(Entry).where(Entry.id.in_(won)).options(joinedload(Entry.person))
    )
    known = {row.id: row for row in rows}
    return [
        Winner(
            entry,
            notice_name(person.name) if (person := known[entry].person) else "",
            known[entry].pass_no or "",
            award,
            due.get(award, 0),
            paid.get(entry, 0),
        )
        for entry, award in won.items()
    ]


def workbook_of(money: Money, today: dt.date) -> bytes:
    """Write the ledger as a workbook of two sheets: how it stands, and every booking."""
    stand = [(label(row.line.kind), row.line.title, *_amounts(row.standing)) for row in money.lines]
    stand += [
        (
            gettext("Award money"),
            f"{row.event.name} {label(row.award)} × {row.places}",
            *_amounts(row.standing),
        )
        for row in money.awards
    ]
    stand.append((gettext("Total"), today.isoformat(), *_amounts(money.total)))
    head = (gettext("Purpose of the money"), gettext("Budget line"))
    sums = (gettext("Planned (yuan)"), gettext("Spent (yuan)"), gettext("Left (yuan)"))
    booked = (
        *(gettext("No."), gettext("Paid on"), gettext("Budget line"), gettext("Amount (yuan)")),
        *(gettext("Paid to"), gettext("Voucher number"), gettext("Note"), gettext("Reverses no.")),
        *(gettext("Booked by"),),
    )
    rows = [
        (
            str(row.id),
            row.booked_on.isoformat(),
            named(row),
            _yuan(row.amount),
            row.payee,
            row.voucher,
            row.note,
            str(row.reverses_id or ""),
            row.booker.display_name if row.booker else "",
        )
        for row in reversed(money.bookings)
    ]
    return write_workbook(
        [
            Page(gettext("How the money stands"), (*head, *sums), stand, (16, 36, 16, 16, 16)),
            Page(gettext("Bookings"), booked, rows, (8, 12, 30, 16, 20, 18, 30, 10, 12)),
        ]
    )


def named(row: Booking) -> str:
    """Say what a booking was for."""
    if row.line is not None:
        return row.line.title
    return f"{gettext('Award money')} {row.entry.event.name}" if row.entry else ""


def _amounts(standing: Standing) -> tuple[Decimal, Decimal, Decimal]:
    return _yuan(standing.planned), _yuan(standing.spent), _yuan(standing.left)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / FEN
