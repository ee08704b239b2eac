"""Feeder contests: an organizer says whose best may enter; an entrant is looked up there."""

from actions.desk import Desk
from models.contests import Event
from models.feeders import Feeder, feeders_of, sent_on_by
from models.people import Person
from rules.errors import Blocked, Invalid, wrong_field
from rules.permits import Permit
from rules.states import ContestState


def add_feeder(
    desk: Desk, event: Event, source: Event, *, places: int, per_unit: int | None = None
) -> Feeder:
    """Let an event be fed by another: its first ``places``, at most ``per_unit`` of one unit.

    Raises ``Blocked`` once the contest is past its draft, ``Invalid`` with the
    field for an event that feeds itself, in a circle or twice.
    """
    _require_draft(desk, event)
    if source.id == event.id or event.id in _upstream(desk, source.id):
        raise wrong_field("source_id", "An event cannot feed itself, nor feed one that feeds it.")
    if any(feeder.source_id == source.id for feeder in feeders_of(desk.session, event.id)):
        raise wrong_field("source_id", "This event feeds it already.")
    if places < 1 or (per_unit is not None and per_unit < 1):
        raise wrong_field("places", "At least one person is sent on.")
    feeder = Feeder(event_id=event.id, source=source, places=places, per_unit=per_unit)
    desk.session.add(feeder)
    desk.session.flush()
    desk.record("add_feeder", f"event:{event.id}", source=source.id, places=places)
    return feeder


def remove_feeder(desk: Desk, event: Event, feeder: Feeder) -> None:
    """Take a feeder away again while the contest is a draft."""
    _require_draft(desk, event)
    if feeder.event_id != event.id:
        raise Invalid("This feeder belongs to another event. Nothing was changed.")
    desk.session.delete(feeder)
    desk.record("remove_feeder", f"event:{event.id}", source=feeder.source_id)


def qualified(desk: Desk, event: Event, person: Person) -> bool | None:
    """Whether a feeder sent this person on; None while one that could is not final."""
    waiting = False
    for feeder in feeders_of(desk.session, event.id):
        persons = sent_on_by(desk.session, feeder)
        if persons is None:
            waiting = True
        elif person.id in persons:
            return True
    return None if waiting else False


def _require_draft(desk: Desk, event: Event) -> None:
    desk.require(Permit.CONTEST_EDIT, event.where)
    if event.contest.state is not ContestState.DRAFT:
        raise Blocked("Who may enter is settled while the contest is a draft. Nothing was changed.")


def _upstream(desk: Desk, event_id: int) -> set[int]:
    found: set[int] = set()
    waiting = [event_id]
    while waiting:
        for feeder in feeders_of(desk.session, waiting.pop()):
            if feeder.source_id not in found:
                found.add(feeder.source_id)
                waiting.append(feeder.source_id)
    return found
