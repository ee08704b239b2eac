"""Clashes of a timetable, each named once, and the dealing of entrants."""

import datetime as dt
import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.sittings import (
    Field,
    Slot,
    deal,
    entrant_clashes,
    judge_clashes,
    on_broken,
    outside_days,
    over_full,
    unplanned,
    workplace_clashes,
)
from rules.terms import SittingPart

NINE = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def slot(key: int, begin: int, end: int, **more: Any) -> Slot:  # noqa: ANN401 (any field of a slot)
    values = {"name": f"场{key}", "event_id": key, "part": SittingPart.PRACTICE, **more}
    return Slot(key=key, starts_at=NINE + begin * HOUR, ends_at=NINE + end * HOUR, **values)


def test_one_workplace_twice_at_once_is_named_with_both_sittings() -> None:
    first = slot(1, 0, 2, workplaces={7: "一号车间 7"})
    second = slot(2, 1, 3, workplaces={7: "一号车间 7", 8: "一号车间 8"})

    (found,) = workplace_clashes([second, first])

    assert str(found) == (
        "Workplace 一号车间 7 is taken twice at once: by “场1” and “场2” (11-24 10:00–12:00)."
    )


def test_what_ends_when_the_other_begins_does_not_clash() -> None:
    first = slot(1, 0, 2, workplaces={7: "7"}, entrants={1: "贺"}, judges={5: "戎"})
    second = slot(2, 2, 3, workplaces={7: "7"}, entrants={1: "贺"}, judges={5: "戎"})

    assert workplace_clashes([first, second]) == []
    assert entrant_clashes([first, second]) == []
    assert judge_clashes([first, second]) == []


def test_one_person_in_two_contests_at_once_is_found() -> None:
    here = slot(1, 0, 2, entrants={1: "贺定波", 2: "林澈"})
    there = slot(2, 1, 2, entrants={1: "贺定波"}, own=False)

    assert [dict(one.params)["person"] for one in entrant_clashes([here, there])] == ["贺定波"]


def test_two_sittings_of_other_contests_are_not_this_one_s_business() -> None:
    slots = [slot(key, 0, 2, entrants={1: "贺"}, own=False) for key in (1, 2)]

    assert entrant_clashes(slots) == []


def test_a_judge_clashes_between_events_and_not_over_a_theory_paper() -> None:
    one, other = slot(1, 0, 2, judges={5: "戎卫国"}), slot(2, 1, 2, judges={5: "戎卫国"})
    paper = slot(3, 0, 2, judges={5: "戎卫国"}, part=SittingPart.THEORY)
    twin = slot(4, 0, 2, judges={5: "戎卫国"}, event_id=1)

    assert len(judge_clashes([one, other, paper])) == 1
    assert judge_clashes([one, twin]) == [], "one panel judges both batches of its event"


def test_days_of_the_contest_bind_on_the_district_s_clock() -> None:
    day = NINE.date()
    late = slot(1, 14, 16)  # 23:00 to 01:00 of the next day in the district

    assert outside_days([slot(2, 0, 2)], day, day) == []
    assert len(outside_days([late], day, day)) == 1
    assert outside_days([late], None, None) == []


def test_more_entrants_than_workplaces_is_said_except_for_uncounted_halls() -> None:
    many = dict.fromkeys(range(3), "某")
    hall = slot(2, 0, 1, entrants=many, part=SittingPart.THEORY)

    (found,) = over_full([slot(1, 0, 1, entrants=many, usable=2), hall])

    assert dict(found.params) == {"sitting": "场1", "entrants": "3", "places": "2"}
    assert len(over_full([slot(3, 0, 1, entrants=many, part=SittingPart.THEORY, usable=1)])) == 1


def test_a_broken_workplace_somebody_was_given_is_named() -> None:
    assert len(on_broken([slot(1, 0, 1, broken=("一号车间 7",)), slot(2, 0, 1)])) == 1


def test_events_and_entrants_without_a_sitting_are_named() -> None:
    fields = [Field(1, "车工", 5, 0), Field(2, "焊工", 5, 2), Field(3, "育婴", 0, 0)]

    found = unplanned(fields, [slot(1, 0, 1), slot(2, 0, 1)])

    assert [str(one) for one in found] == [
        "2 entrants of “焊工” have no sitting yet.",
        "“育婴” has no sitting yet.",
    ]


spans = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4), st.integers(0, 3)), max_size=12)


@given(spans)
def test_the_clashes_are_exactly_the_overlapping_pairs(drawn: list[tuple[int, int, int]]) -> None:
    slots = [
        slot(key, begin, begin + length, entrants={person: "某"})
        for key, (begin, length, person) in enumerate(drawn)
    ]
    pairs = [
        (one, other)
        for one, other in itertools.combinations(slots, 2)
        if one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
        and set(one.entrants) & set(other.entrants)
    ]

    assert len(entrant_clashes(slots)) == len(pairs)


rooms = st.lists(
    st.tuples(st.integers(0, 5), st.none() | st.integers(0, 9)), min_size=1, max_size=5
)


@given(st.integers(0, 40), rooms)
def test_dealing_fills_evenly_within_the_rooms(
    count: int, drawn: list[tuple[int, int | None]]
) -> None:
    sittings = [(100 + key, taken, room) for key, (taken, room) in enumerate(drawn)]
    people = list(range(count))

    dealt = deal(people, sittings)

    gained = {key: sum(seat == key for seat in dealt.values()) for key, _, _ in sittings}
    free = [count if room is None else max(0, room - taken) for _, taken, room in sittings]
    assert len(dealt) == min(count, sum(free))
    assert all(
        room is None or gained[key] == 0 or taken + gained[key] <= room
        for key, taken, room in sittings
    )
    assert list(dealt) == people[: len(dealt)], "whoever comes first by pass is placed first"
    assert [key for key, _ in itertools.groupby(dealt.values())] == [
        key for key, _, _ in sittings if gained[key]
    ], "neighbours stay together"
    for one, taken, room in sittings:
        for other, also, _ in sittings:
            if room is None or taken + gained[one] < room:  # had room left: nobody has 2 more
                grown = gained[other] == 0 or also + gained[other] <= taken + gained[one] + 1
                assert grown, (one, other)
