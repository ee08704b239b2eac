"""Check-in: entrants seen at the door, undone with a reason, closed; absent is not zero."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from models.check_ins import CheckIn
from models.entries import Entry
from models.sittings import Placement, Sitting
from rules.check_ins import Arrival, arrival, looks_scanned, read_code
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit
from rules.sittings import hour
from rules.states import CHECKABLE, EntryState, SittingState
from rules.terms import Attendance


class Seen(StrEnum):
    """What became of a scan that was not refused."""

    IN_TIME = "in_time"
    LATE = "late"
    ADMITTED = "admitted"
    AGAIN = "again"


@dataclass(frozen=True)
class Outcome:
    """A check-in and how it came to stand; ``AGAIN`` shows the earlier one."""

    seen: Seen
    check_in: CheckIn


def find_placement(desk: Desk, sitting: Sitting, text: str) -> Placement:
    """Find whom a scanned code or a typed pass number expects in this sitting.

    Raises ``Invalid`` for a number nobody has and for a pass of another event, ``Blocked`` for
    somebody of this event who is expected elsewhere or withdrew.
    """
    desk.require(Permit.CHECK_IN, sitting.where)
    read = read_code(text)
    if read.event_id not in (None, sitting.event_id):
        raise Invalid("This pass is for another event. Send the entrant there.")
    entry = desk.session.scalars(
        select(Entry).filter_by(event_id=sitting.event_id, pass_no=read.pass_no)
    ).first()
    if entry is None:
        raise Invalid(
            "Nobody in this event has the pass number %(number)s. Compare it with the ticket.",
            number=read.pass_no,
        )
    if entry.state is not EntryState.ACCEPTED:
        raise Blocked("The entry with this pass was withdrawn. It does not admit anybody.")
    return _placement(desk, sitting, entry)


def check_in(
    desk: Desk, sitting: Sitting, placement: Placement, *, key: str, late_reason: str = ""
) -> Outcome:
    """Check an entrant in; the same form sent again finds its own row and changes nothing.

    ``late_reason`` lets somebody in after the limit and needs the permit for it. Raises
    ``WrongMoment`` before check-in begins and after it is closed, ``Blocked`` past the limit.
    """
    desk.require(Permit.CHECK_IN, sitting.where)
    own_key = f"{key[:24]}-{placement.id}"
    twin = _by_key(desk, own_key)
    if twin is not None and twin.undone_at is None:
        return Outcome(_how(sitting, twin), twin)
    standing = standing_of(desk, placement)
    if standing is not None:
        return Outcome(Seen.AGAIN, standing)
    _require_open(sitting)
    arrived = _arrived(desk, sitting)
    reason = late_reason.strip()
    if arrived is Arrival.TOO_LATE:
        _require_leave(desk, sitting, reason)
    row = _kept(desk, placement, own_key, reason if arrived is Arrival.TOO_LATE else "")
    if row is None:
        return Outcome(Seen.AGAIN, _standing(desk, placement))
    desk.record("check_in", f"sitting:{sitting.id}", entry=placement.entry_id, late=reason or None)
    return Outcome(_how(sitting, row), row)


def undo_check_in(desk: Desk, row: CheckIn, *, reason: str) -> None:
    """Take a check-in back with a reason; it stays on record as undone."""
    sitting = row.placement.sitting
    desk.require(Permit.CHECK_IN, sitting.where)
    _require_open(sitting)
    if row.undone_at is not None:
        raise WrongMoment("This check-in was taken back before.")
    if not reason.strip():
        sentence = "Say why the check-in is taken back; it stays on record."
        raise Invalid(sentence, {"reason": [sentence]})
    row.undone_at, row.undone_by = desk.now, desk.actor.account_id
    row.undo_reason = reason.strip()
    desk.session.flush()
    desk.record("undo_check_in", f"sitting:{sitting.id}", entry=row.placement.entry_id)


def close_check_in(desk: Desk, sitting: Sitting) -> int:
    """Close the check-in: whoever was not seen is absent, which is no mark and no zero.

    Only once the late limit is over. Returns how many are absent.
    """
    desk.require(Permit.CHECK_IN, sitting.where)
    _require_open(sitting)
    if _arrived(desk, sitting) is not Arrival.TOO_LATE:
        raise WrongMoment(
            "People may still come until the late limit is over. Close check-in after that."
        )
    sitting.move("close")
    missing = missing_of(desk, sitting)
    for placement in missing:
        placement.entry.attendance = Attendance.ABSENT
    desk.session.flush()
    desk.record("close_check_in", f"sitting:{sitting.id}", absent=len(missing))
    return len(missing)


def reopen_check_in(desk: Desk, sitting: Sitting, *, reason: str) -> None:
    """Reopen a check-in with a reason; its absences are lifted unless another sitting says so."""
    desk.require(Permit.LATE_ADMIT, sitting.where)
    _require_checkable(sitting)
    if not reason.strip():
        sentence = "Say why check-in is opened again; it stays on record."
        raise Invalid(sentence, {"reason": [sentence]})
    sitting.move("reopen")
    desk.session.flush()
    for placement in missing_of(desk, sitting):
        if placement.entry.attendance is Attendance.ABSENT and not _missed(desk, placement):
            placement.entry.attendance = None
    desk.record("reopen_check_in", f"sitting:{sitting.id}", reason=reason.strip())


def missing_of(desk: Desk, sitting: Sitting) -> list[Placement]:
    """List who is expected and has not been checked in, by pass number."""
    seen = select(CheckIn.placement_id).where(CheckIn.undone_at.is_(None))
    return list(
        desk.session.scalars(
            select(Placement)
            .join(Placement.entry)
            .where(
                Placement.sitting_id == sitting.id,
                Entry.state == EntryState.ACCEPTED,
                Placement.id.not_in(seen),
            )
            .order_by(Entry.pass_no)
            .options(joinedload(Placement.entry).joinedload(Entry.person))
        )
    )


def standing_of(desk: Desk, placement: Placement) -> CheckIn | None:
    """Read the check-in of a placement that stands, if any."""
    return desk.session.scalars(
        select(CheckIn).filter_by(placement_id=placement.id, undone_at=None)
    ).first()


def _placement(desk: Desk, sitting: Sitting, entry: Entry) -> Placement:
    rows = desk.session.scalars(
        select(Placement)
        .filter_by(entry_id=entry.id)
        .join(Placement.sitting)
        .order_by(Sitting.starts_at)
        .options(joinedload(Placement.sitting))
    ).all()
    here = [row for row in rows if row.sitting_id == sitting.id]
    if here:
        return here[0]
    alike = [row.sitting for row in rows if _same_part(row.sitting, sitting)]
    if alike:
        raise Blocked(
            "This entrant is expected in “%(sitting)s” at %(hour)s, not in this one.",
            sitting=alike[0].name,
            hour=hour(alike[0].starts_at),
        )
    raise Blocked("This entrant has no place in this sitting. The office places entrants.")


def _same_part(one: Sitting, other: Sitting) -> bool:
    return (one.part, one.module) == (other.part, other.module)


def _by_key(desk: Desk, key: str) -> CheckIn | None:
    return desk.session.scalars(select(CheckIn).filter_by(client_key=key)).first()


def _standing(desk: Desk, placement: Placement) -> CheckIn:
    found = standing_of(desk, placement)
    if found is None:
        raise WrongMoment("This form was used before. Reload the page and scan once more.")
    return found


def _kept(desk: Desk, placement: Placement, key: str, late_reason: str) -> CheckIn | None:
    """Write the row, or return None where somebody at another door was faster."""
    row = CheckIn(
        placement=placement,
        client_key=key,
        at=desk.now,
        checked_by=desk.actor.account_id,
        late_reason=late_reason,
    )
    try:
        with desk.session.begin_nested():
            desk.session.add(row)
    except IntegrityError:
        return None
    return row


def _arrived(desk: Desk, sitting: Sitting) -> Arrival:
    arrived = arrival(
        desk.now,
        reports_at=sitting.reports_at,
        starts_at=sitting.starts_at,
        late_minutes=sitting.late_minutes,
    )
    if arrived is Arrival.EARLY:
        raise WrongMoment(
            "Check-in for this sitting begins at %(hour)s. Nothing was recorded.",
            hour=hour(sitting.reports_at),
        )
    return arrived


def _how(sitting: Sitting, row: CheckIn) -> Seen:
    if row.late_reason:
        return Seen.ADMITTED
    return Seen.LATE if row.at > sitting.starts_at else Seen.IN_TIME


def _require_leave(desk: Desk, sitting: Sitting, reason: str) -> None:
    if not reason:
        raise Blocked(
            "The sitting began at %(hour)s; whoever comes more than %(minutes)s minutes later is "
            "not admitted. The host office may let somebody in with a reason.",
            hour=hour(sitting.starts_at),
            minutes=sitting.late_minutes,
        )
    desk.require(Permit.LATE_ADMIT, sitting.where)
    if looks_scanned(reason):
        raise Blocked("Write the reason in words; a scanned number is none. Nobody was let in.")


def _require_open(sitting: Sitting) -> None:
    _require_checkable(sitting)
    if sitting.state is not SittingState.OPEN:
        raise WrongMoment("Check-in of this sitting is closed. The host office can reopen it.")


def _require_checkable(sitting: Sitting) -> None:
    if sitting.event.state not in CHECKABLE:
        raise WrongMoment(
            "People are checked in between the published list and the locking of the marks."
        )


def _missed(desk: Desk, placement: Placement) -> bool:
    """Whether the entrant was missing in another sitting that is closed."""
    seen = select(CheckIn.placement_id).where(CheckIn.undone_at.is_(None))
    other = (
        select(Placement.id)
        .join(Placement.sitting)
        .where(
            Placement.entry_id == placement.entry_id,
            Placement.id.not_in(seen),
            Sitting.state == SittingState.CLOSED,
        )
    )
    return desk.session.scalars(other.limit(1)).first() is not None
