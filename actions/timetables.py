"""The timetable of a contest: what was planned, and one sentence for whatever clashes."""

from dataclasses import dataclass

from actions.desk import Desk
from models.contests import Contest
from models.sittings import Sitting
from models.timetables import fields_of, sittings_of, slots_of
from rules.permits import Permit
from rules.phrases import Phrase
from rules.sittings import (
    Field,
    entrant_clashes,
    judge_clashes,
    on_broken,
    outside_days,
    over_full,
    unplanned,
    workplace_clashes,
)


@dataclass(frozen=True)
class Timetable:
    """The sittings of a contest in order, how many are expected in each, and the warnings."""

    sittings: list[Sitting]
    expected: dict[int, int]
    fields: list[Field]
    warnings: list[Phrase]


def timetable_of(desk: Desk, contest: Contest) -> Timetable:
    """Read a contest's timetable and look for what clashes, within it and with other contests."""
    desk.require(Permit.SITTING_PLAN, contest.where)
    sittings = sittings_of(desk.session, contest.id)
    slots = slots_of(desk.session, sittings)
    own = [slot for slot in slots if slot.own]
    fields = fields_of(desk.session, contest, sittings)
    warnings = [
        *workplace_clashes(slots),
        *entrant_clashes(slots),
        *judge_clashes(slots),
        *outside_days(own, contest.starts_on, contest.ends_on),
        *over_full(own),
        *on_broken(own),
        *unplanned(fields, own),
    ]
    expected = {slot.key: len(slot.entrants) for slot in own}
    return Timetable(sittings, expected, fields, warnings)
