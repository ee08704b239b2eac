"""Money of a contest: planned, booked once, corrected by its opposite, paid to each winner once."""

import datetime as dt

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from actions.desk import Desk
from actions.money import (
    Payment,
    add_line,
    book,
    export_money,
    pay_award,
    plan_line,
    reverse,
    set_award_sum,
    winners_of,
)
from models.audit import AuditLine
from models.contests import Contest
from models.entries import Entry
from models.money import AwardSum, Booking, BudgetLine, paid_to, spent_of
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role
from rules.terms import Award, BudgetKind
from tests.contest_world import announced_event
from tests.result_world import Stage, final_event, posted_event
from tests.support import NOW, actor_of, give, make_account

TODAY = NOW.date()


@pytest.fixture
def contest(desk: Desk) -> Contest:
    """An announced contest of one event."""
    return announced_event(desk).contest


@pytest.fixture
def line(desk: Desk, contest: Contest) -> BudgetLine:
    """A line of a thousand yuan."""
    return add_line(desk, contest, BudgetKind.PRINTING, title="证书印制", planned="1000")


def paid(key: str = "form-key", **changes: object) -> Payment:
    values = {"booked_on": TODAY, "today": TODAY, "form_key": key, "payee": "舟山示例印刷厂"}
    return Payment(**{**values, **changes})  # type: ignore[arg-type]


def entry_of(stage: Stage, award: Award | None) -> Entry:
    won = winners_of(stage.desk, stage.event)
    query = select(Entry).filter_by(event_id=stage.event.id).order_by(Entry.id)
    return next(row for row in stage.desk.session.scalars(query) if won.get(row.id) is award)


def test_a_plan_and_its_change_stand_in_the_trail(desk: Desk, line: BudgetLine) -> None:
    plan_line(desk, line, "1.2万")

    assert line.planned == 1_200_000
    trail = desk.session.scalars(select(AuditLine).filter_by(deed="plan_line")).one()
    assert (trail.detail["was"], trail.detail["planned"]) == (100_000, 1_200_000)


def test_a_line_stands_once_in_a_budget(desk: Desk, contest: Contest, line: BudgetLine) -> None:
    with pytest.raises(Invalid, match="already"):
        add_line(desk, contest, line.kind, title=line.title, planned="5")

    add_line(desk, contest, BudgetKind.OTHER, title=line.title, planned="0")


def test_a_payment_sent_twice_is_booked_once(desk: Desk, line: BudgetLine) -> None:
    first = book(desk, line, "300.50", paid(voucher="V-1", note="首批"))
    again = book(desk, line, "300.50", paid())

    assert first is again
    assert spent_of(desk.session, line.contest_id) == {line.id: 30_050}
    assert (first.payee, first.voucher, first.note) == ("舟山示例印刷厂", "V-1", "首批")


def test_more_than_planned_is_booked_for_it_was_paid(desk: Desk, line: BudgetLine) -> None:
    book(desk, line, "5,000", paid())

    assert spent_of(desk.session, line.contest_id)[line.id] > line.planned


