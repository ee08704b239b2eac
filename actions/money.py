"""Money of a contest: lines are planned, payments booked once, corrections booked as reversals."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from actions.exports import checked_purpose
from models.contests import Contest, Event
from models.entries import Entry
from models.money import AwardSum, Booking, BudgetLine, paid_to
from models.results import ResultLine, current_result
from rules.errors import Blocked, Invalid, WrongMoment, wrong_field
from rules.money import (
    check_booked_on,
    check_note,
    check_payee,
    check_title,
    check_voucher,
    read_fen,
    read_some,
)
from rules.permits import Permit
from rules.privacy import notice_name
from rules.states import EventState
from rules.terms import Award, BudgetKind

DECIDED = frozenset({EventState.FINAL, EventState.AWARDED})
"""Events whose winners stand."""
MOST_PLACES = 999


@dataclass(frozen=True)
class Payment:
    """What a payment was: the day, to whom, its voucher, a note; ``form_key`` makes it one."""

    booked_on: dt.date | None
    today: dt.date
    form_key: str
    payee: str = ""
    voucher: str = ""
    note: str = ""


def add_line(
    desk: Desk, contest: Contest, kind: BudgetKind, *, title: str, planned: str
) -> BudgetLine:
    """Plan money for one purpose; raises ``Invalid`` with the field that is wrong."""
    _open(desk, contest)
    name, fen = check_title(title), read_fen(planned, field="planned")
    known = select(BudgetLine.id).filter_by(contest_id=contest.id, kind=kind, title=name)
    if desk.session.scalars(known).first() is not None:
        raise wrong_field("title", "This line is in the budget already. Change its amount there.")
    row = BudgetLine(contest_id=contest.id, kind=kind, title=name, planned=fen, created_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    desk.record("add_line", f"contest:{contest.id}", line=row.id, planned=fen)
    return row


def plan_line(desk: Desk, line: BudgetLine, planned: str) -> None:
    """Change what is planned; the old amount stays in the audit trail."""
    _open(desk, line.contest)
    was, line.planned = line.planned, read_fen(planned, field="planned")
    desk.record(
        "plan_line", f"contest:{line.contest_id}", line=line.id, was=was, planned=line.planned
    )


def set_award_sum(desk: Desk, event: Event, award: Award, *, amount: str, places: int) -> AwardSum:
    """Set what one winner of a level gets and how many are planned for.

    Raises ``Blocked`` once money of this level was paid: the next winner gets the same.
    """
    _open(desk, event.contest)
    fen = read_some(amount)
    if not 0 < places <= MOST_PLACES:
        raise wrong_field("places", "Give the number of winners, from 1 to 999.")
    row = desk.session.scalars(select(AwardSum).filter_by(event_id=event.id, award=award)).first()
    if row is not None and row.amount != fen and _is_paid(desk, event, award):
        raise Blocked(
            "Winners of this level were paid already: the sum stays. Reverse those bookings first."
        )
    if row is None:
        row = AwardSum(event_id=event.id, award=award, amount=fen, places=places)
        desk.session.add(row)
    row.amount, row.places = fen, places
    desk.session.flush()
    desk.record("set_award_sum", f"event:{event.id}", award=award.value, amount=fen, places=places)
    return row


def book(desk: Desk, line: BudgetLine, amount: str, payment: Payment) -> Booking:
    """Book a payment; the same form sent twice makes one.

    More than was planned is booked too, for it was paid: the page warns.
    """
    _open(desk, line.contest)
    sent = _sent(desk, line.contest_id, payment)
    if sent is not None:
        return sent
    row = _booking(desk, line.contest_id, payment, read_some(amount))
    row.line_id, row.payee = line.id, check_payee(payment.payee)
    return _added(desk, row, "book")


def pay_award(desk: Desk, event: Event, entry: Entry, payment: Payment) -> Booking:
    """Book the award money of one winner, once; the name is kept masked.

    Raises ``WrongMoment`` before the result is final, ``Invalid`` for who won nothing, and
    ``Blocked`` where no sum is set or the winner was paid.
    """
    _open(desk, event.contest)
    sent = _sent(desk, event.contest_id, payment)
    if sent is not None:
        return sent
    if event.state not in DECIDED:
        raise WrongMoment("Award money is paid on a final result. Nothing was booked.")
    award = winners_of(desk, event).get(entry.id)
    if award is None:
        raise Invalid("This entry won no prize. Nothing was booked.")
    kept = desk.session.scalars(select(AwardSum).filter_by(event_id=event.id, award=award)).first()
    if kept is None:
        raise Blocked("No sum is set for this level. Set it first; nothing was booked.")
    if paid_to(desk.session, [entry.id]):
        raise Blocked("This winner was paid already. Nothing was booked a second time.")
    row = _booking(desk, event.contest_id, payment, kept.amount)
    name = entry.person.name if entry.person else ""
    row.entry_id, row.payee = entry.id, notice_name(name)
    return _added(desk, row, "pay_award")


def reverse(desk: Desk, booking: Booking, *, reason: str, form_key: str, today: dt.date) -> Booking:
    """Correct a booking by its opposite; the first one stays.

    Raises ``Blocked`` for one that was reversed already or is a reversal itself.
    """
    _open(desk, booking.contest)
    note = check_note(reason, needed=True)
    known = select(Booking).filter_by(reverses_id=booking.id)
    done = desk.session.scalars(known).first()
    if done is not None and done.form_key == form_key:
        return done
    if done is not None or booking.reverses_id is not None:
        raise Blocked("This booking was reversed already, or is a reversal. Nothing was booked.")
    row = Booking(
        contest_id=booking.contest_id,
        line_id=booking.line_id,
        entry_id=booking.entry_id,
        amount=-booking.amount,
        booked_on=today,
        payee=booking.payee,
        voucher=booking.voucher,
        note=note,
        reverses_id=booking.id,
        form_key=form_key,
        booked_by=desk.actor.account_id,
        booked_at=desk.now,
    )
    return _added(desk, row, "reverse_booking")


def export_money(desk: Desk, contest: Contest, *, purpose: str) -> None:
    """Record that the ledger is taken along, and what for."""
    desk.require(Permit.MONEY_KEEP, contest.where)
    desk.record("export_money", f"contest:{contest.id}", purpose=checked_purpose(purpose))


def winners_of(desk: Desk, event: Event) -> dict[int, Award]:
    """Map the entries that won a prize to it, best first; empty before the result stands."""
    sheet = current_result(desk.session, event.id) if event.state in DECIDED else None
    if sheet is None:
        return {}
    rows = desk.session.execute(
        select(ResultLine.entry_id, ResultLine.award)
        .where(ResultLine.sheet_id == sheet.id, ResultLine.award.is_not(None))
        .order_by(ResultLine.position)
    )
    return {entry: award for entry, award in rows if award is not None}


def _open(desk: Desk, contest: Contest) -> None:
    """Ask for leave and hold the contest: what is booked once is looked for behind this lock."""
    desk.require(Permit.MONEY_KEEP, contest.where)
    desk.session.scalars(select(Contest.id).where(Contest.id == contest.id).with_for_update()).one()


def _is_paid(desk: Desk, event: Event, award: Award) -> bool:
    won = [entry for entry, kind in winners_of(desk, event).items() if kind is award]
    return bool(paid_to(desk.session, won))


def _sent(desk: Desk, contest_id: int, payment: Payment) -> Booking | None:
    query = select(Booking).filter_by(contest_id=contest_id, form_key=payment.form_key)
    return desk.session.scalars(query).first()


def _booking(desk: Desk, contest_id: int, payment: Payment, fen: int) -> Booking:
    return Booking(
        contest_id=contest_id,
        amount=fen,
        booked_on=check_booked_on(payment.booked_on, payment.today),
        voucher=check_voucher(payment.voucher),
        note=check_note(payment.note),
        form_key=payment.form_key,
        booked_by=desk.actor.account_id,
        booked_at=desk.now,
    )


def _added(desk: Desk, row: Booking, deed: str) -> Booking:
    desk.session.add(row)
    desk.session.flush()
    desk.record(deed, f"contest:{row.contest_id}", booking=row.id, amount=row.amount)
    return row
