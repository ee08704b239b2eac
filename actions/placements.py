"""Placements: who is expected in which sitting, and at which workplace."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from actions.desk import Desk
from actions.sittings import require_planning
from models.check_ins import CheckIn
from models.contests import Event
from models.draws import Station
from models.entries import Entry
from models.sittings import Placement, Sitting
from models.venues import Workplace
from rules.errors import Blocked, Invalid, WrongMoment
from rules.sittings import deal
from rules.states import EntryState, SittingState, WorkplaceState
from rules.terms import SittingPart


def place_all(desk: Desk, event: Event) -> int:
    """Deal everybody without a sitting over the open sittings of each part, by pass number.

    Rooms are bounded by the usable workplaces of their venue, where it lists any. Returns how
    many found no room.
    """
    require_planning(desk, event)
    groups: dict[tuple[SittingPart, str], list[Sitting]] = {}
    for sitting in _sittings(desk, event):
        groups.setdefault((sitting.part, sitting.module), []).append(sitting)
    if not groups:
        raise Blocked("Plan a sitting first; then its entrants can be placed.")
    left = placed = 0
    for parallel in groups.values():
        free = _free(desk, event, parallel)
        dealt = deal(free, [_room(desk, one) for one in parallel if _open(one)])
        _add(desk, dealt)
        placed, left = placed + len(dealt), left + len(free) - len(dealt)
    desk.session.flush()
    desk.record("place_entrants", f"event:{event.id}", placed=placed, left=left)
    return left


def place_entry(desk: Desk, sitting: Sitting, entry: Entry) -> Placement:
    """Expect one entrant in this sitting instead of a parallel one."""
    require_planning(desk, sitting.event)
    _require_open(sitting)
    if entry.event_id != sitting.event_id or entry.state is not EntryState.ACCEPTED:
        raise Invalid("Only an accepted entrant of this event can be placed here.")
    old = desk.session.scalars(
        select(Placement)
        .join(Placement.sitting)
        .where(Placement.entry_id == entry.id, *_alike(sitting))
    ).first()
    if old is not None and old.sitting_id == sitting.id:
        return old
    if old is None:
        old = Placement(entry=entry, sitting=sitting, changed_at=desk.now)
        desk.session.add(old)
    else:
        _require_unseen(desk, old)
        old.sitting, old.workplace_id, old.changed_at = sitting, None, desk.now
    desk.session.flush()
    desk.record("place_entrant", f"sitting:{sitting.id}", entry=entry.id)
    return old


def unplace_entry(desk: Desk, placement: Placement) -> None:
    """Take an entrant off a sitting."""
    require_planning(desk, placement.sitting.event)
    _require_open(placement.sitting)
    _require_unseen(desk, placement)
    desk.session.delete(placement)
    desk.record("unplace_entrant", f"sitting:{placement.sitting_id}", entry=placement.entry_id)


def give_workplaces(desk: Desk, sitting: Sitting) -> int:
    """Give the usable workplaces in the order of the draw; a theory paper needs no draw.

    Returns how many entrants are left without. Raises ``Blocked`` before the draw.
    """
    require_planning(desk, sitting.event)
    _require_open(sitting)
    stations = select(Station.entry_id, Station.number).filter_by(event_id=sitting.event_id)
    drawn = dict(desk.session.execute(stations).all())
    if not drawn and sitting.part is not SittingPart.THEORY:
        raise Blocked("Workplaces follow the draw, which has not been held yet.")
    rows = placements_of(desk, sitting)
    rows.sort(key=lambda row: (drawn.get(row.entry_id, len(drawn) + 1), row.entry.pass_no or ""))
    usable = desk.session.scalars(
        select(Workplace.id)
        .filter_by(venue_id=sitting.venue_id, state=WorkplaceState.USABLE)
        .order_by(Workplace.number)
    ).all()
    _empty(desk, sitting)
    for row, workplace in zip(rows, usable, strict=False):
        row.workplace_id, row.changed_at = workplace, desk.now
    desk.session.flush()
    desk.record("give_workplaces", f"sitting:{sitting.id}", entrants=len(rows))
    return max(0, len(rows) - len(usable))


def set_workplace(desk: Desk, placement: Placement, number: int | None) -> None:
    """Give one entrant a workplace by hand; None takes it back."""
    sitting = placement.sitting
    require_planning(desk, sitting.event)
    _require_open(sitting)
    workplace = None
    if number is not None:
        workplace = _workplace(desk, placement, number)
    placement.workplace, placement.changed_at = workplace, desk.now
    desk.session.flush()
    desk.record("give_workplace", f"sitting:{sitting.id}", entry=placement.entry_id, number=number)


def placements_of(desk: Desk, sitting: Sitting) -> list[Placement]:
    """Read the placements of a sitting by pass number; who withdrew is not expected."""
    return list(
        desk.session.scalars(
            select(Placement)
            .join(Placement.entry)
            .where(Placement.sitting_id == sitting.id, Entry.state == EntryState.ACCEPTED)
            .order_by(Entry.pass_no)
        )
    )


def _workplace(desk: Desk, placement: Placement, number: int) -> Workplace:
    found = desk.session.scalars(
        select(Workplace).filter_by(venue_id=placement.sitting.venue_id, number=number)
    ).first()
    if found is None or found.state is not WorkplaceState.USABLE:
        raise _wrong("number", "This venue has no usable workplace of this number.")
    taken = select(Placement.id).where(
        Placement.sitting_id == placement.sitting_id,
        Placement.workplace_id == found.id,
        Placement.id != placement.id,
    )
    if desk.session.scalars(taken.limit(1)).first() is not None:
        raise _wrong("number", "Somebody else has this workplace in this sitting.")
    return found


def _sittings(desk: Desk, event: Event) -> Sequence[Sitting]:
    return desk.session.scalars(
        select(Sitting).filter_by(event_id=event.id).order_by(Sitting.starts_at, Sitting.id)
    ).all()


def _alike(sitting: Sitting) -> tuple[ColumnElement[bool], ...]:
    """Say which sittings do the same for other people."""
    return (
        Sitting.event_id == sitting.event_id,
        Sitting.part == sitting.part,
        Sitting.module == sitting.module,
    )


def _free(desk: Desk, event: Event, parallel: Sequence[Sitting]) -> list[int]:
    held = select(Placement.entry_id).where(
        Placement.sitting_id.in_([sitting.id for sitting in parallel])
    )
    return list(
        desk.session.scalars(
            select(Entry.id)
            .where(
                Entry.event_id == event.id,
                Entry.state == EntryState.ACCEPTED,
                Entry.id.not_in(held),
            )
            .order_by(Entry.pass_no)
        )
    )


def _room(desk: Desk, sitting: Sitting) -> tuple[int, int, int | None]:
    usable = desk.session.scalar(
        select(func.count()).where(
            Workplace.venue_id == sitting.venue_id, Workplace.state == WorkplaceState.USABLE
        )
    )
    return sitting.id, len(placements_of(desk, sitting)), usable or None


def _open(sitting: Sitting) -> bool:
    return sitting.state is SittingState.OPEN


def _add(desk: Desk, dealt: dict[int, int]) -> None:
    desk.session.add_all(
        Placement(entry_id=entry, sitting_id=sitting, changed_at=desk.now)
        for entry, sitting in dealt.items()
    )


def _empty(desk: Desk, sitting: Sitting) -> None:
    """Free the workplaces first: two people who change places may never hold one at once."""
    for row in desk.session.scalars(select(Placement).filter_by(sitting_id=sitting.id)):
        row.workplace_id = None
    desk.session.flush()


def _require_open(sitting: Sitting) -> None:
    if not _open(sitting):
        raise WrongMoment("Check-in of this sitting is closed. Reopen it first.")


def _require_unseen(desk: Desk, placement: Placement) -> None:
    seen = select(CheckIn.id).filter_by(placement_id=placement.id).limit(1)
    if desk.session.scalars(seen).first() is not None:
        raise Blocked("This entrant has been checked in to a sitting and stays on its list.")


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
