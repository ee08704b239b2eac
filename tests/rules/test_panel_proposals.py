"""Proposals: no hard conflict ever, the load even where it can be, the same for the same input."""

import dataclasses
import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rules.panel_proposals import Demand, Panel, propose
from rules.panels import Contestant, Judge, Tie, conflicts, obstacles
from rules.phrases import phrase
from rules.terms import JudgeGrade, TieKind

DAY = dt.date(2026, 12, 12)
ONE_DAY = dt.timedelta(days=1)
LATE, SOON = DAY + dt.timedelta(days=400), DAY + dt.timedelta(days=1)

judges = st.lists(
    st.builds(
        Judge,
        key=st.just(0),
        unit=st.one_of(st.none(), st.integers(1, 4)),
        past=st.lists(
            st.tuples(st.integers(1, 4), st.dates(dt.date(2020, 1, 1), DAY)), max_size=2
        ).map(tuple),
        ties=st.lists(
            st.builds(Tie, st.sampled_from(TieKind), st.integers(1, 6), st.just("")), max_size=2
        ).map(tuple),
        trades=st.frozensets(st.integers(1, 2), max_size=2),
        available=st.sampled_from([(), ((DAY, DAY),), ((SOON, SOON),)]),
        load=st.integers(0, 2),
    ),
    max_size=9,
).map(lambda rows: [dataclasses.replace(row, key=at + 100) for at, row in enumerate(rows)])
contestants = st.lists(
    st.builds(Contestant, st.integers(1, 6), st.just("甲"), st.integers(1, 4)), max_size=3
).map(tuple)
demands = st.lists(
    st.builds(
        Demand,
        key=st.just(0),
        day=st.sampled_from([DAY, SOON]),
        trade=st.integers(1, 2),
        wanted=st.integers(1, 3),
        contestants=contestants,
    ),
    max_size=4,
).map(lambda rows: [dataclasses.replace(row, key=at) for at, row in enumerate(rows)])


def seated(panels: tuple[Panel, ...]) -> Counter[int]:
    return Counter(seat.judge for panel in panels for seat in panel.seats)


@given(demands, judges)
def test_no_hard_conflict_ever_and_nobody_twice_on_a_day(
    wanted: list[Demand], pool: list[Judge]
) -> None:
    by_key = {judge.key: judge for judge in pool}
    days = Counter[tuple[int, dt.date]]()
    for panel in propose(wanted, pool):
        assert len(panel.seats) <= panel.demand.wanted
        if panel.missing > 0:
            assert panel.pool == len(pool)
        for seat in panel.seats:
            judge = by_key[seat.judge]
            demand = panel.demand
            assert not conflicts(judge, demand.contestants, demand.day, demand.years)
            assert not obstacles(judge, demand.day)
            days[seat.judge, demand.day] += 1
    assert all(count == 1 for count in days.values())


@given(demands, judges)
def test_a_missing_judge_is_really_missing(wanted: list[Demand], pool: list[Judge]) -> None:
    """Whoever may sit and is not needed elsewhere that day sits where somebody is missing."""
    panels = propose(wanted, pool)
    busy = {(seat.judge, panel.demand.day) for panel in panels for seat in panel.seats}
    for panel in panels:
        refused = {one.judge for one in panel.refused}
        for judge in pool:
            if panel.missing and judge.key not in refused:
                assert (judge.key, panel.demand.day) in busy


@given(demands, judges)
def test_no_exchange_makes_the_load_more_even(wanted: list[Demand], pool: list[Judge]) -> None:
    """For every seat: whoever could take it instead and is of the trade too is no freer by two."""
    panels = propose(wanted, pool)
    loads = seated(panels)
    for judge in pool:
        loads[judge.key] += judge.load
    by_key = {judge.key: judge for judge in pool}
    busy = {(seat.judge, panel.demand.day) for panel in panels for seat in panel.seats}
    for panel in panels:
        refused = {one.judge for one in panel.refused}
        for seat in panel.seats:
            for judge in pool:
                free = judge.key not in refused and (judge.key, panel.demand.day) not in busy
                trade = panel.demand.trade
                if free and (trade in judge.trades) >= (trade in by_key[seat.judge].trades):
                    assert loads[seat.judge] - loads[judge.key] <= 1


@given(st.integers(1, 6), st.integers(1, 5), st.integers(1, 3))
def test_equal_judges_carry_equal_loads(count: int, events: int, wanted: int) -> None:
    pool = [Judge(at, trades=frozenset({1})) for at in range(count)]
    calls = [Demand(at, DAY + at * ONE_DAY, 1, wanted) for at in range(events)]

    loads = seated(propose(calls, pool))

    spread = [loads[judge.key] for judge in pool]
    assert max(spread) - min(spread) <= 1
    assert sum(spread) == events * min(wanted, count)


@given(demands, judges)
def test_the_same_input_gives_the_same_panels_and_keys_decide_nothing(
    wanted: list[Demand], pool: list[Judge]
) -> None:
    renamed = [dataclasses.replace(judge, key=999 - judge.key) for judge in pool]

    first = propose(wanted, pool)
    again = propose(wanted, pool)
    other = propose(wanted, renamed)

    assert first == again
    assert [[999 - seat.judge for seat in panel.seats] for panel in other] == [
        [seat.judge for seat in panel.seats] for panel in first
    ]