@pytest.mark.parametrize(
    ("amount", "changes", "field"),
    [
        ("0", {}, "amount"),
        ("一百", {}, "amount"),
        ("5", {"booked_on": TODAY + dt.timedelta(days=1)}, "booked_on"),
        ("5", {"payee": " "}, "payee"),
        ("5", {"note": "打到 6222021234567890123"}, "note"),
        ("5", {"voucher": "凭" * 41}, "voucher"),
    ],
)
def test_a_wrong_payment_names_its_field_and_keeps_nothing(
    desk: Desk, line: BudgetLine, amount: str, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        book(desk, line, amount, paid(**changes))  # type: ignore[arg-type]

    assert list(refused.value.fields) == [field]
    assert desk.session.scalars(select(Booking)).all() == []


def test_a_mistake_is_reversed_once_with_its_reason(desk: Desk, line: BudgetLine) -> None:
    wrong = book(desk, line, "3,000", paid())
    with pytest.raises(Invalid, match="must be filled in"):
        reverse(desk, wrong, reason=" ", form_key="back-key", today=TODAY)

    back = reverse(desk, wrong, reason="多写一个零", form_key="back-key", today=TODAY)
    assert reverse(desk, wrong, reason="多写一个零", form_key="back-key", today=TODAY) is back

    assert (back.amount, back.reverses_id, back.note) == (-300_000, wrong.id, "多写一个零")
    assert spent_of(desk.session, line.contest_id) == {line.id: 0}
    for again in (wrong, back):
        with pytest.raises(Blocked, match="reversed already"):
            reverse(desk, again, reason="再来", form_key="another", today=TODAY)


@pytest.mark.parametrize("change", [update(Booking).values(amount=1), delete(Booking)])
def test_the_database_keeps_bookings_as_they_are(
    desk: Desk, line: BudgetLine, change: object
) -> None:
    book(desk, line, "3,000", paid())

    with pytest.raises(DBAPIError, match="never changed"), desk.session.begin_nested():
        desk.session.execute(change)  # type: ignore[call-overload]


def test_each_winner_is_paid_once(desk: Desk) -> None:
    stage = final_event(desk)
    winner = entry_of(stage, Award.FIRST)
    with pytest.raises(Blocked, match="No sum is set"):
        pay_award(desk, stage.event, winner, paid())
    set_award_sum(desk, stage.event, Award.FIRST, amount="3,000", places=1)

    booked = pay_award(desk, stage.event, winner, paid())
    assert pay_award(desk, stage.event, winner, paid()) is booked
    with pytest.raises(Blocked, match="paid already"):
        pay_award(desk, stage.event, winner, paid("another-key"))

    assert paid_to(desk.session, [winner.id]) == {winner.id: 300_000}
    assert winner.person is not None
    assert booked.payee != winner.person.name
    assert booked.payee[0] == winner.person.name[0]


def test_a_reversed_award_can_be_paid_again(desk: Desk) -> None:
    stage = final_event(desk)
    winner = entry_of(stage, Award.FIRST)
    set_award_sum(desk, stage.event, Award.FIRST, amount="3,000", places=1)
    booked = pay_award(desk, stage.event, winner, paid())
    with pytest.raises(Blocked, match="the sum stays"):
        set_award_sum(desk, stage.event, Award.FIRST, amount="2,000", places=1)
    set_award_sum(desk, stage.event, Award.FIRST, amount="3,000", places=2)

    reverse(desk, booked, reason="退票", form_key="back-key", today=TODAY)
    assert paid_to(desk.session, [winner.id]) == {}
    set_award_sum(desk, stage.event, Award.FIRST, amount="2,000", places=1)

    assert pay_award(desk, stage.event, winner, paid("again-key")).amount == 200_000


def test_without_a_prize_or_before_the_final_nothing_is_paid(desk: Desk) -> None:
    stage = final_event(desk)
    loser = entry_of(stage, None)
    with pytest.raises(Invalid, match="no prize"):
        pay_award(desk, stage.event, loser, paid())

    early = posted_event(desk)
    assert winners_of(desk, early.event) == {}
    with pytest.raises(WrongMoment, match="final result"):
        pay_award(desk, early.event, entry_of(early, None), paid())


@pytest.mark.parametrize(("amount", "places"), [("0", 1), ("3000", 0), ("3000", 1000)])
def test_a_sum_that_makes_no_sense(desk: Desk, contest: Contest, amount: str, places: int) -> None:
    with pytest.raises(Invalid):
        set_award_sum(desk, contest.events[0], Award.FIRST, amount=amount, places=places)

    assert desk.session.scalars(select(AwardSum)).all() == []


def test_taking_the_ledger_along_names_a_purpose(desk: Desk, contest: Contest) -> None:
    with pytest.raises(Invalid, match="what the file is for"):
        export_money(desk, contest, purpose=" ")
    export_money(desk, contest, purpose="年度审计")

    trail = desk.session.scalars(select(AuditLine).filter_by(deed="export_money")).one()
    assert trail.detail == {"purpose": "年度审计"}


@pytest.mark.parametrize("role", [Role.HOST_OFFICE, Role.REVIEWER, Role.VENUE_MANAGER])
def test_others_touch_no_money(desk: Desk, contest: Contest, line: BudgetLine, role: Role) -> None:
    account = make_account(desk.session, "别人")
    give(desk.session, account, role)
    seat = desk.acting_as(actor_of(desk.session, account))
    event = contest.events[0]

    for deed in (
        lambda: add_line(seat, contest, BudgetKind.OTHER, title="别的", planned="1"),
        lambda: plan_line(seat, line, "1"),
        lambda: book(seat, line, "1", paid()),
        lambda: set_award_sum(seat, event, Award.FIRST, amount="1", places=1),
        lambda: export_money(seat, contest, purpose="看看"),
    ):
        with pytest.raises(NotPermitted):
            deed()
