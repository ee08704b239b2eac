"""Extra time of one entrant: granted with its reason, at most taken back, never rewritten."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from models.check_ins import ExtraTime
from models.contests import Event
from models.entries import Entry
from rules.check_ins import MOST_MINUTES, read_code
from rules.errors import Invalid, WrongMoment
from rules.permits import Permit
from rules.states import CHECKABLE, EntryState


def grant_extra_time(
    desk: Desk, event: Event, *, pass_no: str, minutes: int, reason: str
) -> ExtraTime:
    """Grant one entrant more time, as the chief judge decided, with the reason on record."""
    desk.require(Permit.LATE_ADMIT, event.where)
    _require_running(event)
    if not 1 <= minutes <= MOST_MINUTES:
        raise _wrong("minutes", "Extra time is 1 to 240 minutes.")
    if not reason.strip():
        raise _wrong("reason", "Extra time is granted for a reason that is written down.")
    entry = desk.session.scalars(
        select(Entry).filter_by(
            event_id=event.id, pass_no=read_code(pass_no).pass_no, state=EntryState.ACCEPTED
        )
    ).first()
    if entry is None:
        raise _wrong("pass_no", "Nobody in this event has this pass number.")
    row = ExtraTime(
        entry=entry,
        minutes=minutes,
        reason=reason.strip(),
        granted_by=desk.actor.account_id,
        granted_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("grant_extra_time", f"entry:{entry.id}", minutes=minutes, reason=reason.strip())
    return row


def take_back_extra_time(desk: Desk, row: ExtraTime) -> None:
    """Take a grant back that was made by mistake; it stays on record."""
    desk.require(Permit.LATE_ADMIT, row.entry.event.where)
    _require_running(row.entry.event)
    if row.taken_back_at is not None:
        raise WrongMoment("This extra time was taken back before.")
    row.taken_back_at = desk.now
    desk.record("take_back_extra_time", f"entry:{row.entry_id}", minutes=row.minutes)


def extra_times_of(desk: Desk, event: Event) -> list[ExtraTime]:
    """List the grants of an event, newest first."""
    desk.require(Permit.CHECK_IN, event.where)
    return list(
        desk.session.scalars(
            select(ExtraTime)
            .join(ExtraTime.entry)
            .where(Entry.event_id == event.id)
            .order_by(ExtraTime.id.desc())
            .options(
                joinedload(ExtraTime.entry).joinedload(Entry.person),
                joinedload(ExtraTime.granter),
            )
        )
    )


def _require_running(event: Event) -> None:
    if event.state not in CHECKABLE:
        raise WrongMoment("Extra time belongs to an event that is held now.")


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