def test_trade_comes_before_load_and_load_before_who_sits_there_now() -> None:
    welder = Judge(1, trades=frozenset({7}), load=4)
    idle = Judge(2, trades=frozenset({7}), load=1)
    cook = Judge(3, trades=frozenset({9}))
    call = Demand(0, DAY, 7, 2, present=frozenset({1}))

    (panel,) = propose([call], [welder, idle, cook])

    assert [seat.judge for seat in panel.seats] == [1, 2]
    assert "Sits on this panel now." in [str(word) for word in panel.seats[0].reasons]


def test_the_last_appraisal_counts() -> None:
    own = Judge(1, trades=frozenset({7}), since=2000)
    weak = dataclasses.replace(own, key=2, grade=JudgeGrade.WEAK)
    unfit = dataclasses.replace(own, key=3, grade=JudgeGrade.UNFIT)
    foreign = Judge(4, load=5)

    (panel,) = propose([Demand(0, DAY, 7, 3)], [unfit, weak, foreign, own])
    assert {seat.judge for seat in panel.seats} == {1, 2, 4}
    (one,) = propose([Demand(0, DAY, 7, 1)], [weak, own])
    assert [seat.judge for seat in one.seats] == [1]
    (busy,) = propose([Demand(0, DAY, 7, 1)], [weak, dataclasses.replace(own, load=1)])
    assert [seat.judge for seat in busy.seats] == [2], "an even load goes before it"

    (short,) = propose([Demand(0, DAY, 7, 4)], [unfit, weak, foreign, own])
    words = {seat.judge: str(seat.reasons) for seat in short.seats}
    assert "unfit to judge" in words[3]
    assert "in need of help" in words[2]


def test_units_are_mixed_where_an_equal_judge_is_there() -> None:
    pool = [Judge(1, unit=5, load=1), Judge(2, unit=5, load=1), Judge(3, unit=6, load=2)]
    pool = [dataclasses.replace(one, trades=frozenset({1}), since=2000) for one in pool]

    (panel,) = propose([Demand(0, DAY, 1, 2, present=frozenset({1, 2}))], pool)
    (alone,) = propose([Demand(0, DAY, 1, 2)], pool[:2])

    assert {seat.judge for seat in panel.seats} == {1, 2}  # the third would carry a seat more
    assert "Shares the unit" in str(alone.seats[0].reasons)


def test_a_mixed_panel_at_no_higher_load() -> None:
    pool = [Judge(1, unit=5), Judge(2, unit=5), Judge(3, unit=6)]

    (panel,) = propose([Demand(0, DAY, 1, 2, present=frozenset({1, 2}))], pool)

    assert sorted(seat.judge for seat in panel.seats) == [2, 3]


def test_what_is_impossible_is_counted_by_its_reason() -> None:
    barred = phrase("This judge has declared a conflict with this event.")
    pool = [Judge(1, unit=5), Judge(2, unit=5), Judge(3, barred=(barred,)), Judge(4)]
    call = Demand(0, DAY, 1, 3, (Contestant(1, "甲", 5),))

    (panel,) = propose([call], pool)

    (units, why), (others, declared) = panel.blocks
    assert (panel.missing, panel.pool) == (2, 4)
    assert (units, str(why).split(" as ")[0]) == (2, "This judge works for the same unit")
    assert (others, declared) == (1, barred)


def test_a_judge_needed_elsewhere_that_day_is_said() -> None:
    calls = [Demand(0, DAY, 1, 1), Demand(1, DAY, 1, 1)]

    _, second = propose(calls, [Judge(1)])

    assert [(count, str(why)) for count, why in second.blocks] == [
        (1, "Proposed for another event of the same day.")
    ]


def test_every_kind_of_conflict_is_said_once() -> None:
    field = (Contestant(1, "甲", 5), Contestant(2, "乙", 6))
    judge = Judge(
        9,
        unit=5,
        past=((6, DAY - 200 * ONE_DAY), (6, DAY - 2000 * ONE_DAY)),
        ties=(
            Tie(TieKind.KIN, 1, "甲"),
            Tie(TieKind.COACH, None, "乙"),
            Tie(TieKind.PUPIL, 7, "甲"),
        ),
    )

    words = [str(one) for one in conflicts(judge, field, DAY, 3)]

    assert [word.split()[2] for word in words] == ["works", "worked", "is", "coaches"]
    assert conflicts(Judge(9, past=((6, DAY - 1100 * ONE_DAY),)), field, DAY, 3) == ()
    assert conflicts(Judge(9, past=((6, dt.date(2024, 2, 29)),)), field, DAY, 3)
    assert not any(name in str(words) for name in "甲乙")


def test_what_stands_against_a_day_is_said() -> None:
    judge = Judge(1, available=((SOON, LATE),), busy=frozenset({DAY}), valid_until=(DAY - ONE_DAY,))

    assert len(obstacles(judge, DAY)) == 3
    assert obstacles(dataclasses.replace(judge, valid_until=(None,)), SOON) == ()
