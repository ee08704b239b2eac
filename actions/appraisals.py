"""Appraisals of judges: given by the office once the marks are locked, weighed by proposals."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from models.accounts import Account
from models.appraisals import Appraisal
from models.contests import Event
from models.panels import PanelSeat
from rules.errors import WrongMoment, wrong_field
from rules.permits import Permit
from rules.states import EventState
from rules.terms import JudgeGrade
from rules.text import clean_line

LOW = frozenset({JudgeGrade.WEAK, JudgeGrade.UNFIT})
DONE = frozenset(
    {EventState.LOCKED, EventState.DECODED, EventState.POSTED, EventState.FINAL}
    | {EventState.AWARDED}
)
"""While an event is here its judges can be appraised: their marks stand."""
LONGEST = 200


def appraise_judge(
    desk: Desk, event: Event, seat: PanelSeat, grade: JudgeGrade, *, note: str = ""
) -> Appraisal:
    """Say how a judge did; said again it replaces what was said, and the trail keeps both.

    Raises ``WrongMoment`` before the marks are locked and ``Invalid`` without a reason for a
    low grade.
    """
    desk.require(Permit.PANEL_ASSIGN, event.where)
    if event.state not in DONE:
        raise WrongMoment("Judges are appraised once the marks are locked.")
    reason = clean_line(note)
    if grade in LOW and not reason:
        raise wrong_field("note", "Say in a line why; the next proposal shows it to the office.")
    if len(reason) > LONGEST:
        raise wrong_field("note", "At most 200 characters, please.")
    row = appraisals_of(desk, event).get(seat.account_id)
    if row is None:
        row = Appraisal(event_id=event.id, account_id=seat.account_id)
        desk.session.add(row)
    row.grade, row.note = grade, reason
    row.by_id, row.at = desk.actor.account_id, desk.now
    desk.session.flush()
    desk.record("appraise_judge", f"event:{event.id}", seat=seat.number, grade=grade.value)
    return row


def appraisals_of(desk: Desk, event: Event) -> dict[int, Appraisal]:
    """Read what was said of an event's judges, by account."""
    rows = desk.session.scalars(select(Appraisal).filter_by(event_id=event.id))
    return {row.account_id: row for row in rows}


def appraisals_before(desk: Desk, person_id: int) -> list[Appraisal]:
    """Read a judge's appraisals, the latest event first."""
    return list(
        desk.session.scalars(
            select(Appraisal)
            .join(Event, Event.id == Appraisal.event_id)
            .join(Account, Account.id == Appraisal.account_id)
            .where(Account.person_id == person_id)
            .options(
                joinedload(Appraisal.event).joinedload(Event.contest), joinedload(Appraisal.by)
            )
            .order_by(Event.held_on.desc(), Appraisal.id.desc())
        )
    )


def last_grades(desk: Desk, people: Sequence[int]) -> dict[int, JudgeGrade]:
    """Map people to the grade of their last event, in one statement."""
    rows = desk.session.execute(
        select(Account.person_id, Appraisal.grade)
        .join(Appraisal, Appraisal.account_id == Account.id)
        .join(Event, Event.id == Appraisal.event_id)
        .where(Account.person_id.in_(people))
        .order_by(Event.held_on, Appraisal.id)
    )
    return {person: grade for person, grade in rows if person is not None}
