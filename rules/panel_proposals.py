"""Proposals of panels: every seat filled that can be, no hard conflict, the load even.

Source: docs/rules/panels.md, "The proposal".
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.flow import Network
from rules.panels import Contestant, Judge, conflicts, is_seasoned, obstacles
from rules.phrases import Phrase, phrase
from rules.terms import JudgeGrade

UNFIT, FOREIGN_TRADE, LOAD, WEAK, GREEN, NEW = 10**16, 10**13, 10**9, 10**6, 10**3, 1
"""What counts more: the last appraisal, the trade, the load, again the appraisal where it was
only weak, a qualification, then who sits there now. Each outweighs 200 seats of the next.
"""

APPRAISED = {
    JudgeGrade.UNFIT: phrase("Last appraised as unfit to judge; nobody better is free."),
    JudgeGrade.WEAK: phrase("Last appraised as in need of help."),
    JudgeGrade.EXCELLENT: phrase("Last appraised as excellent."),
}


@dataclass(frozen=True)
class Demand:
    """One event that wants judges; ``present`` are the keys of those seated now."""

    key: int
    day: dt.date
    trade: int
    wanted: int
    contestants: tuple[Contestant, ...] = ()
    years: int = 3
    present: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Seat:
    """One proposed judge and what speaks for or against the choice."""

    judge: int
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True)
class Refused:
    """One judge who is not proposed for an event because something forbids it."""

    judge: int
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True)
class Panel:
    """What is proposed for one event.

    ``blocks`` say what stands in the way where judges are missing: how many, and why.
    """

    demand: Demand
    seats: tuple[Seat, ...]
    refused: tuple[Refused, ...]
    blocks: tuple[tuple[int, Phrase], ...]

    @property
    def missing(self) -> int:
        """How many judges are missing."""
        return self.demand.wanted - len(self.seats)

    @property
    def pool(self) -> int:
        """How many judges were looked at."""
        return len(self.seats) + sum(count for count, _ in self.blocks)


def propose(demands: Sequence[Demand], judges: Sequence[Judge]) -> tuple[Panel, ...]:
    """Propose a panel for each event.

    As many seats as possible are filled; then judges of the event's trade are wished for,
    then an even load, then those who did well last time, then qualified ones, then those who
    sit there now. Whoever was last found unfit is taken where a seat stays empty otherwise.
    Nobody with a hard conflict or an obstacle is taken, and nobody twice on one day. Equal
    judges are taken in the order given, so names and keys decide nothing.
    """
    refused = [_refusals(demand, judges) for demand in demands]
    chosen = _filled(demands, judges, refused)
    _mix_units(demands, judges, refused, chosen)
    loads = {judge.key: judge.load for judge in judges}
    for seats in chosen:
        for at in seats:
            loads[judges[at].key] += 1
    return tuple(
        _panel(demand, judges, against, seats, loads)
        for demand, against, seats in zip(demands, refused, chosen, strict=True)
    )


def _refusals(demand: Demand, judges: Sequence[Judge]) -> dict[int, tuple[Phrase, ...]]:
    """Map the index of each judge who may not sit to every reason."""
    found = {}
    for at, judge in enumerate(judges):
        reasons = (
            *judge.barred,
            *conflicts(judge, demand.contestants, demand.day, demand.years),
            *obstacles(judge, demand.day),
        )
        if reasons:
            found[at] = reasons
    return found


def price(demand: Demand, judge: Judge) -> int:
    """Weigh a judge for an event: the less, the better."""
    return (
        UNFIT * (judge.grade is JudgeGrade.UNFIT)
        + FOREIGN_TRADE * (demand.trade not in judge.trades)
        + WEAK * (judge.grade is JudgeGrade.WEAK)
        + GREEN * (not is_seasoned(judge, demand.day))
        + NEW * (judge.key not in demand.present)
    )


def _filled(
    demands: Sequence[Demand],
    judges: Sequence[Judge],
    refused: Sequence[Mapping[int, tuple[Phrase, ...]]],
) -> list[list[int]]:
    """Fill the seats: source, judge (dearer with each seat), judge on a day, event, sink."""
    days = sorted({demand.day for demand in demands})
    source, sink = 0, 1
    first_day = 2 + len(judges)
    first_event = first_day + len(judges) * len(days)
    net = Network(first_event + len(demands))
    for at, judge in enumerate(judges):
        for more in range(len(days)):
            net.add(source, 2 + at, LOAD * (2 * (judge.load + more) + 1))
        for number in range(len(days)):
            net.add(2 + at, first_day + at * len(days) + number)
    arcs: list[list[tuple[int, int]]] = []
    for number, demand in enumerate(demands):
        day = days.index(demand.day)
        arcs.append(
            [
                (
                    at,
                    net.add(
                        first_day + at * len(days) + day,
                        first_event + number,
                        price(demand, judge),
                    ),
                )
                for at, judge in enumerate(judges)
                if at not in refused[number]
            ]
        )
        net.add(first_event + number, sink, room=demand.wanted)
    net.fill(source, sink)
    return [[at for at, arc in row if net.used(arc)] for row in arcs]


def _mix_units(
    demands: Sequence[Demand],
    judges: Sequence[Judge],
    refused: Sequence[Mapping[int, tuple[Phrase, ...]]],
    chosen: list[list[int]],
) -> None:
    """Exchange a judge whose unit sits twice for an equal one of another unit."""
    loads = Counter({at: judge.load for at, judge in enumerate(judges)})
    busy = {(at, demand.day) for demand, row in zip(demands, chosen, strict=True) for at in row}
    for row in chosen:
        loads.update(row)
    for demand, against, row in zip(demands, refused, chosen, strict=True):
        for place, at in enumerate(row):
            units = Counter(judges[one].unit for one in row)
            if judges[at].unit is None or units[judges[at].unit] == 1:
                continue
            for other, judge in enumerate(judges):
                if (
                    other not in against
                    and (other, demand.day) not in busy
                    and not units[judge.unit]
                    and loads[other] + 1 <= loads[at]
                    and price(demand, judge) // GREEN <= price(demand, judges[at]) // GREEN
                ):
                    row[place] = other
                    busy ^= {(at, demand.day), (other, demand.day)}
                    loads[at] -= 1
                    loads[other] += 1
                    break


def _panel(
    demand: Demand,
    judges: Sequence[Judge],
    refused: Mapping[int, tuple[Phrase, ...]],
    chosen: Sequence[int],
    loads: Mapping[int, int],
) -> Panel:
    units = Counter(judges[at].unit for at in chosen)
    seats = tuple(Seat(judges[at].key, _words(demand, judges[at], units, loads)) for at in chosen)
    against = tuple(Refused(judges[at].key, reasons) for at, reasons in refused.items())
    missing = demand.wanted - len(seats)
    return Panel(demand, seats, against, _blocks(judges, refused, seats) if missing else ())


def _words(
    demand: Demand, judge: Judge, units: Mapping[int | None, int], loads: Mapping[int, int]
) -> tuple[Phrase, ...]:
    own = demand.trade in judge.trades
    words = [
        phrase("Judges this trade.") if own else phrase("Not this judge's trade."),
        phrase("Holds %(count)s seats with this one.", count=loads[judge.key]),
    ]
    if not is_seasoned(judge, demand.day):
        words.append(phrase("No qualification and less than five years in the trade on record."))
    if judge.grade in APPRAISED:
        words.append(APPRAISED[judge.grade])
    if judge.unit is not None and units[judge.unit] > 1:
        words.append(phrase("Shares the unit with another judge of this panel."))
    if judge.key in demand.present:
        words.append(phrase("Sits on this panel now."))
    return tuple(words)


def _blocks(
    judges: Sequence[Judge], refused: Mapping[int, tuple[Phrase, ...]], seats: Sequence[Seat]
) -> tuple[tuple[int, Phrase], ...]:
    """Count what stands in the way: each refused judge under the first reason."""
    counts = Counter(reasons[0] for reasons in refused.values())
    blocks = [(count, reason) for reason, count in counts.items()]
    elsewhere = len(judges) - len(refused) - len(seats)
    if elsewhere:
        blocks.append((elsewhere, phrase("Proposed for another event of the same day.")))
    return tuple(blocks)
